"""Pieces of formulas that spreadsheet programs since 2010 all know.

A cell without a number is `""`: it is compared with nothing, for to a spreadsheet any text is more
than any number. References carry their sheet; whoever writes a formula drops that of its own.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from core.criteria.model import Op

NOTHING: Final = '""'
_CELL: Final = re.compile(r"(.*!)([A-Z]+)(\d+)")


def quoted(text: str) -> str:
    """A text as a literal of a formula."""
    return '"' + text.replace('"', '""') + '"'


def given(*cells: str) -> str:
    """Whether all cells hold a number."""
    tests = [f"ISNUMBER({cell})" for cell in cells]
    return tests[0] if len(tests) == 1 else f"AND({','.join(tests)})"


def when(condition: str, then: str, otherwise: str = NOTHING) -> str:
    """One of two formulas."""
    return f"IF({condition},{then},{otherwise})"


def either(conditions: Sequence[str]) -> str:
    """Whether any condition holds."""
    return conditions[0] if len(conditions) == 1 else f"OR({','.join(conditions)})"


def both(conditions: Sequence[str]) -> str:
    """Whether all conditions hold."""
    return conditions[0] if len(conditions) == 1 else f"AND({','.join(conditions)})"


def listed(cells: Iterable[str]) -> str:
    """Cells as the arguments of SUM, MAX, COUNT: those that stand together as one range."""
    return ",".join(_ranges(tuple(cells)))


def _ranges(cells: Sequence[str]) -> Iterator[str]:
    places = [_place(cell) for cell in cells]
    runs = groupby(enumerate(places), key=lambda one: (one[1][:2], one[1][2] - one[0]))
    for (column, _), run in runs:
        rows = [place[2] for _, place in run]
        first = f"{''.join(column)}{rows[0]}"
        yield first if len(rows) == 1 else f"{first}:{column[1]}{rows[-1]}"


def _place(cell: str) -> tuple[str, str, int]:
    matched = _CELL.fullmatch(cell)
    if matched is None:
        raise ValueError(cell)
    return matched[1], matched[2], int(matched[3])


_SIGNS: Final[Mapping[Op, str]] = {"below": "<", "up_to": "<=", "at_least": ">=", "above": ">"}


def keeps(value: str, op: Op, edge: str) -> str:
    """Whether a number keeps an edge; both must be numbers."""
    return f"ABS({value})<={edge}" if op == "within" else f"{value}{_SIGNS[op]}{edge}"


def keeps_peers(value: str, op: Op, edge: str, decimals: str) -> str:
    """The same against a mean: what lies beyond so many decimals is noise of the arithmetic."""
    return f"ROUND({value}-{edge},{decimals}){_SIGNS[op]}0"


def lies_in(value: str, edges: Mapping[Op, str]) -> str:
    """Whether a cell holds a number that keeps all edges."""
    return both([given(value), *(keeps(value, op, edge) for op, edge in edges.items())])


def total(cells: Sequence[str]) -> str:
    """A sum; nothing as soon as one cell has no number."""
    inside = listed(cells)
    return f"IF(COUNT({inside})<{len(cells)},{NOTHING},SUM({inside}))"


def percent(part: str, whole: str) -> str:
    """100 x part / whole; nothing unless the whole is above zero."""
    return f"IF({whole}>0,100*({part})/({whole}),{NOTHING})"


def reason(state: str, needs: Sequence[str], value: str, otherwise: str) -> str:
    """Why a figure is missing: the weightiest of its inputs' reasons; else what is said here."""
    weightiest = f"MAX({listed(needs)})"
    return f"IF(ISNUMBER({value}),{state},IF({weightiest}>0,{weightiest},{otherwise}))"
