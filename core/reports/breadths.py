"""How broad the columns of a table are, by what stands in them."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final

from core.figures.wrapping import room, words

_NARROWEST: Final = 4
_WIDEST: Final = 26
_SHORT: Final = 12
"""Places of a text that stays on one line."""
_WORD: Final = 16
"""Places of a word that a column gives room to; a longer one is broken."""


def breadths(rows: Sequence[Sequence[str]]) -> tuple[float, ...]:
    """The share of each column in the breadth of a table, in percent; rows may differ in length."""
    wanted = [max(column) for column in zip_longest(*map(_wanted, rows), fillvalue=_NARROWEST)]
    return tuple(round(100 * one / sum(wanted), 2) for one in wanted)


def _wanted(row: Sequence[str]) -> Iterator[int]:
    """Places of a line that each text wants: half of it, but all of its longest word."""
    for text in row:
        longest = min(max(map(room, words(text)), default=0), _WORD)
        short = min(room(text), _SHORT)
        yield min(max(_NARROWEST, longest, short, room(text) // 2) + 1, _WIDEST)
