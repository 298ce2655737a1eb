"""Who there is and what they were granted: looked at, added, granted, revoked, disabled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.access.actors import Actor, current_actor
from core.access.roles import Action, Role, roles
from core.areas import COUNTRY, Level, parse_area
from core.errors import AccessError, NotFoundError, UsageError
from core.services.audit.leaving import leave
from core.services.guard.doors import door
from core.services.people.passwords import check_new, hashed
from core.services.people.signing_in import account_name
from core.services.people.store import LOCAL, actor_of, name_of_its_own
from core.services.results.listing import subject_name
from core.store.engine.unit_of_work import reading, unit_of_work
from core.store.people import repository as stored
from core.store.people import sessions
from core.store.people.repository import StoredGrant, StoredPerson
from core.text import Text, say

_HELD_BY: Mapping[Level, tuple[Role, ...]] = {
    Level.COUNTRY: (Role.EXECUTIVE, Role.PROVINCE, Role.ADMINISTRATOR),
    Level.REGION: (Role.EXECUTIVE, Role.PROVINCE, Role.ADMINISTRATOR),
    Level.PROVINCE: (Role.EXECUTIVE, Role.PROVINCE, Role.ADMINISTRATOR),
    Level.DISTRICT: (Role.EXECUTIVE, Role.CUP),
    Level.FACILITY: (Role.EXECUTIVE, Role.CUP),
}
"""Which roles there are for an area: a CUP team is of a district, its officers of a province."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody with the grants that hold, each with the name of its area."""

    person: StoredPerson
    grants: tuple[tuple[StoredGrant, Text], ...]


@door(Action.USERS)
def listed_people(engine: Engine) -> tuple[Listed, ...]:
    """Everybody there is, in the order they were added."""
    with reading(engine) as session:
        held = stored.grants(session)
        names = {one.area: subject_name(session, one.area) for one in held}
        return tuple(
            Listed(
                one,
                tuple(
                    (grant, names[grant.area] or Text(grant.area, grant.area))
                    for grant in held
                    if grant.person_id == one.id
                ),
            )
            for one in stored.people(session)
        )


@door(Action.USERS)
def add_account(engine: Engine, account: str, name: str, password: str) -> StoredPerson:
    """Add a local account; it may do nothing until it is granted something.

    `UsageError` U110 for a password that does not do, U111 for a name that is taken, U112 without
    a name of the account.
    """
    subject = account_name(account)
    if not subject:
        raise UsageError("U112")
    check_new(password, subject)
    with unit_of_work(engine) as session:
        if stored.person(session, LOCAL, subject):
            raise UsageError("U111", account=subject)
        called = name_of_its_own(session, LOCAL, subject, name)
        person = stored.enter_person(session, LOCAL, subject, called, by=_by())
        stored.keep_password(session, person.id, hashed(password))
        _leave(session, "person_added", person, after={"account": subject, "name": called})
        session.commit()
    return person


@door(Action.USERS)
def set_password(engine: Engine, number: int, password: str) -> None:
    """Give a local account another password: its sessions end, and it is not locked any more.

    `UsageError` U110 for one that does not do, U113 for somebody without a local account.
    """
    with unit_of_work(engine) as session:
        person = stored.person_by_id(session, number)
        if person.issuer != LOCAL:
            raise UsageError("U113")
        check_new(password, person.subject)
        stored.keep_password(session, number, hashed(password))
        sessions.end_all(session, datetime.now(UTC), number)
        _leave(session, "password_changed", person)
        session.commit()


@door(Action.USERS)
def grant(engine: Engine, number: int, role: str, area: str) -> None:
    """Grant somebody a role for an area.

    `UsageError`: U071 for an unknown role, U006 for no code of an area, U078 for an area the
    register does not know, U114 for a role that there is not for such an area.
    """
    if role not in roles():
        raise UsageError("U071", role=role, known=", ".join(roles()))
    place = parse_area(area)
    if Role(role) not in _HELD_BY[place.level]:
        able = Text.joined((roles()[one].name for one in _HELD_BY[place.level]), ", ")
        raise UsageError("U114", role=roles()[role].name, area=place.code, able=able)
    with unit_of_work(engine) as session:
        person = stored.person_by_id(session, number)
        if place.code != COUNTRY and subject_name(session, place.code) is None:
            raise UsageError("U078", subject=place.code)
        stored.enter_grants(session, number, [(role, place.code)], by=_by())
        _leave(session, "person_granted", person, after={"role": role, "area": place.code})
        session.commit()


