"""Numbers as people write them into text: with their unit, or with dots that part thousands."""

import re
from functools import cache, lru_cache
from typing import Final

from core.forms.table.heads.qualifiers import qualifier_words
from core.text import fold

_DASH: Final = re.compile(r"(?<=[0-9])[.,/][-\u2013=]$")
"""What stands behind a whole amount of baht, as in 450,000.-"""
_DOTTED: Final = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
_DOTS: Final = re.compile(r"[0-9]\.[0-9]{3}(?![0-9])")
_DECIMALS: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]{3}|[0-9]{4,}\.[0-9]{3}|0\.[0-9]{3}")
_WHOLE: Final = ("baht", "count")
"""Units in which nobody writes three decimals."""


@lru_cache(1 << 12)
def without_unit(text: str, unit: str) -> str:
    """A text in comparing form without the words of a unit before or behind its number."""
    folded = fold(text)
    for word in _words(unit):
        if folded.startswith(word):
            folded = folded.removeprefix(word).lstrip(".:")
        elif folded.endswith(word):
            folded = folded.removesuffix(word)
    return _DASH.sub("", folded) if unit == "baht" else folded


@cache
def _words(unit: str) -> tuple[str, ...]:
    """The words of a unit in comparing form, longest first."""
    words = {fold(word) for word, noun in qualifier_words().noun.items() if noun == unit}
    return tuple(sorted(words, key=len, reverse=True))


def is_dotted(text: str, unit: str) -> bool:
    """Whether dots may part the thousands of a number: 450.000 may be 450 or 450,000."""
    if unit not in _WHOLE or not _DOTS.search(text):
        return False
    return _DOTTED.fullmatch(without_unit(text, unit)) is not None


def has_decimals(text: str, unit: str) -> bool:
    """Whether the dot before three digits of a number can only begin its decimals."""
    return _DECIMALS.fullmatch(without_unit(text, unit)) is not None
