"""Holds rows against one another: a facility's months, its usual size, that of the others."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Final

import numpy as np

from core.forms.model.form import TableForm
from core.forms.model.issues import CellIssue
from core.forms.model.values import plain
from core.forms.table.checks.stored import FIRST_QUARTER
from core.forms.table.lines import Figure, Line, figures
from core.scoring.base.derived import IntArray
from core.scoring.base.inputs import BoolArray, Column, FloatArray
from core.scoring.base.states import State

Columns = Mapping[str, Column]
_THOUSAND, _MILLION = 3.0, 6.0
_SMALLER_ROW: Final = 2.5
"""Powers of ten from which a whole row is smaller than its facility's others by a unit."""
_SMALLER_FACILITY: Final = 2.8
"""The same for a facility that has no other row, held against the other facilities."""
_ABOUT: Final = 0.3
"""How near to a thousandth or a millionth a single figure is, in powers of ten."""
_ENOUGH_AMOUNTS: Final = 4
_FEWEST_AMOUNTS: Final = 2
"""Amounts by which a facility of one row is held against the others, where tables have so many."""
_COMPARED_ONE_BY_ONE: Final = 200
"""Facilities up to which each is held against the others without itself."""
_NONE: Final[Mapping[str, str]] = MappingProxyType({})
_ZEROS: Final = 3
"""Amounts of 0 from which a row of nothing else says nothing."""
_SATANG: Final = 100
_NOISE: Final = 1e-3, 1e-10
"""What a float may be off a whole satang: in satang, and by its size."""


def series_issues(form: TableForm, lines: Sequence[Line], columns: Columns) -> Iterator[CellIssue]:
    """Figures that are right by themselves and odd beside the others of the file."""
    if form.holds == "register" or not lines:
        return
    rows = _Series(form, lines, columns)
    yield from rows.falls()
    yield from rows.copies()
    yield from rows.calendar_years()
    yield from rows.other_units()
    yield from rows.parts_of_satang()
    yield from rows.zeros()


def smaller_than_known(
    form: TableForm,
    lines: Sequence[Line],
    columns: Columns,
    known: Mapping[str, Mapping[str, float]],
) -> Iterator[CellIssue]:
    """Rows a thousand or a million times smaller than what is known of their facility.

    `known` holds the largest amount known of a subject by measure, cumulative ones by month.
    """
    if lines:
        yield from _Series(form, lines, columns).smaller_than(known)


def by_month(figure: Figure, values: FloatArray, months: IntArray) -> FloatArray:
    """Amounts of n rows; those that are added up since October divided by their fiscal months."""
    shares: FloatArray = values / np.maximum(months, 1) if figure.column.cumulative else values
    return shares


def stocks_of(form: TableForm, columns: Columns) -> tuple[Figure, ...]:
    """The amounts of a table that cannot be negative, so that their size says something."""
    amounts = (figure for figure in figures(form) if figure.is_amount and figure.lowest >= 0)
    return tuple(figure for figure in amounts if figure.measure in columns)


