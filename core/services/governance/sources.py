"""Where the lights of a governance matrix come from: results of the month and of its round."""

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
from core.services.governance.cells import Told, ToldBy
from core.store.results.light_rows import (
    PartsRow,
    ValueRow,
    open_ends,
    part_rows,
    subjects_of_year,
    value_rows,
)

HOSPITAL: Final = "hospital"
_FIGURE, _LIMIT, _POINTS, _POSSIBLE, _STATE = range(5)
"""Where these stand in a part as it is stored."""
_WEIGHTIEST: Final = (State.ERROR, State.CONTRADICTORY, State.STALE, State.NOT_REPORTED)

_STATES: Final = tuple(State)
_Key = tuple[str, Period]


class Asked(NamedTuple):
    """Results a column is lit by: those of the period asked for first, then older ones.

    `before` are those its lights are compared with.
    """

    now: tuple[_Key, ...]
    before: tuple[_Key, ...]


@dataclass(frozen=True)
class Source:
    """What was told of one column now, newest first, and in the period before.

    `listed` are the primary care units that a list of the year names.
    """

    told: tuple[ToldBy, ...]
    before: ToldBy
    of: str
    listed: frozenset[str]


def asked_of(column: LightColumn, rules: RuleSet, period: Period, before: Period | None) -> Asked:
    """Which results a column looks at in a month; `before` is the month to compare with."""
    monthly = [one for one in column.of if not _by_round(rules.rules.get(one))]
    if monthly:
        return Asked(
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
    return Asked(now, before_that)


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
    """What was told of every column of a matrix, by its full id."""
    wanted = {one.id: asked_of(one, rules, period, before) for one in matrix.parts}
    keys = {key for one in wanted.values() for key in (*one.now, *one.before)}
    values = _values(session, rules, matrix, keys)
    parts = _all_parts(session, matrix, keys)
    found = {}
    for column in matrix.parts:
        told = {
            key: _rows(column, rules, key, values, parts)
            for key in (*wanted[column.id].now, *wanted[column.id].before)
        }
        found[column.id] = _source(session, column, rules, wanted[column.id], told, period)
    return found


def _source(
    session: Session,
    column: LightColumn,
    rules: RuleSet,
    wanted: Asked,
    told: Mapping[_Key, Mapping[str, Told]],
    period: Period,
) -> Source:
    current = (period, period.round)
    was = {subject: row for key in wanted.before for subject, row in told[key].items()}
    kinds = {getattr(rules.rules.get(one), "of", HOSPITAL) for one in column.of}
    of = HOSPITAL if HOSPITAL in kinds else kinds.pop()
    listed = (
        frozenset[str]()
        if of == HOSPITAL
        else subjects_of_year(session, column.of, period.fiscal_year)
    )
    return Source(
        told=tuple(ToldBy(*key, key[1] not in current, told[key]) for key in wanted.now),
        before=ToldBy(column.of[0], period, is_stale=False, rows=was),
        of=of,
        listed=listed,
    )


_Values = Mapping[_Key, Mapping[str, Told]]


def _values(session: Session, rules: RuleSet, matrix: LightMatrix, keys: Iterable[_Key]) -> _Values:
    """The whole results that columns are lit by."""
    wanted = {one for column in matrix.parts if column.part is None for one in column.of}
    periods = {period for criterion, period in keys if criterion in wanted}
    found = value_rows(session, wanted, periods)
    # Only rules of inspection themes know a value that is still open.
    themes = {one for one in wanted if isinstance(rules.rules.get(one), Indicator)}
    ends = open_ends(session, themes, periods)
    return {key: _of_values(rows, ends.get(key, {})) for key, rows in found.items()}


def _of_values(
    rows: Iterable[ValueRow], ends: Mapping[str, tuple[float, float]]
) -> Mapping[str, Told]:
    found = {}
    for subject, number, value, kept in rows:
        state = _STATES[kept]
        known = math.nan if value is None or state is not State.REPORTED else value
        low, high = ends.get(subject, (known, known))
        found[subject] = Told(subject, number, known, low, high, state)
    return found


def _all_parts(
    session: Session, matrix: LightMatrix, keys: Iterable[_Key]
) -> Mapping[_Key, Mapping[str, PartsRow]]:
    """The parts of results that columns are lit by, with what lies below them."""
    chosen = [(one, column.part) for column in matrix.parts if column.part for one in column.of]
    found: dict[_Key, Mapping[str, PartsRow]] = {}
    for criterion in {criterion for criterion, _ in chosen}:
        periods = {period for one, period in keys if one == criterion}
        rows = part_rows(session, criterion, periods, None)
        found |= {(criterion, period): by for period, by in rows.items()}
    return found


def _rows(
    column: LightColumn,
    rules: RuleSet,
    key: _Key,
    values: _Values,
    parts: Mapping[_Key, Mapping[str, PartsRow]],
) -> Mapping[str, Told]:
    if column.part is None:
        return values.get(key, {})
    rows = {s: row for s, row in parts.get(key, {}).items() if column.part in row.parts}
    if column.take == "points":
        node = rules.nodes.get(f"{key[0]}.{column.part}")
        tests = _tests(key[0], column.part, node)
        full = float(getattr(node, "full", 0.0))
        return {s: _of_points(s, row, full, tests) for s, row in rows.items()}
    return dict(_of_figures(column, rows))


def _of_figures(column: LightColumn, rows: Mapping[str, PartsRow]) -> Iterator[tuple[str, Told]]:
    """What is lit by the figure of a part, or by how far it lies above what it is held against."""
    told = [row.parts[str(column.part)] for row in rows.values()]
    figures = _numbers(part[_FIGURE] for part in told)
    if column.take == "margin":
        figures = margin(figures, _numbers(part[_LIMIT] for part in told))
    for (subject, row), part, figure in zip(rows.items(), told, figures.tolist(), strict=True):
        state = _STATES[int(part[_STATE])]
        known = figure if state is State.REPORTED else math.nan
        yield subject, Told(subject, row.number, known, known, known, state)


def _numbers(found: Iterable[Any]) -> Any:
    return np.array([math.nan if one is None else float(one) for one in found])


def _tests(criterion: str, local: str, node: Node | None) -> tuple[tuple[str, float], ...]:
    """Local ids and full marks of the tests of a part; the part itself stands first."""
    below = [one for one in walk(node) if not isinstance(one, Block)] if node else []
    named = [(one.id.removeprefix(f"{criterion}."), one) for one in below]
    return ((local, 0.0), *((name, float(getattr(one, "full", 0.0))) for name, one in named))


def _of_points(
    subject: str, row: PartsRow, full: float, tests: Sequence[tuple[str, float]]
) -> Told:
    """What is lit by points: of those that apply, in proportion, so that edges mean all and none.

    Points that were not told of could be earned or not.
    """
    (local, _nothing), *leaves = tests
    part = row.parts[local]
    told = [(points, row.parts[one]) for one, points in leaves if one in row.parts]
    known = [(points, _STATES[int(kept[_STATE])]) for points, kept in told]
    applies = full - sum(points for points, state in known if state is State.NOT_APPLICABLE)
    state = _state([state for _points, state in known])
    earned = math.nan if part[_POINTS] is None else float(part[_POINTS])
    if applies <= 0 or math.isnan(earned):
        return Told(subject, row.number, math.nan, math.nan, math.nan, state, applies)
    low = earned * full / applies
    high = (earned + applies - float(part[_POSSIBLE] or 0.0)) * full / applies
    return Told(subject, row.number, earned, low, high, state, applies)


def _state(found: Sequence[State]) -> State:
    """The weightiest reason among tests; they do not apply only where none does."""
    if found and all(state is State.NOT_APPLICABLE for state in found):
        return State.NOT_APPLICABLE
    return next((state for state in _WEIGHTIEST if state in found), State.REPORTED)


def other_verdicts(
    session: Session, rules: RuleSet, test: str, period: Period
) -> Mapping[str, Verdict]:
    """How a test of another rule judged hospitals in a month; those it could judge."""
    owner = rules.owner.get(test)
    if owner is None:
        return {}
    local = test.removeprefix(f"{owner}.")
    found = part_rows(session, owner, [period], [local])[period]
    told = {s: row.parts[local] for s, row in found.items() if local in row.parts}
    return {
        subject: Verdict.PASS if part[_POINTS] == part[_POSSIBLE] else Verdict.FAIL
        for subject, part in told.items()
        if part[_POINTS] is not None and part[_POSSIBLE]
    }
