"""Writes tables of the demonstration as CSV in the layout and words of their form."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from core.demo.files.sheets import FileRow, Sheet
from core.demo.files.tables import Cell, Subject, written
from core.demo.parameters import reporting_parameters
from core.forms.model.form import FIGURES, Column
from core.forms.table.words import table_words
from core.periods import Period, calendar_month, month_name
from core.scoring.base.states import State

Key = tuple[int, int]
"""A subject and a period, as places in a table."""


class Writer:
    """Writes files of one sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet, self._data = sheet, sheet.data
        self._written: dict[int, list[list[list[str]]]] = {}

    def file(self, keys: Iterable[Key]) -> tuple[tuple[FileRow, ...], bytes]:
        """The CSV of some subjects and periods, readable by Excel, and the lines of each.

        A contradictory figure adds a second line of its subject and period.
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
        texts = [[column[subject] for column in columns] for columns in self._texts(period)]
        yield from texts
        for cell, other in self._twice.get((subject, period), ()):
            spot = next(spot for spot in self._sheet.spots if spot.measure == cell.measure)
            again = list(texts[spot.below])
            again[spot.column - 1] = self._typed(self._sheet.columns[spot.column - 1], other)
            yield again

    @cached_property
    def _twice(self) -> Mapping[Key, list[tuple[Cell, float]]]:
        by_key: dict[Key, list[tuple[Cell, float]]] = defaultdict(list)
        for cell, other in self._data.twice.items():
            by_key[cell.subject, cell.period].append((cell, other))
        return by_key

    @cached_property
    def _mistyped(self) -> Mapping[tuple[str, int], list[tuple[int, str]]]:
        """By measure and period: subjects, and what they typed in place of the figure."""
        mistakes: dict[tuple[str, int], list[tuple[int, str]]] = defaultdict(list)
        for cell, text in self._data.typed.items():
            mistakes[cell.measure, cell.period].append((cell.subject, text))
        return mistakes

    def _texts(self, period: int) -> list[list[list[str]]]:
        """The texts of each kind of line and column in a period, by subject.

        Written when they are needed: the newest periods are stored first.
        """
        if period not in self._written:
            self._written[period] = [
                [self._column(column, kind, period) for column in self._sheet.columns]
                for kind in self._sheet.table.kinds
            ]
        return self._written[period]

    def _column(self, column: Column, kind: str, period: int) -> list[str]:
        data, table = self._data, self._sheet.table
        if column.type in FIGURES:
            return self._figures(column, table.measure(column, kind), period)
        if column.measure == table.pivot:
            return [next(c.name.th for c in column.choices if c.id == kind)] * len(data.subjects)
        if column.measure in data.words:
            return [row[period] for row in data.words[column.measure]]
        return [_key(column.measure, one, data.periods[period]) for one in data.subjects]

    def _figures(self, column: Column, measure: str, period: int) -> list[str]:
        """Every figure as it is typed; empty where it was left out."""
        data = self._data
        states = data.columns[measure].states[:, period].tolist()
        away = reporting_parameters().does_not_apply.text
        texts = [
            "" if s == State.NOT_REPORTED else away if s == State.NOT_APPLICABLE
            else self._typed(column, value)
            for value, s in zip(data.invented[measure][:, period].tolist(), states, strict=True)
        ]  # fmt: skip
        for subject, text in self._mistyped.get((measure, period), ()):
            texts[subject] = text
        return texts

    @staticmethod
    def _typed(column: Column, value: float) -> str:
        if column.type == "answer":
            return yes_or_no(yes=value > 0)
        return written(value)


def yes_or_no(*, yes: bool) -> str:
    """The answer as tables have it."""
    words = table_words()
    return words.yes[0] if yes else words.no[0]


def _key(measure: str, subject: Subject, period: Period) -> str:
    """The value of a key column."""
    if measure == "hcode":
        return subject.code
    if measure == "district":
        return subject.code.removeprefix("D")
    if measure == "month":
        return month_name(calendar_month(period.number), "th")
    return str(period.fiscal_year if measure == "fiscal_year" else period.number)
