"""The results a governance matrix takes its lights from: those of the month and of its round."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from sqlalchemy.orm import Session

from core.criteria.catalog import RuleSet, walk
from core.criteria.model import Block, Indicator, LightColumn, LightMatrix, Node
from core.periods import Period
from core.scoring.base.states import State, Verdict
from core.scoring.themes.lights import margin
from core.services.governance.cells import ColumnResult, PeriodResults
from core.services.overview.month import HOSPITAL
from core.services.rules.expected import units_to_report
from core.store.results.area_rows import sites
from core.store.results.detail import CUTOFF, FIGURE, FULL_MARKS, POINTS, STATE
from core.store.results.light_rows import (
    PartsRow,
    ValueRow,
    open_ends,
    part_rows,
    subjects_of_year,
    value_rows,
)

_WEIGHTIEST: Final = (State.ERROR, State.CONTRADICTORY, State.STALE, State.NOT_REPORTED)

_STATES: Final = tuple(State)
_Key = tuple[str, Period]


class ResultKeys(NamedTuple):
    """Criterion and period of the results a column reads: the current ones first, then older ones.

    `before` are the results its lights are compared with.
    """

    now: tuple[_Key, ...]
    before: tuple[_Key, ...]


@dataclass(frozen=True)
class Source:
    """The results of one column: `now` the newest first, and in the period `before`.

    `of` is the kind of facility; `listed` are the primary care units that should report.
    """

    now: tuple[PeriodResults, ...]
    before: PeriodResults
    of: str
    listed: frozenset[str]


def result_keys(
    column: LightColumn, rules: RuleSet, period: Period, before: Period | None
) -> ResultKeys:
    """The results a column reads in a month; `before` is the month to compare with."""
    monthly = [one for one in column.of if not _by_round(rules.rules.get(one))]
    if monthly:
        return ResultKeys(
            tuple((one, period) for one in monthly),
            tuple((one, before) for one in monthly if before),
        )
    this, first = period.round, Period(period.fiscal_year, "R", 1)
    earlier = () if this == first else (first,)
    was = earlier or (Period(period.fiscal_year - 1, "R", 2),)
    now, before_that = (
        tuple((one, when) for when in rounds for one in column.of if _holds(rules, one, when))
        for rounds in ((this, *earlier), was)
    )
    return ResultKeys(now, before_that)


def _by_round(rule: Node | None) -> bool:
    return isinstance(rule, Indicator) and rule.per == "round"


def _holds(rules: RuleSet, criterion: str, when: Period) -> bool:
    """Whether a criterion holds in a round."""
    only = getattr(rules.rules.get(criterion), "round", None)
    return only is None or only == when.number


def sources(
    session: Session,
    rules: RuleSet,
    matrix: LightMatrix,
    period: Period,
    before: Period | None,
) -> Mapping[str, Source]:
    """The results of every column of a matrix, by the column's full id."""
    wanted = {one.id: result_keys(one, rules, period, before) for one in matrix.parts}
    keys = {key for one in wanted.values() for key in (*one.now, *one.before)}
    values = _values(session, rules, matrix, keys)
    parts = _all_parts(session, matrix, keys)
    by_column = {}
    for column in matrix.parts:
        rows = {
            key: _rows(column, rules, key, values, parts)
            for key in (*wanted[column.id].now, *wanted[column.id].before)
        }
        by_column[column.id] = _source(session, column, rules, wanted[column.id], rows, period)
    return by_column


def _source(
    session: Session,
    column: LightColumn,
    rules: RuleSet,
    wanted: ResultKeys,
    rows: Mapping[_Key, Mapping[str, ColumnResult]],
    period: Period,
) -> Source:
    current = (period, period.round)
    was = {subject: row for key in wanted.before for subject, row in rows[key].items()}
    kinds = {getattr(rules.rules.get(one), "of", HOSPITAL) for one in column.of}
    of = HOSPITAL if HOSPITAL in kinds else kinds.pop()
    listed = (
        frozenset[str]()
        if of == HOSPITAL
        else frozenset(
            units_to_report(
                sites(session, of, period.month),
                subjects_of_year(session, column.of, period.fiscal_year),
            )
        )
    )
    return Source(
        now=tuple(PeriodResults(*key, key[1] not in current, rows[key]) for key in wanted.now),
        before=PeriodResults(column.of[0], period, is_stale=False, rows=was),
        of=of,
        listed=listed,
    )


_Values = Mapping[_Key, Mapping[str, ColumnResult]]


def _values(session: Session, rules: RuleSet, matrix: LightMatrix, keys: Iterable[_Key]) -> _Values:
    """Results whose own value gives a light."""
    wanted = {one for column in matrix.parts if column.part is None for one in column.of}
    periods = {period for criterion, period in keys if criterion in wanted}
    rows_of = value_rows(session, wanted, periods)
    # Only rules of inspection themes have values that are still open.
    themes = {one for one in wanted if isinstance(rules.rules.get(one), Indicator)}
    ends = open_ends(session, themes, periods)
    return {key: _of_values(rows, ends.get(key, {})) for key, rows in rows_of.items()}


