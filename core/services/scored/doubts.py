"""Hospital-months whose results are to be checked before they are used, and why."""

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

import numpy as np

from core.forms.model.issues import CellIssue
from core.forms.table.lines import figures
from core.forms.table.read import TableReading

Rows = Sequence[AbstractSet[int]]
"""The rows of a sheet that each line was read from."""
IN_DOUBT: Final = frozenset(
    (
        *("W351", "W380", "W381", "W384", "W387", "W409", "W424", "W425", "W495", "W373"),
        *("W426", "W427", "W428", "W430", "W433", "W434", "W438"),
    )
)
"""Warnings after which a level may be another, or somebody else's: units, sides, whose and when."""
_UNITS: Final = frozenset({"W409", "W424"})
"""Told once a column: which rows they are of follows from the amounts."""
_USUAL: Final = {"W438": 200, "W384": 10, "W495": 10}
"""Up to one account in so many may be so in books that are right: on the other side, as happens; or
brought forward otherwise, as after a restatement."""
_ROW: Final = re.compile(r"\d+")


def doubts(
    reading: TableReading, issues: Iterable[CellIssue], rows: Rows
) -> tuple[tuple[str, ...], ...]:
    """The codes of the warnings that put each line's results in doubt, in order of code.

    A warning beside the table, or of the file, concerns every line of its sheet, or of the file.
    """
    by_line: list[set[str]] = [set() for _ in reading.lines]
    doubtful = [issue for issue in issues if issue.code in IN_DOUBT and not _is_usual(issue)]
    for issue in doubtful:
        if issue.code not in _UNITS:
            for line in _lines_of(issue, reading, rows):
                by_line[line].add(issue.code)
    for code, lines in _odd_units(reading).items():
        if any(issue.code == code for issue in doubtful):
            for line in lines:
                by_line[line].add(code)
    return tuple(tuple(sorted(codes)) for codes in by_line)


def _is_usual(issue: CellIssue) -> bool:
    if issue.code not in _USUAL:
        return False
    wrong, of = (int(str(issue.params[name])) for name in ("lines", "all"))
    return wrong * _USUAL[issue.code] <= of


def _lines_of(issue: CellIssue, reading: TableReading, rows: Rows) -> list[int]:
    same = [n for n, line in enumerate(reading.lines) if issue.sheet in ("", line.sheet)]
    match = _ROW.search(issue.cell)
    if match is None:
        return same
    row = int(match[0])
    return [n for n in same if row in rows[n]] or same


def _odd_units(reading: TableReading) -> Mapping[str, list[int]]:
    """Lines with an amount below, or above, what any facility has, by message."""
    low: set[int] = set()
    high: set[int] = set()
    for figure in figures(reading.form):
        column = reading.columns.get(figure.measure)
        if column is None:
            continue
        least, most = figure.column.least or 0.0, figure.column.most or np.inf
        low.update(np.flatnonzero((column.values > 0) & (column.values < least)).tolist())
        high.update(np.flatnonzero(column.values > most).tolist())
    return {"W409": sorted(low), "W424": sorted(high)}
