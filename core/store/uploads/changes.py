"""What a version of the results changed, and which uploads overlap."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Double, and_, select, type_coerce
from sqlalchemy.orm import Session

from core.periods import Period
from core.store.schema.bulk import table_of
from core.store.schema.keys import period_of
from core.store.schema.tables import Result, Submission, Upload
from core.store.uploads.submissions import same_key

_RESULT = table_of(Result)
_SUBMISSION = table_of(Submission)
_UPLOAD = table_of(Upload)


@dataclass(frozen=True, slots=True)
class ResultChange:
    """One result before and after a version: its value and points, None where there is none.

    `result_id` is the new result, None where it was removed; `replaced_id` the one before it.
    """

    criterion: str
    subject: str
    period: Period
    result_id: int | None
    value: float | None
    points: float | None
    replaced_id: int | None
    value_before: float | None
    points_before: float | None


def result_changes(session: Session, version: int) -> tuple[ResultChange, ...]:
    """Every result a version added, replaced or removed, in the order they were written."""
    return (*_added(session, version), *_removed(session, version))


def _added(session: Session, version: int) -> Iterator[ResultChange]:
    new, old = _RESULT.alias("new"), _RESULT.alias("old")
    same = _same_result(new, old)
    figures: list[Any] = [
        type_coerce(t.c[name], Double()) for t in (new, old) for name in ("value", "points")
    ]
    query = (
        select(new.c.criterion, new.c.subject, new.c.period_id, new.c.id, old.c.id, *figures)
        .select_from(new.outerjoin(old, and_(same, old.c.until == version)))
        .where(new.c.since == version)
        .order_by(new.c.id)
    )
    for criterion, subject, key, number, before, *rest in session.execute(query):
        value, points, *was = rest
        yield ResultChange(
            criterion, subject, period_of(key), number, value, points, before, was[0], was[1]
        )


def _removed(session: Session, version: int) -> Iterator[ResultChange]:
    new, old = _RESULT.alias("new"), _RESULT.alias("old")
    same = _same_result(new, old)
    figures: list[Any] = [type_coerce(old.c[name], Double()) for name in ("value", "points")]
    query = (
        select(old.c.criterion, old.c.subject, old.c.period_id, old.c.id, *figures)
        .select_from(old.outerjoin(new, and_(same, new.c.since == version)))
        .where(old.c.until == version, new.c.id.is_(None))
        .order_by(old.c.id)
    )
    for criterion, subject, key, before, value, points in session.execute(query):
        yield ResultChange(
            criterion, subject, period_of(key), None, None, None, before, value, points
        )


def _same_result(one: Any, other: Any) -> ColumnElement[bool]:
    names = ("criterion", "period_id", "subject")
    return and_(*(one.c[name] == other.c[name] for name in names))


def uploads_sharing(session: Session, upload_id: int) -> tuple[int, ...]:
    """Uploads that have a subject and period in common with this one, oldest first."""
    ours, theirs = _SUBMISSION.alias("ours"), _SUBMISSION.alias("theirs")
    query = (
        select(theirs.c.upload_id)
        .distinct()
        .join(ours, same_key(theirs, ours))
        .where(ours.c.upload_id == upload_id, theirs.c.upload_id != upload_id)
        .order_by(theirs.c.upload_id)
    )
    return tuple(session.scalars(query))


def find_bytes(session: Session, form: str, sha256: str) -> tuple[int, ...]:
    """Uploads of the same bytes, read as the same form, oldest first."""
    query = select(_UPLOAD.c.id).where(_UPLOAD.c.form == form, _UPLOAD.c.sha256 == sha256)
    return tuple(session.scalars(query.order_by(_UPLOAD.c.id)))


def stored_bytes(session: Session, but: Collection[str] = ()) -> Mapping[str, int]:
    """The newest upload of every file by its SHA-256, but of some forms."""
    u = _UPLOAD.c
    query = select(u.sha256, u.id).where(u.form.not_in(but)).order_by(u.id)
    return {row.sha256: row.id for row in session.execute(query)}
