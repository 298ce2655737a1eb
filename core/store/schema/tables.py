"""The tables. Only repositories read and write them.

The program assigns the ids of uploads, submissions, results and versions: there is one writer at a
time (`core.store.engine.unit_of_work`), so the next number is free on every database.
"""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Index, LargeBinary, MetaData, Text, UniqueConstraint, text
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from core.store.schema.columns import Figure, UtcTime

# Migrations rebuild tables on SQLite, for which every constraint needs a name.
_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
_GIVEN = {"autoincrement": False}


class Stored(SQLModel, registry=registry(metadata=MetaData(naming_convention=_NAMES))):
    """Base of every table."""


class About(Stored, table=True):
    """A fact about the store, such as whether it holds demonstration data."""

    key: str = Field(primary_key=True)
    value: str


class Region(Stored, table=True):
    """A health region, `R03`."""

    code: str = Field(primary_key=True)
    name_th: str
    name_en: str


class Province(Stored, table=True):
    """A province, `P61`."""

    code: str = Field(primary_key=True)
    name_th: str
    name_en: str
    region: str = Field(foreign_key="region.code", index=True)


class District(Stored, table=True):
    """A district and its health network (CUP), `D6101`."""

    code: str = Field(primary_key=True)
    name_th: str
    name_en: str
    province: str = Field(foreign_key="province.code", index=True)


class Facility(Stored, table=True):
    """A hospital or primary care unit.

    `hcode` has 5 digits, `hcode9` 9, `hcode9_new` two letters and 7 digits. `closed_on` is the last
    day of one that is no longer there.
    """

    hcode: str = Field(primary_key=True)
    hcode9: str | None = Field(default=None, unique=True)
    name_th: str
    name_en: str
    kind: str
    hcode9_new: str | None = Field(default=None, index=True)
    closed_on: date | None = None


class FacilityState(Stored, table=True):
    """The state of a facility from a fiscal month on, until its next state."""

    __tablename__ = "facility_state"

    hcode: str = Field(primary_key=True, foreign_key="facility.hcode")
    valid_from: int = Field(primary_key=True, sa_column_kwargs=_GIVEN)
    district: str = Field(foreign_key="district.code", index=True)
    hgr: str | None = None
    level: str | None = None
    beds: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    island: bool = False
    transferred: bool = False


class RegisterPast(Stored, table=True):
    """What a place was called until a moment; `was_there` where the register knew it before."""

    __tablename__ = "register_past"

    code: str = Field(primary_key=True)
    until: datetime = Field(sa_type=UtcTime, primary_key=True)
    name_th: str
    name_en: str
    closed_on: date | None = None
    was_there: bool


class FacilityStatePast(Stored, table=True):
    """The state of a facility until a moment; `was_there` where the register had it before.

    Where it had none the columns are those of the state that was entered.
    """

    __tablename__ = "facility_state_past"

    hcode: str = Field(primary_key=True)
    valid_from: int = Field(primary_key=True, sa_column_kwargs=_GIVEN)
    until: datetime = Field(sa_type=UtcTime, primary_key=True)
    was_there: bool
    district: str
    hgr: str | None = None
    level: str | None = None
    beds: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    island: bool = False
    transferred: bool = False


class PeriodRow(Stored, table=True):
    """A fiscal year, quarter, month or round: `core.store.schema.keys` says how its id is made.

    `ordinal` is that of its last month; none for a round, whose months no source prints.
    """

    __tablename__ = "period"

    id: int = Field(primary_key=True, sa_column_kwargs=_GIVEN)
    code: str = Field(unique=True)
    fiscal_year: int
    part: str
    number: int
    ordinal: int | None = None


class Measure(Stored, table=True):
    """A measure code that occurred; its name and unit are in the catalogue."""

    id: int = Field(primary_key=True, sa_column_kwargs=_GIVEN)
    code: str = Field(unique=True)


class Upload(Stored, table=True):
    """A file somebody sent. The same bytes for the same subject and year are one upload."""

    __table_args__ = (
        UniqueConstraint("form", "subject", "fiscal_year", "sha256"),
        UniqueConstraint("form", "subject", "fiscal_year", "version"),
    )

    id: int = Field(primary_key=True, sa_column_kwargs=_GIVEN)
    form: str
    form_version: str
    subject: str = Field(index=True)
    fiscal_year: int
    version: int
    file_name: str
    sha256: str
    size: int
    uploaded_by: str
    uploaded_at: datetime = Field(sa_type=UtcTime)
    withdrawn: bool = False
    filled: int
    inputs: int


class UploadContent(Stored, table=True):
    """The bytes of an upload, in a table of their own so that lists of uploads read little."""

    __tablename__ = "upload_content"

    upload_id: int = Field(primary_key=True, foreign_key="upload.id", sa_column_kwargs=_GIVEN)
    content: bytes = Field(sa_type=LargeBinary)


class UploadChange(Stored, table=True):
    """What was done to an upload: stored, withdrawn, restored; by whom, when and why."""

    __tablename__ = "upload_change"

    id: int = Field(primary_key=True, sa_column_kwargs=_GIVEN)
    upload_id: int = Field(foreign_key="upload.id", index=True)
    action: str
    changed_by: str
    changed_at: datetime = Field(sa_type=UtcTime)
    reason: str


