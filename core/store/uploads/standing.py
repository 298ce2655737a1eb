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
    return or_(and_(current, s.id.not_in(listed(now))), s.id.in_(listed(then)))


def listed(ids: Iterable[int]) -> Any:
    """Numbers as a statement takes them, however many."""
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
    as_of: str | None


def _of_keys(session: Session, touched: set[int], moment: datetime) -> tuple[set[int], set[int]]:
    """Of all keys of some uploads: the submissions that count now, and those that did then."""
    sent = _sent(session, touched)
    return {one.id for one in sent if one.is_current}, _counting(session, sent, moment)


def heirs(session: Session, upload_id: int) -> set[int]:
    """What counts of the keys of an upload where it does not: by what was sent and restored."""
    others = [one for one in _sent(session, {upload_id}) if one.upload != upload_id]
    taken = {one.key for one in others if one.is_current}
    return _counting(session, [one for one in others if one.key not in taken], None)


def _counting(session: Session, sent: Iterable[_Sent], moment: datetime | None) -> set[int]:
    by_key: dict[tuple[str, str, int], list[_Sent]] = defaultdict(list)
    for one in sent:
        by_key[one.key].append(one)
    deeds = _deeds(session, {one.upload for several in by_key.values() for one in several})
    standing = (_counted(several, deeds, moment) for several in by_key.values())
    return {one for one in standing if one is not None}


def _sent(session: Session, uploads: set[int]) -> list[_Sent]:
    """All that was ever sent of the keys of some uploads."""
    ours, s = _SUBMISSION.alias("ours"), _SUBMISSION.c
    same = (ours.c.form == s.form, ours.c.subject == s.subject, ours.c.period_id == s.period_id)
    query = (
        select(
            s.id, s.upload_id, s.form, s.subject, s.period_id, s.current,
            _UPLOAD.c.uploaded_at, _UPLOAD.c.withdrawn, s.as_of,
        )
        .join(_UPLOAD, _UPLOAD.c.id == s.upload_id)
        .join(ours, and_(*same))
        .where(ours.c.upload_id.in_(listed(uploads)))
        .distinct()
    )  # fmt: skip
    return [
        _Sent(row[0], row[1], (row[2], row[3], row[4]), *row[5:]) for row in session.execute(query)
    ]


_Deeds = dict[int, list[tuple[datetime, str]]]


def _deeds(session: Session, uploads: set[int]) -> _Deeds:
    c = _CHANGE.c
    query = select(c.upload_id, c.changed_at, c.action).order_by(c.id)
    wanted = c.upload_id.in_(listed(uploads)), c.action.in_((_RESTORED, _WITHDRAWN))
    deeds: _Deeds = defaultdict(list)
    for upload, at, action in session.execute(query.where(*wanted)):
        deeds[upload].append((at, action))
    return deeds


def _counted(several: Iterable[_Sent], deeds: _Deeds, moment: datetime | None) -> int | None:
    """The submission of a key that counts, at a moment or now.

    What was sent or restored last and not taken back; but a file that says it is older than what
    counted when it came counts only where somebody restored it.
    """
    came: list[tuple[datetime, int, str | None, bool]] = []
    for one in several:
        every = deeds.get(one.upload, ())
        done = [(at, action) for at, action in every if moment is None or at <= moment]
        was_withdrawn = done[-1][1] == _WITHDRAWN if done else one.is_withdrawn and not every
        if was_withdrawn or (moment is not None and one.at > moment):
            continue
        restored = [at for at, action in done if action == _RESTORED]
        came.append((max([one.at, *restored]), one.id, one.as_of, bool(restored)))
    best: int | None = None
    best_as_of: str | None = None
    for _, number, as_of, is_chosen in sorted(came, key=lambda one: one[:2]):
        if is_chosen or not is_older(as_of, best_as_of):
            best, best_as_of = number, as_of
    return best


def is_older(own: str | None, other: str | None) -> bool:
    """Whether one moment is before another for certain: a day alone is no part of that day."""
    if not own or not other:
        return False
    width = min(len(own), len(other))
    return own[:width] < other[:width]
