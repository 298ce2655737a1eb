"""Submissions: the figures of one subject in one period, of which one upload's are current."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, select, update
from sqlalchemy.orm import Session

from core.periods import Period
from core.store.schema.bulk import table_of
from core.store.schema.keys import period_key, period_of
from core.store.schema.tables import Measure, Observation, Submission, Upload
from core.store.uploads.standing import heirs, is_older, listed, standing

Key = tuple[str, Period]
"""A subject (facility, district) and a period."""

_SUBMISSION = table_of(Submission)
_UPLOAD = table_of(Upload)
_OBSERVATION = table_of(Observation)
_MEASURE = table_of(Measure)
_KEYS_OF_A_YEAR = 99


@dataclass(frozen=True, slots=True)
class SubmissionInfo:
    """One submission with the upload it came in."""

    id: int
    upload_id: int
    form: str
    subject: str
    period: Period
    current: bool
    version: int
    file_name: str
    uploaded_by: str
    uploaded_at: datetime
    withdrawn: bool


def submissions(
    session: Session,
    *,
    subject: str,
    form: str | None = None,
    period: Period | None = None,
    only_current: bool = False,
) -> tuple[SubmissionInfo, ...]:
    """All submissions of a subject, newest first."""
    query = _selected().where(_SUBMISSION.c.subject == subject)
    if form is not None:
        query = query.where(_SUBMISSION.c.form == form)
    if period is not None:
        query = query.where(_SUBMISSION.c.period_id == period_key(period))
    if only_current:
        query = query.where(standing(session))
    rows = session.execute(query.order_by(_SUBMISSION.c.id.desc()))
    return tuple(_info(row) for row in rows)


def current_submissions(
    session: Session, form: str, periods: Collection[Period] | None = None
) -> tuple[SubmissionInfo, ...]:
    """The submissions of a form that count now, of some periods or of all, oldest first."""
    query = _selected().where(_SUBMISSION.c.form == form, standing(session))
    if periods is not None:
        query = query.where(_SUBMISSION.c.period_id.in_({period_key(one) for one in periods}))
    return tuple(_info(row) for row in session.execute(query.order_by(_SUBMISSION.c.id)))


def submissions_by_id(session: Session, ids: Iterable[int]) -> dict[int, SubmissionInfo]:
    """Submissions by their ids; those that do not exist are left out."""
    rows = session.execute(_selected().where(_SUBMISSION.c.id.in_(set(ids))))
    return {row.id: _info(row) for row in rows}


def keys_of(session: Session, upload_id: int) -> tuple[Key, ...]:
    """The subjects and periods of an upload, in its order."""
    query = select(_SUBMISSION.c.subject, _SUBMISSION.c.period_id)
    rows = session.execute(query.where(_SUBMISSION.c.upload_id == upload_id).order_by("id"))
    return tuple((subject, period_of(key)) for subject, key in rows)


def subjects_by_upload(session: Session) -> Mapping[int, frozenset[str]]:
    """Everybody each upload is about, by its number."""
    by_upload: dict[int, set[str]] = defaultdict(set)
    query = select(_SUBMISSION.c.upload_id, _SUBMISSION.c.subject).distinct()
    for number, subject in session.execute(query):
        by_upload[number].add(subject)
    return {number: frozenset(subjects) for number, subjects in by_upload.items()}


def current_periods(session: Session, form: str) -> tuple[Period, ...]:
    """Periods with a current submission of a form, by kind, oldest first."""
    query = select(_SUBMISSION.c.period_id).distinct()
    keys = session.scalars(query.where(_SUBMISSION.c.form == form, standing(session)))
    return tuple(sorted(map(period_of, keys), key=lambda period: (period.part, period)))


def reporting_subjects(
    session: Session, fiscal_year: int, measures: Collection[str]
) -> tuple[str, ...]:
    """Subjects that reported any of some measures in a period of a fiscal year, sorted."""
    s, first = _SUBMISSION.c, period_key(Period(fiscal_year))
    measure_ids = select(_MEASURE.c.id).where(_MEASURE.c.code.in_(measures))
    is_reported = exists().where(
        _OBSERVATION.c.submission_id == s.id, _OBSERVATION.c.measure_id.in_(measure_ids)
    )
    query = select(s.subject).where(
        s.current, s.period_id.between(first, first + _KEYS_OF_A_YEAR), is_reported
    )
    return tuple(session.scalars(query.distinct().order_by(s.subject)))


def make_current(session: Session, upload_id: int, *, even_older: bool = False) -> tuple[Key, ...]:
    """Make the submissions of an upload current; the keys whose current submission changed.

    One whose file says that it is older than what is current stays as it is, unless `even_older`.
    """
    ours, held = _SUBMISSION.alias("ours"), _SUBMISSION.alias("held")
    # Starts from the upload's own keys: scanning all current submissions is slow in a full store.
    beside = select(held.c.id, ours.c.id, ours.c.as_of, held.c.as_of).join(
        ours, same_key(held, ours)
    )
    beside = beside.where(
        ours.c.upload_id == upload_id, held.c.current, held.c.upload_id != upload_id
    )
    rows = session.execute(beside).all()
    older = set() if even_older else {own for _, own, *moments in rows if is_older(*moments)}
    replaced = [other for other, own, *_ in rows if own not in older]
    chosen = [number for number in _numbers_of(session, upload_id) if number not in older]
    changed = _keys(session, chosen, current=False)
    _mark(session, replaced, current=False)
    _mark(session, chosen, current=True)
    return changed


def moments_of_current(session: Session, form: str, keys: Collection[Key]) -> Mapping[Key, str]:
    """Of when the current figures of some subjects and periods are by their file's own word."""
    s = _SUBMISSION.c
    query = select(s.subject, s.period_id, s.as_of).where(
        s.form == form, standing(session), s.as_of.is_not(None),
        s.subject.in_({subject for subject, _ in keys}),
        s.period_id.in_({period_key(period) for _, period in keys}),
    )  # fmt: skip
    return {(subject, period_of(key)): as_of for subject, key, as_of in session.execute(query)}


