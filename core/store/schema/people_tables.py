"""The tables of people: who signs in, what they were granted, their sessions, and what they did.

Grants and people are ended, never deleted. Of a session and of a failed attempt nothing is kept
that would let somebody in: keys and addresses stand as digests. Of a deed the database itself
refuses to change or delete anything.
"""

from datetime import datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field

from core.store.schema.columns import UtcTime
from core.store.schema.tables import Stored

_GIVEN = {"autoincrement": False}


class Person(Stored, table=True):
    """Somebody who signs in, known by the issuer that answers for them and its subject."""

    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: int = Field(primary_key=True, sa_column_kwargs=_GIVEN)
    issuer: str
    subject: str
    name: str
    added_at: datetime = Field(sa_type=UtcTime)
    added_by: str
    disabled_at: datetime | None = Field(default=None, sa_type=UtcTime)


class PersonGrant(Stored, table=True):
    """A role for an area, from the moment it was granted until it was revoked.

    `source` is empty for a grant given by hand, else the issuer whose profile brought it.
    """

    __tablename__ = "person_grant"

    id: int = Field(primary_key=True, sa_column_kwargs=_GIVEN)
    person_id: int = Field(foreign_key="person.id", index=True)
    role: str
    area: str
    source: str
    granted_at: datetime = Field(sa_type=UtcTime)
    granted_by: str
    revoked_at: datetime | None = Field(default=None, sa_type=UtcTime)
    revoked_by: str


class PersonPassword(Stored, table=True):
    """The password of a local account as argon2 keeps it."""

    __tablename__ = "person_password"

    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_column_kwargs=_GIVEN)
    hashed: str
    changed_at: datetime = Field(sa_type=UtcTime)


class PersonContact(Stored, table=True):
    """The address that somebody gets messages at, and whether they want any."""

    __tablename__ = "person_contact"

    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_column_kwargs=_GIVEN)
    email: str
    wanted: bool
    changed_at: datetime = Field(sa_type=UtcTime)


class PersonSession(Stored, table=True):
    """A session by the digest of its key; it lasts to `ends_at`, or until it was ended."""

    __tablename__ = "person_session"

    digest: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    way: str
    begun_at: datetime = Field(sa_type=UtcTime)
    seen_at: datetime = Field(sa_type=UtcTime)
    ends_at: datetime = Field(sa_type=UtcTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcTime)


class SpentForm(Stored, table=True):
    """A form to sign in or out that was sent, by the digest of its mark: it is taken once."""

    __tablename__ = "spent_form"

    digest: str = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcTime)


class SignInFailure(Stored, table=True):
    """A failed attempt to sign in: the digests of the account named and of where it came from."""

    __tablename__ = "sign_in_failure"

    id: int = Field(primary_key=True, sa_column_kwargs=_GIVEN)
    account: str = Field(index=True)
    origin: str = Field(index=True)
    at: datetime = Field(sa_type=UtcTime)


class Deed(Stored, table=True):
    """One change of the store.

    `id` counts from 1 without a gap. `via` is what it was done through (page, terminal, api,
    program) and `place` the address it came from, empty where that is this machine. `subject` is
    what was changed, as `upload:12`, and `area` whose it is. `before` and `after` are JSON, empty
    where there is no such state. `hash` is the SHA-256 of all that and of `previous`, the hash of
    the deed before.
    """

    id: int = Field(primary_key=True, sa_column_kwargs=_GIVEN)
    at: datetime = Field(sa_type=UtcTime, index=True)
    who: str
    role: str
    via: str
    place: str
    action: str = Field(index=True)
    subject: str = Field(index=True)
    area: str
    before: str = Field(sa_type=Text)
    after: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)
    previous: str
    hash: str
