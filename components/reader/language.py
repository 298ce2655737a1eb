"""The reader's language: Thai unless the address says `?lang=en`."""

from typing import Final

from components.reader.query import query
from core.text import Language, Text, said_in

PARAMETER: Final = "lang"


def language_of(asked_for: str | None) -> Language:
    """The language an address asks for; anything but `en` is Thai."""
    return "en" if asked_for == "en" else "th"


def current() -> Language:
    """The language of this view."""
    return language_of(query().get(PARAMETER))


def tr(text: Text) -> str:
    """Domain wording in the reader's language."""
    return text.in_(current())


def _(msgid: str, /, **params: object) -> str:
    """Interface text in the reader's language; `msgid` is English with `{name}` places."""
    return said_in(current(), msgid, **params)
