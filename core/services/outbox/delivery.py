"""The outbox at work: messages are entered first, then sent, tried again, or given up."""

import logging
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any, Final

import orjson
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.access.roles import Action
from core.areas import COUNTRY
from core.services.audit.leaving import leave
from core.services.deadlines.lateness import today
from core.services.exports.documents import both
from core.services.guard.doors import door
from core.services.guard.lying import place_of
from core.services.outbox.notices import new_messages, recipients
from core.services.outbox.sending import NotSentError, call_webhook, send_mail
from core.services.outbox.settings import OutboxSettings, outbox_settings
from core.services.outbox.wording import body_of, subject_of
from core.services.results.listing import subject_names
from core.services.stores import is_demonstration
from core.store.audit.leaving import no_deed
from core.store.engine.unit_of_work import reading, unit_of_work
from core.store.jobs import outbox as stored
from core.store.jobs.outbox import Message, State
from core.store.people.contacts import contacts
from core.text import Text

_LOG: Final = logging.getLogger("truat.outbox")
PAUSES: Final = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 720))
"""How long a message waits after each try; after the last one it is given up."""


@dataclass(frozen=True, slots=True)
class Posted:
    """How many messages were entered, sent, put off, given up, and dropped."""

    new: int = 0
    sent: int = 0
    later: int = 0
    dead: int = 0
    dropped: int = 0


@door(Action.RULES)
def post(engine: Engine, day: date | None = None) -> Posted:
    """Enter what people should be told by a day, and send what waits.

    Nothing where the outbox is off or the store holds invented figures. `StoreError` S019 or S091
    for settings that do not do.
    """
    settings = outbox_settings()
    if not settings.channels or is_demonstration(engine):
        return Posted()
    new = _enter(engine, settings, day or today())
    ended = Counter[State]({"dead": _give_up(engine)})
    while (message := _take(engine)) is not None:
        ended[_send(engine, settings, message)] += 1
    return Posted(new, ended["sent"], ended["waiting"], ended["dead"], ended["dropped"])


@door(Action.RULES)
def listed_messages(engine: Engine, *, dead: bool = False) -> tuple[Message, ...]:
    """All messages, newest first; those alone that were given up where that is wanted."""
    with reading(engine) as session:
        return stored.messages(session, "dead" if dead else None)


@door(Action.RULES)
def try_again(engine: Engine, number: int, *, by: str) -> None:
    """Have a message that was given up be sent after all; `NotFoundError` S090 for none."""
    with unit_of_work(engine) as session:
        message = stored.again(session, number)
        leave(session, "notice_again", f"message:{number}", by=by, before={"why": message.why})
        session.commit()


def _enter(engine: Engine, settings: OutboxSettings, day: date) -> int:
    messages = new_messages(engine, settings.channels, settings.days_before, day)
    if not messages:
        return 0
    with unit_of_work(engine) as session:
        new = stored.enter_messages(session, messages)
        if new:
            leave(session, "notices_made", "outbox", area=COUNTRY, after={"messages": new})
            session.commit()
    return new


def _give_up(engine: Engine) -> int:
    """Give up what a worker was sending when it ended."""
    with unit_of_work(engine) as session:
        gone = stored.give_up_uncertain(session)
        for number in gone:
            _leave_dead(session, number, stored.UNCERTAIN)
        if gone:
            session.commit()
    return len(gone)


def _take(engine: Engine) -> Message | None:
    with unit_of_work(engine) as session:
        message = stored.take_message(session)
        if message is not None:
            no_deed(session, "who sends a message is no change of what is stored")
            session.commit()
    return message


def _send(engine: Engine, settings: OutboxSettings, message: Message) -> State:
    """Send one message, and note what became of it: sent, waiting, dead or dropped."""
    state, why = _tried(engine, settings, message)
    if state == "waiting" and message.tries >= len(PAUSES):
        state = "dead"
    with unit_of_work(engine) as session:
        if state == "waiting":
            stored.put_off(session, message.id, datetime.now(UTC) + PAUSES[message.tries], why)
        else:
            stored.end_message(session, message.id, state, why)
        if state == "dead":
            _leave_dead(session, message.id, why)
        else:
            no_deed(session, "what became of a message is kept with the message")
        session.commit()
    _LOG.info("message %d: %s", message.id, state)
    return state


def _tried(engine: Engine, settings: OutboxSettings, message: Message) -> tuple[State, str]:
    """How a message stands after a try, and why where it did not go out."""
    is_out = False
    try:
        send = _ready(engine, settings, message)
        if send is None:
            return "dropped", ""
        is_out = True
        send()
    except NotSentError as error:
        return ("dead" if error.is_final else "waiting"), error.why
    except Exception:  # noqa: BLE001
        _LOG.exception("message %d failed", message.id)
        # What may have gone out is not sent again.
        return ("dead", stored.UNCERTAIN) if is_out else ("waiting", "failed")
    return "sent", ""


def _leave_dead(session: Session, number: int, why: str) -> None:
    leave(session, "notice_dead", f"message:{number}", area=COUNTRY, after={"why": why})


def _ready(engine: Engine, settings: OutboxSettings, message: Message) -> Callable[[], None] | None:
    """What sends a message; None where its recipient does not want it any more."""
    content = orjson.loads(message.content)
    with reading(engine) as session:
        names = subject_names(session)
    if message.channel == "webhook":
        if settings.webhook is None:
            raise NotSentError("settings", is_final=False)
        return partial(
            call_webhook, settings.webhook, _body(message, content, names), message.event
        )
    if settings.mail is None:
        raise NotSentError("settings", is_final=False)
    to, codes = _to_whom(engine, message, content)
    if not to:
        return None
    body = body_of(content, [(code, _name(names, code)) for code in codes], settings.address)
    return partial(send_mail, settings.mail, to, subject_of(content).th, body, message.event)


def _body(message: Message, content: Mapping[str, Any], names: Mapping[str, Text]) -> bytes:
    places = [{"code": code, "name": both(_name(names, code))} for code in content["places"]]
    made = message.made_at.isoformat()
    return orjson.dumps({**content, "event": message.event, "made_at": made, "places": places})


def _to_whom(engine: Engine, message: Message, content: Mapping[str, Any]) -> tuple[str, list[str]]:
    """The address, and what it may still be told of; no address where it is not wanted any more."""
    person = next((p for p in recipients(engine) if p.person_id == message.person_id), None)
    if person is None:
        return "", []
    codes = [code for code in content["places"] if person.areas & set(place_of(engine, code))]
    with reading(engine) as session:
        known = contacts(session)
    return (known[message.person_id].email if codes else ""), codes


def _name(names: Mapping[str, Text], code: str) -> Text:
    return names.get(code, Text(code, code))
