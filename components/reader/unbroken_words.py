"""Words within which no line ends: browsers know where Thai words end, but not all of them."""

import re
from functools import cache, lru_cache
from typing import Final

from core.text import LOCALE_FOLDER

_FILE: Final = LOCALE_FOLDER / "th" / "unbroken_words.txt"


def with_whole_words(escaped: str) -> str:
    """HTML in which each of the words stands in an element that is not broken.

    `bdi`, the shortest that is there for a piece of text: static/results.css keeps it on one line.
    A page has hundreds.
    """
    # Most texts are figures or have no Thai letter.
    return escaped if escaped.isascii() else _with_whole_words(escaped)


@lru_cache(maxsize=16_384)  # Names of places and sentences come back with every view.
def _with_whole_words(escaped: str) -> str:
    return _words().sub(r"<bdi>\g<0></bdi>", escaped)


@cache
def unbroken_words() -> tuple[str, ...]:
    """The words, the longest first: a word may begin with another."""
    words = _FILE.read_text(encoding="utf-8").split()
    return tuple(sorted(words, key=len, reverse=True))


@cache
def _words() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, unbroken_words())))
