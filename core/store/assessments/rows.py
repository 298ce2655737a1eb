"""What the store keeps of the verification of self-assessments, as values."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Literal

from core.periods import Period
from core.scoring.base.states import State

Action = Literal["verified", "accepted", "locked", "reopened", "resent"]
"""What a step did: items verified one by one or all that agree at once, locked, reopened; or other
figures began to count while it was being verified."""


class Stage(IntEnum):
    """How far a self-assessment is; the numbers are stored."""

    SUBMITTED = 0
    """It is stored, and no item is verified."""
    UNDER_WAY = 1
    VERIFIED = 2
    """Every item that was filled in is verified."""
    LOCKED = 3
    """Nothing of it changes until it is reopened."""


@dataclass(frozen=True, slots=True)
class Key:
    """Whose self-assessment it is, by which form, and of which period."""

    form: str
    subject: str
    period: Period

    def __str__(self) -> str:
        """As deeds and people at a terminal name it."""
        return f"{self.form}:{self.subject}:{self.period}"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStep:
    """A step to be stored: what it did, and how the assessment stands after it.

    `items` could be verified, `verified` of them are, `differing` with a score other than its own.
    `unseen` counts the steps of others that whoever made it had not seen.
    """

    key: Key
    action: Action
    stage: Stage
    items: int
    verified: int
    differing: int
    by: str
    role: str
    at: datetime
    why: str = ""
    unseen: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(NewStep):
    """A stored step; `revision` counts the steps of its assessment."""

    id: int
    revision: int


@dataclass(frozen=True, slots=True)
class Item:
    """An item as it was verified: the score of its own, and the one held to be right.

    NaN where there is no figure; `own_state` says why there was none.
    """

    measure: str
    own: float
    own_state: State
    verified: float
    why: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an item was verified by: a link, or a file whose bytes `evidence_file` gives."""

    step: int
    measure: str
    link: str
    file_name: str
    sha256: str
    size: int
