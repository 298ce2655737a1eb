"""The page before anything was dropped: what to do first."""

import streamlit as st

from components.parts import anatomy, downloads
from components.reader.language import _
from components.reader.markup import tag


def steps() -> None:
    """Three steps from a blank form to a score."""
    anatomy.section(_("How to begin"))
    _step(1, _("Download the blank form, or take the one you always use."))
    downloads.blanks()
    _step(2, _("Fill in the yellow cells in Excel and save."))
    _step(3, _("Drop the file above: scores, radars and everything to mend appear at once."))
    st.html(
        tag("p", _("Nothing is stored: the file is read, shown and forgotten."), class_="t-step")
    )


def _step(number: int, said: str) -> None:
    st.html(tag("p", tag("strong", f"{number}. "), said, class_="t-step"))
