"""What the address asks for and there is not: a line over the page, with what is shown instead."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

_NOTICES: Final = "unmet"


def forget() -> None:
    """Begin a view of which nothing has been told yet."""
    st.session_state[_NOTICES] = []


def tell(line: str) -> None:
    """Have the page say this under its title."""
    notices = st.session_state.get(_NOTICES, [])
    if line not in notices:
        st.session_state[_NOTICES] = [*notices, line]


def lines() -> Sequence[str]:
    """What was told since the last time somebody asked."""
    notices: Sequence[str] = st.session_state.get(_NOTICES, [])
    forget()
    return notices
