"""Sessions of people, forms that were sent, and attempts to sign in that failed."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from core.store.people.repository import StoredPerson, person_by_id
from core.store.schema.bulk import next_id, table_of
from core.store.schema.people_tables import PersonSession, SignInFailure, SpentForm

_SESSION: Final = table_of(PersonSession)
_FAILURE: Final = table_of(SignInFailure)
_FORM: Final = table_of(SpentForm)


def begin(session: Session, digest: str, person: int, way: str, at: datetime, to: datetime) -> None:
    """Enter a session that lasts to a moment."""
    row: dict[str, Any] = {
        "digest": digest, "person_id": person, "way": way, "begun_at": at, "seen_at": at,
        "ends_at": to, "ended_at": None,
    }  # fmt: skip
    session.execute(insert(_SESSION), [row])


def standing(session: Session, digest: str, now: datetime) -> tuple[StoredPerson, datetime] | None:
    """Whose session it is and when it was seen last; None where it has ended or never was."""
    s = _SESSION.c
    query = select(s.person_id, s.seen_at).where(
        s.digest == digest, s.ended_at.is_(None), s.ends_at > now
    )
    row = session.execute(query).first()
    return (person_by_id(session, row.person_id), row.seen_at) if row else None


def see(session: Session, digest: str, now: datetime) -> None:
    """Note that a session is used."""
    session.execute(update(_SESSION).where(_SESSION.c.digest == digest).values(seen_at=now))


def end(session: Session, digest: str, now: datetime) -> None:
    """End one session."""
    s = _SESSION.c
    query = update(_SESSION).where(s.digest == digest, s.ended_at.is_(None))
    session.execute(query.values(ended_at=now))


def end_all(session: Session, now: datetime, person: int | None = None) -> None:
    """End every session of somebody, or of everybody."""
    query = update(_SESSION).where(_SESSION.c.ended_at.is_(None))
    if person is not None:
        query = query.where(_SESSION.c.person_id == person)
    session.execute(query.values(ended_at=now))


def forget_ended(session: Session, before: datetime) -> None:
    """Delete sessions, forms and failures that nobody needs any more."""
    session.execute(delete(_SESSION).where(_SESSION.c.ends_at < before))
    for table in (_FORM, _FAILURE):
        session.execute(delete(table).where(table.c.at < before))


def is_spent(session: Session, form: str) -> bool:
    """Whether a form was sent before, by the digest of its mark."""
    row = session.execute(select(_FORM.c.digest).where(_FORM.c.digest == form)).first()
    return row is not None


def spend(session: Session, form: str, at: datetime) -> None:
    """Note that a form was sent."""
    session.execute(insert(_FORM), [{"digest": form, "at": at}])


def failures(session: Session, account: str, origin: str, since: datetime) -> tuple[int, int]:
    """How often signing in failed since a moment: for an account, and from an origin."""
    f = _FAILURE.c
    counts = (
        session.scalar(
            select(func.count()).select_from(_FAILURE).where(column == value, f.at > since)
        )
        for column, value in ((f.account, account), (f.origin, origin))
    )
    of_account, of_origin = (count or 0 for count in counts)
    return of_account, of_origin


def note_failure(session: Session, account: str, origin: str, at: datetime) -> None:
    """Note an attempt that failed."""
    row = {"id": next_id(session, _FAILURE), "account": account, "origin": origin, "at": at}
    session.execute(insert(_FAILURE), [row])


def forgive(session: Session, account: str) -> None:
    """Forget what failed for an account: somebody has signed in, or an administrator says so."""
    session.execute(delete(_FAILURE).where(_FAILURE.c.account == account))
