"""Where a code lies, as the register of a store knows it."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.access.actors import THE_PROGRAM, acting, current_actor
from core.access.doors import is_inside, look
from core.access.policy import EVERYWHERE, Place, allowed, home, require
from core.access.roles import Action
from core.areas import COUNTRY, chain, parse_area
from core.errors import UsageError
from core.store.engine.unit_of_work import reading
from core.store.register.repository import parents
from core.store.results.versions import stamp_now


def place_of(engine: Engine, code: str) -> Place:
    """An area or facility and all above it, the country first.

    What no register knows lies in the country alone; so does a text that is no code.
    """
    return _chain(code, _parents_now(engine))


def _chain(code: str, lying: Mapping[str, str]) -> Place:
    try:
        return chain(parse_area(code).code, lying)
    except UsageError:
        return (*EVERYWHERE, code)


def meant(code: str | None, parents_of: Mapping[str, str]) -> str:
    """The area an address means, where `code` is what it names: without one, that of who acts.

    `AccessError` A002 for one that may not be read. `parents_of` is the area each area lies in.
    """
    actor = current_actor()
    if actor.is_whole:
        return code or COUNTRY
    chosen = code or home(actor)
    look(chain(chosen, parents_of))
    return chosen


def places_for(
    action: Action, codes: Iterable[str], parents_of: Mapping[str, str]
) -> tuple[str, ...]:
    """Those of some areas in which who acts may do something, in their order.

    What lists of areas offer: others are not even named. `parents_of` is the area each lies in.
    """
    actor = current_actor()
    if actor.is_whole:
        return tuple(codes)
    return tuple(code for code in codes if allowed(actor, action, chain(code, parents_of)))


def ask(session: Session, action: Action, codes: Iterable[str]) -> None:
    """Ask the policy within a unit of work, where the places show only while it goes on."""
    if current_actor().is_whole:
        return
    with acting(THE_PROGRAM):
        lying = parents(session)
    for code in set(codes):
        require(action, _chain(code, lying))


def readable(engine: Engine) -> Callable[[str], bool]:
    """Whether who acts may read a place, by its code: what leaves lists as long as they may be."""
    actor = current_actor()
    if actor.is_whole or is_inside():
        return lambda _code: True
    lying = _parents_now(engine)
    return lambda code: allowed(actor, Action.READ, _chain(code, lying))


def inside(engine: Engine, area: str) -> Callable[[str], bool]:
    """Whether a place is an area or lies in it, by its code."""
    lying = _parents_now(engine)
    return lambda code: area in _chain(code, lying)


def concerning(engine: Engine) -> Callable[[str], bool]:
    """The same of a place that may be read or that holds one's own, as the country does."""
    may, actor = readable(engine), current_actor()
    above = () if actor.is_whole else place_of(engine, home(actor))
    return lambda code: code in above or may(code)


def _parents_now(engine: Engine) -> Mapping[str, str]:
    # The register is asked in the name of the program: where things lie is what the policy needs.
    with acting(THE_PROGRAM):
        return _parents(engine, stamp_now(engine))


@lru_cache(maxsize=4)
def _parents(engine: Engine, stamp: str) -> Mapping[str, str]:  # noqa: ARG001
    with reading(engine) as session:
        return parents(session)
