"""Pass, watch, fail and no data: always a sign, a word and a colour together."""

from typing import Final, Literal

from components.reader.language import _
from components.reader.markup import Html, tag

Status = Literal["pass", "watch", "fail", "none"]

SIGNS: Final[dict[Status, str]] = {"pass": "✓", "watch": "!", "fail": "✕", "none": "–"}


def status_word(status: Status) -> str:
    """The status as a word."""
    words: dict[Status, str] = {
        "pass": _("Pass"),
        "watch": _("Watch"),
        "fail": _("Fail"),
        "none": _("No data"),
    }
    return words[status]


def mark(status: Status, text: str | None = None) -> Html:
    """The status as a coloured label of its sign and its word, or `text` in place of the word."""
    # Hidden from screen readers: it repeats the word.
    sign = tag("b", SIGNS[status], aria_hidden="true")
    return tag("span", sign, text or status_word(status), class_=f"t-status t-{status}")
