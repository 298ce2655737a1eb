"""One row of a table as read, and what becomes of two rows for the same subject and period."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from core.criteria.catalog import measures
from core.forms.cells import Place
from core.forms.issues import CellIssue
from core.forms.layout import Spot
from core.forms.model import Column, TableForm
from core.forms.table_header import Header
from core.forms.table_keys import shown
from core.forms.values import plain
from core.periods import Period
from core.scoring.states import State

# Amounts are computed in satang; beyond 2^53 of them a float is no longer exact.
_LARGEST: Final = 2.0**53 / 100


class Figure(NamedTuple):
    """A column of figures: its place among them, and what it takes."""

    place: int
    column: Column
    lowest: float
    highest: float
    is_percent: bool

    @property
    def expected(self) -> str:
        """The range it takes, as messages print it."""
        return range_of(self.column) or f"\u2264 {plain(self.highest)}"


def range_of(column: Column) -> str:
    """The range a column takes: `0–100`, `≥ 0`; empty when it takes any number."""
    low, high = column.valid_range
    if low is not None and high is not None:
        return f"{plain(low)}\u2013{plain(high)}"
    if low is not None:
        return f"\u2265 {plain(low)}"
    return "" if high is None else f"\u2264 {plain(high)}"


def figures(form: TableForm) -> tuple[Figure, ...]:
    """The columns of figures of a form, in its order."""
    numbers = (column for column in form.columns if column.type == "number")
    return tuple(_figure(place, column) for place, column in enumerate(numbers))


def _figure(place: int, column: Column) -> Figure:
    low, high = column.valid_range
    known = measures().get(column.measure)
    is_percent = known is not None and known.unit == "percent"
    lowest, highest = (-_LARGEST if low is None else low), (_LARGEST if high is None else high)
    return Figure(place, column, lowest, highest, is_percent)


@dataclass
class Line:
    """One row of a table; `values` and `states` follow its columns of figures.

    `hcode` or `period` is None where the row does not say it rightly: then it belongs to nobody.
    `others` are further rows for the same subject and period; `moved` the cells taken from them.
    """

    header: Header
    row: int
    hcode: str | None
    period: Period | None
    values: list[float]
    states: list[int]
    texts: dict[str, str] = field(default_factory=dict)
    flags: dict[str, bool] = field(default_factory=dict)
    others: list[Spot] = field(default_factory=list)
    moved: dict[str, Spot] = field(default_factory=dict)

    @property
    def sheet(self) -> str:
        return self.header.sheet.name

    @property
    def is_placed(self) -> bool:
        """Whether the row says whose and when it is."""
        return self.hcode is not None and self.period is not None

    def spot(self, measure: str) -> Spot:
        """The cell of a column in this row; the row's first cell where there is no such column."""
        if measure in self.moved:
            return self.moved[measure]
        column = self.header.columns.get(measure, self.header.first_cell.column)
        return Spot(self.sheet, Place(self.row, column))

    def merge(self, other: "Line", columns: tuple[Figure, ...]) -> Iterator[CellIssue]:
        """Take in another row for the same subject and period; what differs is contradictory."""
        code = other.spot("hcode")
        self.others.append(code)
        yield _about("W314", code, other.hcode or "", self.spot("hcode"))
        for figure in columns:
            yield from self._merge_figure(figure, other)
        for measure, text in other.texts.items():
            if self.texts.setdefault(measure, text) != text:
                yield _about("W315", other.spot(measure), text, self.spot(measure))
        for measure, flag in other.flags.items():
            if self.flags.setdefault(measure, flag) != flag:
                spot = other.spot(measure)
                found = shown(other.header.sheet.at(spot.place))
                yield _about("W315", spot, found, self.spot(measure))

    def _merge_figure(self, figure: Figure, other: "Line") -> Iterator[CellIssue]:
        place, measure = figure.place, figure.column.measure
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
            found = "" if math.isnan(value) else plain(value)
            yield _about("W315", other.spot(measure), found, self.spot(measure))
            self._set(place, math.nan, State.CONTRADICTORY)

    def _set(self, place: int, value: float, state: int) -> None:
        self.values[place], self.states[place] = value, state


def _about(code: str, spot: Spot, found: str, earlier: Spot) -> CellIssue:
    """A message at a cell that names an earlier one, with its sheet where that is another."""
    name = earlier.place.name
    there = name if earlier.sheet == spot.sheet else f"{earlier.sheet}!{name}"
    return CellIssue(code, spot.sheet, spot.place.name, found, there)
