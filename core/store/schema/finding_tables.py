"""The tables of findings: as they stand, every change, evidence, closings, narratives.

Nothing is ever deleted from them.
"""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import LargeBinary, Text, UniqueConstraint
from sqlmodel import Field

from core.store.schema.columns import Figure, UtcTime
from core.store.schema.tables import Stored

_GIVEN = {"autoincrement": False}


class Finding(Stored, table=True):
    """What a subject lacks by a criterion, as it stands: there is one for each pair, for good.

    `stage`, `kind` and `light` are numbers of `core.findings`. `opened_in` is the period that was
    closed when it was opened first. `result_period` is that of the result it was opened by last,
    `value`, `asked` and `tests` (local ids) are those of then, `value` NULL where nothing was
    reported. `green_in` is the
    first of the green periods that last, 0 for none, `seen_in` the period last judged. `revision`
    counts its changes.
    """

    __table_args__ = (UniqueConstraint("subject", "criterion"),)

    id: int = Field(primary_key=True, sa_column_kwargs=_GIVEN)
    subject: str
    criterion: str = Field(index=True)
    tests: str
    kind: int
    stage: int
    light: int
    opened_in: int = Field(foreign_key="period.id")
    result_period: int = Field(foreign_key="period.id")
    opened_at: datetime = Field(sa_type=UtcTime)
    value: float | None = Field(default=None, sa_type=Figure)
    asked_th: str
    asked_en: str
    cause: str
    cause_words: str
    measure: str
    owner_role: str
    owner_unit: str
    due: date | None = None
    accepted: bool
    green_in: int
    seen_in: int
    closed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    relapses: int
    revision: int


class FindingChange(Stored, table=True):
    """One change of a finding: what was done, by whom, in which role, when and why.

    `period_id` is the period of the closing that did it, 0 where a person did. `content` is what
    was typed, as JSON. `unseen` counts the changes of others that whoever made it had not seen.
    """

    __tablename__ = "finding_change"
    __table_args__ = (UniqueConstraint("finding_id", "revision"),)

    id: int = Field(primary_key=True, sa_column_kwargs=_GIVEN)
    finding_id: int = Field(foreign_key="finding.id")
    revision: int
    action: str
    changed_by: str
    role: str
    changed_at: datetime = Field(sa_type=UtcTime)
    why: str
    period_id: int
    content: str = Field(sa_type=Text)
    unseen: int


class FindingEvidence(Stored, table=True):
    """The evidence that a change brought: a link, or a file with its bytes."""

    __tablename__ = "finding_evidence"

    change_id: int = Field(
        primary_key=True, foreign_key="finding_change.id", sa_column_kwargs=_GIVEN
    )
    finding_id: int = Field(foreign_key="finding.id", index=True)
    link: str
    file_name: str
    sha256: str
    size: int
    content: bytes = Field(sa_type=LargeBinary)


class FindingClosing(Stored, table=True):
    """The deed of closing a round or month for an area, and how many findings it changed."""

    __tablename__ = "finding_closing"

    id: int = Field(primary_key=True, sa_column_kwargs=_GIVEN)
    area: str
    period_id: int = Field(foreign_key="period.id")
    closed_by: str
    role: str
    closed_at: datetime = Field(sa_type=UtcTime)
    lights: int
    opened: int
    reopened: int
    closed: int


class FindingChoice(Stored, table=True):
    """Whether a province wants findings of yellow lights as well; the newest one counts."""

    __tablename__ = "finding_choice"

    id: int = Field(primary_key=True, sa_column_kwargs=_GIVEN)
    province: str
    watched: bool
    chosen_by: str
    chosen_at: datetime = Field(sa_type=UtcTime)
    why: str


class Narrative(Stored, table=True):
    """What was typed for an area's inspection report, in versions; the newest one counts.

    `part` names what it is about (`data/findings.yaml`); `evidence` is empty where none is asked.
    """

    __table_args__: ClassVar = (UniqueConstraint("area", "period_id", "part", "version"),)

    id: int = Field(primary_key=True, sa_column_kwargs=_GIVEN)
    area: str
    period_id: int = Field(foreign_key="period.id")
    part: str
    version: int
    words: str = Field(sa_type=Text)
    evidence: str = Field(sa_type=Text)
    role: str
    written_by: str
    written_at: datetime = Field(sa_type=UtcTime)
    unseen: int
