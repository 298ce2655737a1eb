"""Messages that are to be sent: entered once, taken by one worker at a time, sent or given up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal

from sqlalchemy import Row, Select, insert, select, update
from sqlalchemy.orm import Session

from core.errors import NotFoundError
from core.store.schema.bulk import next_id, table_of
from core.store.schema.program_tables import OutboxMessage

Channel = Literal["mail", "webhook"]
State = Literal["waiting", "sending", "sent", "dead", "dropped"]
LEASE: Final = timedelta(minutes=10)
"""How long sending may take; whoever takes longer has ended in the middle of it."""
UNCERTAIN: Final = "uncertain"
"""Why a message is dead of which nobody knows whether it arrived: it is never sent twice."""
_MESSAGE: Final = table_of(OutboxMessage)


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it stands; `content` is JSON, `person_id` is 0 for a webhook."""

    id: int
    event: str
    channel: Channel
    person_id: int
    content: str
    state: State
    tries: int
    next_at: datetime
    made_at: datetime
    ended_at: datetime | None
    why: str


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message for one recipient about one event."""

    event: str
    channel: Channel
    person_id: int
    content: str


def enter_messages(session: Session, new: Iterable[NewMessage]) -> int:
    """Enter the messages that are not there; how many those are."""
    m = _MESSAGE.c
    several = {(one.event, one.channel, one.person_id): one for one in new}
    events = {one.event for one in several.values()}
    query = select(m.event, m.channel, m.person_id).where(m.event.in_(events))
    there = {tuple(row) for row in session.execute(query)}
    first, now = next_id(session, _MESSAGE), datetime.now(UTC)
    fresh = [one for key, one in several.items() if key not in there]
    rows = [
        {"id": first + place, "event": one.event, "channel": one.channel,
         "person_id": one.person_id, "content": one.content, "state": "waiting", "tries": 0,
         "next_at": now, "made_at": now, "ended_at": None, "why": ""}
        for place, one in enumerate(fresh)
    ]  # fmt: skip
    if rows:
        session.execute(insert(_MESSAGE), rows)
    return len(rows)


def take_message(session: Session) -> Message | None:
    """Take the oldest message that waits and whose time has come; None where there is none."""
    m, now = _MESSAGE.c, datetime.now(UTC)
    query = _selected().where(m.state == "waiting", m.next_at <= now).order_by(m.id).limit(1)
    row = session.execute(query).first()
    if row is None:
        return None
    message = _message(row)
    _set(session, message.id, state="sending", tries=message.tries + 1, next_at=now + LEASE)
    return message


def give_up_uncertain(session: Session) -> tuple[int, ...]:
    """Give up what a worker was sending when it ended: it may have arrived."""
    m, now = _MESSAGE.c, datetime.now(UTC)
    gone = tuple(session.scalars(select(m.id).where(m.state == "sending", m.next_at < now)))
    for number in gone:
        end_message(session, number, "dead", UNCERTAIN)
    return gone


def end_message(session: Session, number: int, state: State, why: str = "") -> None:
    """A message was sent, given up or dropped."""
    _set(session, number, state=state, why=why, ended_at=datetime.now(UTC))


def put_off(session: Session, number: int, until: datetime, why: str) -> None:
    """Try a message again later."""
    _set(session, number, state="waiting", next_at=until, why=why)


def again(session: Session, number: int) -> Message:
    """Have a message that was given up wait anew; `NotFoundError` S090 where there is none."""
    row = session.execute(_selected().where(_MESSAGE.c.id == number)).first()
    if row is None or row.state != "dead":
        raise NotFoundError("S090", message=number)
    _set(session, number, state="waiting", tries=0, next_at=datetime.now(UTC), ended_at=None)
    return _message(row)


def messages(session: Session, state: State | None = None) -> tuple[Message, ...]:
    """All messages, newest first; of one state where that is given."""
    query = _selected().order_by(_MESSAGE.c.id.desc())
    if state is not None:
        query = query.where(_MESSAGE.c.state == state)
    return tuple(map(_message, session.execute(query)))


def _selected() -> Select[Any]:
    return select(_MESSAGE)


def _message(row: Row[Any]) -> Message:
    return Message(*tuple(row))


def _set(session: Session, number: int, **values: Any) -> None:
    session.execute(update(_MESSAGE).where(_MESSAGE.c.id == number).values(**values))
