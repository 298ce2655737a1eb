"""A store without results: what to do first."""

import streamlit as st

from components.frame.ribbon import back_to_demonstration
from components.parts import anatomy, downloads
from components.reader.language import _
from components.reader.links import link
from components.reader.markup import tag


def first_steps() -> None:
    """Say that there is nothing yet, and the three steps to something."""
    anatomy.headline(_("There are no results yet"))
    anatomy.section(_("How to begin"))
    _step(1, _("Download the blank finance table, or take the export you always use."))
    downloads.blanks()
    _step(2, _("Fill in a row for each hospital and month, and save."))
    _step(3, link(_("Drop the file on the page for workbooks and store it."), "upload"))
    back_to_demonstration()


def _step(number: int, said: str) -> None:
    st.html(tag("p", tag("strong", f"{number}. "), said, class_="t-step"))
