"""What the register said before it was changed, for whoever reads an earlier moment."""

from datetime import date, datetime

from sqlmodel import Field

from core.store.schema.columns import UtcTime
from core.store.schema.tables import Stored


class RegisterPast(Stored, table=True):
    """What a facility or an area was called until a moment, and its last day as known until then.

    Kept from the first snapshot of a store on: nothing before it is read as of a moment.
    `was_there` is false for a facility that the register did not know until then.
    """

    __tablename__ = "register_past"

    code: str = Field(primary_key=True)
    until: datetime = Field(sa_type=UtcTime, primary_key=True)
    name_th: str
    name_en: str
    closed_on: date | None = None
    was_there: bool
