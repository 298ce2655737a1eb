"""Writing results: a new version gets rows only for what changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from core.periods import Period
from core.scoring.base.inputs import FloatArray
from core.store.results.detail import Notes, PartTable, detail_texts
from core.store.schema.bulk import insert_rows, next_id, rows_of, table_of
from core.store.schema.codes import enter_periods
from core.store.schema.columns import storable
from core.store.schema.keys import period_key
from core.store.schema.tables import Result, ResultDetail
from core.store.uploads.submissions import Key

_RESULT = table_of(Result)
_DETAIL = table_of(ResultDetail)
_FEW = 500
"""Up to so many subjects are selected by name; for more a whole period is read."""


@dataclass(frozen=True)
class NewResults:
    """Results of one criterion as columns of n rows, each subject and period once.

    NaN where there is no number. `submissions`: the submission each was computed from, -1 where
    there is none; none at all for areas. `books`: in the same way the trial balance that counts
    before it. `parts` and `notes` explain.
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
    books: NDArray[np.int64] | None = None
    parts: PartTable | None = None
    notes: Sequence[Notes] | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """How many results are new, replaced another one, or stayed unchanged."""

    new: int
    replaced: int
    unchanged: int


Fields = tuple[Any, ...]
"""Criterion, subject, period; value, points, full marks; verdict, state; submission, books."""


def write_results(session: Session, version: int, new: NewResults) -> Written:
    """Make these results current from a version on; unchanged ones keep their row and number."""
    rows, explained = list(_rows(new)), list(detail_texts(new.parts, new.notes, len(new.subjects)))
    enter_periods(session, {row[2] for row in rows})
    standing = _standing(session, new.criterion, rows)
    changed: list[tuple[Fields, str]] = []
    replaced: list[_Standing] = []
    for row, detail in zip(rows, explained, strict=True):
        before = standing.get((row[1], row[2]))
        if before is None or before.content != (*row[3:], detail):
            changed.append((row, detail))
            replaced += [before] if before else []
    _end(session, version, replaced)
    _insert(session, version, changed)
    return Written(len(changed) - len(replaced), len(replaced), len(rows) - len(changed))


def remove_results(session: Session, version: int, criterion: str, keys: Iterable[Key]) -> int:
    """End the results of these subjects and periods at a version; how many there were."""
    wanted = {(subject, period_key(period)) for subject, period in keys}
    standing = _standing(session, criterion, [(criterion, *key) for key in wanted])
    ended = [result for key, result in standing.items() if key in wanted]
    _end(session, version, ended)
    return len(ended)


def _rows(new: NewResults) -> Iterable[Fields]:
    keys = {period: period_key(period) for period in set(new.periods)}
    nothing = np.full(len(new.subjects), -1)
    sources = (nothing if ids is None else ids for ids in (new.submissions, new.books))
    columns = (new.value, new.points, new.full_marks, new.verdict, new.state, *sources)
    values = zip(*(np.asarray(column).tolist() for column in columns), strict=True)
    for subject, period, figures in zip(new.subjects, new.periods, values, strict=True):
        *numbers, verdict, state, submission, books = figures
        yield (
            new.criterion,
            subject,
            keys[period],
            *map(storable, numbers),
            verdict,
            state,
            *(None if number < 0 else number for number in (submission, books)),
        )


class _Standing(NamedTuple):
    """A current result: `content` holds its fields from the value on, its detail last."""

    number: int
    since: int
    content: Fields


def _standing(
    session: Session, criterion: str, rows: Sequence[Fields]
) -> dict[tuple[str, int], _Standing]:
    """Current results in the rows' periods, by subject and period key."""
    r = _RESULT.c
    figures = (r.value, r.points, r.full_marks, r.verdict, r.state, r.submission_id, r.books_id)
    query = (
        select(r.subject, r.period_id, r.id, r.since, *figures, _DETAIL.c.detail)
        .outerjoin(_DETAIL, _DETAIL.c.result_id == r.id)
        .where(r.criterion == criterion, r.until.is_(None))
        .where(r.period_id.in_({row[2] for row in rows}))
    )
    subjects = {row[1] for row in rows}
    if len(subjects) <= _FEW:
        query = query.where(r.subject.in_(subjects))
    return {
        (subject, key): _Standing(number, since, (*content, detail or ""))
        for subject, key, number, since, *content, detail in rows_of(session, query)
    }


def _end(session: Session, version: int, standing: Sequence[_Standing]) -> None:
    """End results at a version; those that began with it were never visible and are deleted."""
    ended = [{"number": result.number} for result in standing if result.since != version]
    unseen = [{"number": result.number} for result in standing if result.since == version]
    this = _RESULT.c.id == bindparam("number")
    if ended:
        session.execute(update(_RESULT).where(this).values(until=version), ended)
    if unseen:
        details = delete(_DETAIL).where(_DETAIL.c.result_id == bindparam("number"))
        session.connection().execute(details, unseen)
        session.connection().execute(delete(_RESULT).where(this), unseen)


def _insert(session: Session, version: int, changed: Sequence[tuple[Fields, str]]) -> None:
    first = next_id(session, _RESULT)
    numbered = list(enumerate(changed, first))
    insert_rows(session, _RESULT, ((number, *row, version, None) for number, (row, _) in numbered))
    insert_rows(session, _DETAIL, ((number, detail) for number, (_, detail) in numbered if detail))
