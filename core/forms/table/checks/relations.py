"""Figures of a row that cannot stand beside one another: parts above wholes, shares of nothing."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from core.forms.model.form import Table, TableForm, Within
from core.forms.model.issues import CellIssue
from core.forms.model.values import plain
from core.forms.table.lines import Figure, Line, figures_of
from core.scoring.base.inputs import BoolArray, Column, FloatArray
from core.text import Text

Columns = Mapping[str, Column]
_ROUNDED: Final = 1.0
"""Baht by which parts copied in whole baht may come to more than their whole."""


def relation_issues(
    form: TableForm, lines: Sequence[Line], columns: Columns
) -> Iterator[CellIssue]:
    """What of the rows cannot be, as the form's columns say it, table by table."""
    for table in form.tables:
        for known in figures_of(form, table).values():
            yield from _Relations(table, known, lines, columns).issues()


class _Relations:
    """The rows of a kind of a table; `known` are its figures by the column they are typed in."""

    def __init__(
        self, table: Table, known: Mapping[str, Figure], lines: Sequence[Line], columns: Columns
    ) -> None:
        self._table, self._known, self._lines = table, known, lines
        self._columns = {
            typed: columns[figure.measure].values
            for typed, figure in known.items()
            if figure.measure in columns
        }

    def issues(self) -> Iterator[CellIssue]:
        for typed, figure in self._known.items():
            if figure.column.likely and typed in self._columns:
                yield from self._unlikely(typed, figure.column.likely)
        for column in self._table.columns:
            if column.part_of:
                yield from self._above(Within(parts=(column.measure,), whole=column.part_of))
                yield from self._out_of_what(column.measure, column.part_of)
            if column.divided_by:
                yield from self._of_nothing(column.measure, column.divided_by)
        for relation in self._table.within:
            yield from self._above(relation)

    def _above(self, relation: Within) -> Iterator[CellIssue]:
        """Parts that come to more than their whole; of several where none does so alone."""
        if not {*relation.parts, relation.whole} <= self._columns.keys():
            return
        whole = self._columns[relation.whole]
        parts = [self._columns[part] for part in relation.parts]
        is_above: BoolArray = parts[0] > whole
        if len(parts) > 1:
            alone = np.logical_or.reduce([part > whole for part in parts])
            rounded = _ROUNDED if self._known[relation.whole].is_amount else 0.0
            is_above = (np.sum(parts, axis=0) > whole + rounded) & ~alone
        for row in np.flatnonzero(is_above).tolist():
            parts_text = " + ".join(plain(float(part[row])) for part in parts)
            yield self._at("W320", row, relation.parts[0], parts_text, self._name(relation.whole))

    def _out_of_what(self, points: str, full: str) -> Iterator[CellIssue]:
        """Points without their full marks, where a form that does not require them needs them."""
        marks = self._known.get(full)
        if marks is None or not marks.column.above_zero or marks.column.required:
            return
        if points not in self._columns:
            return
        given = self._columns[points]
        is_alone = ~np.isnan(given) & np.isnan(self._columns.get(full, np.full_like(given, np.nan)))
        for row in np.flatnonzero(is_alone).tolist():
            yield self._at("W313", row, points, plain(float(given[row])), self._name(full))

    def _of_nothing(self, part: str, divisor: str) -> Iterator[CellIssue]:
        """Figures that are something beside a divisor of 0."""
        if not {part, divisor} <= self._columns.keys():
            return
        is_odd = (self._columns[part] > 0) & (self._columns[divisor] == 0)
        for row in np.flatnonzero(is_odd).tolist():
            part_text = plain(float(self._columns[part][row]))
            yield self._at("W408", row, divisor, part_text, self._name(part))

    def _unlikely(self, typed: str, likely: tuple[float, float]) -> Iterator[CellIssue]:
        """Figures outside the range in which nearly all lie."""
        values: FloatArray = self._columns[typed]
        low, high = likely
        for row in np.flatnonzero((values < low) | (values > high)).tolist():
            expected = f"{plain(low)}\u2013{plain(high)}"
            yield self._at("W406", row, typed, plain(float(values[row])), expected)

    def _at(self, code: str, row: int, typed: str, found: str, expected: str | Text) -> CellIssue:
        spot = self._lines[row].spot(self._known[typed].measure)
        params = {"title": self._name(typed)}
        return CellIssue(code, spot.sheet, spot.place.name, found, expected, params)

    def _name(self, typed: str) -> Text:
        return self._known[typed].column.name
