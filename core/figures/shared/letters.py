"""How wide text is in the type of the screens, letter by letter."""

from functools import cache, lru_cache
from typing import Final

import orjson

from core.figures.wrapping import phrases, words
from core.paths import STATIC

_FILE: Final = STATIC / "fonts" / "sarabun-widths.json"
_STRANGE: Final = 700
"""Thousandths of its size that a letter of another font takes at most on average."""
_SAFE: Final = 1.02
"""What shaping and rounding may add."""


def width(line: str, size: float, *, bold: bool = False) -> float:
    """Pixels a line of text takes."""
    return _thousandths(line, bold) * size / 1000 * _SAFE


def folded(text: str, most: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """The text in lines of at most `most` pixels; what belongs together and is longer runs over.

    No line ends within a word, nor between a figure and what it counts.
    """
    lines = [""]
    for word in phrases(words(text)):
        if lines[-1] and width((lines[-1] + word).rstrip(), size, bold=bold) > most:
            lines.append("")
        lines[-1] += word if lines[-1] else word.lstrip()
    return tuple(line.rstrip() for line in lines)


@lru_cache(maxsize=4096)
def _thousandths(line: str, bold: bool) -> int:
    widths = _widths()
    return sum(widths[letter][bold] if letter in widths else _STRANGE for letter in line)


@cache
def _widths() -> dict[str, tuple[int, int]]:
    """Of each letter, regular and bold, in thousandths of the size of the type."""
    return {letter: (one[0], one[1]) for letter, one in orjson.loads(_FILE.read_bytes()).items()}
