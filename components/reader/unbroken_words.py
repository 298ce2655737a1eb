"""Words and figures within which no line ends: browsers do not know where all Thai words end."""

import re
from functools import cache, lru_cache
from typing import Final

from core.figures.wrapping import unbroken_entries

_NUMBER: Final = r"\d(?:[\d,.]*\d)?"
_FIGURE: Final = rf"{_NUMBER}(?:\u2013{_NUMBER})?%?"
"""A figure, or a range: browsers end lines behind the dash."""
_RANGE: Final = rf"{_NUMBER}\u2013{_NUMBER}%?"
_OUT_OF: Final = rf"[^\s()]{{1,12}} / {_FIGURE}"
"""A figure or what is counted, out of how many."""
_IN_BRACKETS: Final = rf"\([^\s()]{{1,12}} {_FIGURE}\)"


def with_whole_words(escaped: str) -> str:
    """HTML in which each of the words stands in an element that is not broken.

    `bdi`, the shortest that is there for a piece of text: static/results.css keeps it on one line.
    A page has hundreds.
    """
    # Most texts are figures or have no Thai letter.
    is_plain = escaped.isascii() and " / " not in escaped and "(" not in escaped
    return escaped if is_plain else _with_whole_words(escaped)


@lru_cache(maxsize=16_384)  # Names of places and sentences come back with every view.
def _with_whole_words(escaped: str) -> str:
    return _unbroken().sub(r"<bdi>\g<0></bdi>", escaped)


@cache
def unbroken_pattern() -> str:
    """The words and figures as a pattern that Python and a browser read alike.

    The longest word first: a word may begin with another.
    """
    words = sorted(unbroken_entries(), key=len, reverse=True)
    return "|".join((_OUT_OF, _IN_BRACKETS, *map(_of_word, words), _RANGE))


def _of_word(word: str) -> str:
    return re.escape(word).replace(r"\#", _FIGURE).replace("_", " ")


@cache
def _unbroken() -> re.Pattern[str]:
    return re.compile(unbroken_pattern())
