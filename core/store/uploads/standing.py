"""Which submissions count: those current now, or those that were at the session's moment."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from core.store.schema.bulk import table_of
from core.store.schema.moment import moment_read
from core.store.schema.tables import Submission, Upload, UploadChange

_SUBMISSION = table_of(Submission)
_UPLOAD = table_of(Upload)
_CHANGE = table_of(UploadChange)
_RESTORED, _WITHDRAWN = "restored", "withdrawn"


def standing(session: Session) -> ColumnElement[bool]:
    """The condition for submissions that count.

    What stands now differs from what stood at a moment only where files came, were taken back or
    restored since.
    """
    s: Any = _SUBMISSION.c
    current: ColumnElement[bool] = s.current
    moment = moment_read(session)
    if moment is None:
        return current
    touched = _touched(session, moment)
    if not touched:
        return current
    now, then = _of_keys(session, touched, moment)
    return or_(and_(current, s.id.not_in(_numbers(now))), s.id.in_(_numbers(then)))


def _numbers(ids: Iterable[int]) -> Any:
    # Written into the statement: a store may have more of them than a statement has places.
    return bindparam(None, sorted(ids), expanding=True, literal_execute=True, unique=True)


def _touched(session: Session, moment: datetime) -> set[int]:
    """Uploads that came after a moment, or to which something was done after it."""
    came = session.scalars(select(_UPLOAD.c.id).where(_UPLOAD.c.uploaded_at > moment))
    changed = select(_CHANGE.c.upload_id).where(_CHANGE.c.changed_at > moment)
    return {*came, *session.scalars(changed)}


class _Sent(NamedTuple):
    id: int
    upload: int
    key: tuple[str, str, int]
    is_current: bool
    at: datetime
    is_withdrawn: bool


def _of_keys(session: Session, touched: set[int], moment: datetime) -> tuple[set[int], set[int]]:
    """Of all keys of some uploads: the submissions that count now, and those that did then."""
    ours, s = _SUBMISSION.alias("ours"), _SUBMISSION.c
    same = (ours.c.form == s.form, ours.c.subject == s.subject, ours.c.period_id == s.period_id)
    query = (
        select(
            s.id, s.upload_id, s.form, s.subject, s.period_id, s.current,
            _UPLOAD.c.uploaded_at, _UPLOAD.c.withdrawn,
        )
        .join(_UPLOAD, _UPLOAD.c.id == s.upload_id)
        .join(ours, and_(*same))
        .where(ours.c.upload_id.in_(_numbers(touched)))
        .distinct()
    )  # fmt: skip
    sent = [
        _Sent(row[0], row[1], (row[2], row[3], row[4]), row[5], row[6], row[7])
        for row in session.execute(query)
    ]
    deeds = _deeds(session, {one.upload for one in sent})
    by_key: dict[tuple[str, str, int], list[_Sent]] = defaultdict(list)
    for one in sent:
        by_key[one.key].append(one)
    then = (_counted(several, deeds, moment) for several in by_key.values())
    return {one.id for one in sent if one.is_current}, {one for one in then if one is not None}


_Deeds = dict[int, list[tuple[datetime, str]]]


def _deeds(session: Session, uploads: set[int]) -> _Deeds:
    c = _CHANGE.c
    query = select(c.upload_id, c.changed_at, c.action).order_by(c.id)
    wanted = c.upload_id.in_(_numbers(uploads)), c.action.in_((_RESTORED, _WITHDRAWN))
    deeds: _Deeds = defaultdict(list)
    for upload, at, action in session.execute(query.where(*wanted)):
        deeds[upload].append((at, action))
    return deeds


def _counted(several: Iterable[_Sent], deeds: _Deeds, moment: datetime) -> int | None:
    """The submission of a key that counted at a moment: sent or restored last, not taken back."""
    best: tuple[datetime, int] | None = None
    for one in several:
        every = deeds.get(one.upload, ())
        done = [(at, action) for at, action in every if at <= moment]
        was_withdrawn = done[-1][1] == _WITHDRAWN if done else one.is_withdrawn and not every
        if one.at > moment or was_withdrawn:
            continue
        since = max([one.at, *(at for at, action in done if action == _RESTORED)])
        best = max(best, (since, one.id)) if best else (since, one.id)
    return best[1] if best else None
