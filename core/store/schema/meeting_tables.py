"""The tables of meetings: what is shown of which snapshot, in which order, and what was asked."""

from datetime import datetime

from sqlmodel import Field

from core.store.schema.columns import UtcTime
from core.store.schema.tables import Stored

_GIVEN = {"autoincrement": False}


class Meeting(Stored, table=True):
    """A meeting about an area and a period, its figures those of a snapshot.

    `minutes` are those of each speaker, 0 without a limit. `rules` is the digest of the criteria
    that its snapshot was taken under. `revision` counts the changes of its agenda.
    """

    id: int = Field(primary_key=True, sa_column_kwargs=_GIVEN)
    title: str
    area: str
    period_id: int = Field(foreign_key="period.id")
    snapshot_id: int = Field(foreign_key="snapshot.id")
    rules: str
    minutes: int
    made_by: str
    made_at: datetime = Field(sa_type=UtcTime)
    revision: int


class MeetingEntry(Stored, table=True):
    """One view of an agenda: a page, its address parameters as JSON, its title of then, a note."""

    __tablename__ = "meeting_entry"

    meeting_id: int = Field(primary_key=True, foreign_key="meeting.id", sa_column_kwargs=_GIVEN)
    place: int = Field(primary_key=True, sa_column_kwargs=_GIVEN)
    page: str
    parameters: str
    title_th: str
    title_en: str
    note: str
    left_out: bool


class MeetingQuestion(Stored, table=True):
    """A question noted while presenting; `view` is the title of what was shown, empty for none."""

    __tablename__ = "meeting_question"

    id: int = Field(primary_key=True, sa_column_kwargs=_GIVEN)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    view: str
    question: str
    asked_by: str
    asked_at: datetime = Field(sa_type=UtcTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcTime)
