"""The tables of what goes on by itself: tokens, long work, days until which to send, forecasts.

No forecast is ever changed or deleted.
"""

from datetime import date, datetime

from sqlalchemy import Text, UniqueConstraint
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


class Deadline(Stored, table=True):
    """The last day on which figures of a form and period are in time in an area, as it was set.

    The newest row of a form, period and area counts; `due` NULL takes the day away again. `area` is
    the country or a province, whose own day goes before the country's.
    """

    id: int = Field(primary_key=True, sa_column_kwargs=_GIVEN)
    form: str = Field(index=True)
    period_id: int = Field(foreign_key="period.id")
    area: str
    due: date | None = None
    set_by: str
    set_at: datetime = Field(sa_type=UtcTime)


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


class OutboxMessage(Stored, table=True):
    """A message that is to be sent: one for each event, channel and recipient, for good.

    `channel` is mail, for `person_id`, or webhook, for nobody (0). `content` is JSON and holds no
    address. `state`: waiting until `next_at`, sending until `next_at` at most, sent, dead, or
    dropped where the recipient does not want it any more. `why` is a word for the last failure.
    """

    __tablename__ = "outbox_message"
    __table_args__ = (UniqueConstraint("event", "channel", "person_id"),)

    id: int = Field(primary_key=True, sa_column_kwargs=_GIVEN)
    event: str
    channel: str
    person_id: int
    content: str = Field(sa_type=Text)
    state: str = Field(index=True)
    tries: int
    next_at: datetime = Field(sa_type=UtcTime)
    made_at: datetime = Field(sa_type=UtcTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcTime)
    why: str
