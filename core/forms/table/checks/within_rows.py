"""Holds the figures of a table against one another, row by row."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from core.forms.model.form import Column as FormColumn
from core.forms.model.form import Table, TableForm
from core.forms.model.issues import CellIssue
from core.forms.model.values import plain
from core.forms.table.checks.beside import beside_issues
from core.forms.table.checks.relations import relation_issues
from core.forms.table.heads.head import Header, Need, needs
from core.forms.table.lines import Line, figures
from core.quantities import SATANG, whole_numbers
from core.scoring.base.inputs import BoolArray, Column
from core.scoring.base.states import State

Columns = Mapping[str, Column]
# Amounts copied from reports in whole baht may be off by the satang that were left out.
_TOLERATED_SATANG: Final = 100.0


def check_lines(
    form: TableForm, heads: Sequence[Header], lines: Sequence[Line], columns: Columns
) -> Iterator[CellIssue]:
    """Required cells left empty, parts above their whole, differences that do not add up."""
    by_header: dict[int, list[Line]] = {}
    for line in lines:
        by_header.setdefault(id(line.header), []).append(line)
    for header in heads:
        if not any(line.is_of(header.table) for line in lines):
            spot = header.first_cell
            yield CellIssue("W321", spot.sheet, spot.place.name)
        yield from beside_issues(header, by_header.get(id(header), ()))
    for table in form.tables:
        for kind in table.kinds:
            rows = _Rows(table, kind, lines, columns)
            for need in needs(table):
                yield from rows.gaps(need)
    yield from _contradictions(form, lines, columns)


def _contradictions(
    form: TableForm, lines: Sequence[Line], columns: Columns
) -> Iterator[CellIssue]:
    """Figures that cannot all be right."""
    yield from relation_issues(form, lines, columns)
    for column in (figure.column for figure in figures(form)):
        if column.difference_of and {*column.difference_of, column.measure} <= columns.keys():
            yield from _wrong_difference(column, lines, columns)


class _Rows:
    """The lines that hold a kind of row of a table."""

    def __init__(self, table: Table, kind: str, lines: Sequence[Line], columns: Columns) -> None:
        self._table, self._kind, self._lines, self._columns = table, kind, lines, columns
        self._others = np.array([(table.id, kind) not in line.kinds for line in lines], dtype=bool)

    def gaps(self, need: Need) -> Iterator[CellIssue]:
        """Rows in which something required is empty although the table has a column for it."""
        fed = {self._table.measure(column, self._kind): column for column in need.columns}
        present = [measure for measure in fed if measure in self._columns]
        if not present or self._others.all():
            return
        met = self._others.copy()
        for way in need.ways:
            measures = (self._table.measure(column, self._kind) for column in way)
            met |= np.logical_and.reduce([self._filled(measure) for measure in measures])
        for row in np.flatnonzero(~met).tolist():
            yield _at("W313", self._lines[row], present[0], "", fed[present[0]])

    def _filled(self, measure: str) -> BoolArray:
        if measure not in self._columns:
            return np.zeros(len(self._lines), dtype=np.bool_)
        filled: BoolArray = self._columns[measure].states != State.NOT_REPORTED
        return filled


def _wrong_difference(
    column: FormColumn, lines: Sequence[Line], columns: Columns
) -> Iterator[CellIssue]:
    """A figure that differs from the two it follows from; the typed one counts."""
    first, second = (whole_numbers(columns[c].values, SATANG) for c in column.difference_of or ())
    typed = whole_numbers(columns[column.measure].values, SATANG)
    for row in np.flatnonzero(np.abs(typed - (first - second)) > _TOLERATED_SATANG).tolist():
        computed = plain(float(first[row] - second[row]) / 100)
        typed_text = plain(float(typed[row]) / 100)
        yield _at("W319", lines[row], column.measure, typed_text, computed)


def _at(code: str, line: Line, measure: str, found: str, expected: str | FormColumn) -> CellIssue:
    spot = line.spot(measure)
    wanted = expected if isinstance(expected, str) else expected.name
    return CellIssue(code, spot.sheet, spot.place.name, found, wanted)
