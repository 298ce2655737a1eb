"""Labels over several lines, broken between words; Thai writes no spaces between its words."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Final

from core.figures.thai_words import word_tokenize
from core.text import LOCALE_FOLDER

# Closing marks, the sign of repetition and that of abbreviation stay with the word before.
_CLOSING: Final = frozenset(")]}”’.,:;!?%\u0e2f\u0e46")
_OPENING: Final = frozenset("([{“‘")
_FORWARD: Final = "\u0e44\u0e21\u0e48"
"""The word for `not`: what it denies stands behind it, in the same line."""
_DOT: Final = "·"
_FIGURE: Final = "#"
_UNBROKEN: Final = LOCALE_FOLDER / "th" / "unbroken_words.txt"
_DASH: Final = "\u2013"
_OUT_OF: Final = "/"
_MONTH: Final = re.compile(r"\u0e40?[\u0e01-\u0e2e]\u0e34?\.[\u0e01-\u0e2e]\.")
"""A Thai month as it is abbreviated."""


@cache
def unbroken_entries() -> tuple[str, ...]:
    """Words within which no line ends; `#` stands for a figure, `_` for the space beside it."""
    return tuple(_UNBROKEN.read_text(encoding="utf-8").split())


@cache
def _counted() -> frozenset[str]:
    """What is counted: words that stand behind a figure alone."""
    parts = (entry.split("_") for entry in unbroken_entries())
    return frozenset(one[1] for one in parts if len(one) == 2 and one[0] == _FIGURE)


def room(text: str) -> int:
    """Places a text takes in a line; marks above and below a letter take none."""
    return sum(unicodedata.category(letter) != "Mn" for letter in text)


@lru_cache(maxsize=1 << 15)
def wrapped(text: str, most: int) -> tuple[str, ...]:
    """The text in lines of at most `most` places; only a word longer than that runs over."""
    lines = [""]
    for word in words(text):
        if lines[-1] and room((lines[-1] + word).rstrip()) > most:
            lines.append("")
        lines[-1] += word if lines[-1] else word.lstrip()
    return tuple(line.rstrip() for line in lines)


def words(text: str) -> Iterator[str]:
    """Words with what clings to them, spaces included, in order; together they are the text."""
    held = ""
    for word in word_tokenize(text):
        if held and not _clings(held, word):
            yield held
            held = ""
        held += word
    yield held


def phrases(pieces: Iterable[str]) -> Iterator[str]:
    """Words with what belongs to them: a figure, or a dot between parts, with the word before.

    What is counted stays with its figure, and a month with its day.
    """
    held = ""
    for piece in pieces:
        is_counted = held.rstrip()[-1:].isdigit() and (
            piece.strip() in _counted() or _MONTH.match(piece) is not None
        )
        if held and not (piece[0].isdigit() or piece[0] == _DOT or is_counted):
            yield held
            held = ""
        held += piece
    if held:
        yield held


def _clings(before: str, word: str) -> bool:
    return (
        word.isspace()
        or before[-1] in _OPENING
        or word[0] in _CLOSING
        # The halves of an abbreviation, which no dictionary has, and those of a name such as 4S4C.
        or ("." in word and not before[-1].isspace())
        or (_is_latin(before[-1]) and _is_latin(word[0]))
        or before.endswith(_FORWARD)
        or _is_in_figure(before, word)
    )


def _is_in_figure(before: str, word: str) -> bool:
    """Whether a word goes on with a range, as 4–7, or with what a figure is out of, as 3 / 7."""
    if word[0] in (_DASH, _OUT_OF):
        return word[0] == _OUT_OF or before[-1].isdigit()
    return word[0].isdigit() and (before.endswith(_DASH) or before.rstrip().endswith(_OUT_OF))


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()
