"""Filters live in the address and nowhere else, so that a copied link opens the same view.

Streamlit's own `bind="query-params"` drops a filter that two pages share when the reader goes from
one to the other; here the address is written when a filter changes and read at every run. Back
therefore undoes the last change.
"""

from collections.abc import Callable, Sequence
from typing import Final

import streamlit as st

from components.reader.query import query

WHY: Final = "why"
"""Names in the address the test whose why stands open: of one page, and no filter."""


def carried() -> dict[str, str]:
    """What a link to another page takes along: the language and every filter chosen so far."""
    return {name: value for name, value in query().items() if name != WHY}


def choice(
    key: str,
    label: str,
    options: Sequence[str],
    *,
    named: Callable[[str], str] = str,
    default: str | None = None,
    bare: bool = False,
) -> str:
    """One of `options` from a list, shown by `named`; `key` names it in the address.

    The default (else the first option) does not stand in the address, and takes the place of an
    address that asks for something else. `bare`: the label is for screen readers only.
    """
    usual = options[0] if default is None else default
    wanted = query().get(key, usual)
    st.session_state[key] = wanted if wanted in options else usual
    return st.selectbox(
        label,
        options,
        format_func=named,
        key=key,
        filter_mode=None,
        on_change=_write,
        args=(key, usual),
        label_visibility="collapsed" if bare else "visible",
    )


def search(key: str, label: str) -> str:
    """Words to look for; empty when the reader looks for nothing."""
    st.session_state[key] = st.query_params.get(key, "")
    return st.text_input(label, key=key, on_change=_write, args=(key, ""))


def _write(key: str, usual: str) -> None:
    chosen = st.session_state[key]
    if chosen == usual:
        st.query_params.pop(key, None)
    else:
        st.query_params[key] = chosen
