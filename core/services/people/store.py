"""The store that people are kept in, and who of them acts."""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.access.actors import Actor, Grant
from core.access.roles import Action, Role
from core.areas import Level, parse_area
from core.services.guard.doors import ANYWHERE, door
from core.services.stores import open_store
from core.store.people.repository import StoredGrant, StoredPerson, grants, people
from core.store.register.repository import facility
from core.text import fold, storable

LOCAL: Final = "truat:local"
"""The issuer of local accounts."""
MOST_LETTERS: Final = 200
"""Letters of a name, of somebody or of an account."""


@door(Action.READ, ANYWHERE)
def people_store() -> Engine:
    """One's own store, also while the demonstration is open: people stand beside real figures."""
    return open_store("own")


def name_of_its_own(session: Session, issuer: str, subject: str, name: str) -> str:
    """What somebody is called: with their subject behind it where another is called so already.

    What is kept of who did something is a name: nobody passes for another by choosing theirs.
    """
    called = " ".join(storable(name).split())[:MOST_LETTERS] or subject
    others = (one for one in people(session) if (one.issuer, one.subject) != (issuer, subject))
    return f"{called} ({subject})" if fold(called) in {fold(one.name) for one in others} else called


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
