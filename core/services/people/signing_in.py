"""Signing in: by the password of a local account, or by what another issuer answers for."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from core.access.actors import THE_PROGRAM, acting
from core.access.roles import Role
from core.access.settings import Way
from core.errors import AccessError
from core.services.audit.leaving import leave
from core.services.people.passwords import hashed, is_right, wants_renewal
from core.services.people.sessions import begin_session, enter_session, refuse_spent, spend_form
from core.services.people.store import LOCAL, MOST_LETTERS, name_of_its_own, people_store
from core.store.audit.leaving import no_deed
from core.store.engine.unit_of_work import reading, unit_of_work
from core.store.people import repository as stored
from core.store.people import sessions
from core.store.people.repository import StoredPerson
from core.text import storable

WINDOW: Final = timedelta(minutes=15)
MOST_OF_ACCOUNT: Final = 5
"""Failed attempts in the window until an account is locked for the rest of it."""
MOST_OF_ORIGIN: Final = 30
"""The same of where they come from: a whole office may have one address."""


def account_name(typed: str) -> str:
    """The name of an account as it is kept: without blanks around, in small letters."""
    return storable(typed).strip().casefold()[:MOST_LETTERS]


def sign_in(account: str, password: str, origin: str, form: str = "") -> str:
    """Sign in by a password; the key of the new session.

    `origin` is where it comes from, `form` the mark of the form it was typed into. `AccessError`
    A011 where account or password is wrong, which of them it does not say; A012 after too many
    failures, whether there is such an account or not; A014 for a form that was taken before.
    """
    name, now = account_name(account), datetime.now(UTC)
    marks = _mark(name), _mark(origin)
    with acting(THE_PROGRAM):
        with reading(people_store()) as session:
            refuse_spent(session, form)
            _refuse_repeated(session, marks, now)
            person = stored.person(session, LOCAL, name)
            digest = stored.password_of(session, person.id) if person else None
        right = is_right(digest, password)
        if person is None or digest is None or not right or person.disabled_at is not None:
            _fail(marks, now, form)
            raise AccessError("A011")
    # Made before the writer's turn, for it takes its time.
    renewed, number = hashed(password) if wants_renewal(digest) else None, person.id

    def settle(session: Session) -> None:
        spend_form(session, form, now)
        # Once more, in turn: many guesses at the same moment all came before any was counted.
        _refuse_repeated(session, marks, now)
        sessions.forgive(session, marks[0])
        if renewed is not None:
            stored.keep_password(session, number, renewed)

    return begin_session(number, "local", settle)


def _mark(text: str) -> str:
    """What is kept of an account that was tried, or of an address: enough to count."""
    return hashlib.sha256(text.encode()).hexdigest()


def _refuse_repeated(session: Session, marks: tuple[str, str], now: datetime) -> None:
    of_account, of_origin = sessions.failures(session, *marks, now - WINDOW)
    if of_account >= MOST_OF_ACCOUNT or of_origin >= MOST_OF_ORIGIN:
        raise AccessError("A012", minutes=int(WINDOW.total_seconds() // 60))


def _fail(marks: tuple[str, str], now: datetime, form: str) -> None:
    with unit_of_work(people_store()) as session:
        spend_form(session, form, now)
        sessions.note_failure(session, *marks, now)
        no_deed(session, "a failed attempt is counted and forgotten")
        session.commit()


def sign_in_by(
    way: Way, issuer: str, subject: str, name: str, brought: Iterable[tuple[Role, str]] = ()
) -> str:
    """Sign in somebody that another issuer answers for; the key of the new session.

    Whoever is new is added without a grant by hand. `brought` are the roles and areas that the
    issuer's profile means: they hold as long as it says so. `AccessError` A011 for one who is
    disabled.
    """
    pairs = [(role.value, area) for role, area in brought]
    with acting(THE_PROGRAM), unit_of_work(people_store()) as session:
        known = stored.person(session, issuer, subject)
        called = name_of_its_own(session, issuer, subject, name)
        person = known or stored.enter_person(session, issuer, subject, called, by=issuer)
        if person.disabled_at is not None:
            raise AccessError("A011")
        if person.name != called:
            stored.rename(session, person.id, called)
        _renew(session, person, pairs, issuer)
        after = {"issuer": issuer, "grants": [" ".join(pair) for pair in pairs]}
        leave(session, "person_vouched", f"person:{person.id}", by=called, after=after)
        # In the same turn of the one writer: whoever signs in while others store waits once.
        key = enter_session(session, person.id, way)
        session.commit()
    return key


def _renew(
    session: Session, person: StoredPerson, pairs: list[tuple[str, str]], issuer: str
) -> None:
    """Let grants that came with a profile be those of its newest."""
    held = [one for one in stored.grants(session, person.id) if one.source == issuer]
    gone = [one.id for one in held if (one.role, one.area) not in pairs]
    stored.end_grants(session, gone, by=issuer)
    stored.enter_grants(session, person.id, pairs, by=issuer, source=issuer)
