"""Shares of an area's facilities against targets, for all areas at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from core.criteria.model import AreaShare, ShareLine
from core.scoring.base.derived import IntArray
from core.scoring.base.inputs import BoolArray, FloatArray, StateArray
from core.scoring.base.states import State, Verdict
from core.scoring.base.threshold import keeps, lies_in


@dataclass(frozen=True)
class LineScores:
    """One line for m areas.

    `number` of facilities are so, `share` percent; NaN without a denominator. `target` is the one
    of the month, NaN where the line is only shown. `best` and `worst` are the verdicts if the
    facilities that did not report turned out one way or the other; where they differ, the silent
    ones could change the verdict.
    """

    id: str
    number: IntArray
    share: FloatArray
    target: FloatArray
    verdicts: StateArray
    best: StateArray
    worst: StateArray


@dataclass(frozen=True)
class AreaScores:
    """m areas against their targets: reported `reporting` of `expected`.

    An area passes when every line with a target does; it is not judged when nobody reported.
    `highest` is the highest value of a facility, NaN where nobody reported.
    """

    id: str
    expected: IntArray
    reporting: IntArray
    highest: FloatArray
    lines: Mapping[str, LineScores]
    headline: LineScores
    verdicts: StateArray
    best: StateArray
    worst: StateArray

    @property
    def open(self) -> BoolArray:
        """Where the facilities that did not report could change the verdict."""
        return np.not_equal(self.best, self.worst)


@dataclass(frozen=True)
class _Units:
    """The facilities of all areas: their values, who reported, and where they are."""

    values: FloatArray
    reported: BoolArray
    areas: IntArray
    expected: IntArray
    reporting: IntArray
    months: IntArray

    def count(self, chosen: BoolArray) -> IntArray:
        return np.bincount(self.areas[chosen], minlength=self.months.size)


def score_area(
    rule: AreaShare, values: FloatArray, states: StateArray, areas: IntArray, months: IntArray
) -> AreaScores:
    """Share out n facilities over m areas and hold the shares against the month's targets.

    `values` and `states`: one a facility, 1 or 0 where the rule counts passes; `areas`: its place
    among the m areas, negative = none.
    `months`: the fiscal month (1-12) each area is judged in; an area may stand several times, once
    a period. A facility counts as reporting when its state says so and it has a value.
    """
    units = _units(values, states, areas, months)
    lines = {line.id: _score_line(line, rule, units) for line in rule.parts}
    judged = [lines[line.id] for line in rule.parts if line.targets]
    return AreaScores(
        id=rule.id,
        expected=units.expected,
        reporting=units.reporting,
        highest=_highest(units),
        lines=MappingProxyType(lines),
        headline=lines[f"{rule.id}.{rule.headline}"],
        verdicts=_together([line.verdicts for line in judged], months),
        best=_together([line.best for line in judged], months),
        worst=_together([line.worst for line in judged], months),
    )


def _units(values: FloatArray, states: StateArray, areas: IntArray, months: IntArray) -> _Units:
    placed = areas >= 0
    applicable = placed & (states != State.NOT_APPLICABLE)
    reported = placed & (states == State.REPORTED) & ~np.isnan(values)
    return _Units(
        values=values,
        reported=reported,
        areas=areas,
        expected=np.bincount(areas[applicable], minlength=months.size),
        reporting=np.bincount(areas[reported], minlength=months.size),
        months=months,
    )


def _score_line(line: ShareLine, rule: AreaShare, units: _Units) -> LineScores:
    # A pass counts as 1, a fail as 0.
    hit = units.values > 0 if line.units is None else lies_in(units.values, line.units)
    number = units.count(units.reported & hit)
    silent = units.expected - units.reporting
    over = units.expected if rule.over == "expected" else units.reporting
    target = _targets(line, units.months)
    share = _percent(number, over)
    verdicts = _verdicts(line, share, target, units)
    # Who is silent is either so or not: the two ends of what the share may turn out to be.
    ends = np.stack(
        [
            _verdicts(line, _percent(number + extra, units.expected), target, units)
            for extra in (np.zeros_like(silent), silent)
        ]
    )
    return LineScores(
        id=line.id,
        number=number,
        share=share,
        target=target,
        verdicts=verdicts,
        best=_either(ends, Verdict.PASS, Verdict.FAIL),
        worst=_either(ends, Verdict.FAIL, Verdict.PASS),
    )


def _percent(number: IntArray, over: IntArray) -> FloatArray:
    with np.errstate(divide="ignore", invalid="ignore"):
        percent: FloatArray = 100.0 * number / over
    return percent


def _targets(line: ShareLine, months: IntArray) -> FloatArray:
    """The target of each month: the first step it does not lie beyond."""
    limits = np.full(months.shape, np.nan)
    for target in reversed(line.targets):
        edge = next(iter(target.edges.values()))
        last = 12 if target.through_month is None else target.through_month
        limits[months <= last] = edge
    return limits


def _verdicts(line: ShareLine, share: FloatArray, target: FloatArray, units: _Units) -> StateArray:
    if not line.targets:
        return np.full(share.shape, Verdict.NOT_JUDGED, dtype=np.int8)
    op = next(iter(line.targets[0].edges))
    verdicts = np.where(keeps(share, op, target), Verdict.PASS, Verdict.FAIL).astype(np.int8)
    verdicts[units.reporting == 0] = Verdict.NOT_JUDGED
    return verdicts


def _either(ends: StateArray, wanted: Verdict, other: Verdict) -> StateArray:
    verdicts = np.where((ends == wanted).any(axis=0), wanted, other).astype(np.int8)
    verdicts[(ends == Verdict.NOT_JUDGED).any(axis=0)] = Verdict.NOT_JUDGED
    return verdicts


def _together(verdicts: list[StateArray], months: IntArray) -> StateArray:
    if not verdicts:
        return np.full(months.shape, Verdict.NOT_JUDGED, dtype=np.int8)
    return _either(np.stack(verdicts), Verdict.FAIL, Verdict.PASS)


def _highest(units: _Units) -> FloatArray:
    highest = np.full(units.months.shape, -np.inf)
    np.maximum.at(highest, units.areas[units.reported], units.values[units.reported])
    return np.where(units.reporting > 0, highest, np.nan)
