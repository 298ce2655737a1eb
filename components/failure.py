"""What the reader sees when the program itself is at fault: never a traceback."""

import logging

import streamlit as st

from components.language import _

_LOG = logging.getLogger(__name__)


def report(error: Exception) -> bool:
    """Write the error to the log and a sentence to the screen; true: nothing is left to show."""
    _LOG.error("A page failed", exc_info=error)
    st.error(
        _(
            "Something went wrong on our side, and nothing was changed. "
            "Load the page again; if it happens once more, tell the administrator the time."
        )
    )
    return True
