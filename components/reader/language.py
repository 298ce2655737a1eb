"""The reader's language: Thai unless the address says `?lang=en`."""

from typing import Final

from components.reader.query import query
from core.text import Language, Text, say_in

PARAMETER: Final = "lang"


def language_of(parameter: str | None) -> Language:
    """The language that a value of `?lang=` stands for; anything but `en` is Thai."""
    return "en" if parameter == "en" else "th"


def current_language() -> Language:
    """The language of this view."""
    return language_of(query().get(PARAMETER))


def tr(text: Text) -> str:
    """A text of the data files in the reader's language."""
    return text.in_(current_language())


def _(msgid: str, /, **params: object) -> str:
    """Interface text in the reader's language; `msgid` is English with `{name}` places."""
    return say_in(current_language(), msgid, **params)
