"""Current results, those of an earlier version, and their explanations."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from core.errors import NotFoundError
from core.periods import Period
from core.scoring.base.inputs import FloatArray
from core.scoring.base.states import State, Verdict
from core.store.results.detail import Detail, read_detail
from core.store.results.moment import standing
from core.store.schema.bulk import columns_of, table_of
from core.store.schema.keys import period_key, period_of
from core.store.schema.tables import Result, ResultDetail

IntArray = NDArray[np.int64]

_RESULT = table_of(Result)
_DETAIL = table_of(ResultDetail)


@dataclass(frozen=True, slots=True)
class Results:
    """Results of one criterion as columns of n rows; NaN where there is no number."""

    ids: IntArray
    subjects: tuple[str, ...]
    period_keys: IntArray
    value: FloatArray
    points: FloatArray
    full_marks: FloatArray
    verdict: NDArray[np.int8]
    state: NDArray[np.int8]

    @property
    def periods(self) -> tuple[Period, ...]:
        """The rows' periods."""
        by_key = {key: period_of(key) for key in np.unique(self.period_keys).tolist()}
        return tuple(by_key[key] for key in self.period_keys.tolist())


@dataclass(frozen=True, slots=True)
class StoredResult:
    """One result with its explanation; NaN where there is no number.

    `submission_id` is the submission it was computed from, None for areas; `books_id` the trial
    balance whose figures count before those of it. It is current from version `since` until version
    `until`, None while it is.
    """

    id: int
    criterion: str
    subject: str
    period: Period
    value: float
    points: float
    full_marks: float
    verdict: Verdict
    state: State
    submission_id: int | None
    books_id: int | None
    since: int
    until: int | None
    detail: Detail


def results(session: Session, criterion: str, period: Period, *, at: int | None = None) -> Results:
    """Every subject's result in one period, now or at version `at`."""
    return _columns(session, criterion, _RESULT.c.period_id == period_key(period), at)


def results_of(
    session: Session,
    criterion: str,
    subjects: Iterable[str],
    *,
    first: Period | None = None,
    last: Period | None = None,
    at: int | None = None,
) -> Results:
    """Some subjects' results through time, sorted by subject and period.

    `first` and `last` are periods of one kind, both included.
    """
    r = _RESULT.c
    wanted: list[ColumnElement[bool]] = [r.subject.in_(set(subjects))]
    if first is not None:
        wanted.append(r.period_id >= period_key(first))
    if last is not None:
        wanted.append(r.period_id <= period_key(last))
    return _columns(session, criterion, and_(*wanted), at)


def _columns(
    session: Session, criterion: str, wanted: ColumnElement[bool], at: int | None
) -> Results:
    r = _RESULT.c
    query = (
        select(r.id, r.subject, r.period_id, r.value, r.points, r.full_marks, r.verdict, r.state)
        .where(r.criterion == criterion, wanted, standing(session, at))
        .order_by(r.subject, r.period_id)
    )
    ids, subjects, keys, value, points, full_marks, verdict, state = columns_of(session, query)
    return Results(
        ids=np.array(ids, dtype=np.int64),
        subjects=subjects,
        period_keys=np.array(keys, dtype=np.int64),
        # NULL, which the driver hands over as None, becomes NaN here.
        value=np.array(value, dtype=np.float64),
        points=np.array(points, dtype=np.float64),
        full_marks=np.array(full_marks, dtype=np.float64),
        verdict=np.array(verdict, dtype=np.int8),
        state=np.array(state, dtype=np.int8),
    )


def result(session: Session, result_id: int) -> StoredResult:
    """One result by its id, current or not; `NotFoundError` S011 when there is none."""
    matches = _stored(session, _RESULT.c.id == result_id)
    if not matches:
        raise NotFoundError("S011", result=result_id)
    return matches[0]


def results_about(
    session: Session, subject: str, period: Period, *, at: int | None = None
) -> Mapping[str, StoredResult]:
    """All results of one subject in one period, by criterion, now or at version `at`."""
    r = _RESULT.c
    wanted = and_(r.subject == subject, r.period_id == period_key(period), standing(session, at))
    return {stored.criterion: stored for stored in _stored(session, wanted)}


def history(
    session: Session, criterion: str, subject: str, period: Period
) -> tuple[StoredResult, ...]:
    """One result through all versions, newest first."""
    r = _RESULT.c
    key = period_key(period)
    wanted = and_(r.criterion == criterion, r.subject == subject, r.period_id == key)
    return tuple(reversed(_stored(session, wanted)))


def details(session: Session, ids: Iterable[int]) -> Mapping[int, Detail]:
    """The explanations of some results, by their ids."""
    wanted = {int(number) for number in ids}
    query = select(_DETAIL.c.result_id, _DETAIL.c.detail).where(_DETAIL.c.result_id.in_(wanted))
    return {number: read_detail(text) for number, text in session.execute(query)}


def periods_with_results(
    session: Session, criterion: str | None = None, *, at: int | None = None
) -> tuple[Period, ...]:
    """Periods in which a criterion, or any, has results, by kind, oldest first."""
    r = _RESULT.c
    query = select(r.period_id).where(standing(session, at)).distinct()
    if criterion is not None:
        query = query.where(r.criterion == criterion)
    return tuple(sorted(map(period_of, session.scalars(query)), key=lambda p: (p.part, p)))


def count_standing(session: Session) -> int:
    """How many results are current."""
    query = select(func.count()).select_from(_RESULT).where(_RESULT.c.until.is_(None))
    return session.scalar(query) or 0


def _stored(session: Session, wanted: ColumnElement[bool]) -> list[StoredResult]:
    query: Select[Any] = (
        select(_RESULT, _DETAIL.c.detail)
        .outerjoin(_DETAIL, _DETAIL.c.result_id == _RESULT.c.id)
        .where(wanted)
        .order_by(_RESULT.c.criterion, _RESULT.c.since)
    )
    return [_result(*tuple(row)) for row in session.execute(query)]


def _result(*row: Any) -> StoredResult:
    number, criterion, subject, key, value, points, full_marks, verdict, state, *rest = row
    submission, books, since, until, detail = rest
    return StoredResult(
        number, criterion, subject, period_of(key), value, points, full_marks,
        Verdict(verdict), State(state), submission, books, since, until, read_detail(detail or ""),
    )  # fmt: skip
