"""The table of deeds: every change of the store, who did it and from where.

The database itself refuses to change or delete a row of it.
"""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field

from core.store.schema.columns import UtcTime
from core.store.schema.tables import Stored

_GIVEN = {"autoincrement": False}


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
