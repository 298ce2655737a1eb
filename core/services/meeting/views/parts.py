"""What slides of every page are made of: addresses, lines, sources, and nothing to show."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from core.areas import Level, parse_area
from core.errors import UsageError
from core.quantities import MISSING
from core.reports.slide import Fact, Line, Slide
from core.scoring.base.state_words import Status, status_text
from core.scoring.explain.figures import percent_text
from core.services.overview.area_share import Share
from core.services.overview.attention import Point
from core.services.rules.origin import Origin
from core.services.rules.verified.wording import marks_text
from core.text import Text, say

PERIOD: Final = "period"
AREA: Final = "area"
FACILITY: Final = "facility"
NOTHING: Final = Text("", "")
_CITED: Final = 2
"""Places of a document that are told: a slide has no room for a list."""

Address = Mapping[str, str]
"""The parameters of a page by name, as its address has them."""


def as_stored(address: Address) -> tuple[tuple[str, str], ...]:
    """An address as a slide keeps it: those that are empty left out."""
    return tuple((name, value) for name, value in address.items() if value)


def nothing_stored(page: str, address: Address, title: Text | None = None) -> Slide:
    """The slide of a page while nothing is stored that it could show; `title` is its headline."""
    return Slide(
        page,
        as_stored(address),
        say("Thailand"),
        NOTHING,
        title or say("There are no results yet"),
        problem=say("Nothing is stored yet: drop workbooks on the page for them, and store them."),
    )


def line_of(point: Point) -> Line:
    """What needs attention, as a line."""
    return marked(point.status, point.whole)


def marked(status: Status, text: Text, whole: Text | None = None) -> Line:
    """A line with its mark in words; `whole` is what those read who have time."""
    return Line(status, status_text(status), text, None if whole == text else whole)


def not_judged(text: Text) -> Line:
    """A line with a figure that nothing is asked of; its mark must not say that there is none."""
    return Line("none", say("Not judged"), text)


def source_lines(origin: Origin) -> tuple[Text, ...]:
    """How far self-assessments are verified, then the documents of the rules with first places."""
    places: dict[Text, list[Text]] = {}
    for one in origin.citations:
        places.setdefault(one.document, []).append(Text(one.where, one.where))
    return (
        *map(marks_text, origin.verified),
        *(
            Text.joined((document, Text.joined(first_names(where, _CITED), "; ")), ", ")
            for document, where in places.items()
        ),
    )


def short_name(name: Text) -> Text:
    """A name without what stands behind it in brackets, for where there is little room."""
    return Text(name.th.partition(" (")[0], name.en.partition(" (")[0])


def target_fact(target: Text) -> Text | None:
    """A target with the word for it; None where there is none."""
    return say("Target {target}", target=target) if target.en else None


def facility_of(address: Address) -> str:
    """The hcode of the facility that an address names, in place of an area too; empty: none."""
    area = address.get(AREA, "")
    return address.get(FACILITY, area if is_facility(area) else "")


def is_facility(code: str) -> bool:
    """Whether a text has the shape of a facility's code."""
    try:
        return parse_area(code).level is Level.FACILITY
    except UsageError:
        return False


def first_names(texts: Iterable[Text], most: int, *, are_places: bool = False) -> Iterator[Text]:
    """The first of some names, and how many more there are."""
    several = list(texts)
    yield from several[:most]
    if len(several) > most:
        more = f"{len(several) - most:,}"
        yield (
            say("and {count} more", count=more)
            if are_places
            else say("and more: {count}", count=more)
        )


def held_text(name: Text, figure: Text, requirement: Text | None) -> Text:
    """A figure and what is asked of it; by itself where nothing is asked."""
    if requirement is None:
        return say("{name}: {figure}", name=name, figure=figure)
    return say("{name}: {figure}, asked is {asked}", name=name, figure=figure, asked=requirement)


def share_result(percent: float | None, number: int, of: int, limit: float | None) -> Text:
    """A share in percent on its side of its limit, and the counts it is of."""
    return say(
        "{percent} ({number} of {of})",
        percent=say("{figure}%", figure=percent_text(percent, limit)),
        number=f"{number:,}",
        of=f"{of:,}",
    )


def whole_result(share: Share) -> Text:
    """The share of an area by its headline, with its counts."""
    limits = [line.limit for line in share.lines if line.limit is not None]
    return share_result(share.percent, share.number, share.over, min(limits, default=None))


def counted_fact(name: Text, count: int, of: int) -> Fact:
    """How many told something, of how many."""
    count_text = f"{count:,}/{of:,}"
    return Fact(name, Text(count_text, count_text), NOTHING)


def reported_fact(name: Text, share: Share | None) -> Fact:
    """How many facilities of an area reported, of those that should."""
    if share is None:
        return Fact(name, Text(MISSING, MISSING), NOTHING)
    return counted_fact(name, share.reporting, share.expected)
