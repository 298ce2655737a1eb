"""Pass, watch, fail and no data: always a sign, a word and a colour together."""

from typing import Final, Literal

from components.reader.language import _
from components.reader.markup import Html, tag

Status = Literal["pass", "watch", "fail", "none"]

SIGNS: Final[dict[Status, str]] = {"pass": "✓", "watch": "!", "fail": "✕", "none": "–"}


def word(status: Status) -> str:
    """The status as the reader's language says it."""
    words: dict[Status, str] = {
        "pass": _("Pass"),
        "watch": _("Watch"),
        "fail": _("Fail"),
        "none": _("No data"),
    }
    return words[status]


def mark(status: Status, text: str | None = None) -> Html:
    """The status as a coloured label; `text` says more than the bare word where there is room."""
    # The sign repeats the word for the eye only.
    sign = tag("b", SIGNS[status], aria_hidden="true")
    return tag("span", sign, text or word(status), class_=f"t-status t-{status}")
