"""What would become of results under other readings: each that moves, from what to what."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

import numpy as np
from sqlalchemy.orm import Session

from core.criteria.catalog import catalog
from core.criteria.model import AnyRule, GradeScale, Indicator
from core.periods import Period
from core.scoring.inputs import FloatArray
from core.scoring.states import State, Verdict
from core.services.judged_periods import Judged
from core.services.stored_results import grade_of
from core.store.area_rows import unit_rows
from core.store.columns import storable
from core.store.result_writing import NewResults
from core.store.results import results

Direction = Literal["better", "worse", "gained", "lost", "other"]
"""`gained` and `lost`: it has a value or verdict now and had none, or the other way round."""

_RANK: Final = {Verdict.FAIL: 0, Verdict.WATCH: 1, Verdict.PASS: 2}


class Side(NamedTuple):
    """What a result says under one reading; None where there is no number."""

    value: float | None
    points: float | None
    full_marks: float | None
    grade: str | None
    verdict: Verdict
    state: State


@dataclass(frozen=True, slots=True)
class Move:
    """A result that another reading moves; a side is None where there is no result at all.

    `id` is the number of the result that stands. `turns`: it comes out otherwise, by verdict, grade
    or level; of a rule that gives none of these, by its value. What does not turn only moves in
    its figure or points.
    """

    criterion: str
    subject: str
    period: Period
    id: int | None
    before: Side | None
    after: Side | None
    direction: Direction
    turns: bool


_Key = tuple[str, Period]
_Sides = dict[_Key, Side]


def moves(
    session: Session, judged: Judged, period: Period, rule: AnyRule | None
) -> tuple[tuple[Move, ...], Mapping[str, Side]]:
    """How a period's results under another reading differ from those that stand; those that stay.

    `rule` is that of the criterion under the other reading.
    """
    now, numbers = _standing(session, judged.criterion, period, rule)
    then = {key: side for new in judged.found for key, side in _sides(new, rule)}
    keys = {**now, **then}
    moved = tuple(
        _move(judged.criterion, key, numbers.get(key), now.get(key), then.get(key))
        for key in keys
        if now.get(key) != then.get(key)
    )
    return moved, {key[0]: side for key, side in now.items() if side == then.get(key)}


def _standing(
    session: Session, criterion: str, period: Period, rule: AnyRule | None
) -> tuple[_Sides, dict[_Key, int]]:
    found = results(session, criterion, period)
    columns = (found.value, found.points, found.full_marks, found.verdict, found.state)
    grades = _letters(rule, found.value)
    if isinstance(rule, Indicator) and rule.grades:
        rows = unit_rows(session, criterion, [period], graded=True)[period]
        grades = [rows[subject].grade for subject in found.subjects]
    keys = [(subject, period) for subject in found.subjects]
    sides = dict(zip(keys, _rows(columns, grades), strict=True))
    return sides, dict(zip(keys, found.ids.tolist(), strict=True))


def _letters(rule: AnyRule | None, value: FloatArray) -> list[str | None]:
    if not isinstance(rule, GradeScale):
        return [None] * len(value)
    return [grade_of(rule, place) for place in value.tolist()]


def _sides(new: NewResults, rule: AnyRule | None) -> Iterator[tuple[_Key, Side]]:
    columns = (new.value, new.points, new.full_marks, new.verdict, new.state)
    grades = _letters(rule, new.value)
    if isinstance(rule, Indicator) and rule.grades and new.notes is not None:
        grades = [notes.get("grade") for notes in new.notes]
    keys = zip(new.subjects, new.periods, strict=True)
    yield from zip(keys, _rows(columns, grades), strict=True)


def _rows(columns: Sequence[np.ndarray], grades: Sequence[str | None]) -> Iterator[Side]:
    rows = zip(*(column.tolist() for column in columns), grades, strict=True)
    for value, points, full, verdict, state, grade in rows:
        numbers = (storable(value), storable(points), storable(full))
        yield Side(*numbers, grade, Verdict(verdict), State(state))


def _move(
    criterion: str, key: _Key, number: int | None, before: Side | None, after: Side | None
) -> Move:
    return Move(
        criterion,
        *key,
        number,
        before,
        after,
        _direction(criterion, before, after),
        _outcome(criterion, before) != _outcome(criterion, after),
    )


def _outcome(criterion: str, side: Side | None) -> tuple[object, ...]:
    """What a result comes out as: verdict and grade, the level where it is one.

    Of a facility's rule that judges nothing, its value; a share without a target is only shown.
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
    """By how much a value, else the points, are better than they were."""
    head = catalog().criteria[criterion]
    sign = -1.0 if head.better == "lower" else 1.0
    value = (now.value or 0.0) - (was.value or 0.0)
    if value:
        # A grade's value is its place, the first the best.
        return -value if head.kind == "grade_scale" else sign * value
    return sign * ((now.points or 0.0) - (was.points or 0.0))
