"""Meetings as they are stored: their agendas, their snapshots, their questions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import Row, Select, delete, select, update
from sqlalchemy.orm import Session

from core.errors import StoreError
from core.periods import Period
from core.store.results.versions import SnapshotInfo, take_snapshot
from core.store.schema.bulk import next_id, table_of
from core.store.schema.codes import enter_periods
from core.store.schema.keys import period_key, period_of
from core.store.schema.meeting_tables import Meeting, MeetingEntry, MeetingQuestion
from core.store.schema.tables import Snapshot
from core.text import Text

_MEETING = table_of(Meeting)
_ENTRY = table_of(MeetingEntry)
_QUESTION = table_of(MeetingQuestion)
_SNAPSHOT = table_of(Snapshot)


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """One view of an agenda: a page at an address, its title when it was made, and a note."""

    page: str
    parameters: Mapping[str, str]
    title: Text
    note: str = ""
    left_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMeeting:
    """A meeting about an area and a period, without its agenda.

    `minutes` are those of each speaker, 0 without a limit; `rules` is the digest of the criteria
    that its figures are of.
    """

    title: str
    area: str
    period: Period
    rules: str
    made_by: str
    minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMeeting(NewMeeting):
    """A stored meeting; `taken` is the snapshot that its figures are of.

    `revision` counts the changes of it and of its agenda.
    """

    id: int
    made_at: datetime
    revision: int
    taken: SnapshotInfo


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was typed; `view` is the title of what was shown, empty for none.

    `closed_at` is None while it is open.
    """

    id: int
    view: str
    question: str
    asked_by: str
    asked_at: datetime
    closed_at: datetime | None = None


def enter_meeting(
    session: Session, new: NewMeeting, entries: Iterable[StoredEntry], *, at: datetime | None = None
) -> int:
    """Store a meeting about the results of now; its number."""
    moment = at or datetime.now(UTC)
    number = next_id(session, _MEETING)
    enter_periods(session, [period_key(new.period)])
    taken = take_snapshot(session, _name(number, 1), by=new.made_by, at=moment)
    session.execute(
        _MEETING.insert(),
        {"id": number, "title": new.title, "area": new.area, "period_id": period_key(new.period)}
        | {"snapshot_id": taken.id, "rules": new.rules, "minutes": new.minutes}
        | {"made_by": new.made_by, "made_at": moment, "revision": 1},
    )
    _enter(session, number, entries)
    return number


def _name(meeting: int, time: int) -> str:
    return f"meeting {meeting}, {time}"


def meetings(session: Session) -> tuple[StoredMeeting, ...]:
    """All meetings, newest first."""
    rows = session.execute(_selected().order_by(_MEETING.c.id.desc()))
    return tuple(map(_meeting, rows))


def meeting(session: Session, number: int) -> StoredMeeting:
    """One meeting; `StoreError` S017 when there is none of that number."""
    row = session.execute(_selected().where(_MEETING.c.id == number)).one_or_none()
    if row is None:
        raise StoreError("S017", meeting=number)
    return _meeting(row)


def _selected() -> Select[Any]:
    m, s = _MEETING.c, _SNAPSHOT.c
    return select(
        m.id, m.title, m.area, m.period_id, m.rules, m.minutes, m.made_by, m.made_at, m.revision,
        s.id.label("taken_id"), s.name, s.taken_by, s.taken_at, s.version_id,
    ).join(_SNAPSHOT, s.id == m.snapshot_id)  # fmt: skip


def _meeting(row: Row[Any]) -> StoredMeeting:
    return StoredMeeting(
        id=row.id, title=row.title, area=row.area, period=period_of(row.period_id),
        rules=row.rules, minutes=row.minutes, made_by=row.made_by, made_at=row.made_at,
        revision=row.revision, taken=SnapshotInfo(*tuple(row)[-5:]),
    )  # fmt: skip


