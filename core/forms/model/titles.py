"""Compares titles as people and tools leave them: retyped, cut short, stripped of marks."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz

ALIKE: Final = 80
"""Likeness of two titles, in percent, from which they are taken for the same."""
EXACT: Final = 100
BARE: Final = 98
PREFIX: Final = 96
_SHORTEST: Final = 6
_NUMBERING: Final = re.compile(r"^[-(•]*\d+(?:\.\d+)*[.)]*")
# Vowels and marks above and below the line, which PDF tools lose like tone marks.
_ABOVE_AND_BELOW: Final = dict.fromkeys((0x0E31, *range(0x0E34, 0x0E3B)))


def stripped(folded: str) -> str:
    """A folded title without the number it begins with."""
    return _NUMBERING.sub("", folded) or folded


@lru_cache(maxsize=8192)  # The same words are held against one another over and over.
def bare(folded: str) -> str:
    """A folded title without the vowels above and below its letters."""
    return folded.translate(_ABOVE_AND_BELOW)


def likeness(title: str, text: str) -> float:
    """How alike two folded titles are, 0-100; a title cut short is still the same title."""
    if title == text:
        return EXACT
    short, long = bare(title), bare(text)
    if short == long:
        return BARE
    length = min(len(short), len(long))
    if length < _SHORTEST:
        return 0
    if short[:length] == long[:length]:
        return PREFIX
    alike = fuzz.ratio(short, long, score_cutoff=ALIKE)
    if length >= 2 * _SHORTEST:
        alike = max(alike, fuzz.ratio(short[:length], long[:length], score_cutoff=ALIKE) - 3)
    return alike


def best_likeness(titles: Iterable[str], texts: Iterable[str]) -> float:
    """The likeness of the two that are most alike."""
    texts = tuple(texts)
    return max((likeness(title, text) for title in titles for text in texts), default=0.0)
