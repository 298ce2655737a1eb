"""What the interface answers with, beside the documents that the terminal writes as well."""

from typing import Any, Generic, TypeVar

from typing_extensions import TypedDict

from core.services.exports.documents import (
    BothLanguages,
    ExplainedResult,
    Message,
    Receipt,
    UploadDocument,
)

T = TypeVar("T")


class Page(TypedDict, Generic[T]):
    """Some items of a list: those of `page`, counted from 1, of `total` items in all."""

    items: list[T]
    page: int
    per_page: int
    total: int


class Problem(TypedDict):
    """Why there is no answer (RFC 9457); `code` is that of `docs/messages.md`."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    text: BothLanguages


class FacilityDocument(TypedDict):
    """A hospital or primary care unit as it is now, and where it lies."""

    hcode: str
    hcode9: str | None
    hcode9_new: str | None
    name: BothLanguages
    kind: str
    district: str
    province: str
    region: str
    hgr: str | None
    level: str | None
    beds: int | None
    latitude: float | None
    longitude: float | None
    island: bool
    transferred: bool
    closed_on: str | None


class ExplanationDocument(ExplainedResult):
    """Everything behind a result, its accounts too where books were sent."""

    accounts: list[dict[str, Any]]


class Owner(TypedDict):
    """Who a finding is planned for."""

    role: str | None
    unit: str


class FindingDocument(TypedDict):
    """A finding as it stands."""

    id: int
    subject: str
    name: BothLanguages
    criterion: str
    tests: list[str]
    kind: str
    state: str
    accepted: bool
    opened_in: str
    opened_at: str
    value: float | None
    asked: BothLanguages
    cause: str | None
    cause_words: str
    measure: str
    owner: Owner
    due: str | None
    overdue: bool
    light: str
    light_in: str
    green_in: str | None
    closed_at: str | None
    relapses: int
    revision: int


class FindingChangeDocument(TypedDict):
    """One change of a finding."""

    revision: int
    action: str
    by: str
    role: str
    at: str
    why: str
    period: str | None
    content: dict[str, Any]
    unseen: int


class EvidenceDocument(TypedDict):
    """What was handed in."""

    change: int
    link: str | None
    file: str | None
    sha256: str | None
    size: int


class WholeFinding(FindingDocument):
    """A finding with everything that was done to it."""

    history: list[FindingChangeDocument]
    evidence: list[EvidenceDocument]


class SentDocument(UploadDocument):
    """A file that was sent, and how much of it counts."""

    place: BothLanguages
    submissions: int
    current: int


class UploadAnswer(TypedDict):
    """What became of a file: stored with its receipt, or refused with the messages that say why."""

    file: str
    form: str | None
    stored: bool
    messages: list[Message]
    receipt: Receipt | None


class HospitalMonth(TypedDict):
    """A hospital and a month."""

    hcode: str
    period: str


class AgreementCounts(TypedDict):
    """How many results of an indicator are equal to the ministry's, and how the others differ."""

    indicator: str
    name: BothLanguages
    equal: int
    compared: int
    classes: dict[str, int]


class AgreementMonth(TypedDict):
    """The same of one month."""

    period: str
    indicators: list[AgreementCounts]


Difference = TypedDict(
    "Difference",
    {"hcode": str, "period": str, "way": str, "in_doubt": list[str], "indicator": str,
     "ours": float | None, "theirs": float | None, "class": str},
)  # fmt: skip
"""A result that is not the ministry's."""


class AgreementDocument(TypedDict):
    """Our results beside the ministry's."""

    period: str | None
    hospital_months: int
    only_ours: list[HospitalMonth]
    only_theirs: list[HospitalMonth]
    indicators: list[AgreementCounts]
    months: list[AgreementMonth]
    differences: list[Difference]
