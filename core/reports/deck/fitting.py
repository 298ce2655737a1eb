"""How large a text may be written in a frame, and where it is cut; words are measured, not guessed.

Measured widths are of the typeface of the screens; a part of each line stays free, for another
face that stands in for it on a machine without it is a little wider.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Final

from core.figures.wrapping import words
from core.reports.glyphs import width

LEADING: Final = 1.36
"""From line to line in parts of the size: Thai has marks above marks."""
_USED: Final = 0.95
"""Part of a line that is counted on."""
_MORE: Final = "…"


@dataclass(frozen=True, slots=True)
class Fitted:
    """A text as it is written: its size in points and the lines it takes; `is_cut` when shortened.

    The lines are counted on, not written: whoever edits the text gets it whole.
    """

    text: str
    size: float
    lines: int
    is_cut: bool = False

    @property
    def height(self) -> float:
        return self.lines * self.size * LEADING


@dataclass(frozen=True, slots=True)
class Frame:
    """A place on a slide, in points."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def below(self, height: float) -> "Frame":
        """What is left of it below a height."""
        return Frame(self.x, self.y + height, self.width, max(self.height - height, 0.0))


def fitted(
    text: str, room: tuple[float, int], sizes: Sequence[float], *, bold: bool = False
) -> Fitted:
    """A text at the largest of some sizes, descending, at which it takes so many lines of a width.

    `room` is the width in points and the lines; where even the least size is too large the text is
    cut after the last word that fits.
    """
    across, most = room
    for size in sizes:
        lines = len(wrapped(text, across, size, bold=bold))
        if lines <= most:
            return Fitted(text, size, lines)
    return cut(text, room, sizes[-1], bold=bold)


def cut(text: str, room: tuple[float, int], size: float, *, bold: bool = False) -> Fitted:
    """A text of one size, cut where it takes more lines than there are."""
    across, most = room
    lines = wrapped(text, across, size, bold=bold)
    if len(lines) <= most:
        return Fitted(text, size, len(lines))
    last = _shortened(lines[most - 1], across * _USED, size, bold=bold)
    kept = "".join(lines[: most - 1]) + last
    return Fitted(kept, size, most, is_cut=True)


@lru_cache(maxsize=20_000)
def wrapped(text: str, across: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """A text in lines of a width in points, spaces at their ends kept; together they are the text.

    Only a word wider than a line is broken within.
    """
    room = across * _USED
    lines = [""]
    for word in _words(text):
        if lines[-1] and width((lines[-1] + word).rstrip(), size, bold=bold) > room:
            lines.append("")
        pieces = _pieces(word, room, size, bold=bold)
        lines[-1] += pieces[0]
        lines.extend(pieces[1:])
    return tuple(lines)


def widest(texts: Iterable[str], size: float, *, bold: bool = False) -> float:
    """The width a line needs for the longest of some texts; 0 when there is none."""
    return max((width(one, size, bold=bold) for one in texts), default=0.0) / _USED


@lru_cache(maxsize=20_000)
def _words(text: str) -> tuple[str, ...]:
    return tuple(words(text)) if text else ()


def _pieces(word: str, room: float, size: float, *, bold: bool) -> list[str]:
    """A word in pieces that fit a line each; a mark stays with its letter."""
    if width(word.rstrip(), size, bold=bold) <= room:
        return [word]
    pieces = [""]
    for letter in word:
        if pieces[-1] and width(pieces[-1] + letter, size, bold=bold) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _shortened(line: str, room: float, size: float, *, bold: bool) -> str:
    """A line that ends in dots; letter by letter where it is one word."""
    whole = line.rstrip()
    starts = [*accumulate(_words(whole))][:-1] or [whole[:end] for end in range(1, len(whole))]
    for start in reversed(starts):
        ended = start.rstrip() + _MORE
        if width(ended, size, bold=bold) <= room:
            return ended
    return _MORE