class Submission(Stored, table=True):
    """The figures of one subject in one period in one upload; one of all uploads' is current.

    So a file that repeats some hospitals' months of an earlier file replaces just those. `doubts`
    are the codes of warnings to be looked at before its results are used, parted by a space; NULL
    for none. `as_of` is the moment on the clocks of Thailand that the file says its figures are of,
    in the order of ISO 8601, or the day alone; NULL where it says none.
    """

    __table_args__ = (
        UniqueConstraint("upload_id", "subject", "period_id"),
        Index(
            "uq_submission_current",
            "form",
            "period_id",
            "subject",
            unique=True,
            sqlite_where=text("current = 1"),
            postgresql_where=text("current"),
        ),
        Index("ix_submission_subject_form_period_id", "subject", "form", "period_id"),
    )

    id: int = Field(primary_key=True, sa_column_kwargs=_GIVEN)
    upload_id: int = Field(foreign_key="upload.id")
    form: str
    subject: str
    period_id: int = Field(foreign_key="period.id")
    current: bool
    doubts: str | None = None
    as_of: str | None = None


class Observation(Stored, table=True):
    """One figure of a submission, and the cell it was typed in.

    `value` is NULL where there is none, `state` (`core.scoring.base.states.State`) says why; `text`
    is what was typed where a measure is a word.
    """

    __table_args__: ClassVar = {"sqlite_with_rowid": False}

    submission_id: int = Field(
        primary_key=True, foreign_key="submission.id", sa_column_kwargs=_GIVEN
    )
    measure_id: int = Field(primary_key=True, foreign_key="measure.id", sa_column_kwargs=_GIVEN)
    value: float | None = Field(default=None, sa_type=Figure)
    state: int
    sheet: str = ""
    cell: str = ""
    text: str | None = None


class AccountBalance(Stored, table=True):
    """One account of a trial balance, `place` being its place in the file.

    `brought` forward and `carried` forward are debit − credit, `debit` and `credit` those of the
    month, all in baht; NULL where the file does not say.
    """

    __tablename__ = "account_balance"
    __table_args__: ClassVar = {"sqlite_with_rowid": False}

    submission_id: int = Field(
        primary_key=True, foreign_key="submission.id", sa_column_kwargs=_GIVEN
    )
    place: int = Field(primary_key=True, sa_column_kwargs=_GIVEN)
    account: str
    brought: float | None = Field(default=None, sa_type=Figure)
    debit: float | None = Field(default=None, sa_type=Figure)
    credit: float | None = Field(default=None, sa_type=Figure)
    carried: float | None = Field(default=None, sa_type=Figure)
    sheet: str = ""
    cell: str = ""


class DocumentLine(Stored, table=True):
    """One row of a document such as a province's plan, `place` being its place in the file.

    `part` is the table of the form it stands in; `content` its cells as JSON
    (`core.forms.document.rows` writes and reads it).
    """

    __tablename__ = "document_line"
    __table_args__: ClassVar = {"sqlite_with_rowid": False}

    submission_id: int = Field(
        primary_key=True, foreign_key="submission.id", sa_column_kwargs=_GIVEN
    )
    place: int = Field(primary_key=True, sa_column_kwargs=_GIVEN)
    part: str
    content: str = Field(sa_type=Text)


class ResultsVersion(Stored, table=True):
    """A moment at which results changed, and why; results name their first and last version."""

    __tablename__ = "results_version"

    id: int = Field(primary_key=True, sa_column_kwargs=_GIVEN)
    made_at: datetime = Field(sa_type=UtcTime)
    made_by: str
    why: str
    upload_id: int | None = Field(default=None, foreign_key="upload.id")
    reason: str | None = None


class ReadingChange(Stored, table=True):
    """The reading of a contradictory rule that results follow from a version on."""

    __tablename__ = "reading_change"

    version_id: int = Field(
        primary_key=True, foreign_key="results_version.id", sa_column_kwargs=_GIVEN
    )
    switch: str = Field(primary_key=True)
    before: str
    after: str


class Result(Stored, table=True):
    """The result of a criterion. Replaced results stay, so that any version can be shown again.

    `submission_id` is the submission it was computed from; NULL for areas. `books_id` is the trial
    balance whose figures count before those of it; NULL where there is none beside it. `until` is
    the version that replaced it; NULL while it is current.
    """

    __table_args__ = (
        Index(
            "uq_result_current",
            "criterion",
            "period_id",
            "subject",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
        UniqueConstraint("criterion", "period_id", "subject", "since"),
        Index("ix_result_subject_criterion_period_id", "subject", "criterion", "period_id"),
    )

    id: int = Field(primary_key=True, sa_column_kwargs=_GIVEN)
    criterion: str
    subject: str
    period_id: int = Field(foreign_key="period.id")
    value: float | None = Field(default=None, sa_type=Figure)
    points: float | None = Field(default=None, sa_type=Figure)
    full_marks: float | None = Field(default=None, sa_type=Figure)
    verdict: int
    state: int
    submission_id: int | None = Field(default=None, foreign_key="submission.id")
    books_id: int | None = Field(default=None, foreign_key="submission.id")
    since: int = Field(foreign_key="results_version.id")
    until: int | None = Field(default=None, foreign_key="results_version.id")


class ResultDetail(Stored, table=True):
    """The explanation of a result as JSON, in a table of its own so that maps read little."""

    __tablename__ = "result_detail"

    result_id: int = Field(primary_key=True, foreign_key="result.id", sa_column_kwargs=_GIVEN)
    detail: str = Field(sa_type=Text)


class Snapshot(Stored, table=True):
    """A version of all results with a name, for a meeting whose figures must not change."""

    id: int = Field(primary_key=True, sa_column_kwargs=_GIVEN)
    name: str = Field(unique=True)
    taken_by: str
    taken_at: datetime = Field(sa_type=UtcTime)
    version_id: int = Field(foreign_key="results_version.id")
