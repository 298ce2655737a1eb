"""The reader's language: Thai unless the address says `?lang=en`."""

from functools import lru_cache
from typing import Final
from urllib.parse import parse_qs

from streamlit.runtime.scriptrunner import get_script_run_ctx

from core.text import Language, Text, say

PARAMETER: Final = "lang"


def language_of(asked: str | None) -> Language:
    """The language an address asks for; anything but `en` is Thai."""
    return "en" if asked == "en" else "th"


def current() -> Language:
    """The language of this view.

    Asked for with every word of a page, and so past `st.query_params`, which takes ten times as
    long.
    """
    view = get_script_run_ctx(suppress_warning=True)
    return _language(view.query_string) if view else "th"


@lru_cache(maxsize=256)
def _language(query: str) -> Language:
    asked = parse_qs(query).get(PARAMETER)
    return language_of(asked[-1] if asked else None)


def tr(text: Text) -> str:
    """Domain wording in the reader's language."""
    return text.in_(current())


def _(msgid: str, /, **params: object) -> str:
    """Interface text in the reader's language; `msgid` is English with `{name}` places."""
    return tr(say(msgid, **params))
