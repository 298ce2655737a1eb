"""The first three steps of somebody new, on a page that has nothing to show yet."""

import streamlit as st

from components.frame.ribbon import being_filled, demonstration_button
from components.parts import anatomy, downloads
from components.reader.language import _
from components.reader.links import link
from components.reader.markup import tag
from components.starts import form_picture


def to_results() -> None:
    """The steps from an empty store to its first results, and the way to the demonstration."""
    if being_filled():
        anatomy.headline(_("The demonstration is being prepared; this page shows it in a moment"))
        return
    anatomy.headline(_("There are no results yet"))
    anatomy.section(_("How to begin"))
    st.html(tag("p", link(_books_are_enough(), "upload"), class_="t-step"))
    _step(1, _("Download the blank finance table, or take the export you always use."))
    downloads.blank_forms()
    _step(2, _("Fill in a row for each hospital and month, and save."))
    _step(3, link(_("Drop the file on the page for workbooks and store it."), "upload"))
    demonstration_button()


def to_a_score() -> None:
    """The steps from a blank form to a score, for the page where no file was dropped yet."""
    anatomy.section(_("How to begin"))
    st.html(tag("p", _books_are_enough(), class_="t-step"))
    _step(1, _("Download the blank form, or take the one you always use."))
    st.html(form_picture.line(downloads.blank_forms()))
    _step(2, _("Fill in the yellow cells in Excel and save."))
    _step(3, _("Drop the file above: scores, radars and everything to mend appear at once."))
    st.html(
        tag("p", _("Nothing is stored: the file is read, shown and forgotten."), class_="t-step")
    )


def _books_are_enough() -> str:
    return _(
        "Do you have the ministry's D-file (.mdb or .zip) or a trial balance? Drop it as it is:"
        " there is no form to fill in."
    )


def _step(number: int, text: str) -> None:
    st.html(tag("p", tag("strong", f"{number}. "), text, class_="t-step"))
