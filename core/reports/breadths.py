"""How broad the columns of a table are, by what stands in them."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final

from core.figures.wrapping import room, words

_NARROWEST: Final = 4
_HEAD_LINES: Final = 3
_EDGES: Final = 2
"""Places of the room at both sides of a text."""
_WIDEST: Final = 26
_SHORT: Final = 12
"""Places of a text that stays on one line."""
_WORD: Final = 16
"""Places of a word that a column gives room to; a longer one is broken."""


def breadths(rows: Sequence[Sequence[str]]) -> tuple[float, ...]:
    """The share of each column in the breadth of a table, in percent; the first row is its head.

    Rows may differ in length.
    """
    wishes = (_wanted(row, is_head=not at) for at, row in enumerate(rows))
    wanted = [max(column) for column in zip_longest(*wishes, fillvalue=_NARROWEST)]
    return tuple(round(100 * one / sum(wanted), 2) for one in wanted)


def _wanted(row: Sequence[str], *, is_head: bool) -> Iterator[int]:
    """Places of a line that each text wants: a part of it, but all of its longest word."""
    most, lines = (_NARROWEST, _HEAD_LINES) if is_head else (_SHORT, 2)
    for text in row:
        longest = min(max(map(room, words(text)), default=0), _WORD)
        short = min(room(text), most)
        yield min(max(_NARROWEST, longest, short, room(text) // lines) + _EDGES, _WIDEST)
