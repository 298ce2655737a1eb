"""The tables of self-assessments as provinces verify them: every step, its items, their evidence.

Nothing in them is ever changed or deleted: the newest step says how an assessment stands.
"""

from datetime import datetime

from sqlalchemy import Index, LargeBinary, UniqueConstraint
from sqlmodel import Field

from core.store.schema.columns import Figure, UtcTime
from core.store.schema.tables import Stored

_GIVEN = {"autoincrement": False}


class AssessmentStep(Stored, table=True):
    """One step of verifying what a subject told of itself by a form in a period.

    `stage` is a number of `core.store.assessments.rows`, as it is after the step. `items` could be
    verified then, `verified` of them are, `differing` with another score than its own.
    `unseen` counts the steps of others that whoever made it had not seen.
    """

    __tablename__ = "assessment_step"
    __table_args__ = (
        UniqueConstraint("form", "subject", "period_id", "revision"),
        Index("ix_assessment_step_period_id_form", "period_id", "form"),
    )

    id: int = Field(primary_key=True, sa_column_kwargs=_GIVEN)
    form: str
    subject: str
    period_id: int = Field(foreign_key="period.id")
    revision: int
    action: str
    stage: int
    items: int
    verified: int
    differing: int
    done_by: str
    role: str
    done_at: datetime = Field(sa_type=UtcTime)
    why: str
    unseen: int


class AssessmentItem(Stored, table=True):
    """An item as a step verified it: the score told and its state, and the one held to be right.

    `own` and `verified` are NULL where there is no figure.
    """

    __tablename__ = "assessment_item"

    step_id: int = Field(
        primary_key=True, foreign_key="assessment_step.id", sa_column_kwargs=_GIVEN
    )
    measure: str = Field(primary_key=True)
    own: float | None = Field(default=None, sa_type=Figure)
    own_state: int
    verified: float | None = Field(default=None, sa_type=Figure)
    why: str


class AssessmentEvidence(Stored, table=True):
    """The evidence that an item was verified by: a link, or a file with its bytes."""

    __tablename__ = "assessment_evidence"

    step_id: int = Field(
        primary_key=True, foreign_key="assessment_step.id", sa_column_kwargs=_GIVEN
    )
    measure: str = Field(primary_key=True)
    link: str
    file_name: str
    sha256: str
    size: int
    content: bytes = Field(sa_type=LargeBinary)
