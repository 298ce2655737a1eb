"""What the store keeps of findings, as values."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from core.findings.lights import Kind, Light
from core.findings.states import Stage
from core.periods import Period
from core.text import Text

Action = Literal[
    "opened", "reopened", "relapsed", "green", "no_longer_green", "kind", "closed",
    "planned", "reported", "accepted", "accepted_closed", "withdrawn",
]  # fmt: skip
"""What was done to a finding: the first row by the lights, the second by people; `opened` by
either, `closed` too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFinding:
    """A finding as it stands; what nobody typed is empty, `due` and `value` None.

    `opened_in` is the period closed when it was opened first, `opened_at` that moment;
    `result_period` that of the result it was opened by last, as are value, asked and tests.
    `green_in` is None while its light is not green in a later period.
    """

    id: int
    subject: str
    criterion: str
    tests: tuple[str, ...]
    kind: Kind
    stage: Stage
    light: Light
    opened_in: Period
    result_period: Period
    opened_at: datetime
    value: float | None
    requirement: Text
    cause: str = ""
    cause_words: str = ""
    measure: str = ""
    owner_role: str = ""
    owner_unit: str = ""
    due: date | None = None
    accepted: bool = False
    green_in: Period | None = None
    seen_in: Period
    closed_at: datetime | None = None
    relapses: int = 0
    revision: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class NewChange:
    """A change to be kept; `period` is that of the closing that did it, None where a person did.

    `unseen` counts the changes of others that whoever made it had not seen.
    """

    action: Action
    by: str
    role: str
    at: datetime
    why: str = ""
    period: Period | None = None
    content: str = "{}"
    unseen: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(NewChange):
    """A stored change; `revision` is the one that it made of its finding."""

    id: int
    finding: int
    revision: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was handed in: a link, or a file whose bytes `evidence_file` gives; else empty."""

    change: int
    finding: int
    link: str
    file_name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewClosing:
    """A round or month closed for an area, and how many findings it changed.

    `lights` counts the lights that were looked at.
    """

    area: str
    period: Period
    by: str
    role: str
    at: datetime
    lights: int
    opened: int
    reopened: int
    closed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing(NewClosing):
    """A stored closing."""

    id: int


@dataclass(frozen=True, slots=True)
class Narrative:
    """The newest words about a part of an area's report; `unseen` as of a finding's change."""

    area: str
    period: Period
    part: str
    version: int
    words: str
    evidence: str
    role: str
    by: str
    at: datetime
    unseen: int
