"""Where people get messages, and whether they want any."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.store.schema.bulk import table_of, upsert
from core.store.schema.people_tables import PersonContact

_CONTACT: Final = table_of(PersonContact)


@dataclass(frozen=True, slots=True)
class Contact:
    """The e-mail address of somebody, and whether they want messages."""

    email: str
    wanted: bool


def contacts(session: Session) -> Mapping[int, Contact]:
    """Of everybody who gave one, by the number of the person."""
    c = _CONTACT.c
    rows = session.execute(select(c.person_id, c.email, c.wanted))
    return {number: Contact(email, bool(wanted)) for number, email, wanted in rows}


def keep_contact(session: Session, person_id: int, contact: Contact) -> None:
    """Keep a contact in place of the one before."""
    row = {"person_id": person_id, "email": contact.email, "wanted": contact.wanted}
    upsert(session, _CONTACT, [row | {"changed_at": datetime.now(UTC)}])
