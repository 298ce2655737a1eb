"""How far the demonstration is filled: noted in its own store, with every stage."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import URL, Engine
from sqlalchemy.orm import Session

from core.access.roles import Action
from core.services.guard.doors import ANYWHERE, door
from core.store.engine.unit_of_work import reading
from core.store.register.repository import known_codes
from core.store.results.versions import stamp_now
from core.store.schema.about import enter, kind_of, note_of

DEMO: Final = "demo"
_FILLED: Final = "filled"
_AT_REST: Final[dict[URL, str]] = {}
"""Stores that are not being filled, with their stamps: beginning to fill one changes it."""
_EMPTY: Final[dict[URL, tuple[str, bool]]] = {}
"""By store, its stamp and whether it held nothing then."""


@dataclass(frozen=True, slots=True)
class Filled:
    """Stages and months that are stored, of how many."""

    stages: int
    all_stages: int
    months: int
    all_months: int

    @property
    def is_whole(self) -> bool:
        return self.stages == self.all_stages


def note_filled(session: Session, filled: Filled | None) -> None:
    """Note how far the store is filled; None: not at all."""
    numbers = (
        ()
        if filled is None
        else (filled.stages, filled.all_stages, filled.months, filled.all_months)
    )
    enter(session, _FILLED, " ".join(map(str, numbers)))


def filled_in(session: Session) -> Filled | None:
    """How far a store is filled; None where it is empty, or whole without having noted it."""
    numbers = (note_of(session, _FILLED) or "").split()
    return Filled(*map(int, numbers)) if numbers else None


@door(Action.READ, ANYWHERE)
def filling(engine: Engine) -> Filled | None:
    """How far a demonstration is filled that is begun and not whole yet; None for any other.

    Every view of a page asks: a store that is not being filled is asked again once it has changed.
    """
    stamp = stamp_now(engine)
    if _AT_REST.get(engine.url) == stamp:
        return None
    filled = _filling(engine)
    if filled is None:
        _AT_REST[engine.url] = stamp
    return filled


def _filling(engine: Engine) -> Filled | None:
    with reading(engine) as session:
        if kind_of(session) != DEMO:
            return None
        filled = filled_in(session)
    return None if filled is None or filled.is_whole else filled


@door(Action.READ, ANYWHERE)
def is_loaded(engine: Engine) -> bool:
    """Whether a store holds the whole demonstration."""
    with reading(engine) as session:
        filled = filled_in(session)
        whole = filled is None or filled.is_whole
        return kind_of(session) == DEMO and whole and bool(known_codes(session))


@door(Action.READ, ANYWHERE)
def is_empty(engine: Engine) -> bool:
    """Whether a store has no facility, so that nothing in it is invented.

    Every view of a page asks: the store is read again once it has changed.
    """
    stamp = stamp_now(engine)
    before = _EMPTY.get(engine.url)
    if before is None or before[0] != stamp:
        with reading(engine) as session:
            before = _EMPTY[engine.url] = (stamp, not known_codes(session))
    return before[1]
