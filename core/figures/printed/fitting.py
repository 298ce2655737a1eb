"""Texts that stay in the room they have, whatever they hold."""

import unicodedata
from typing import Final

from core.figures.drawing import width_of
from core.figures.wrapping import wrapped

_WIDE: Final = frozenset("WMwm@%&\u2014")
_BROAD: Final = 14.0
_CAPITAL: Final = 9.8


def fitted(text: str, units: float) -> tuple[str, ...]:
    """The text in lines none of which is wider; a word wider than that is broken."""
    lines: list[str] = []
    for line in wrapped(text, max(int(units / 7.6), 1)):
        lines += _broken(line, units) if breadth(line) > units else [line]
    return tuple(lines)


def breadth(line: str) -> float:
    """Units a line takes at most, wide letters reckoned as such."""
    return sum(map(_room, line))


def _broken(line: str, units: float) -> list[str]:
    lines, left = [""], units
    for letter in line:
        room = _room(letter)
        if room > left and lines[-1]:
            lines.append("")
            left = units
        lines[-1] += letter
        left -= room
    return lines


def _room(letter: str) -> float:
    if letter in _WIDE or unicodedata.east_asian_width(letter) in "WF":
        return _BROAD
    return max(width_of(letter), _CAPITAL if letter.isupper() else 0.0)
