"""Tokens of programs: kept as digests, found by them, ended and never deleted."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from core.store.schema.bulk import next_id, table_of
from core.store.schema.program_tables import ProgramToken

_TOKEN: Final = table_of(ProgramToken)


@dataclass(frozen=True, slots=True)
class StoredToken:
    """A token without its secret; `revoked_at` is None while it holds."""

    id: int
    name: str
    role: str
    area: str
    made_at: datetime
    made_by: str
    ends_at: datetime
    revoked_at: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Whether it lets a program in at a moment."""
        return self.revoked_at is None and at < self.ends_at


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token to be made; its secret goes to whoever asked for it and nowhere else."""

    name: str
    digest: str
    role: str
    area: str
    made_by: str
    ends_at: datetime


_COLUMNS: Final = [_TOKEN.c[name] for name in StoredToken.__slots__]


def enter_token(session: Session, new: NewToken) -> StoredToken:
    """Keep a new token."""
    number, now = next_id(session, _TOKEN), datetime.now(UTC)
    values = {name: getattr(new, name) for name in NewToken.__slots__}
    session.execute(insert(_TOKEN), [values | {"id": number, "made_at": now, "revoked_at": None}])
    return StoredToken(number, new.name, new.role, new.area, now, new.made_by, new.ends_at)


def tokens(session: Session) -> tuple[StoredToken, ...]:
    """All tokens, ended ones too, in the order they were made."""
    query = select(*_COLUMNS).order_by(_TOKEN.c.id)
    return tuple(StoredToken(*tuple(row)) for row in session.execute(query))


def token_by_digest(session: Session, digest: str) -> StoredToken | None:
    """The token of a secret by its digest; None where there is none."""
    row = session.execute(select(*_COLUMNS).where(_TOKEN.c.digest == digest)).first()
    return StoredToken(*tuple(row)) if row else None


def revoke_token(session: Session, number: int) -> StoredToken | None:
    """End a token; it as it was until now, None where there is none that holds."""
    query = select(*_COLUMNS).where(_TOKEN.c.id == number, _TOKEN.c.revoked_at.is_(None))
    row = session.execute(query).first()
    if row is None:
        return None
    ended = update(_TOKEN).where(_TOKEN.c.id == number).values(revoked_at=datetime.now(UTC))
    session.execute(ended)
    return StoredToken(*tuple(row))
