"""Labels over several lines, broken between words; Thai writes no spaces between its words."""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from core.figures.thai_words import word_tokenize

# Closing marks, the sign of repetition and that of abbreviation stay with the word before.
_CLOSING: Final = frozenset(")]}”’.,:;!?%\u0e2f\u0e46")
_OPENING: Final = frozenset("([{“‘")
_FORWARD: Final = "\u0e44\u0e21\u0e48"
"""The word for `not`: what it denies stands behind it, in the same line."""
_DOT: Final = "·"


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
    """Words with what belongs to them: a figure, or a dot between parts, with the word before."""
    held = ""
    for piece in pieces:
        if held and not (piece[0].isdigit() or piece[0] == _DOT):
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
    )


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()
