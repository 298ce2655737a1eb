"""Pass, watch, fail and no data: always a sign, a word and a colour together."""

from components.reader.language import tr
from components.reader.markup import Html, tag
from core.scoring.base.state_words import SIGNS, Status, status_text

__all__ = ["SIGNS", "Status", "mark", "status_word"]


def status_word(status: Status) -> str:
    """The status as a word."""
    return tr(status_text(status))


def mark(status: Status, text: str | None = None) -> Html:
    """The status as a coloured label of its sign and its word, or `text` in place of the word."""
    # Hidden from screen readers: it repeats the word.
    sign = tag("b", SIGNS[status], aria_hidden="true")
    return tag("span", sign, text or status_word(status), class_=f"t-status t-{status}")
