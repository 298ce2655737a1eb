"""One row of a table as read, and what becomes of two rows for the same subject and period."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final, NamedTuple, TypeVar

import numpy as np

from core.areas import is_district
from core.criteria.catalog import measures
from core.forms.model.form import FIGURES, Column, Table, TableForm
from core.forms.model.issues import CellIssue
from core.forms.model.layout import Spot
from core.forms.model.values import plain
from core.forms.table.heads.head import Header
from core.forms.table.keys import is_blank, shown
from core.periods import Period
from core.scoring.base.inputs import FloatArray, StateArray
from core.scoring.base.states import State
from core.text import Text, say

Word = TypeVar("Word", str, bool)
# Amounts are computed in satang; beyond 2^53 of them a float is no longer exact.
_LARGEST: Final = 2.0**53 / 100


class Figure(NamedTuple):
    """A column of figures: its place among those of its form, and what it takes.

    `column` is named after the measure it feeds. `is_percent` where a figure below 1 may be a
    fraction that was meant as a percentage.
    """

    place: int
    column: Column
    lowest: float
    highest: float
    is_percent: bool
    unit: str = ""

    @property
    def is_amount(self) -> bool:
        """Whether it is an amount of money, and none worked out per head or day."""
        return self.unit == "baht" and not self.column.is_ratio

    @property
    def is_counted(self) -> bool:
        """Whether it counts people or things, so that it is a whole number."""
        return self.unit in ("count", "type") and not self.column.is_ratio

    @property
    def is_additive(self) -> bool:
        """Whether the figures of several facilities make a sum."""
        return self.unit in ("baht", "count", "points") and not self.column.is_ratio

    @property
    def measure(self) -> str:
        return self.column.measure

    @property
    def expected(self) -> str | Text:
        """What it takes, as messages print it; empty when it takes any number."""
        if self.column.type == "answer":
            return say("yes or no")
        return range_of(self.column)


def range_of(column: Column) -> str:
    """The range a column takes: `0–100`, `≥ 0`; empty when it takes any number."""
    if column.above_zero:
        return "> 0"
    low, high = column.valid_range
    if low is not None and high is not None:
        return f"{plain(low)}\u2013{plain(high)}"
    if low is not None:
        return f"\u2265 {plain(low)}"
    return "" if high is None else f"\u2264 {plain(high)}"


@cache
def figures(form: TableForm) -> tuple[Figure, ...]:
    """The columns of figures of a form, in its order; of a pivot each for every kind of row."""
    fed = {
        column.measure: column
        for table in form.tables
        for kind in table.kinds
        for column in _columns_of(table, kind)
    }
    return tuple(_figure(place, column) for place, column in enumerate(fed.values()))


@cache
def figures_of(form: TableForm, table: Table) -> Mapping[str, Mapping[str, Figure]]:
    """The figures of a table by kind of row, then by the column they are typed in."""
    known = {figure.measure: figure for figure in figures(form)}
    return {
        kind: {
            column.measure: known[table.measure(column, kind)]
            for column in table.columns
            if column.type in FIGURES
        }
        for kind in table.kinds
    }


def _columns_of(table: Table, kind: str) -> Iterator[Column]:
    for column in table.columns:
        if column.type in FIGURES:
            measure = table.measure(column, kind)
            known = measures().get(measure) if kind else None
            name = known.name if known else column.name
            yield column.model_copy(update={"measure": measure, "name": name})


def _figure(place: int, column: Column) -> Figure:
    low, high = column.valid_range
    known = measures().get(column.measure)
    is_percent = known is not None and known.unit == "percent" and not column.often_below_1
    lowest, highest = (-_LARGEST if low is None else low), (_LARGEST if high is None else high)
    unit = known.unit if known else ""
    return Figure(place, column, lowest, highest, is_percent, unit)


@dataclass
class Line:
    """One row of a table; `values` and `states` follow the columns of figures of its form.

    `subject` or `period` is None where the row does not say it rightly. `is_placed` tells whether
    it says whose it is and, where it must, when; else it belongs to nobody. `kinds` are the tables
    and kinds of row it was made of, `others` further rows for the same subject and period, `moved`
    the cells that do not stand in its own row, `contradicted` the words its rows disagree about.
    """

    header: Header
    row: int
    subject: str | None
    period: Period | None
    is_placed: bool
    values: list[float]
    states: list[int]
    kinds: frozenset[tuple[str, str]]
    texts: dict[str, str] = field(default_factory=dict)
    flags: dict[str, bool] = field(default_factory=dict)
    others: list[Spot] = field(default_factory=list)
    moved: dict[str, Spot] = field(default_factory=dict)
    contradicted: set[str] = field(default_factory=set)

    @property
    def sheet(self) -> str:
        return self.header.sheet.name

    @property
    def hcode(self) -> str | None:
        """The facility's code; None for a district, a group or an account."""
        table = self.header.table
        is_named = self.is_of_group or table.column("account") is not None or bool(table.labels)
        is_other = self.subject is None or is_named or is_district(self.subject)
        return None if is_other else self.subject

    @property
    def is_of_group(self) -> bool:
        """Whether its subject is the name of a hospital group."""
        return self.header.table.column("group") is not None

    def is_of(self, table: Table) -> bool:
        """Whether any of its rows stands in a table."""
        return any(id_ == table.id for id_, _ in self.kinds)

    @property
    def key_spot(self) -> Spot:
        """The cell that says whose the row is."""
        keys = ("hcode", "district", "group", "account", *self.header.table.labels[::-1])
        there = [key for key in keys if key in self.header.columns]
        filled = [k for k in there if not is_blank(self.header.cell(self.row, k))]
        return self.spot(next(iter((*filled, *there)), ""))

    def spot(self, measure: str) -> Spot:
        """The cell of a column in this row; the row's first cell where there is no such column."""
        if measure in self.moved:
            return self.moved[measure]
        column = self.header.columns.get(measure, self.header.first_column)
        return self.header.spot(self.row, column)

    def merge(self, other: "Line", columns: tuple[Figure, ...]) -> Iterator[CellIssue]:
        """Take in another row for the same subject and period; what differs is contradictory."""
        code = other.key_spot
        self.others.append(code)
        # A table of hospitals repeats the values of their groups.
        if self.kinds & other.kinds and not self.is_of_group:
            yield _about("W314", code, other.subject or "", self.key_spot)
        self.kinds |= other.kinds
        for measure in other.header.columns.keys() - self.header.columns.keys():
            self.moved.setdefault(measure, other.spot(measure))
        for figure in columns:
            yield from self._merge_figure(figure, other)
        yield from self._merge_words(self.texts, other.texts, other)
        yield from self._merge_words(self.flags, other.flags, other)

    def _merge_words(
        self, mine: dict[str, Word], theirs: Mapping[str, Word], other: "Line"
    ) -> Iterator[CellIssue]:
        for measure, word in theirs.items():
            if measure not in mine:
                mine[measure] = word
                self.moved[measure] = other.spot(measure)
            elif mine[measure] != word:
                self.contradicted.add(measure)
                words = shown(other.header.cell(other.row, measure))
                yield _about("W315", other.spot(measure), words, self.spot(measure))

    def _merge_figure(self, figure: Figure, other: "Line") -> Iterator[CellIssue]:
        place, measure = figure.place, figure.measure
        mine, theirs = self.states[place], other.states[place]
        value = other.values[place]
        if theirs == State.NOT_REPORTED or (mine == theirs and self.values[place] == value):
            return
        if mine == State.NOT_REPORTED:
            self._set(place, value, theirs)
            self.moved[measure] = other.spot(measure)
        elif State.ERROR in (mine, theirs):
            self._set(place, math.nan, State.ERROR)
        elif not mine == theirs == State.NOT_APPLICABLE:
            figure_text = "" if math.isnan(value) else plain(value)
            code = "W416" if self.is_of_group else "W315"
            yield _about(code, other.spot(measure), figure_text, self.spot(measure))
            self._set(place, math.nan, State.CONTRADICTORY)

    def _set(self, place: int, value: float, state: int) -> None:
        self.values[place], self.states[place] = value, state


def table_of(lines: Sequence[Line], width: int) -> tuple[FloatArray, StateArray]:
    """Values and states of n lines with `width` figures, each an array of n rows."""
    shape = len(lines), width
    values: FloatArray = np.array([line.values for line in lines], dtype=np.float64)
    states: StateArray = np.array([line.states for line in lines], dtype=np.int8)
    return values.reshape(shape), states.reshape(shape)


def _about(code: str, spot: Spot, found: str, earlier: Spot) -> CellIssue:
    """A message at a cell that names an earlier one, with its sheet where that is another."""
    name = earlier.place.name
    there = name if earlier.sheet == spot.sheet else f"{earlier.sheet}!{name}"
    return CellIssue(code, spot.sheet, spot.place.name, found, there)
