"""The reader's language: Thai unless the address says `?lang=en`."""

from typing import Final

import streamlit as st

from core.text import Language, Text, say

PARAMETER: Final = "lang"


def language_of(asked: str | None) -> Language:
    """The language an address asks for; anything but `en` is Thai."""
    return "en" if asked == "en" else "th"


def current() -> Language:
    """The language of this view."""
    return language_of(st.query_params.get(PARAMETER))


def tr(text: Text) -> str:
    """Domain wording in the reader's language."""
    return text.in_(current())


def _(msgid: str, /, **params: object) -> str:
    """Interface text in the reader's language; `msgid` is English with `{name}` places."""
    return tr(say(msgid, **params))
