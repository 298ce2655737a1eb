"""How large a text may be written in a frame, and where it is cut; words are measured, not guessed.

Measured widths are of the typeface of the screens; a part of each line stays free, for another
face that stands in for it on a machine without it is a little wider.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Final

from core.figures.wrapping import phrases, words
from core.reports.glyphs import width

LEADING: Final = 1.36
"""From line to line in parts of the size: Thai has marks above marks."""
_USED: Final = 0.95
"""Part of a line that is counted on."""
_MORE: Final = "…"
BREAK: Final = "\n"
"""Where a line ends within a paragraph."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A text as it is written: the lines it takes, its size in points; `is_cut` when shortened."""

    rows: tuple[str, ...]
    size: float
    is_cut: bool = False

    @property
    def text(self) -> str:
        return "".join(self.rows)

    @property
    def broken(self) -> str:
        """The text with its lines as they are written: no program breaks Thai words of its own."""
        return BREAK.join(self.rows)

    @property
    def lines(self) -> int:
        return len(self.rows)

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
        lines = wrapped(text, across, size, bold=bold)
        if len(lines) <= most:
            return Fitted(lines, size)
    return cut(text, room, sizes[-1], bold=bold)


def cut(text: str, room: tuple[float, int], size: float, *, bold: bool = False) -> Fitted:
    """A text of one size, cut where it takes more lines than there are."""
    across, most = room
    lines = wrapped(text, across, size, bold=bold)
    if len(lines) <= most:
        return Fitted(lines, size)
    last = _shortened(lines[most - 1], across * _USED, size, bold=bold)
    return Fitted((*lines[: most - 1], last), size, is_cut=True)


@lru_cache(maxsize=20_000)
def wrapped(text: str, across: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """A text in lines of a width in points, spaces at their ends kept; together they are the text.

    A figure stays with the word before it where a line has room for both; only a word wider than a
    line is broken within.
    """
    room = across * _USED
    return _filled(_phrases(text, room, size, bold=bold), room, size, bold=bold)


def name_lines(text: str, across: float, size: float, most: int) -> Fitted:
    """A name in so many lines at most: behind its first word, its kind, the rest stays together.

    As far as a line has room for the rest; else, and where it is cut, it is written as any text.
    """
    room = across * _USED
    pieces: list[str] = []
    for part in re.findall(r"\S+\s*", text):
        kind = _words(part)[0]
        rest = part.removeprefix(kind)
        if width(part.rstrip(), size) <= room:
            pieces.append(part)
        elif rest and width(rest.rstrip(), size) <= room:
            pieces += kind, rest
        else:
            pieces += _phrases(part, room, size, bold=False)
    lines = _filled(pieces, room, size, bold=False)
    return Fitted(lines, size) if len(lines) <= most else cut(text, (across, most), size)


def _filled(words_: Iterable[str], room: float, size: float, *, bold: bool) -> tuple[str, ...]:
    """Lines as full as can be; only a word wider than a line is broken within."""
    lines = [""]
    for word in words_:
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


def _phrases(text: str, room: float, size: float, *, bold: bool) -> Iterator[str]:
    """What stays in one line: phrases, and the words of those that are wider than a line."""
    for phrase in phrases(_words(text)):
        if width(phrase.rstrip(), size, bold=bold) <= room:
            yield phrase
        else:
            yield from _words(phrase)


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
