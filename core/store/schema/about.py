"""Facts about the store itself: the kind of its data, and an id of its present filling."""

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
"""`filling_of` as part of another query."""


def kind_of(session: Session) -> str | None:
    """`demo` for demonstration data, `own` for one's own; None in a store that is still empty."""
    return note_of(session, KIND)


def filling_of(session: Session) -> str:
    """An id that changes with every restore, after which version numbers start again."""
    return session.scalar(select(FILLING)) or ""


def renew(session: Session) -> None:
    """Give the store a new filling id."""
    enter(session, _FILLING, uuid.uuid4().hex)


def enter(session: Session, key: str, value: str) -> None:
    """Set a fact about the store."""
    upsert(session, _ABOUT, [{"key": key, "value": value}])


def note_of(session: Session, key: str) -> str | None:
    """A fact about the store by its key; None where it is not set."""
    return session.scalar(select(_ABOUT.c.value).where(_ABOUT.c.key == key))