@dataclass(frozen=True)
class _Series:
    """The lines of a table, n of them, with its k amounts of money."""

    form: TableForm
    lines: Sequence[Line]
    columns: Columns

    @cached_property
    def _amounts(self) -> tuple[Figure, ...]:
        return tuple(f for f in figures(self.form) if f.is_amount and f.measure in self.columns)

    @cached_property
    def _subjects(self) -> IntArray:
        """The number of each line's subject; a line that belongs to nobody has one of its own."""
        numbers: dict[str, int] = {}
        return np.array(
            [
                numbers.setdefault(
                    line.subject if line.is_placed and line.subject else f"-{place}", len(numbers)
                )
                for place, line in enumerate(self.lines)
            ],
            dtype=np.int64,
        )

    @cached_property
    def _periods(self) -> IntArray:
        """Fiscal year x 100 + part of the year; 0 where a line is of no period."""
        periods = (line.period for line in self.lines)
        return np.array([p.fiscal_year * 100 + p.number if p else 0 for p in periods], np.int64)

    def falls(self) -> Iterator[CellIssue]:
        """Cumulative figures that are lower than in an earlier month of their fiscal year."""
        order = np.lexsort((self._periods, self._subjects))
        for figure in figures(self.form):
            column = self.columns.get(figure.measure)
            if column is None or not figure.column.cumulative or figure.lowest < 0:
                continue
            is_given = (column.states[order] == State.REPORTED) & (self._periods[order] > 0)
            rows = order[is_given]
            years = self._subjects[rows] * 10_000 + self._periods[rows] // 100
            drops = (np.diff(years) == 0) & (np.diff(column.values[rows]) < -1 / _SATANG)
            for place in np.flatnonzero(drops).tolist():
                before, row = int(rows[place]), int(rows[place + 1])
                earlier = plain(float(column.values[before]))
                cell = self.lines[before].spot(figure.measure).place.name
                yield self._issue("W350", row, figure, f"{earlier} ({cell})")

    def calendar_years(self) -> Iterator[CellIssue]:
        """Facilities whose months run on from December to January with the year after."""
        months: dict[str, dict[int, dict[int, int]]] = {}
        for place, line in enumerate(self.lines):
            if line.is_placed and line.subject and line.period and line.period.part == "M":
                years = months.setdefault(line.subject, {})
                years.setdefault(line.period.fiscal_year, {})[line.period.number] = place
        for years in months.values():
            first, last = min(years), max(years)
            runs_on = len(years) == last - first + 1 > 1
            begins = runs_on and FIRST_QUARTER.issuperset(years[first])
            if begins and FIRST_QUARTER.isdisjoint(years[last]):
                yield self._calendar_year(min(years[first].values()), first)

    def _calendar_year(self, row: int, year: int) -> CellIssue:
        spot = self.lines[row].spot("fiscal_year")
        return CellIssue("W349", spot.sheet, spot.place.name, str(year), str(year + 1))

    def other_units(self) -> Iterator[CellIssue]:
        """Rows and figures a thousand or a million times smaller than those they belong with."""
        stocks = stocks_of(self.form, self.columns)
        if not stocks:
            return
        sizes = self._sizes(stocks)
        ratios, alone = self._against_own(sizes), self._against_others(sizes)
        with np.errstate(all="ignore"):
            of_row = _medians(ratios)
            of_alone = _medians(alone)
        counts = np.isfinite(sizes).sum(axis=1)
        row_is_small = (of_row <= -_SMALLER_ROW) & (counts > 1)
        enough = min(_ENOUGH_AMOUNTS, max(_FEWEST_AMOUNTS, int(counts.max())))
        row_is_small |= (of_alone <= -_SMALLER_FACILITY) & (counts >= enough)
        yield from self._below_least(stocks, ~row_is_small)
        yield from self._above_most(stocks)
        for row in np.flatnonzero(row_is_small).tolist():
            first = int(np.flatnonzero(np.isfinite(sizes[row]))[0])
            power = of_row[row] if np.isfinite(of_row[row]) else of_alone[row]
            yield self._issue("W351", row, stocks[first], _times(-power))
        near = np.minimum(np.abs(ratios + _THOUSAND), np.abs(ratios + _MILLION)) <= _ABOUT
        for row, place in np.argwhere(near & ~row_is_small[:, None]).tolist():
            yield self._issue("W351", row, stocks[place], _times(-ratios[row, place]))

    def _below_least(self, stocks: Sequence[Figure], others: BoolArray) -> Iterator[CellIssue]:
        """Amounts that no facility is below, once for each column; of rows not told already."""
        for figure in stocks:
            values = self.columns[figure.measure].values
            least = figure.column.least or 0.0
            rows = np.flatnonzero((values > 0) & (values < least) & others)
            if rows.size:
                params = {"rows": str(rows.size)}
                yield self._issue("W409", int(rows[0]), figure, f"{least:,.0f}", params)

    def _above_most(self, stocks: Sequence[Figure]) -> Iterator[CellIssue]:
        """Amounts that no facility is above, as where baht were taken for thousands."""
        for figure in stocks:
            most = figure.column.most or math.inf
            rows = np.flatnonzero(self.columns[figure.measure].values > most)
            if rows.size:
                params = {"rows": str(rows.size)}
                yield self._issue("W424", int(rows[0]), figure, f"{most:,.0f}", params)

    def copies(self) -> Iterator[CellIssue]:
        """Months whose amounts, some of them added up since October, are those of the one before.

        A row typed once and copied down; of what is not added up two months may well agree.
        """
        if not any(figure.column.cumulative for figure in self._amounts):
            return
        values = np.column_stack([self.columns[f.measure].values for f in self._amounts])
        order = np.lexsort((self._periods, self._subjects))
        years = self._subjects[order] * 10_000 + self._periods[order] // 100
        given = ~np.isnan(values[order])
        rows = values[order]
        alike = ((rows[1:] == rows[:-1]) | ~(given[1:] | given[:-1])).all(axis=1)
        counted = (given[1:] & (rows[1:] != 0)).sum(axis=1) >= _ENOUGH_AMOUNTS
        steps = (np.diff(self._periods[order]) > 0) & (np.diff(years) == 0)
        for place in np.flatnonzero(alike & counted & steps).tolist():
            before, row = int(order[place]), int(order[place + 1])
            first = self._amounts[int(np.flatnonzero(given[place + 1])[0])]
            cell = self.lines[before].spot(first.measure).place.name
            yield self._issue("W425", row, first, cell)

    def smaller_than(self, known: Mapping[str, Mapping[str, float]]) -> Iterator[CellIssue]:
        """Rows smaller by a unit than the largest amounts known of their subject."""
        stocks = stocks_of(self.form, self.columns)
        if not stocks:
            return
        sizes = self._sizes(stocks)
        largest = np.array(
            [
                [known.get(line.subject or "", {}).get(f.measure, math.nan) for f in stocks]
                for line in self.lines
            ]
        )
        with np.errstate(all="ignore"):
            ratios = sizes - np.log10(largest)
        of_row = _medians(np.where(np.isfinite(ratios), ratios, np.nan))
        is_small = (of_row <= -_SMALLER_ROW) & (np.isfinite(ratios).sum(axis=1) > 1)
        for row in np.flatnonzero(is_small).tolist():
            first = int(np.flatnonzero(np.isfinite(ratios[row]))[0])
            yield self._issue("W351", row, stocks[first], _times(-of_row[row]))

    def _sizes(self, stocks: Sequence[Figure]) -> FloatArray:
        """Powers of ten of the amounts, n x k, cumulative ones by month; NaN for none and for 0."""
        months = self._periods % 100
        values = np.column_stack(
            [by_month(f, self.columns[f.measure].values, months) for f in stocks]
        )
        with np.errstate(all="ignore"):
            sizes: FloatArray = np.where(values > 0, np.log10(values), np.nan)
        return sizes

    def _against_own(self, sizes: FloatArray) -> FloatArray:
        """Each amount held against the largest of its facility's other rows; NaN without any."""
        order = np.argsort(self._subjects, kind="stable")
        starts = np.flatnonzero(np.diff(self._subjects[order], prepend=-1))
        filled = np.where(np.isnan(sizes), -np.inf, sizes)[order]
        largest = np.maximum.reduceat(filled, starts)
        several = np.diff(np.append(starts, len(order))) > 1
        largest[~several] = np.nan
        rank = np.cumsum(np.diff(self._subjects[order], prepend=-1) != 0) - 1
        ratios = np.empty_like(sizes)
        with np.errstate(invalid="ignore"):
            ratios[order] = sizes[order] - np.where(np.isinf(largest), np.nan, largest)[rank]
        return ratios

    def _against_others(self, sizes: FloatArray) -> FloatArray:
        """The amounts of facilities of one row, held against the median of the largest of each."""
        subjects, counts = np.unique(self._subjects, return_counts=True)
        if len(subjects) < 2:
            return np.full_like(sizes, np.nan)
        alone = np.isin(self._subjects, subjects[counts == 1])
        largest = np.full((len(subjects), sizes.shape[1]), -np.inf)
        np.maximum.at(largest, self._subjects, np.where(np.isnan(sizes), -np.inf, sizes))
        largest[np.isinf(largest)] = np.nan
        ratios = np.full_like(sizes, np.nan)
        is_short = len(subjects) <= _COMPARED_ONE_BY_ONE
        usual = _column_medians(largest)
        for row in np.flatnonzero(alone).tolist():
            others = np.delete(largest, self._subjects[row], axis=0) if is_short else None
            ratios[row] = sizes[row] - (usual if others is None else _column_medians(others))
        return ratios

    def parts_of_satang(self) -> Iterator[CellIssue]:
        """Amounts with more than two decimals, once for each column."""
        for figure in self._amounts:
            values = self.columns[figure.measure].values * _SATANG
            off = np.abs(values - np.rint(values)) > _NOISE[0] + np.abs(values) * _NOISE[1]
            rows = np.flatnonzero(off)
            if rows.size:
                yield self._issue("W352", int(rows[0]), figure, str(rows.size))

    def zeros(self) -> Iterator[CellIssue]:
        """Rows that hold amounts, all of them 0; of hospital-months scoring says so itself."""
        if self.form.holds == "hospital_months" or len(self._amounts) < _ZEROS:
            return
        values = np.column_stack([self.columns[f.measure].values for f in self._amounts])
        given = ~np.isnan(values)
        empty = (given.sum(axis=1) >= _ZEROS) & ~(given & (values != 0)).any(axis=1)
        for row in np.flatnonzero(empty).tolist():
            first = int(np.flatnonzero(given[row])[0])
            yield self._issue("W353", row, self._amounts[first], "")

    def _issue(
        self, code: str, row: int, figure: Figure, expected: str, more: Mapping[str, str] = _NONE
    ) -> CellIssue:
        line = self.lines[row]
        spot = line.spot(figure.measure)
        value_text = plain(float(self.columns[figure.measure].values[row]))
        params = {"title": figure.column.name, "facility": line.subject or "", **more}
        return CellIssue(code, spot.sheet, spot.place.name, value_text, expected, params)


def _medians(ratios: FloatArray) -> FloatArray:
    """The median of each row; NaN where a row has none."""
    medians = np.full(len(ratios), np.nan)
    some = np.isfinite(ratios).any(axis=1)
    medians[some] = np.nanmedian(ratios[some], axis=1)
    return medians


def _column_medians(sizes: FloatArray) -> FloatArray:
    """The median of each column; NaN where a column has none."""
    return _medians(sizes.T)


def _times(power: float) -> str:
    """How many times smaller, as a unit people use."""
    return f"{10 ** (_THOUSAND if power < (_THOUSAND + _MILLION) / 2 else _MILLION):,.0f}"
