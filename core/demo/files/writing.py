"""Writes tables of the demonstration as they are sent, in the layout and words of their form."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from core.demo.files.sheets import FileRow, Sheet
from core.demo.files.tables import Cell, Subject, written
from core.demo.parameters import reporting_parameters
from core.forms.model.form import FIGURES, Column
from core.forms.table.keys import table_words
from core.periods import Period, calendar_month, month_name
from core.scoring.base.states import State

Key = tuple[int, int]
"""A subject and a period, as places in a table."""


class Writer:
    """Writes files of one sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet, self._told = sheet, sheet.told

    def file(self, keys: Iterable[Key]) -> tuple[tuple[FileRow, ...], bytes]:
        """A file under the form's own titles, as Excel opens it, and where what stands.

        What was told twice stands in one line more.
        """
        lines = [[column.name.th for column in self._sheet.columns]]
        if self._sheet.table.turned:
            lines.insert(0, [column.no for column in self._sheet.columns])
        rows: list[FileRow] = []
        for subject, period in keys:
            rows.append(FileRow(subject, period, len(lines) + 1))
            lines.extend(self._lines(subject, period))
        text = io.StringIO(newline="")
        csv.writer(text).writerows(zip(*lines, strict=True) if self._sheet.table.turned else lines)
        return tuple(rows), text.getvalue().encode("utf-8-sig")

    def _lines(self, subject: int, period: int) -> Iterator[list[str]]:
        place = subject * len(self._told.periods) + period
        texts = [[column[place] for column in columns] for columns in self._texts]
        yield from texts
        for cell, other in self._twice.get((subject, period), ()):
            spot = next(spot for spot in self._sheet.spots if spot.measure == cell.measure)
            again = list(texts[spot.below])
            again[spot.column - 1] = self._typed(self._sheet.columns[spot.column - 1], other)
            yield again

    @cached_property
    def _twice(self) -> Mapping[Key, list[tuple[Cell, float]]]:
        found: dict[Key, list[tuple[Cell, float]]] = defaultdict(list)
        for cell, other in self._told.twice.items():
            found[cell.subject, cell.period].append((cell, other))
        return found

    @cached_property
    def _texts(self) -> list[list[list[str]]]:
        """What stands in each kind of line and column: all periods of a subject, then the next."""
        return [
            [self._column(column, kind) for column in self._sheet.columns]
            for kind in self._sheet.table.kinds
        ]

    def _column(self, column: Column, kind: str) -> list[str]:
        told, table = self._told, self._sheet.table
        if column.type in FIGURES:
            return self._figures(column, table.measure(column, kind))
        if column.measure == table.pivot:
            return [next(c.name.th for c in column.choices if c.id == kind)] * told.told.size
        if column.measure in told.words:
            return [text for row in told.words[column.measure] for text in row]
        return [_key(column.measure, s, period) for s in told.subjects for period in told.periods]

    def _figures(self, column: Column, measure: str) -> list[str]:
        """Every figure as it is typed; nothing where it was left out."""
        told, width = self._told, len(self._told.periods)
        states = told.columns[measure].states.ravel().tolist()
        away = reporting_parameters().does_not_apply.text
        found = [
            "" if s == State.NOT_REPORTED else away if s == State.NOT_APPLICABLE
            else self._typed(column, value)
            for value, s in zip(told.invented[measure].ravel().tolist(), states, strict=True)
        ]  # fmt: skip
        for cell, text in told.typed.items():
            if cell.measure == measure:
                found[cell.subject * width + cell.period] = text
        return found

    @staticmethod
    def _typed(column: Column, value: float) -> str:
        if column.type == "answer":
            return yes_or_no(yes=value > 0)
        return written(value)


def yes_or_no(*, yes: bool) -> str:
    """The word for it that tables are answered with."""
    words = table_words()
    return words.yes[0] if yes else words.no[0]


def _key(measure: str, subject: Subject, period: Period) -> str:
    """What a column that names the line holds."""
    if measure == "hcode":
        return subject.code
    if measure == "district":
        return subject.code.removeprefix("D")
    if measure == "month":
        return month_name(calendar_month(period.number), "th")
    return str(period.fiscal_year if measure == "fiscal_year" else period.number)
