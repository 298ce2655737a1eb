"""The trail of deeds: looked through, exported, and verified."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone
from typing import Any, Final

import orjson
from sqlalchemy import Engine

from core.access.roles import Action
from core.periods import parse_day
from core.services.audit.wording import action_text, state_text, via_text
from core.services.exports.delimited import delimited
from core.services.exports.documents import both
from core.services.guard.doors import ANYWHERE, door
from core.store.audit import listing, verifying
from core.store.audit.chain import end_of
from core.store.audit.listing import KeptDeed, Wanted
from core.store.audit.verifying import Verified
from core.store.engine.unit_of_work import reading
from core.text import Language, say

PAGE: Final = 200
"""Deeds shown at once."""
MOST: Final = 100_000
"""Deeds exported at once; more would not open in a spreadsheet."""
wanted: Final = Wanted
BANGKOK: Final = timezone(timedelta(hours=7))


@door(Action.AUDIT)
def deeds(engine: Engine, wanted: Wanted, limit: int = PAGE) -> tuple[KeptDeed, ...]:
    """The deeds that fit, newest first."""
    with reading(engine) as session:
        return listing.deeds(session, wanted, limit)


@door(Action.AUDIT)
def counted(engine: Engine, wanted: Wanted) -> int:
    """How many deeds fit."""
    with reading(engine) as session:
        return listing.count_deeds(session, wanted)


@dataclass(frozen=True, slots=True)
class Matching:
    """What was looked for, and how many deeds fit."""

    wanted: Wanted
    count: int


@door(Action.AUDIT)
def matching(engine: Engine, wanted: Wanted) -> Matching:
    """How many deeds fit, with what they fit."""
    return Matching(wanted, counted(engine, wanted))


@door(Action.AUDIT)
def known_actions(engine: Engine) -> tuple[str, ...]:
    """Every action of which there is a deed."""
    with reading(engine) as session:
        return listing.actions(session)


@door(Action.AUDIT)
def verified(engine: Engine, known: str = "") -> Verified:
    """Hold the whole trail against its hashes; `known` is one that it must still have."""
    with reading(engine) as session:
        return verifying.verify(session, known)


def day_begins(typed: str, *, after: bool = False) -> datetime | None:
    """The moment at which a day begins in Thailand, or the day after; None for nothing typed.

    `UsageError` U060 for what is no date.
    """
    if not typed:
        return None
    return datetime.combine(parse_day(typed) + timedelta(days=int(after)), time(), BANGKOK)


@door(Action.READ, ANYWHERE)
def stamp_of_changes(engine: Engine) -> str:
    """What is another after every change of the store, whatever it changed."""
    with reading(engine) as session:
        return "{}-{}".format(*end_of(session))


def deed_json(deed: KeptDeed) -> dict[str, Any]:
    """A deed as its JSON document."""
    return {
        "id": deed.id, "at": deed.at.isoformat(), "who": deed.who, "role": deed.role,
        "via": deed.via, "place": deed.place, "action": deed.action,
        "name": both(action_text(deed.action)), "subject": deed.subject, "area": deed.area,
        "before": _state(deed.before), "after": _state(deed.after), "reason": deed.reason,
        "previous": deed.previous, "hash": deed.hash,
    }  # fmt: skip


def _state(state: str) -> Any:
    return orjson.loads(state) if state else None


def verified_json(done: Verified) -> dict[str, Any]:
    """Whether the trail is whole, as its JSON document."""
    broken = done.broken
    return {
        "deeds": done.deeds,
        "end": done.end,
        "whole": broken is None,
        "broken": None if broken is None else {"deed": broken.deed, "fault": broken.fault},
    }


def deed_rows(deeds_: Sequence[KeptDeed], language: Language) -> list[list[object]]:
    """Deeds as a table with its head, times of Thailand."""
    head = (
        say("No."), say("Time"), say("Who"), say("Role"), say("Through"), say("From"),
        say("What was done"), say("To what"), say("Area"), say("Before"), say("After"),
        say("Reason"), say("Hash"),
    )  # fmt: skip
    return [[title.in_(language) for title in head], *(_row(deed, language) for deed in deeds_)]


def _row(deed: KeptDeed, language: Language) -> list[object]:
    at = deed.at.astimezone(BANGKOK).isoformat(" ", timespec="seconds")
    return [
        deed.id, at, deed.who, deed.role, via_text(deed.via).in_(language), deed.place,
        action_text(deed.action).in_(language), deed.subject, deed.area,
        state_text(deed.before), state_text(deed.after), deed.reason, deed.hash,
    ]  # fmt: skip


def deeds_csv(deeds_: Sequence[KeptDeed], language: Language) -> bytes:
    """Deeds as a CSV that Excel opens in Thai and never runs as formulas."""
    return delimited(deed_rows(deeds_, language))
