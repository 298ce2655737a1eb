"""A row of a printed document, and rows of one table that belong together."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple

from core.forms.model.form import TableForm
from core.forms.table.labels import TOTAL, labels_of
from core.forms.table.lines import Line, figures
from core.forms.table.read import TableReading
from core.scoring.base.states import State

_DOT: Final = "."


class Where(NamedTuple):
    """The file, sheet and cell something was typed in; empty where nobody knows."""

    sheet: str = ""
    cell: str = ""
    file: str = ""


@dataclass(frozen=True)
class Record:
    """One row: its labels, then what was typed in its columns.

    `values` are figures that were reported, `texts` words (a choice by its id), `flags` ticks: a
    dash ticks no, an empty cell is absent. `cells` are where each stood, `row` orders them.
    """

    form: str
    table: str
    labels: tuple[str, ...]
    fiscal_year: int
    values: Mapping[str, float] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    flags: Mapping[str, bool] = field(default_factory=dict)
    cells: Mapping[str, Where] = field(default_factory=dict)
    key: Where = field(default=Where())
    row: int = 0

    @property
    def no(self) -> str:
        """Its own number or name, the last of its labels."""
        return self.labels[-1]

    @property
    def group(self) -> tuple[str, ...]:
        """The labels it shares with the rows of its document."""
        return self.labels[:-1]

    @property
    def is_total(self) -> bool:
        return self.no == TOTAL

    @property
    def parent(self) -> str:
        """The number of the row it is a part of: `3` of `3.1`; empty on the first level."""
        return self.no.rpartition(_DOT)[0]

    def where(self, column: str) -> Where:
        """Where a column of it was typed; the row's own cell where the column is empty."""
        return self.cells.get(column, self.key)

    def value(self, column: str) -> float:
        """A figure; NaN where there is none."""
        return self.values.get(column, math.nan)

    def text(self, column: str) -> str:
        """Words; empty where there are none."""
        return self.texts.get(column, "")


@dataclass(frozen=True)
class Rows:
    """The rows of one table of one document, in its order."""

    records: tuple[Record, ...]

    @cached_property
    def total(self) -> Record | None:
        """The row of the sum."""
        return next((one for one in self.records if one.is_total), None)

    @cached_property
    def items(self) -> tuple[Record, ...]:
        """All rows but that of the sum."""
        return tuple(one for one in self.records if not one.is_total)

    @cached_property
    def by_no(self) -> Mapping[str, Record]:
        return {one.no: one for one in self.items}

    def children(self, record: Record) -> tuple[Record, ...]:
        """The rows numbered right below another."""
        return self._children.get(record.no, ())

    @cached_property
    def first_level(self) -> tuple[Record, ...]:
        """Rows that are no part of another row that is there."""
        return tuple(one for one in self.items if one.parent not in self.by_no)

    @cached_property
    def _children(self) -> Mapping[str, tuple[Record, ...]]:
        by_parent: dict[str, list[Record]] = {}
        for one in self.items:
            if one.parent:
                by_parent.setdefault(one.parent, []).append(one)
        return {no: tuple(rows) for no, rows in by_parent.items()}

    def leaves(self, column: str) -> tuple[Record, ...]:
        """The rows with a figure of which no part has one: they make the sum."""
        return tuple(
            one for one in self.items if column in one.values and not self._has_parts(one, column)
        )

    def _has_parts(self, record: Record, column: str) -> bool:
        return any(
            column in child.values or self._has_parts(child, column)
            for child in self.children(record)
        )


def documents(records: Iterable[Record]) -> Iterator[Rows]:
    """Rows by form, table, year and document (all labels but the last), each in its order."""
    by_document: dict[tuple[object, ...], list[Record]] = {}
    for one in records:
        by_document.setdefault((one.form, one.table, one.fiscal_year, one.group), []).append(one)
    for rows in by_document.values():
        yield Rows(tuple(sorted(rows, key=lambda one: one.row)))


def records_of(reading: TableReading, file: str = "") -> tuple[Record, ...]:
    """The rows of a table as read; those that do not say which they are are left out."""
    return tuple(
        _record(reading.form, line, number, file)
        for number, line in enumerate(reading.lines)
        if line.subject is not None and line.period is not None
    )


def _record(form: TableForm, line: Line, number: int, file: str) -> Record:
    table, labels = labels_of(line.subject or "")
    values = {
        figure.measure: line.values[figure.place]
        for figure in figures(form)
        if line.states[figure.place] == State.REPORTED
    }
    typed = {*values, *line.texts, *line.flags}
    year = line.period.fiscal_year if line.period else 0
    cells = {measure: _where(line, measure, file) for measure in typed}
    key = line.key_spot
    return Record(
        form.id, table, labels, year, values, dict(line.texts), dict(line.flags), cells,
        Where(key.sheet, key.place.name, file), number,
    )  # fmt: skip


def _where(line: Line, measure: str, file: str) -> Where:
    spot = line.spot(measure)
    return Where(spot.sheet, spot.place.name, file)
