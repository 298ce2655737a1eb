"""The page before anything was dropped: what to do first."""

import streamlit as st

from components import anatomy
from components.language import _
from components.markup import joined, tag


def steps() -> None:
    """Three steps from a blank form to a score."""
    said = (
        _("Download the blank form, or take the one you always use."),
        _("Fill in the yellow cells in Excel and save."),
        _("Drop the file above: scores, radars and everything to mend appear at once."),
    )
    anatomy.section(_("How to begin"))
    st.html(tag("ol", joined(tag("li", step) for step in said), class_="t-steps"))
    st.caption(_("Nothing is stored: the file is read, shown and forgotten."))
