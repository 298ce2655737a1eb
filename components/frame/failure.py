"""Errors of a page as the reader sees them: a sentence, never a traceback."""

import logging

import streamlit as st

from components.reader.language import _, tr
from core.errors import TruatError
from core.services.intake.examine import reason

_LOG = logging.getLogger(__name__)


def report(error: Exception) -> bool:
    """Show what stopped the page; True tells Streamlit that the error is handled.

    A `TruatError` has its own message. Any other is a bug and is logged.
    """
    if isinstance(error, TruatError):
        st.error(tr(reason(error)))
        return True
    _LOG.error("A page failed", exc_info=error)
    st.error(
        _(
            "Something went wrong on our side, and nothing was changed. "
            "Load the page again; if it happens once more, tell the administrator the time."
        )
    )
    return True
