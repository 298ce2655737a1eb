"""Doors: who is no administrator of the country comes to the store through one, or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final

from core.access.actors import current_actor
from core.access.policy import NOWHERE, Place, require
from core.access.roles import Action, Role
from core.errors import AccessError


@dataclass(frozen=True, slots=True)
class _Inside:
    """What was asked on the way in: for places or for nothing in particular; to change or not."""

    of_a_place: bool
    changing: bool
    places: tuple[Place, ...] = ()


_INSIDE: Final[ContextVar[_Inside | None]] = ContextVar("inside", default=None)


@contextmanager
def through(action: Action, *places: Place) -> Iterator[None]:
    """Ask the policy for every place, and open the store for what is done within this block.

    Whoever came in for a place may read whatever the answer needs, as the values of its peers: a
    door behind the first asks again only for what changes something.
    """
    before = _INSIDE.get()
    reads_on = action is Action.READ and is_inside()
    if not reads_on:
        for place in places:
            require(action, place)
    changing = action is not Action.READ or (before is not None and before.changing)
    is_placed = any(place != NOWHERE for place in places)
    token = _INSIDE.set(_Inside(is_placed or reads_on, changing, places))
    try:
        yield
    finally:
        _INSIDE.reset(token)


def is_inside() -> bool:
    """Whether who acts came in for a place, and reads what the answer needs."""
    inside = _INSIDE.get()
    return inside is not None and inside.of_a_place


def roles_here() -> tuple[Role, ...]:
    """The roles that who acts holds for every place they came in for, as granted.

    An administrator of the country, who goes through no door, is one everywhere.
    """
    actor, inside = current_actor(), _INSIDE.get()
    if actor.is_whole:
        return (Role.ADMINISTRATOR,)
    places = inside.places if inside else ()
    return tuple(
        grant.role for grant in actor.grants if all(grant.area in place for place in places)
    )


def look(*places: Place) -> None:
    """Ask whether places may be read, as of an address; not of who came in for a place already."""
    if not is_inside():
        for place in places:
            require(Action.READ, place)


def refuse_outside(*, changing: bool = False) -> None:
    """What the store asks before it opens: `AccessError` A003 where no door was gone through."""
    if current_actor().is_whole:
        return
    inside = _INSIDE.get()
    if inside is None or (changing and not inside.changing):
        raise AccessError("A003")
