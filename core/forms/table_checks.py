"""Holds the figures of a table against one another, row by row."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from core.forms.issues import CellIssue
from core.forms.model import Column as FormColumn
from core.forms.model import TableForm
from core.forms.table_header import Header, Need, needs
from core.forms.table_lines import Line
from core.forms.values import plain
from core.quantities import to_satang
from core.scoring.inputs import BoolArray, Column
from core.scoring.states import State

Columns = Mapping[str, Column]
# Amounts copied from reports in whole baht may be off by the satang that were left out.
_TOLERATED_SATANG: Final = 100.0


def check_lines(
    form: TableForm, found: Sequence[Header], lines: Sequence[Line], columns: Columns
) -> Iterator[CellIssue]:
    """Required cells left empty, parts above their whole, differences that do not add up."""
    if found and not lines:
        header = found[0]
        yield CellIssue("W321", header.sheet.name, header.first_cell.name)
    for need in needs(form):
        yield from _gaps(need, lines, columns)
    for column in form.columns:
        if column.part_of in columns and column.measure in columns:
            yield from _part_above_whole(form, column, lines, columns)
        if column.difference_of and {*column.difference_of, column.measure} <= columns.keys():
            yield from _wrong_difference(column, lines, columns)


def _gaps(need: Need, lines: Sequence[Line], columns: Columns) -> Iterator[CellIssue]:
    """Rows in which something required is empty although the table has a column for it."""
    asked = [column for column in need.columns if column.measure in columns]
    if not asked:
        return
    met = np.zeros(len(lines), dtype=np.bool_)
    for way in need.ways:
        met |= np.logical_and.reduce([_filled(column, columns, len(lines)) for column in way])
    for row in np.flatnonzero(~met).tolist():
        yield _at("W313", lines[row], asked[0].measure, "", asked[0])


def _filled(column: FormColumn, columns: Columns, rows: int) -> BoolArray:
    if column.measure not in columns:
        return np.zeros(rows, dtype=np.bool_)
    filled: BoolArray = columns[column.measure].states != State.NOT_REPORTED
    return filled


def _part_above_whole(
    form: TableForm, column: FormColumn, lines: Sequence[Line], columns: Columns
) -> Iterator[CellIssue]:
    whole = next(c for c in form.columns if c.measure == column.part_of)
    part, total = columns[column.measure].values, columns[whole.measure].values
    for row in np.flatnonzero(part > total).tolist():
        yield _at("W320", lines[row], column.measure, plain(float(part[row])), whole)


def _wrong_difference(
    column: FormColumn, lines: Sequence[Line], columns: Columns
) -> Iterator[CellIssue]:
    """A figure that differs from the two it follows from; the typed one counts."""
    first, second = (to_satang(columns[c].values) for c in column.difference_of or ())
    typed = to_satang(columns[column.measure].values)
    for row in np.flatnonzero(np.abs(typed - (first - second)) > _TOLERATED_SATANG).tolist():
        computed = plain(float(first[row] - second[row]) / 100)
        found = plain(float(typed[row]) / 100)
        yield _at("W319", lines[row], column.measure, found, computed)


def _at(code: str, line: Line, measure: str, found: str, expected: str | FormColumn) -> CellIssue:
    spot = line.spot(measure)
    wanted = expected if isinstance(expected, str) else expected.name
    return CellIssue(code, spot.sheet, spot.place.name, found, wanted)