def entries(session: Session, number: int) -> tuple[StoredEntry, ...]:
    """The agenda of a meeting, in its order, with what is left out."""
    e = _ENTRY.c
    query = select(e.page, e.parameters, e.title_th, e.title_en, e.note, e.left_out)
    rows = session.execute(query.where(e.meeting_id == number).order_by(e.place))
    return tuple(
        StoredEntry(page, orjson.loads(parameters), Text(th, en), note, left_out)
        for page, parameters, th, en, note, left_out in rows
    )


def change_agenda(
    session: Session, known: StoredMeeting, changed: Sequence[StoredEntry]
) -> StoredMeeting:
    """Replace the agenda of a meeting as somebody `known` it.

    `StoreError` S018 when somebody else changed it in the meantime: nothing is replaced.
    """
    if meeting(session, known.id).revision != known.revision:
        raise StoreError("S018", meeting=known.title)
    session.execute(delete(_ENTRY).where(_ENTRY.c.meeting_id == known.id))
    _enter(session, known.id, changed)
    return _changed(session, known)


def _enter(session: Session, number: int, entries: Iterable[StoredEntry]) -> None:
    rows = [
        {"meeting_id": number, "place": place, "page": one.page}
        | {"parameters": orjson.dumps(dict(one.parameters)).decode()}
        | {"title_th": one.title.th, "title_en": one.title.en}
        | {"note": one.note, "left_out": one.left_out}
        for place, one in enumerate(entries, 1)
    ]
    if rows:
        session.execute(_ENTRY.insert(), rows)


def change_meeting(
    session: Session, known: StoredMeeting, *, title: str, minutes: int
) -> StoredMeeting:
    """Give a meeting another title, and its speakers other minutes."""
    return _changed(session, replace(known, title=title, minutes=minutes))


def freeze_again(
    session: Session, known: StoredMeeting, *, rules: str, by: str, at: datetime | None = None
) -> StoredMeeting:
    """Have a meeting show the results of now, by today's rules."""
    like = select(_SNAPSHOT.c.id).where(_SNAPSHOT.c.name.like(_name(known.id, 0)[:-1] + "%"))
    times = len(session.scalars(like).all())
    taken = take_snapshot(session, _name(known.id, times + 1), by=by, at=at)
    return _changed(session, replace(known, taken=taken, rules=rules))


def _changed(session: Session, known: StoredMeeting) -> StoredMeeting:
    now = replace(known, revision=known.revision + 1)
    session.execute(
        update(_MEETING).where(_MEETING.c.id == known.id),
        {"title": now.title, "minutes": now.minutes, "rules": now.rules}
        | {"snapshot_id": now.taken.id, "revision": now.revision},
    )
    return now


def ask(
    session: Session, number: int, question: str, *, view: str, by: str, at: datetime | None = None
) -> int:
    """Note a question in a meeting; its number."""
    question_id = next_id(session, _QUESTION)
    session.execute(
        _QUESTION.insert(),
        {"id": question_id, "meeting_id": number, "view": view, "question": question}
        | {"asked_by": by, "asked_at": at or datetime.now(UTC), "closed_at": None},
    )
    return question_id


def close_question(session: Session, number: int, *, at: datetime | None = None) -> None:
    """Mark a question as answered."""
    session.execute(
        update(_QUESTION).where(_QUESTION.c.id == number), {"closed_at": at or datetime.now(UTC)}
    )


def meeting_of_question(session: Session, number: int) -> int | None:
    """The meeting a question was asked in; None when there is no such question."""
    return session.scalar(select(_QUESTION.c.meeting_id).where(_QUESTION.c.id == number))


def questions(session: Session, number: int) -> tuple[Question, ...]:
    """The questions of a meeting, in the order they were asked."""
    q = _QUESTION.c
    query = select(q.id, q.view, q.question, q.asked_by, q.asked_at, q.closed_at)
    rows = session.execute(query.where(q.meeting_id == number).order_by(q.id))
    return tuple(Question(*tuple(row)) for row in rows)
