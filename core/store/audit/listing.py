"""Deeds as they are looked for: newest first, some at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from core.store.audit.chain import DEED


@dataclass(frozen=True, slots=True)
class KeptDeed:
    """A deed of the trail; `before` and `after` are JSON, empty where there is no such state."""

    id: int
    at: datetime
    who: str
    role: str
    via: str
    place: str
    action: str
    subject: str
    area: str
    before: str
    after: str
    reason: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which deeds are looked for; what is empty or None asks for nothing.

    `words` stand anywhere in a deed, `since` and `before` are moments, `upto` an id.
    """

    who: str = ""
    action: str = ""
    subject: str = ""
    via: str = ""
    words: str = ""
    since: datetime | None = None
    before: datetime | None = None
    upto: int | None = None


def deeds(session: Session, wanted: Wanted, limit: int | None = None) -> tuple[KeptDeed, ...]:
    """The deeds that fit, newest first."""
    query = select(DEED).where(*_conditions(wanted)).order_by(DEED.c.id.desc()).limit(limit)
    return tuple(KeptDeed(**row) for row in session.execute(query).mappings())


def count_deeds(session: Session, wanted: Wanted) -> int:
    """How many deeds fit."""
    query = select(func.count()).select_from(DEED).where(*_conditions(wanted))
    return session.scalar(query) or 0


def actions(session: Session) -> tuple[str, ...]:
    """Every action that a deed has."""
    return tuple(session.scalars(select(DEED.c.action).distinct().order_by(DEED.c.action)))


def _conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    c = DEED.c
    for name in ("who", "action", "subject", "via"):
        if value := getattr(wanted, name):
            yield c[name] == value
    if wanted.words:
        places: list[Any] = [c.who, c.subject, c.area, c.before, c.after, c.reason, c.place]
        yield or_(*(place.icontains(wanted.words, autoescape=True) for place in places))
    if wanted.since is not None:
        yield c.at >= wanted.since
    if wanted.before is not None:
        yield c.at < wanted.before
    if wanted.upto is not None:
        yield c.id <= wanted.upto
