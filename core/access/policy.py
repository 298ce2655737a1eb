"""The one policy: whether somebody may do something in a place."""

from typing import Final

from core.access.actors import Actor, Grant, current_actor
from core.access.roles import Action, Role, roles
from core.areas import COUNTRY, parse_area
from core.errors import AccessError

Place = tuple[str, ...]
"""An area or facility and all above it by their codes, the country first (`core.areas.chain`)."""

EVERYWHERE: Final[Place] = (COUNTRY,)
NOWHERE: Final[Place] = ()
"""What lies in no area, as the rules: asked of those who may do such a thing somewhere."""


def allowed(actor: Actor, action: Action, place: Place) -> bool:
    """Whether an actor may do something in a place."""
    return any(_allows(grant, action, place) for grant in actor.grants)


def home(actor: Actor) -> str:
    """The largest area an actor reads by its code: what an address without one means."""
    read = [
        grant.whole if roles()[grant.role].reads == "province" else grant.area
        for grant in actor.grants
    ]
    return min(map(parse_area, read)).code if read else COUNTRY


def require(action: Action, place: Place) -> Actor:
    """Who acts, where that is allowed.

    `AccessError` A001 where nobody has signed in; A002 where it is not allowed, which tells nothing
    of the place.
    """
    actor = current_actor()
    if not allowed(actor, action, place):
        raise AccessError("A002")
    return actor


def _allows(grant: Grant, action: Action, place: Place) -> bool:
    if grant.role is Role.ADMINISTRATOR and grant.area == COUNTRY:
        return True
    rules = roles()[grant.role]
    if action not in rules.actions:
        return False
    reads_more = action is Action.READ and rules.reads == "province"
    return not place or (grant.whole if reads_more else grant.area) in place
