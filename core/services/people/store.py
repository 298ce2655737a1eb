"""The store that people are kept in, and who of them acts."""

from collections.abc import Iterable

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.access.actors import Actor, Grant
from core.access.roles import Action, Role
from core.areas import Level, parse_area
from core.services.guard.doors import ANYWHERE, door
from core.services.stores import open_store
from core.store.people.repository import StoredGrant, StoredPerson, grants
from core.store.register.repository import facility

LOCAL: str = "truat:local"
"""The issuer of local accounts."""


@door(Action.READ, ANYWHERE)
def people_store() -> Engine:
    """One's own store, also while the demonstration is open: people stand beside real figures."""
    return open_store("own")


def actor_of(session: Session, person: StoredPerson) -> Actor:
    """Somebody as the policy sees them."""
    held = grants(session, person.id)
    return Actor(person.issuer, person.subject, person.name, tuple(_grants(session, held)))


def _grants(session: Session, held: Iterable[StoredGrant]) -> Iterable[Grant]:
    for one in held:
        yield Grant(Role(one.role), one.area, _province(session, one.area))


def _province(session: Session, area: str) -> str:
    """The province of a facility, which a role may read as a whole; empty for any other area."""
    if parse_area(area).level is not Level.FACILITY:
        return ""
    known = facility(session, area)
    return known.province if known else ""
