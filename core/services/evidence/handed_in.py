"""What is handed in as evidence, and the words typed with it: checked alike wherever it is."""

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import Final

from core.criteria.load import DATA_FOLDER, read_model
from core.criteria.model.base import Strict
from core.errors import UsageError
from core.services.evidence.personal import place_of_citizen_number
from core.text import storable

MOST_LETTERS: Final = 500
"""Letters of what is typed on one line."""
_LINKS: Final = ("http://", "https://")


class EvidenceRules(Strict):
    """`data/evidence.yaml`."""

    most_bytes: int


@dataclass(frozen=True, slots=True)
class HandedIn:
    """Evidence: a link, or a file by its name with its bytes; or both; empty for none."""

    link: str = ""
    file_name: str = ""
    content: bytes = b""

    @property
    def sha256(self) -> str:
        """That of the file; empty without one."""
        return hashlib.sha256(self.content).hexdigest() if self.content else ""

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.link or self.file_name or self.content)


@cache
def most_bytes() -> int:
    """The bytes a file may have; `CriteriaError` when `data/evidence.yaml` is wrong."""
    return read_model(DATA_FOLDER / "evidence.yaml", EvidenceRules).most_bytes


def checked_evidence(handed: HandedIn) -> HandedIn:
    """The same, typed without blanks around.

    `UsageError` U079 without any, for a link that is none, for a file that is empty or too large,
    U135 for one with a citizen number, which names the place.
    """
    link, file_name = typed(handed.link), typed(handed.file_name)
    if not link and not file_name:
        raise UsageError("U079", typed="–", most=_megabytes())
    if link and not link.startswith(_LINKS):
        raise UsageError("U079", typed=link, most=_megabytes())
    if file_name and not 0 < len(handed.content) <= most_bytes():
        raise UsageError("U079", typed=file_name, most=_megabytes())
    if file_name and (place := place_of_citizen_number(file_name, handed.content)):
        raise UsageError("U135", file=file_name, place=place)
    return HandedIn(link, file_name, handed.content)


def _megabytes() -> int:
    return most_bytes() // 1_000_000


def typed(text: str) -> str:
    """What was typed, without blanks around; `UsageError` U010 when it is too long."""
    return not_longer(" ".join(storable(text).split()), MOST_LETTERS)


def not_longer(text: str, most: int) -> str:
    """The same text; `UsageError` U010 when it has more letters."""
    if len(text) > most:
        raise UsageError("U010", most=most)
    return text
