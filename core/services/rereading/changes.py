"""Results that differ under other readings: each one before and after."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, NamedTuple

import numpy as np
from sqlalchemy.orm import Session

from core.criteria.catalog import catalog
from core.criteria.model import AnyRule, GradeScale, Indicator
from core.periods import Period
from core.scoring.base.inputs import FloatArray
from core.scoring.base.states import State, Verdict
from core.services.recompute.periods import Judged
from core.services.results.listing import grade_of
from core.services.rules.finance import CRISIS
from core.services.scored.basis import UNKNOWN, Basis, bases
from core.store.results.repository import results
from core.store.results.writing import NewResults
from core.store.schema.columns import storable

Direction = Literal["better", "worse", "gained", "lost", "other"]
"""`gained` and `lost`: it has a value or verdict now and had none, or the other way round."""

_RANK: Final = {Verdict.FAIL: 0, Verdict.WATCH: 1, Verdict.PASS: 2}


class Side(NamedTuple):
    """A result under one reading; None where there is no number."""

    value: float | None
    points: float | None
    full_marks: float | None
    grade: str | None
    verdict: Verdict
    state: State


@dataclass(frozen=True, slots=True)
class ChangedResult:
    """A result that another reading changes; a side is None where there is no result at all.

    `id` is that of the stored result. `turns`: its outcome changes, which is its verdict, grade or
    level, or its value where the rule gives none of these; else only its figure or points change.
    `basis` is what a crisis level rests on, under both readings.
    """

    criterion: str
    subject: str
    period: Period
    id: int | None
    before: Side | None
    after: Side | None
    direction: Direction
    turns: bool
    basis: Basis = UNKNOWN


Sides = Mapping[str, Side]
"""Results of one criterion in one period, by subject."""


def sides_of(judged: Judged, rule: AnyRule | None) -> dict[str, Side]:
    """The results of a criterion in one period as judged by its rule, by subject."""
    return {subject: side for new in judged.results for subject, side in _sides(new, rule)}


def changed_results(
    session: Session, criterion: str, period: Period, now: Sides, then: Sides
) -> list[ChangedResult]:
    """The results that differ between the readings in force (`now`) and others (`then`)."""
    changed = [one for one in {**now, **then} if now.get(one) != then.get(one)]
    if not changed:
        return []
    stored = results(session, criterion, period)
    ids = dict(zip(stored.subjects, stored.ids.tolist(), strict=True))
    rests = bases(session, [period], changed).get(period, {}) if criterion == CRISIS else {}
    both = (
        _changed(criterion, one, period, ids.get(one), now.get(one), then.get(one))
        for one in changed
    )
    return [replace(one, basis=rests.get(one.subject, UNKNOWN)) for one in both]


def _letters(rule: AnyRule | None, value: FloatArray) -> list[str | None]:
    if not isinstance(rule, GradeScale):
        return [None] * len(value)
    return [grade_of(rule, place) for place in value.tolist()]


def _sides(new: NewResults, rule: AnyRule | None) -> Iterator[tuple[str, Side]]:
    columns = (new.value, new.points, new.full_marks, new.verdict, new.state)
    grades = _letters(rule, new.value)
    if isinstance(rule, Indicator) and rule.grades and new.notes is not None:
        grades = [notes.get("grade") for notes in new.notes]
    yield from zip(new.subjects, _rows(columns, grades), strict=True)


def _rows(columns: Sequence[np.ndarray], grades: Sequence[str | None]) -> Iterator[Side]:
    rows = zip(*(column.tolist() for column in columns), grades, strict=True)
    for value, points, full, verdict, state, grade in rows:
        numbers = (storable(value), storable(points), storable(full))
        yield Side(*numbers, grade, Verdict(verdict), State(state))


def _changed(
    criterion: str,
    subject: str,
    period: Period,
    number: int | None,
    before: Side | None,
    after: Side | None,
) -> ChangedResult:
    turns = _outcome(criterion, before) != _outcome(criterion, after)
    direction = _direction(criterion, before, after)
    return ChangedResult(criterion, subject, period, number, before, after, direction, turns)


def _outcome(criterion: str, side: Side | None) -> tuple[object, ...]:
    """The outcome of a result: verdict and grade, and the value where it is a level.

    Where a facility's rule judges nothing, the value counts too; that of a share without a target
    does not.
    """
    if side is None or side.value is None:
        return ()
    head = catalog().criteria[criterion]
    unjudged = side.verdict is Verdict.NOT_JUDGED and side.state is State.REPORTED
    by_value = head.unit == "level" or (unjudged and head.kind != "area_share")
    return side.verdict, side.grade, side.value if by_value else None


def _direction(criterion: str, before: Side | None, after: Side | None) -> Direction:
    was, now = _known(before), _known(after)
    if was is None or now is None:
        return "other" if was is now else "gained" if was is None else "lost"
    if (was.verdict in _RANK) != (now.verdict in _RANK):
        return "gained" if now.verdict in _RANK else "lost"
    step = _RANK.get(now.verdict, 0) - _RANK.get(was.verdict, 0) or _step(criterion, was, now)
    return "other" if not step else "better" if step > 0 else "worse"


def _known(side: Side | None) -> Side | None:
    return None if side is None or side.value is None else side


def _step(criterion: str, was: Side, now: Side) -> float:
    """How much better the value is than before, or the points where the value is the same."""
    head = catalog().criteria[criterion]
    sign = -1.0 if head.better == "lower" else 1.0
    value = (now.value or 0.0) - (was.value or 0.0)
    if value:
        # A grade's value is its position, the first the best.
        return -value if head.kind == "grade_scale" else sign * value
    return sign * ((now.points or 0.0) - (was.points or 0.0))
