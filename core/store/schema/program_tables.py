"""The tables of work without people: tokens that programs come with, and jobs that take long."""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field

from core.store.schema.columns import UtcTime
from core.store.schema.tables import Stored

_GIVEN = {"autoincrement": False}


class ProgramToken(Stored, table=True):
    """A token of the interface for programs: a role for an area, until it ends or is revoked.

    `digest` is the SHA-256 of the secret, which nobody keeps.
    """

    __tablename__ = "program_token"

    id: int = Field(primary_key=True, sa_column_kwargs=_GIVEN)
    name: str
    digest: str = Field(unique=True)
    role: str
    area: str
    made_at: datetime = Field(sa_type=UtcTime)
    made_by: str
    ends_at: datetime = Field(sa_type=UtcTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcTime)


class Job(Stored, table=True):
    """Long work: what is to be done, by whom, and how far it is.

    `state`: waiting, running, done or failed. Whoever works on it holds it until `held_until` and
    says so again meanwhile: after that anybody may take it up. `tries` counts who took it.
    `asked` and `answer` are JSON, `share` is the part that is done, from 0 to 1.
    """

    id: int = Field(primary_key=True, sa_column_kwargs=_GIVEN)
    kind: str
    asked: str = Field(sa_type=Text)
    state: str = Field(index=True)
    share: float
    answer: str = Field(sa_type=Text)
    asked_by: str
    asked_at: datetime = Field(sa_type=UtcTime)
    held_by: str
    held_until: datetime | None = Field(default=None, sa_type=UtcTime)
    tries: int
    ended_at: datetime | None = Field(default=None, sa_type=UtcTime)