@door(Action.USERS)
def revoke(engine: Engine, number: int, role: str, area: str) -> None:
    """Take a grant back.

    `NotFoundError` A010 for nobody of that number, A013 where they do not have it; `UsageError`
    U071 for an unknown role, U006 for no code of an area, U115 for what the last administrator has.
    """
    if role not in roles():
        raise UsageError("U071", role=role, known=", ".join(roles()))
    code = parse_area(area).code
    with unit_of_work(engine) as session:
        person = stored.person_by_id(session, number)
        held = stored.grants(session, number)
        gone = [one.id for one in held if (one.role, one.area) == (role, code)]
        if not gone:
            raise NotFoundError("A013", role=roles()[role].name, area=code)
        before = _administrators(session)
        stored.end_grants(session, gone, by=_by())
        _refuse_last(session, before)
        _leave(session, "person_revoked", person, before={"role": role, "area": code})
        session.commit()


@door(Action.USERS)
def set_disabled(engine: Engine, number: int, *, disabled: bool) -> None:
    """Keep somebody from signing in, at once, or let them again."""
    with unit_of_work(engine) as session:
        person = stored.person_by_id(session, number)
        before = _administrators(session)
        stored.disable(session, number, disabled=disabled)
        if disabled:
            _refuse_last(session, before)
            sessions.end_all(session, datetime.now(UTC), number)
        _leave(session, "person_disabled" if disabled else "person_enabled", person)
        session.commit()


def _leave(
    session: Session,
    action: str,
    person: StoredPerson,
    before: Mapping[str, str] | None = None,
    after: Mapping[str, str] | None = None,
) -> None:
    subject = f"person:{person.id}"
    leave(session, action, subject, by=_by(), area=COUNTRY, before=before, after=after)


def _administrators(session: Session) -> frozenset[int]:
    """Who gives rights from a page: administrators of the country who may sign in."""
    able = {one.id for one in stored.people(session) if one.disabled_at is None}
    whole = (Role.ADMINISTRATOR, COUNTRY)
    held = stored.grants(session)
    return frozenset(one.person_id for one in held if (one.role, one.area) == whole) & able


def _refuse_last(session: Session, before: frozenset[int]) -> None:
    """`UsageError` U115 where there were such administrators and now nobody would be left."""
    if before and not _administrators(session):
        raise UsageError("U115")


@door(Action.USERS)
def find(engine: Engine, account: str) -> StoredPerson:
    """Somebody by number, or by the name of a local account; `NotFoundError` A010 for nobody."""
    with reading(engine) as session:
        if account.isdecimal():
            return stored.person_by_id(session, int(account))
        person = stored.person(session, LOCAL, account_name(account))
    if person is None:
        raise NotFoundError("A010", person=account)
    return person


@door(Action.USERS)
def actor_by_name(engine: Engine, account: str) -> Actor:
    """Somebody as the policy sees them, by number or account; A011 for one who is disabled."""
    person = find(engine, account)
    if person.disabled_at is not None:
        raise AccessError("A011")
    with reading(engine) as session:
        return actor_of(session, person)


def _by() -> str:
    actor = current_actor()
    return actor.name or actor.subject


def person_json(one: Listed) -> dict[str, Any]:
    """Somebody as JSON."""
    person = one.person
    return {
        "number": person.id,
        "issuer": person.issuer,
        "subject": person.subject,
        "name": person.name,
        "disabled": person.disabled_at is not None,
        "grants": [{"role": held.role, "area": held.area} for held, _name in one.grants],
    }


def person_line(one: Listed) -> Text:
    """Somebody as a line of a terminal."""
    held = Text.joined((grant_text(grant, name) for grant, name in one.grants), ", ")
    line = say(
        "{number}. {name} ({subject}): {grants}",
        number=one.person.id,
        name=one.person.name,
        subject=one.person.subject,
        grants=held if one.grants else say("nothing granted"),
    )
    return say("{line} – disabled", line=line) if one.person.disabled_at else line


def grant_text(held: StoredGrant, area: Text) -> Text:
    """A grant in words."""
    return say("{role} – {area}", role=roles()[held.role].name, area=area)
