"""What the address asks for and there is not: a line over the page, with what is shown instead."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

_TOLD: Final = "unmet"


def forget() -> None:
    """Begin a view of which nothing has been told yet."""
    st.session_state[_TOLD] = []


def tell(line: str) -> None:
    """Have the page say this under its title."""
    told = st.session_state.get(_TOLD, [])
    if line not in told:
        st.session_state[_TOLD] = [*told, line]


def lines() -> Sequence[str]:
    """What was told since the last time somebody asked."""
    told: Sequence[str] = st.session_state.get(_TOLD, [])
    forget()
    return told
