"""The table of forecasts: what was foretold, as it was foretold.

Nothing in it is ever changed or deleted.
"""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from core.store.schema.columns import UtcTime
from core.store.schema.tables import Stored

_GIVEN = {"autoincrement": False}


class Forecast(Stored, table=True):
    """The probability of a crisis level some months after `period_id`, made at a moment by a model.

    `model` names the numbers it was made by, `first_red` the lowest level that is a crisis.
    """

    __table_args__ = (UniqueConstraint("subject", "period_id", "horizon", "model"),)

    id: int = Field(primary_key=True, sa_column_kwargs=_GIVEN)
    subject: str
    period_id: int = Field(foreign_key="period.id", index=True)
    horizon: int
    probability: float
    first_red: int
    model: str
    made_at: datetime = Field(sa_type=UtcTime)
