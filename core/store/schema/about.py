"""What a store says of itself: which kind of data it holds, and which filling of it this is."""

import uuid
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.store.schema.bulk import table_of, upsert
from core.store.schema.tables import About

KIND: Final = "kind"
_FILLING: Final = "filling"
_ABOUT = table_of(About)
FILLING: Final = select(_ABOUT.c.value).where(_ABOUT.c.key == _FILLING).scalar_subquery()
"""`filling_of` inside another question."""


def kind_of(session: Session) -> str | None:
    """Whether it holds demonstration data (`demo`) or one's own (`own`); None before either."""
    return note_of(session, KIND)


def filling_of(session: Session) -> str:
    """A text that is another one after every restore, when version numbers begin anew."""
    return session.scalar(select(FILLING)) or ""


def renew(session: Session) -> None:
    """Have this be another filling."""
    enter(session, _FILLING, uuid.uuid4().hex)


def enter(session: Session, key: str, value: str) -> None:
    """Have the store say this of itself."""
    upsert(session, _ABOUT, [{"key": key, "value": value}])


def note_of(session: Session, key: str) -> str | None:
    """What the store says of itself under a key; None where it says nothing."""
    return session.scalar(select(_ABOUT.c.value).where(_ABOUT.c.key == key))
