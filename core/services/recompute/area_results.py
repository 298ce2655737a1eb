"""What areas came to, as results of the store: shares of their hospitals against targets.

An area's value is the share of its headline line in percent, its points the number of hospitals,
its full marks how many they are shared over; lines are parts in the same way, the cut-off being
the month's target. Notes say how many hospitals were `expected` and `reporting`, the `highest`
value of one, and the verdict at `best` and at `worst`, should the silent ones turn out so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any, Final

import numpy as np

from core.areas import COUNTRY
from core.criteria.catalog import RuleSet
from core.criteria.model import AreaShare
from core.periods import Period
from core.scoring.base.inputs import BoolArray, Column, FloatArray, StateArray
from core.scoring.base.states import State
from core.scoring.finance.score import FinanceScores
from core.scoring.themes.area import AreaScores, score_area
from core.services.rules.finance import CRISIS, TPS
from core.store.register.repository import PlacedFacility
from core.store.results.detail import PartTable
from core.store.results.writing import NewResults
from core.store.uploads.observed_table import IntArray

AREA_CRITERIA: Final = (
    "crisis.area",
    "crisis.accounting",
    "crisis.budgeting",
    "crisis.planfin",
    "crisis.efficiency",
)


@dataclass(frozen=True)
class AreaMap:
    """Which hospital stands in which areas, for some periods.

    Places of the flat arrays pair one hospital (`rows`: its row among the scored ones, -1 when it
    did not report) with one of the m areas it lies in (`areas`).
    """

    codes: tuple[str, ...]
    periods: tuple[Period, ...]
    rows: IntArray
    areas: IntArray

    @property
    def months(self) -> IntArray:
        return np.array([period.month.number for period in self.periods], dtype=np.int64)

    def where_any(self, chosen: BoolArray) -> "AreaMap":
        """The same of periods in which any of the scored rows that are placed is `chosen`."""
        # The last place is for those who did not report.
        hits = self.areas[np.append(chosen, np.False_)[self.rows]]
        periods = {self.periods[area] for area in np.unique(hits).tolist()}
        affected = np.array([period in periods for period in self.periods], dtype=np.bool_)
        if affected.all():
            return self
        places, paired = np.cumsum(affected) - 1, affected[self.areas]
        return AreaMap(
            codes=tuple(compress(self.codes, affected)),
            periods=tuple(compress(self.periods, affected)),
            rows=self.rows[paired],
            areas=places[self.areas[paired]],
        )


def area_map(
    subjects: Sequence[str],
    periods: Sequence[Period],
    expected: Mapping[Period, Iterable[PlacedFacility]],
) -> AreaMap:
    """Place the hospitals `expected` to report in a period into their areas.

    `subjects` and `periods` are those of the scored rows; who is not in the register belongs to no
    area.
    """
    row_of = {key: row for row, key in enumerate(zip(subjects, periods, strict=True))}
    places: dict[tuple[str, Period], int] = {}
    rows: list[int] = []
    areas: list[int] = []
    for period, hospitals in expected.items():
        for one in hospitals:
            row = row_of.get((one.hcode, period), -1)
            for code in (COUNTRY, one.region, one.province, one.district):
                rows.append(row)
                areas.append(places.setdefault((code, period), len(places)))
    return AreaMap(
        codes=tuple(code for code, _ in places),
        periods=tuple(period for _, period in places),
        rows=np.array(rows, dtype=np.int64),
        areas=np.array(areas, dtype=np.int64),
    )


def area_results(rules: RuleSet, where: AreaMap, scores: FinanceScores) -> tuple[NewResults, ...]:
    """Results of every area criterion in force; none of a period no hospital reports on."""
    results = []
    for criterion in AREA_CRITERIA:
        rule = rules.rules.get(criterion)
        if not isinstance(rule, AreaShare):
            continue
        column = Column(*_figure(rule.of, scores))
        reporting = where.where_any(column.states == State.REPORTED)
        if reporting.codes:
            results.append(shared_results(rule, reporting, column))
    return tuple(results)


def shared_results(rule: AreaShare, where: AreaMap, facilities: Column) -> NewResults:
    """Results of areas by one criterion; `facilities` holds a figure for each scored row."""
    # The last place is for those who did not report.
    shared = score_area(
        rule,
        np.append(facilities.values, np.nan)[where.rows],
        np.append(facilities.states, State.NOT_REPORTED).astype(np.int8)[where.rows],
        where.areas,
        where.months,
    )
    return _results(rule, where, shared)


def _figure(of: str, scores: FinanceScores) -> tuple[FloatArray, StateArray]:
    """What an area criterion counts: a hospital's level, its score, or a figure."""
    if of == CRISIS:
        return scores.crisis.level, scores.crisis.states
    if of == TPS:
        return scores.tps.score, scores.tps.states
    return scores.figures[of], scores.figures.states(of)


def _results(rule: AreaShare, where: AreaMap, scored: AreaScores) -> NewResults:
    silent = scored.reporting == 0
    over = scored.expected if rule.over == "expected" else scored.reporting
    states = np.where(silent, State.NOT_REPORTED, State.REPORTED).astype(np.int8)
    return NewResults(
        criterion=rule.id,
        subjects=where.codes,
        periods=where.periods,
        value=np.where(silent, np.nan, scored.headline.share),
        points=np.where(silent, np.nan, scored.headline.number),
        full_marks=over.astype(np.float64),
        verdict=scored.verdicts,
        state=states,
        parts=_lines(scored, over, states),
        notes=_notes(scored),
    )


def _lines(scored: AreaScores, over: IntArray, states: StateArray) -> PartTable:
    lines = scored.lines.values()
    shape = len(over), len(lines)
    return PartTable(
        ids=tuple(line.id.removeprefix(f"{scored.id}.") for line in lines),
        figure=np.stack([line.share for line in lines], axis=-1),
        cutoff=np.stack([line.target for line in lines], axis=-1),
        points=np.stack([line.number for line in lines], axis=-1).astype(np.float64),
        full_marks=np.broadcast_to(over[:, None], shape).astype(np.float64),
        state=np.broadcast_to(states[:, None], shape),
    )


def _notes(scored: AreaScores) -> list[dict[str, Any]]:
    highest = [None if np.isnan(value) else value for value in scored.highest.tolist()]
    columns = (scored.expected, scored.reporting, scored.best, scored.worst)
    names = ("expected", "reporting", "best", "worst", "highest")
    rows = zip(*(column.tolist() for column in columns), highest, strict=True)
    return [dict(zip(names, row, strict=True)) for row in rows]