def _of_values(
    rows: Iterable[ValueRow], ends: Mapping[str, tuple[float, float]]
) -> Mapping[str, ColumnResult]:
    results = {}
    for subject, number, value, state_number in rows:
        state = _STATES[state_number]
        known = math.nan if value is None or state is not State.REPORTED else value
        low, high = ends.get(subject, (known, known))
        results[subject] = ColumnResult(subject, number, known, low, high, state)
    return results


def _all_parts(
    session: Session, matrix: LightMatrix, keys: Iterable[_Key]
) -> Mapping[_Key, Mapping[str, PartsRow]]:
    """Results of which a part gives a light, with the parts below it."""
    chosen = [(one, column.part) for column in matrix.parts if column.part for one in column.of]
    parts: dict[_Key, Mapping[str, PartsRow]] = {}
    for criterion in {criterion for criterion, _ in chosen}:
        periods = {period for one, period in keys if one == criterion}
        rows = part_rows(session, criterion, periods, None)
        parts |= {(criterion, period): by for period, by in rows.items()}
    return parts


def _rows(
    column: LightColumn,
    rules: RuleSet,
    key: _Key,
    values: _Values,
    parts: Mapping[_Key, Mapping[str, PartsRow]],
) -> Mapping[str, ColumnResult]:
    if column.part is None:
        return values.get(key, {})
    rows = {s: row for s, row in parts.get(key, {}).items() if column.part in row.parts}
    if column.take == "points":
        node = rules.nodes.get(f"{key[0]}.{column.part}")
        tests = _tests(key[0], column.part, node)
        full = float(getattr(node, "full", 0.0))
        return {s: _of_points(s, row, full, tests) for s, row in rows.items()}
    return dict(_of_figures(column, rows))


def _of_figures(
    column: LightColumn, rows: Mapping[str, PartsRow]
) -> Iterator[tuple[str, ColumnResult]]:
    """Lights by the figure of a part, or by how far it lies above its limit."""
    parts = [row.parts[str(column.part)] for row in rows.values()]
    figures = _numbers(part[FIGURE] for part in parts)
    if column.take == "margin":
        figures = margin(figures, _numbers(part[CUTOFF] for part in parts))
    for (subject, row), part, figure in zip(rows.items(), parts, figures.tolist(), strict=True):
        state = _STATES[int(part[STATE])]
        known = figure if state is State.REPORTED else math.nan
        yield subject, ColumnResult(subject, row.number, known, known, known, state)


def _numbers(values: Iterable[Any]) -> Any:
    return np.array([math.nan if one is None else float(one) for one in values])


def _tests(criterion: str, local: str, node: Node | None) -> tuple[tuple[str, float], ...]:
    """Local ids and full marks of the tests of a part; the part itself first."""
    below = [one for one in walk(node) if not isinstance(one, Block)] if node else []
    leaves = [(one.id.removeprefix(f"{criterion}."), one) for one in below]
    return ((local, 0.0), *((name, float(getattr(one, "full", 0.0))) for name, one in leaves))


def _of_points(
    subject: str, row: PartsRow, full: float, tests: Sequence[tuple[str, float]]
) -> ColumnResult:
    """A light by points, as a proportion of those that apply, so that edges mean all and none.

    Points that were not reported leave `low` and `high` apart.
    """
    (local, _nothing), *leaves = tests
    part = row.parts[local]
    stored = [(points, row.parts[one]) for one, points in leaves if one in row.parts]
    known = [(points, _STATES[int(part_[STATE])]) for points, part_ in stored]
    applies = full - sum(points for points, state in known if state is State.NOT_APPLICABLE)
    state = _state([state for _points, state in known])
    earned = math.nan if part[POINTS] is None else float(part[POINTS])
    if applies <= 0 or math.isnan(earned):
        return ColumnResult(subject, row.number, math.nan, math.nan, math.nan, state, applies)
    low = earned * full / applies
    high = (earned + applies - float(part[FULL_MARKS] or 0.0)) * full / applies
    return ColumnResult(subject, row.number, earned, low, high, state, applies)


def _state(states: Sequence[State]) -> State:
    """The weightiest state among tests; `NOT_APPLICABLE` only where it is that of all."""
    if states and all(state is State.NOT_APPLICABLE for state in states):
        return State.NOT_APPLICABLE
    return next((state for state in _WEIGHTIEST if state in states), State.REPORTED)


def other_verdicts(
    session: Session, rules: RuleSet, test: str, period: Period
) -> Mapping[str, Verdict]:
    """Verdicts of another rule's test in a month, by hospital; only where it could judge."""
    owner = rules.owner.get(test)
    if owner is None:
        return {}
    local = test.removeprefix(f"{owner}.")
    rows = part_rows(session, owner, [period], [local])[period]
    parts = {s: row.parts[local] for s, row in rows.items() if local in row.parts}
    return {
        subject: Verdict.PASS if part[POINTS] == part[FULL_MARKS] else Verdict.FAIL
        for subject, part in parts.items()
        if part[POINTS] is not None and part[FULL_MARKS]
    }
