"""Where the screens that page together stand: known to every process of the store, in no backup."""

from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core.store.schema.about import enter, note_of
from core.store.schema.bulk import table_of
from core.store.schema.tables import About

_MOST: Final = 500
"""Groups of screens that are remembered."""
_SCREENS: Final = "screens"
_ABOUT: Any = table_of(About)


class Stand(NamedTuple):
    """Where a screen stands: a place of the agenda, and a leaf of what is shown there."""

    place: int
    leaf: int = 1


def move(session: Session, meeting: int, code: str, stand: Stand) -> None:
    """Have all screens of a meeting with this code stand somewhere."""
    _forget(session)
    moment = datetime.now(UTC).isoformat()
    enter(session, _key(meeting, code), f"{stand.place}.{stand.leaf} {moment}")


def stand_of(session: Session, meeting: int, code: str) -> Stand | None:
    """Where screens of a meeting with this code stand; None before any has moved."""
    note = note_of(session, _key(meeting, code))
    if not note:
        return None
    place, _, leaf = note.partition(" ")[0].partition(".")
    return Stand(int(place), int(leaf or 1))


def _key(meeting: int, code: str) -> str:
    return f"{_SCREENS}.{meeting}.{code}"


def _forget(session: Session) -> None:
    """Forget the groups that were moved longest ago, where there are many."""
    query = select(_ABOUT.c.value, _ABOUT.c.key).where(_ABOUT.c.key.startswith(f"{_SCREENS}."))
    known = [(value.partition(" ")[2], key) for value, key in session.execute(query)]
    old = [key for _moment, key in sorted(known, reverse=True)[_MOST - 1 :]]
    if old:
        session.execute(delete(_ABOUT).where(_ABOUT.c.key.in_(old)))
