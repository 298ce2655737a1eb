"""Rows that add up others although they bear a code."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from core.forms.model.form import TableForm
from core.forms.model.issues import CellIssue
from core.forms.table.issue_list import IssueList
from core.forms.table.lines import Line, figures, table_of
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
    places = [f.place for f in figures(form) if f.is_additive]
    if form.holds == "register" or len(places) < _FEWEST:
        return
    values, _ = table_of(lines, len(figures(form)))
    for numbers in by_header.values():
        own = np.nan_to_num(values[np.ix_(numbers, places)])
        periods = np.array([hash(lines[number].period) for number in numbers])
        yield from (numbers[place] for place in _sums(own, periods))


def _sums(values: FloatArray, periods: IntArray) -> list[int]:
    """The rows of n that are the sum of those above them, of the others of their period, or all."""
    totals: list[int] = []
    first = 0
    while len(values) - first > _FEWEST:  # below a total of some rows another may begin
        found = np.flatnonzero(_equal(values[first:], _above(values[first:])))
        if not found.size:
            break
        totals.append(first + int(found[0]))
        first = totals[-1] + 1
    rest = np.delete(np.arange(len(values)), totals)
    while len(rest) > _FEWEST:
        found = np.flatnonzero(_are_others(values[rest], periods[rest]))
        if not found.size:
            break
        totals.append(int(rest[found[0]]))
        rest = np.delete(rest, found[0])
    return totals


def _above(values: FloatArray) -> FloatArray:
    """For each row the sum of the rows above it; NaN where they are too few."""
    sums: FloatArray = np.cumsum(values, axis=0) - values
    sums[:_FEWEST] = np.nan
    return sums


def _are_others(values: FloatArray, periods: IntArray) -> BoolArray:
    """Where a row equals the sum of the other rows, of its period or of all, or their average."""
    others = values.sum(axis=0) - values
    found: BoolArray = _equal(values, others)
    if len(values) > _FEWEST + 1:  # an average stands among the rows like a total
        found |= _equal(values, others / (len(values) - 1))
    for period in np.unique(periods):
        inside = periods == period
        if inside.sum() > _FEWEST:
            own = values[inside]
            found[inside] |= _equal(own, own.sum(axis=0) - own)
    return found


def _equal(values: FloatArray, sums: FloatArray) -> BoolArray:
    """Where all figures of a row that are not 0 equal the sums, several of them, one large."""
    is_figure = values != 0
    same = np.abs(values - sums) <= np.abs(values) * _EXACT + _EXACT
    is_large = (np.abs(values) >= _LARGE).any(axis=1)
    are_enough = is_figure.sum(axis=1) >= _FEWEST
    equal: BoolArray = (same | ~is_figure).all(axis=1) & is_large & are_enough
    return equal
