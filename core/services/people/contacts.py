"""Where people get messages about deadlines: given by themselves or an administrator."""

import re
from typing import Final

from sqlalchemy import Engine

from core.access.actors import THE_PROGRAM, acting, current_actor, is_signed_in
from core.access.roles import Action
from core.areas import COUNTRY
from core.errors import AccessError, UsageError
from core.services.audit.leaving import leave
from core.services.guard.doors import ANYWHERE, door
from core.services.people.store import people_store
from core.store.engine.unit_of_work import reading, unit_of_work
from core.store.people import repository as stored
from core.store.people.contacts import Contact, contacts, keep_contact

NO_CONTACT: Final = Contact("", wanted=False)
_LONGEST: Final = 254
_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


@door(Action.USERS)
def contact_of(engine: Engine, number: int) -> Contact:
    """Where somebody gets messages; nowhere where they gave no address."""
    with reading(engine) as session:
        return contacts(session).get(number, NO_CONTACT)


@door(Action.USERS)
def set_contact(engine: Engine, number: int, email: str) -> None:
    """Give somebody an address, or take it away with an empty one.

    They want messages until they say themselves that they do not. `UsageError` U134 for what is no
    address.
    """
    known = contact_of(engine, number)
    wanted = known.wanted if known.email else True
    _keep(engine, number, Contact(_checked(email), wanted), current_actor().name)


@door(Action.READ, ANYWHERE)
def own_contact() -> Contact | None:
    """Where whoever is signed in gets messages; None for who is not among the people."""
    number = _own_number()
    if number is None:
        return None
    with acting(THE_PROGRAM):
        return contact_of(people_store(), number)


@door(Action.READ, ANYWHERE)
def set_own_contact(email: str, *, wanted: bool) -> None:
    """Let whoever is signed in have another address, or no messages: everybody may of their own.

    `UsageError` U134 for what is no address.
    """
    number, name = _own_number(), current_actor().name
    if number is None:
        raise AccessError("A001")
    with acting(THE_PROGRAM):
        _keep(people_store(), number, Contact(_checked(email), wanted), name)


def _own_number() -> int | None:
    actor = current_actor()
    if not is_signed_in():
        return None
    with acting(THE_PROGRAM), reading(people_store()) as session:
        person = stored.person(session, actor.issuer, actor.subject)
    return person.id if person else None


def _keep(engine: Engine, number: int, contact: Contact, by: str) -> None:
    # The trail is kept for ever and by many: an address does not go into it.
    after = {"address": "given" if contact.email else "none", "wanted": contact.wanted}
    with unit_of_work(engine) as session:
        stored.person_by_id(session, number)
        if contacts(session).get(number, NO_CONTACT) == contact:
            return
        keep_contact(session, number, contact)
        leave(session, "contact_set", f"person:{number}", by=by, area=COUNTRY, after=after)
        session.commit()


def _checked(email: str) -> str:
    typed = email.strip()
    if typed and (len(typed) > _LONGEST or _ADDRESS.fullmatch(typed) is None):
        raise UsageError("U134")
    return typed