def reinstate_earlier(session: Session, upload_id: int) -> tuple[Key, ...]:
    """Make no submission of an upload current; what counted without it replaces each."""
    numbers = _numbers_of(session, upload_id)
    changed = _keys(session, numbers, current=True)
    _mark(session, numbers, current=False)
    _mark(session, heirs(session, upload_id), current=True)
    return changed


def _numbers_of(session: Session, upload_id: int) -> list[int]:
    query = select(_SUBMISSION.c.id).where(_SUBMISSION.c.upload_id == upload_id)
    return list(session.scalars(query.order_by(_SUBMISSION.c.id)))


def _mark(session: Session, numbers: Iterable[int], *, current: bool) -> None:
    chosen = _SUBMISSION.c.id.in_(listed(numbers))
    session.execute(update(_SUBMISSION).where(chosen).values(current=current))


def same_key(one: Any, other: Any) -> ColumnElement[bool]:
    """The condition that two submissions have the same form, period and subject."""
    return and_(*(one.c[name] == other.c[name] for name in ("form", "period_id", "subject")))


def _keys(session: Session, numbers: Iterable[int], *, current: bool) -> tuple[Key, ...]:
    query = select(_SUBMISSION.c.subject, _SUBMISSION.c.period_id).where(
        _SUBMISSION.c.id.in_(listed(numbers)), _SUBMISSION.c.current.is_(current)
    )
    rows = session.execute(query.order_by(_SUBMISSION.c.id))
    return tuple((subject, period_of(key)) for subject, key in rows)


def _selected() -> Select[Any]:
    s, u = _SUBMISSION.c, _UPLOAD.c
    return select(
        s.id, s.upload_id, s.form, s.subject, s.period_id, s.current,
        u.version, u.file_name, u.uploaded_by, u.uploaded_at, u.withdrawn,
    ).join(_UPLOAD, u.id == s.upload_id)  # fmt: skip


def _info(row: Row[Any]) -> SubmissionInfo:
    number, upload_id, form, subject, key, *rest = tuple(row)
    return SubmissionInfo(number, upload_id, form, subject, period_of(key), *rest)
