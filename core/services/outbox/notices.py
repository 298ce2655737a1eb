"""What people are told: figures that are due soon, today, or overdue; assessments that changed.

Of people it names nobody, and of patients it knows nothing: forms, periods, days, facilities.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, Literal

import orjson
from sqlalchemy import Engine

from core.access.roles import Role
from core.areas import COUNTRY
from core.periods import Period
from core.services.deadlines.forms import DueForm
from core.services.deadlines.lateness import DuePlace, Sent, every_lateness
from core.services.guard.lying import place_of
from core.store.audit import listing
from core.store.engine.unit_of_work import reading
from core.store.jobs.outbox import Channel, NewMessage
from core.store.people import repository as people
from core.store.people.contacts import contacts

Stage = Literal["before", "today", "late"]
RECENT: Final = timedelta(days=30)
"""How long something that happened is still told: an outbox set up late tells no history."""
TOLD_DEEDS: Final = ("assessment_locked", "assessment_reopened")
"""Deeds that those who send are told of, by their names in the audit trail."""
_MOST_DEEDS: Final = 1000
_ROLES: Final = (Role.CUP.value, Role.PROVINCE.value)
"""Who sends figures and who looks after that; others are told nothing."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that is told once to each recipient: an event, and the places it is about."""

    event: str
    content: Mapping[str, Any]
    places: tuple[tuple[str, tuple[str, ...]], ...]
    """Codes, each with all areas it lies in."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who wants messages, with the areas they send or look after figures of."""

    person_id: int
    areas: frozenset[str]


def new_messages(
    engine: Engine, channels: Collection[Channel], days_before: int, day: date
) -> tuple[NewMessage, ...]:
    """Every message there should be by a day; those that are there already are among them."""
    notices = [*_due(engine, days_before, day), *_deeds(engine, day)]
    to_whom = recipients(engine) if "mail" in channels else ()
    return tuple(_messages(notices, to_whom, channels))


def recipients(engine: Engine) -> tuple[Recipient, ...]:
    """Everybody who gets e-mail: who has an address, wants it, and may still sign in."""
    with reading(engine) as session:
        known = contacts(session)
        able = {one.id for one in people.people(session) if one.disabled_at is None}
        held = people.grants(session)
    areas: dict[int, set[str]] = defaultdict(set)
    for grant in held:
        if grant.role in _ROLES and grant.person_id in able:
            areas[grant.person_id].add(grant.area)
    return tuple(
        Recipient(number, frozenset(areas[number]))
        for number, contact in known.items()
        if contact.wanted and contact.email and areas.get(number)
    )


def _messages(
    notices: Iterable[Notice], to_whom: Collection[Recipient], channels: Collection[Channel]
) -> Iterator[NewMessage]:
    for one in notices:
        if "webhook" in channels:
            yield NewMessage(one.event, "webhook", 0, _json(one, [c for c, _above in one.places]))
        for person in to_whom:
            mine = [code for code, above in one.places if person.areas & set(above)]
            if mine:
                yield NewMessage(one.event, "mail", person.person_id, _json(one, mine))


def _json(one: Notice, codes: list[str]) -> str:
    return orjson.dumps({**one.content, "places": codes}).decode()


def _due(engine: Engine, days_before: int, day: date) -> Iterator[Notice]:
    """A notice for each form, period, last day and stage of which something was not sent."""
    for one in every_lateness(engine, area=COUNTRY, day=day, limit=None):
        by_day: dict[date, list[DuePlace]] = defaultdict(list)
        for place in one.places:
            if place.due and place.sent in (Sent.WAITING, Sent.OVERDUE):
                by_day[place.due].append(place)
        for due, places in by_day.items():
            stage = stage_of(due, day, days_before)
            if stage is not None:
                yield _due_notice(one.form, one.period, due, stage, places)


def stage_of(due: date, day: date, days_before: int) -> Stage | None:
    """Which reminder a day is for; None where it is too early, or so late that it was told."""
    left = (due - day).days
    if left > days_before or -left > RECENT.days:
        return None
    if left == 0:
        return "today"
    return "before" if left > 0 else "late"


def _due_notice(
    form: DueForm, period: Period, due: date, stage: Stage, places: Iterable[DuePlace]
) -> Notice:
    content = {"kind": "due", "stage": stage, "form": form.id, "period": str(period),
            "due": due.isoformat()}  # fmt: skip
    event = f"due:{form.id}:{period}:{due.isoformat()}:{stage}"
    return Notice(event, content, tuple((one.place.code, one.above) for one in places))


def _deeds(engine: Engine, day: date) -> Iterator[Notice]:
    since = datetime(day.year, day.month, day.day, tzinfo=UTC) - RECENT
    for action in TOLD_DEEDS:
        with reading(engine) as session:
            deeds = listing.deeds(session, listing.Wanted(action=action, since=since), _MOST_DEEDS)
        for deed in deeds:
            content = {"kind": action, "subject": deed.subject, "reason": ""}
            yield Notice(f"deed:{deed.id}", content, ((deed.area, place_of(engine, deed.area)),))
