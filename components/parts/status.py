"""Pass, watch, fail and no data, and levels: always a sign, a word and a colour together."""

from components.reader.language import _, tr
from components.reader.markup import Html, joined, tag
from components.reader.numbers import NONE
from core.scoring.base.state_words import SIGNS, Status, status_text
from core.services.scored.basis import Basis, doubts_text, way_word, way_words

__all__ = ["SIGNS", "Status", "basis_marks", "level_digit", "mark", "status_word"]


def status_word(status: Status) -> str:
    """The status as a word."""
    return tr(status_text(status))


def mark(status: Status, text: str | None = None) -> Html:
    """The status as a coloured label of its sign and its word, or `text` in place of the word."""
    # Hidden from screen readers: it repeats the word.
    sign = tag("b", SIGNS[status], aria_hidden="true")
    return tag("span", sign, text or status_word(status), class_=f"t-status t-{status}")


def level_digit(level: int | None) -> Html:
    """A crisis level as a digit on its colour."""
    tone = "none" if level is None else f"level-{level}"
    return tag("span", NONE if level is None else str(level), class_=f"t-level t-{tone}")


def basis_marks(basis: Basis, *, is_whole: bool = False) -> Html:
    """What a level rests on, as it stands beside it everywhere: the badge, and what is in doubt.

    `is_whole` writes out what is to be checked; else the pointer tells it, and the hospital's page.
    """
    marks = []
    if basis.way:
        title = tr(way_words(basis.way))
        word = title if is_whole else tr(way_word(basis.way))
        marks.append(tag("small", word, class_=f"t-basis t-by-{basis.way}", title=title))
    if basis.doubts:
        sentence = tr(doubts_text(basis))
        sign = tag("b", SIGNS["watch"], aria_hidden="true")
        word = sentence if is_whole else _("check first")
        marks.append(tag("small", sign, " ", word, class_="t-basis t-doubt", title=sentence))
    return joined(marks, " ")
