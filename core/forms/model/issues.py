"""Problems found in a workbook, as values; their sentences stand in `data/messages.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from core.criteria.load import DATA_FOLDER, read_model
from core.criteria.model.base import Strict, TextField
from core.errors import TruatError
from core.text import Text

_EXPECTED = " {expected}"
Severity = Literal["error", "warning", "note"]


class Message(Strict):
    """What a code stands for. `text` says what was found, what is expected and how to mend it.

    `empty` says it where nothing was found, `words` where words are expected and no number.
    """

    slug: str
    severity: Severity
    text: TextField
    empty: TextField | None = None
    words: TextField | None = None

    def wording(self, found: str, expected: str | Text) -> Text:
        """The sentence for what was found and is expected."""
        if self.empty and not found.strip():
            return self.empty
        return self.words if self.words and isinstance(expected, Text) else self.text


class Messages(Strict):
    """`data/messages.yaml`."""

    messages: Mapping[str, Message]


@cache
def messages() -> Mapping[str, Message]:
    """All messages by code, from `data/messages.yaml`."""
    return read_model(DATA_FOLDER / "messages.yaml", Messages).messages


@dataclass(frozen=True)
class CellIssue:
    """One problem: where it is, what was found and what is expected there.

    `sheet` and `cell` are empty when it concerns the whole file. `params` fill further places of
    the message's sentence.
    """

    code: str
    sheet: str = ""
    cell: str = ""
    found: str = ""
    expected: str | Text = ""
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        return messages()[self.code].severity

    @property
    def slug(self) -> str:
        return messages()[self.code].slug

    @property
    def text(self) -> Text:
        sentence = messages()[self.code].wording(self.found, self.expected)
        if not self.expected:  # A number of any size: the words before it say so.
            sentence = Text(*(s.replace(_EXPECTED, "") for s in (sentence.th, sentence.en)))
        places: dict[str, object] = {"sheet": self.sheet, "cell": self.cell}
        places |= {"found": self.found, "expected": self.expected}
        # What stopped the reading of a file says among its own what was found.
        return sentence.fill(**places | dict(self.params))


def issue_of(error: TruatError) -> CellIssue:
    """The message of an error that stopped the reading of a whole file."""
    return CellIssue(error.code, params=error.params)
