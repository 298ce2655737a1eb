"""The parts of every page, in this order: place, key message, tiles, messages, sources."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, NamedTuple

import streamlit as st

from components.parts.status import Status, mark
from components.parts.wrapping import unbroken
from components.reader import unmet
from components.reader.language import _, current_language
from components.reader.markup import Html, joined, tag
from core.figures.wrapping import room
from core.text import Language

_NOTHING: Final = Html()
PAST: Final = 6
"""Periods of a small chart."""
_COURSE: Final = 2
"""Values that make a course."""
_PHRASE: Final = 16
"""Characters of a phrase that fit into one line of the title on every device."""
_TWO_LINES: Final = 135
"""Characters of a title that fit into two lines of its full size beside an open menu."""


class Past(NamedTuple):
    """A period of a small chart: its name, its value if it has one, and how that is written."""

    period: str
    value: float | None
    shown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One figure with what makes it readable; what is empty or None is not drawn.

    `unit` is what a count counts, `reported` is how many of how many the figure rests on. `basis`
    is how it came about. `why` is the address that its status leads to. `past` are periods, the
    last one last.
    """

    label: str
    value: str
    unit: str = ""
    target: str = ""
    change: str = ""
    reported: tuple[int, int] | None = None
    status: Status | None = None
    basis: Html = _NOTHING
    why: str = ""
    past: tuple[Past, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What happened, where, and what to do next."""

    kind: Literal["error", "warning", "note"]
    text: str
    where: str = ""
    advice: str = ""


def breadcrumb(*places: str) -> Html:
    """Where the reader is, from the widest place to the narrowest, the last without a link."""
    items = joined(tag("li", place) for place in places)
    return tag("nav", tag("ol", items), class_="t-breadcrumb", aria_label=_("You are here"))


def headline(message: str, above: Html = _NOTHING) -> None:
    """The key message of the page, a whole sentence; below it what the address asks in vain.

    `above` it the place where the reader is.
    """
    size = "t-headline t-long" if room(message) > _TWO_LINES else "t-headline"
    title = tag("h1", unbroken(message, _PHRASE), class_=size)
    text = " · ".join(unmet.lines())
    unmet_line = tag("p", mark("watch", text), class_="t-unmet") if text else ""
    st.html(joined((above, title, unmet_line)))


def section(title: str) -> None:
    """The heading of a part of the page."""
    st.html(tag("h2", title, class_="t-section"))


def tiles(shown: Sequence[Tile]) -> None:
    """Three to five figures side by side; two on a telephone."""
    st.html(_tiles(current_language(), tuple(shown)))


@lru_cache(maxsize=2048)
def _tiles(_language: Language, shown: tuple[Tile, ...]) -> Html:
    return tag("ul", joined(_tile(tile) for tile in shown), class_="t-tiles", role="list")


def messages(shown: Iterable[Message]) -> None:
    """Messages one below the other, in the order given."""
    st.html(messages_html(shown))


def messages_html(shown: Iterable[Message]) -> Html:
    """The list of messages as HTML."""
    return tag("ul", joined(_message(item) for item in shown), class_="t-messages", role="list")


def disclosure(summary: str, *contents: str, is_open: bool = False, why: str = "") -> Html:
    """A line that shows its contents on a click or a key, in the browser alone.

    `why` is the id of what it explains: static/journey.js opens the one that the address names.
    With an id and no contents, static/behind.js fetches them when the line is opened
    (`components.parts.behind`).
    """
    state = {"open": "open"} if is_open else {}
    behind = {} if contents or not why else {"data_behind": "1"}
    return tag(
        "details",
        tag("summary", summary),
        *contents,
        class_="t-more",
        data_why=why,
        **behind,
        **state,
    )


def sources(*lines: str) -> None:
    """Where the page's figures come from and as of when, in small type."""
    st.html(tag("p", joined(lines, " · "), class_="t-sources"))


def _tile(tile: Tile) -> Html:
    status = mark(tile.status) if tile.status else Html()
    if tile.why:
        why = _("{label}: why", label=tile.label)
        status = tag("a", status, href=tile.why, class_="t-link", aria_label=why)
    below = joined(tag("small", line) for line in _below(tile) if line)
    unit = joined((" ", tag("span", tile.unit))) if tile.unit else ""
    figure = tag("p", tag("strong", tile.value), unit, status, _spark(tile.past[-PAST:]))
    return tag("li", tag("p", unbroken(tile.label)), figure, below, tile.basis, class_="t-tile")


def _spark(past: Sequence[Past]) -> Html:
    """A bar from zero for each of the last periods; nothing where there is no course to see.

    A period without a value has no bar, zero has the thinnest one; below zero bars hang from it.
    """
    values = [one.value for one in past if one.value is not None]
    if len(values) < _COURSE:
        return Html()
    low = min(0.0, *values)
    span = max(0.0, *values) - low or 1.0
    description = ", ".join(f"{one.period} {one.shown}" for one in past)
    bars = (_bar(one.value, low, span) for one in past)
    return tag("span", *bars, class_="t-spark", role="img", aria_label=description)


def _bar(value: float | None, low: float, span: float) -> Html:
    """A bar on a scale of `span` from `low`, which is zero or below it."""
    if value is None:
        return tag("i", class_="t-gap")
    high = 100 * abs(value) / span
    style = f"height:{high:.0f}%"
    if low < 0:
        style += f";bottom:{-100 * low / span - (high if value < 0 else 0):.0f}%"
    return tag("i", style=style)


def _below(tile: Tile) -> tuple[str, ...]:
    target = tile.target and _("Target {target}", target=tile.target)
    if tile.reported is None:
        return target, tile.change
    given, of = tile.reported
    return target, tile.change, _("{given} of {of} reported", given=f"{given:,}", of=f"{of:,}")


def _message(message: Message) -> Html:
    label = {
        "error": mark("fail", _("Error")),
        "warning": mark("watch", _("Warning")),
        "note": mark("none", _("Note")),
    }[message.kind]
    where = [tag("strong", message.where), ": "] if message.where else []
    lines = [tag("p", *where, message.text)]
    if message.advice:
        lines.append(tag("p", message.advice, class_="t-advice"))
    return tag("li", label, tag("div", *lines))
