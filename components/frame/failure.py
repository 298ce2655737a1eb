"""What the reader sees when a page cannot go on: a sentence, never a traceback."""

import logging

import streamlit as st

from components.reader.language import _, tr
from core.errors import TruatError
from core.services.intake.examine import reason

_LOG = logging.getLogger(__name__)


def report(error: Exception) -> bool:
    """Say what stopped the page; true, for nothing is left to show.

    An error of ours has its own sentence. Any other is a mistake of the program and goes into the
    log.
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
