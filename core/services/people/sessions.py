"""Sessions: begun by signing in, looked at with every request, ended at any moment."""

import hashlib
import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from core.access.actors import THE_PROGRAM, Actor, acting
from core.access.settings import Way
from core.errors import AccessError, StoreError
from core.services.audit.leaving import leave
from core.services.people.store import actor_of, people_store
from core.store.audit.leaving import no_deed
from core.store.engine.unit_of_work import reading, unit_of_work
from core.store.people import sessions as stored
from core.store.people.repository import person_by_id

LASTS: Final = timedelta(hours=12)
"""A working day: then everybody signs in again."""
IDLE: Final = timedelta(hours=2)
"""After so long without a click a session is over."""
_NOTED: Final = timedelta(minutes=5)
"""How exactly the last click is known: noting every one would have readers wait for writers."""
_FORGOTTEN_AFTER: Final = timedelta(days=1)
_KEY_BYTES: Final = 32


def digest_of(key: str) -> str:
    """What is kept of a key: it lets nobody in."""
    return hashlib.sha256(key.encode()).hexdigest()


def refuse_spent(session: Session, form: str) -> None:
    """`AccessError` A014 for a form that was taken before, by whichever process.

    It is known by the mark it was given out with; a way in without a form has none.
    """
    if form and stored.is_spent(session, digest_of(form)):
        raise AccessError("A014")


def spend_form(session: Session, form: str, now: datetime) -> None:
    """Take a form as a part of a turn of the one writer; `AccessError` A014 as above."""
    refuse_spent(session, form)
    if form:
        stored.spend(session, digest_of(form), now)


def begin_session(person: int, way: Way, also: Callable[[Session], None] | None = None) -> str:
    """Begin a session of somebody who has signed in; the key that their browser keeps.

    `also` is what signing in changes beside it, in the same turn of the one writer: whoever signs
    in while others store waits for one turn and not for two.
    """
    with acting(THE_PROGRAM), unit_of_work(people_store()) as session:
        if also is not None:
            also(session)
        key = enter_session(session, person, way)
        session.commit()
    return key


def enter_session(session: Session, person: int, way: Way) -> str:
    """The same as a part of somebody's turn as the one writer; the key that the browser keeps."""
    key, now = secrets.token_urlsafe(_KEY_BYTES), datetime.now(UTC)
    stored.forget_ended(session, now - _FORGOTTEN_AFTER)
    stored.begin(session, digest_of(key), person, way, now, now + LASTS)
    leave(session, "signed_in", f"person:{person}", by=person_by_id(session, person).name)
    return key


def actor_of_session(key: str) -> Actor | None:
    """Who a key belongs to, with the grants of now; None where nobody is let in by it."""
    digest, now = digest_of(key), datetime.now(UTC)
    with acting(THE_PROGRAM):
        with reading(people_store()) as session:
            standing = stored.standing(session, digest, now)
            if standing is None or standing[0].disabled_at is not None or now - standing[1] > IDLE:
                return None
            actor = actor_of(session, standing[0])
        if now - standing[1] > _NOTED:
            _note_use(digest, now)
    return actor


def _note_use(digest: str, now: datetime) -> None:
    # While somebody else is storing, the next click notes it.
    with suppress(StoreError), unit_of_work(people_store(), seconds=0) as session:
        stored.see(session, digest, now)
        no_deed(session, "that a session is used is no change")
        session.commit()


def end_session(key: str, form: str = "") -> None:
    """Sign out: the key lets nobody in any more; `form` as of `spend_form`."""
    now = datetime.now(UTC)
    with acting(THE_PROGRAM), unit_of_work(people_store()) as session:
        spend_form(session, form, now)
        stored.end(session, digest_of(key), now)
        no_deed(session, "a session that ends changes nothing")
        session.commit()
