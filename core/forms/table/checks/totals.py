"""Rows that add up others although they bear a code."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from core.forms.model.form import Table, TableForm
from core.forms.model.issues import CellIssue
from core.forms.table.issue_list import IssueList
from core.forms.table.lines import Line, figures, figures_of, table_of
from core.scoring.base.derived import IntArray
from core.scoring.base.inputs import BoolArray, FloatArray

_FEWEST: Final = 2
"""Rows that are added up at least, and figures in which the sum must be seen."""
_LARGE: Final = 1000.0
"""Some figure must be this large: small counts add up by chance."""
_EXACT: Final = 1e-6


def without_totals(form: TableForm, lines: Sequence[Line], issues: IssueList) -> Iterator[Line]:
    """The lines without those that are the sum of others under the same header."""
    totals = set(_totals(form, lines))
    for number, line in enumerate(lines):
        if number not in totals:
            yield line
            continue
        spot = line.key_spot
        issues.add(CellIssue("W354", spot.sheet, spot.place.name, line.subject or ""))


def _totals(form: TableForm, lines: Sequence[Line]) -> Iterator[int]:
    by_header: dict[int, list[int]] = {}
    for number, line in enumerate(lines):
        by_header.setdefault(id(line.header), []).append(number)
    if form.holds in ("register", "records"):
        return
    values = np.nan_to_num(table_of(lines, len(figures(form)))[0])
    for numbers in by_header.values():
        places = _places(form, lines[numbers[0]].header.table)
        if len(places) < _FEWEST:
            continue
        # n x k: of a pivot a row fills the figures of one kind, the same columns for all.
        own = np.column_stack([values[np.ix_(numbers, kinds)].sum(axis=1) for kinds in places])
        periods = np.array([hash(lines[number].period) for number in numbers])
        subjects = np.array([hash(lines[number].subject or number) for number in numbers])
        yield from (numbers[place] for place in _sums(own, periods, subjects))


def _places(form: TableForm, table: Table) -> list[list[int]]:
    """The places of the figures that make sums, those of one column together."""
    by_kind = figures_of(form, table).values()
    return [
        [figures_[column].place for figures_ in by_kind]
        for column in next(iter(by_kind))
        if next(iter(by_kind))[column].is_additive
    ]


def _sums(values: FloatArray, periods: IntArray, subjects: IntArray) -> list[int]:
    """The rows of n that are the sum of those above them, of the others of their period, or all.

    Rows of the same subject never make its sum: cumulative figures grow like one.
    """
    totals: list[int] = []
    first = 0
    while len(values) - first > _FEWEST:  # below a total of some rows another may begin
        sums = np.flatnonzero(_are_above(values[first:], subjects[first:]))
        if not sums.size:
            break
        totals.append(first + int(sums[0]))
        first = totals[-1] + 1
    rest = np.delete(np.arange(len(values)), totals)
    while len(rest) > _FEWEST:
        sums = np.flatnonzero(_are_others(values[rest], periods[rest], subjects[rest]))
        if not sums.size:
            break
        totals.append(int(rest[sums[0]]))
        rest = np.delete(rest, sums[0])
    return totals


def _are_above(values: FloatArray, subjects: IntArray) -> BoolArray:
    """Where a row equals the sum of the rows above it, which are of other subjects."""
    sums: FloatArray = np.cumsum(values, axis=0) - values
    sums[:_FEWEST] = np.nan
    is_new = np.zeros(len(values), dtype=np.bool_)
    is_new[np.unique(subjects, return_index=True)[1]] = True
    return _equal(values, sums) & is_new


def _are_others(values: FloatArray, periods: IntArray, subjects: IntArray) -> BoolArray:
    """Where a row equals the sum of the other rows, of its period or of all, or their average."""
    is_single = _are_single(subjects)
    is_sum = (_equal(values, values.sum(axis=0) - values) | _is_average(values)) & is_single
    for period in np.unique(periods):
        inside = periods == period
        if inside.sum() > _FEWEST:
            own = values[inside]
            same = _equal(own, own.sum(axis=0) - own)
            is_sum[inside] |= same & _are_single(subjects[inside])
    return is_sum


def _is_average(values: FloatArray) -> BoolArray:
    """Where the first or last row equals the average of the others, which differ.

    Of rows that grow evenly the one in the middle is their average, and no total.
    """
    is_average = np.zeros(len(values), dtype=np.bool_)
    if len(values) > _FEWEST + 1 and np.ptp(values, axis=0).any():
        average = _equal(values, (values.sum(axis=0) - values) / (len(values) - 1))
        is_average[[0, -1]] = average[[0, -1]]
    return is_average


def _are_single(subjects: IntArray) -> BoolArray:
    """Where a subject has one row only."""
    _, places, counts = np.unique(subjects, return_inverse=True, return_counts=True)
    single: BoolArray = counts[places] == 1
    return single


def _equal(values: FloatArray, sums: FloatArray) -> BoolArray:
    """Where all figures of a row that are not 0 equal the sums, several of them, one large."""
    is_figure = values != 0
    same = np.abs(values - sums) <= np.abs(values) * _EXACT + _EXACT
    is_large = (np.abs(values) >= _LARGE).any(axis=1)
    are_enough = is_figure.sum(axis=1) >= _FEWEST
    equal: BoolArray = (same | ~is_figure).all(axis=1) & is_large & are_enough
    return equal
