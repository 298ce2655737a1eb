"""People and what they were granted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Row, Select, delete, insert, select, update
from sqlalchemy.orm import Session

from core.errors import NotFoundError
from core.store.schema.bulk import next_id, table_of
from core.store.schema.people_tables import Person, PersonGrant, PersonPassword

_PERSON: Final = table_of(Person)
_GRANT: Final = table_of(PersonGrant)
_PASSWORD: Final = table_of(PersonPassword)


@dataclass(frozen=True, slots=True)
class StoredPerson:
    """Somebody who signs in; `disabled_at` is None while they may."""

    id: int
    issuer: str
    subject: str
    name: str
    added_at: datetime
    added_by: str
    disabled_at: datetime | None


@dataclass(frozen=True, slots=True)
class StoredGrant:
    """A role for an area that holds; `source` is the issuer it came with, empty for by hand."""

    id: int
    person_id: int
    role: str
    area: str
    source: str
    granted_at: datetime
    granted_by: str


def people(session: Session) -> tuple[StoredPerson, ...]:
    """Everybody there is, in the order they were added."""
    return tuple(map(_person, session.execute(_selected().order_by(_PERSON.c.id))))


def person(session: Session, issuer: str, subject: str) -> StoredPerson | None:
    """Somebody by issuer and subject; None when nobody is known so."""
    p = _PERSON.c
    row = session.execute(_selected().where(p.issuer == issuer, p.subject == subject)).first()
    return _person(row) if row else None


def person_by_id(session: Session, number: int) -> StoredPerson:
    """Somebody by number; `NotFoundError` A010 when there is nobody of that number."""
    row = session.execute(_selected().where(_PERSON.c.id == number)).first()
    if row is None:
        raise NotFoundError("A010", person=number)
    return _person(row)


def _selected() -> Select[Any]:
    p = _PERSON.c
    return select(p.id, p.issuer, p.subject, p.name, p.added_at, p.added_by, p.disabled_at)


def _person(row: Row[Any]) -> StoredPerson:
    return StoredPerson(*tuple(row))


def enter_person(session: Session, issuer: str, subject: str, name: str, by: str) -> StoredPerson:
    """Add somebody, without any grant."""
    new = StoredPerson(
        next_id(session, _PERSON), issuer, subject, name, datetime.now(UTC), by, None
    )
    row = {name: getattr(new, name) for name in StoredPerson.__slots__}
    session.execute(insert(_PERSON), [row])
    return new


def rename(session: Session, number: int, name: str) -> None:
    """Call somebody as their issuer calls them by now."""
    session.execute(update(_PERSON).where(_PERSON.c.id == number).values(name=name))


def disable(session: Session, number: int, *, disabled: bool) -> None:
    """Keep somebody from signing in, or let them again."""
    at = datetime.now(UTC) if disabled else None
    session.execute(update(_PERSON).where(_PERSON.c.id == number).values(disabled_at=at))


def grants(session: Session, number: int | None = None) -> tuple[StoredGrant, ...]:
    """The grants that hold, of one person or of everybody."""
    g = _GRANT.c
    query = select(g.id, g.person_id, g.role, g.area, g.source, g.granted_at, g.granted_by)
    query = query.where(g.revoked_at.is_(None)).order_by(g.id)
    if number is not None:
        query = query.where(g.person_id == number)
    return tuple(StoredGrant(*tuple(row)) for row in session.execute(query))


def enter_grants(
    session: Session, number: int, pairs: Iterable[tuple[str, str]], *, by: str, source: str = ""
) -> None:
    """Grant somebody roles for areas, where they do not have them already."""
    there = {(one.role, one.area) for one in grants(session, number)}
    first = next_id(session, _GRANT)
    new = [pair for pair in dict.fromkeys(pairs) if pair not in there]
    now = datetime.now(UTC)
    rows: list[Mapping[str, Any]] = [
        {"id": first + place, "person_id": number, "role": role, "area": area, "source": source,
         "granted_at": now, "granted_by": by, "revoked_at": None, "revoked_by": ""}
        for place, (role, area) in enumerate(new)
    ]  # fmt: skip
    if rows:
        session.execute(insert(_GRANT), rows)


def end_grants(session: Session, numbers: Iterable[int], *, by: str) -> None:
    """Revoke some grants."""
    query = update(_GRANT).where(_GRANT.c.id.in_(list(numbers)), _GRANT.c.revoked_at.is_(None))
    session.execute(query.values(revoked_at=datetime.now(UTC), revoked_by=by))


def password_of(session: Session, number: int) -> str | None:
    """The password of somebody as it is kept; None without one."""
    password: str | None = session.scalar(
        select(_PASSWORD.c.hashed).where(_PASSWORD.c.person_id == number)
    )
    return password


def keep_password(session: Session, number: int, hashed: str) -> None:
    """Keep a password in place of the one before."""
    session.execute(delete(_PASSWORD).where(_PASSWORD.c.person_id == number))
    row = {"person_id": number, "hashed": hashed, "changed_at": datetime.now(UTC)}
    session.execute(insert(_PASSWORD), [row])
