"""Writing results: only what changed becomes a row of the new version."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from core.periods import Period
from core.scoring.inputs import FloatArray
from core.store.bulk import insert_rows, next_id, table_of
from core.store.codes import enter_periods
from core.store.columns import storable
from core.store.detail import Notes, PartTable, written
from core.store.keys import period_key
from core.store.submissions import Key
from core.store.tables import Result, ResultDetail

_RESULT = table_of(Result)
_DETAIL = table_of(ResultDetail)
_FEW = 500
"""Up to so many subjects are asked for by name; beyond it a period is read whole."""


@dataclass(frozen=True)
class NewResults:
    """Results of one criterion as columns of n rows, each subject and period once.

    NaN where there is no number. `submissions`: the submission each was computed from, -1 where
    there is none; none at all for areas. `parts` and `notes` explain.
    """

    criterion: str
    subjects: Sequence[str]
    periods: Sequence[Period]
    value: FloatArray
    points: FloatArray
    full_marks: FloatArray
    verdict: NDArray[np.int8]
    state: NDArray[np.int8]
    submissions: NDArray[np.int64] | None = None
    parts: PartTable | None = None
    notes: Sequence[Notes] | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """How many results are new, replaced an other one, or stayed as they were."""

    new: int
    replaced: int
    unchanged: int


Fields = tuple[Any, ...]
"""Criterion, subject, period; value, points, full marks; verdict, state; submission."""


def write_results(session: Session, version: int, new: NewResults) -> Written:
    """Have these results stand from a version on; equal ones keep their row and number."""
    rows, explained = list(_rows(new)), list(written(new.parts, new.notes, len(new.subjects)))
    enter_periods(session, {row[2] for row in rows})
    standing = _standing(session, new.criterion, rows)
    changed, replaced = [], []
    for row, detail in zip(rows, explained, strict=True):
        number, *before = standing.get((row[1], row[2]), (None,))
        if number is None or tuple(before) != (*row[3:], detail):
            changed.append((row, detail))
            if number is not None:
                replaced.append(number)
    _end(session, version, replaced)
    _insert(session, version, changed)
    return Written(len(changed) - len(replaced), len(replaced), len(rows) - len(changed))


def remove_results(session: Session, version: int, criterion: str, keys: Iterable[Key]) -> int:
    """Have no result stand from a version on for these subjects and periods; how many stood."""
    wanted = {(subject, period_key(period)) for subject, period in keys}
    rows: list[Fields] = [(criterion, *key) for key in wanted]
    standing = _standing(session, criterion, rows)
    ended = [row[0] for key, row in standing.items() if key in wanted]
    _end(session, version, ended)
    return len(ended)


def _rows(new: NewResults) -> Iterable[Fields]:
    keys = {period: period_key(period) for period in set(new.periods)}
    submissions = np.full(len(new.subjects), -1) if new.submissions is None else new.submissions
    columns = (new.value, new.points, new.full_marks, new.verdict, new.state, submissions)
    values = zip(*(np.asarray(column).tolist() for column in columns), strict=True)
    for subject, period, figures in zip(new.subjects, new.periods, values, strict=True):
        *numbers, verdict, state, submission = figures
        named = None if submission < 0 else submission
        yield new.criterion, subject, keys[period], *map(storable, numbers), verdict, state, named


def _standing(
    session: Session, criterion: str, rows: Sequence[Fields]
) -> dict[tuple[str, int], tuple[Any, ...]]:
    """What stands now in the rows' periods: number and fields, by subject and period."""
    r = _RESULT.c
    fields = (r.value, r.points, r.full_marks, r.verdict, r.state, r.submission_id)
    query = (
        select(r.subject, r.period_id, r.id, *fields, _DETAIL.c.detail)
        .outerjoin(_DETAIL, _DETAIL.c.result_id == r.id)
        .where(r.criterion == criterion, r.until.is_(None))
        .where(r.period_id.in_({row[2] for row in rows}))
    )
    subjects = {row[1] for row in rows}
    if len(subjects) <= _FEW:
        query = query.where(r.subject.in_(subjects))
    return {
        (subject, key): (number, *map(storable, figures), *rest, detail or "")
        for subject, key, number, *figures, verdict, state, submission, detail in session.execute(
            query
        )
        for rest in [(verdict, state, submission)]
    }


def _end(session: Session, version: int, numbers: Sequence[int]) -> None:
    if numbers:
        ended = update(_RESULT).where(_RESULT.c.id == bindparam("number")).values(until=version)
        session.execute(ended, [{"number": number} for number in numbers])


def _insert(session: Session, version: int, changed: Sequence[tuple[Fields, str]]) -> None:
    first = next_id(session, _RESULT)
    numbered = list(enumerate(changed, first))
    insert_rows(session, _RESULT, ((number, *row, version, None) for number, (row, _) in numbered))
    insert_rows(session, _DETAIL, ((number, detail) for number, (_, detail) in numbered if detail))
