"""The slide of self-assessments: one network's radar, or the networks of an area side by side."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from sqlalchemy import Engine

from core.areas import Level, parse_area
from core.periods import period_text
from core.reports.slide import (
    MOST_LINES,
    Bar,
    Bars,
    Fact,
    Figure,
    Limit,
    Line,
    Radar,
    Series,
    Slide,
)
from core.scoring.explain.figures import score, whole
from core.services.meeting.views.facts import sent_text
from core.services.meeting.views.figures import MOST, worst_of
from core.services.meeting.views.parts import (
    AREA,
    PERIOD,
    Address,
    as_stored,
    counted_fact,
    not_judged,
    nothing_stored,
    source_lines,
)
from core.services.profiles.networks import Network, Section, StarView, star_view
from core.services.profiles.wording import star_message
from core.services.rules.origin import origin
from core.services.rules.verified.wording import mark_text
from core.services.scored.assessment import RadarResult
from core.text import Text, say

_PERCENT: Final = 100.0


def star_slide(engine: Engine, page: str, address: Address) -> Slide:
    """How a network assessed itself, or between which totals those of an area did."""
    shown = star_view(engine, period=address.get(PERIOD, ""), area=address.get(AREA, ""))
    if shown is None:
        return nothing_stored(page, address)
    problem = _problem(shown)
    cited = (*(section.id for section in shown.sections), shown.total.id)
    return Slide(
        page,
        as_stored(address),
        shown.area.name,
        period_text(shown.period),
        star_message(shown),
        lines=() if problem else tuple(_lines(shown)),
        figure=None if problem else _figure(shown),
        sources=source_lines(origin(engine, cited, shown.period, shown.area.code)),
        facts=() if problem else tuple(_facts(shown)),
        problem=problem,
    )


def _problem(shown: StarView) -> Text | None:
    if parse_area(shown.area.code).level is Level.DISTRICT:
        scores = shown.chosen.scores.values() if shown.chosen else ()
        if any(score is not None for score in scores):
            return None
        return say("This network has sent no self-assessment for the year.")
    if any(one.total is not None for one in shown.networks):
        return None
    place = shown.area.name
    return say("No network of {place} has sent a self-assessment for the year.", place=place)


def _lines(shown: StarView) -> Iterator[Line]:
    """The sections with the smallest part of their full marks; of an area its lowest networks."""
    if shown.chosen:
        scored = [(one, shown.chosen.scores[one.id]) for one in shown.sections]
        ranked = sorted(scored, key=lambda pair: _part(pair[1], pair[0]))
        yield from (_line(one.name, value, one) for one, value in ranked[: MOST_LINES - 1])
        yield _verified_line(shown.chosen, shown.total)
    else:
        lowest = _lowest_first(shown)[:MOST_LINES]
        yield from (_with_state(one, shown.total) for one in lowest)


def _with_state(one: Network, total: Section) -> Line:
    """The total of a network, and how far it is verified."""
    line = _line(one.place.name, one.total, total)
    return line if one.total is None else replace(line, status=mark_text(one.mark))


def _verified_line(one: Network, total: Section) -> Line:
    """How far it is verified, and the total by verified scores."""
    if one.verified is None:
        return Line("none", mark_text(one.mark), say("no score is verified by the province"))
    points = say(
        "by verified scores {points} of {full} points",
        points=score(one.verified), full=whole(total.out_of),
    )  # fmt: skip
    return Line("none", mark_text(one.mark), points)


def _line(name: Text, value: float | None, of: Section) -> Line:
    """Points of full marks; no source prints from how many on they are enough."""
    figures = {"name": name, "points": score(value), "full": whole(of.out_of)}
    if value is None:
        return Line("none", say("No data"), say("{name}: not handed in", name=name))
    return not_judged(say("{name}: {points} of {full} points", **figures))


def _part(value: float | None, of: Section) -> float:
    """A section's points in percent of full marks; nothing handed in is the least."""
    return -1.0 if value is None or not of.out_of else _PERCENT * value / of.out_of


def _lowest_first(shown: StarView) -> list[Network]:
    """The networks with a total, the lowest first, then those without."""
    return sorted(shown.networks, key=lambda one: (one.total is None, one.total or 0.0))


def _figure(shown: StarView) -> Figure:
    """The first radar of a network, or its sections as bars; of an area its networks as bars."""
    if shown.chosen is None:
        return _networks(shown)
    drawn = (one for one in shown.radars if any(spoke.value is not None for spoke in one.spokes))
    return next((_radar(one) for one in drawn), None) or _sections(shown, shown.chosen)


def _radar(one: RadarResult) -> Radar:
    values = tuple(spoke.value for spoke in one.spokes)
    shown = tuple(_points(value) for value in values)
    series = Series(say("Self-assessed"), values, shown)
    return Radar(one.name, tuple(spoke.name for spoke in one.spokes), (series,), one.scale)


def _points(value: float | None) -> Text:
    return say("not handed in") if value is None else Text(score(value), score(value))


def _sections(shown: StarView, chosen: Network) -> Bars:
    bars = (
        Bar(
            one.name,
            None if chosen.scores[one.id] is None else _part(chosen.scores[one.id], one),
            _points(chosen.scores[one.id]),
            "none",
        )
        for one in shown.sections
    )
    return Bars(say("Points in percent of full marks"), say("Percent"), tuple(bars))


def _networks(shown: StarView) -> Bars:
    ranked = _lowest_first(shown)
    worst = ranked[:MOST]
    full = Limit(shown.total.out_of, say("Full marks {full}", full=whole(shown.total.out_of)))
    return Bars(
        worst_of(shown.total.name, len(worst), len(ranked)),
        say("points"),
        tuple(Bar(one.place.name, one.total, _points(one.total), "none") for one in worst),
        (full,),
    )


def _facts(shown: StarView) -> Iterator[Fact]:
    """What a network came to by section with the file it sent; of an area how many sent one."""
    if shown.chosen is None:
        sent = sum(one.total is not None for one in shown.networks)
        yield counted_fact(say("Networks with a total"), sent, len(shown.networks))
        return
    newest = next((one for one in shown.versions if one.state == "active"), None)
    counted = None
    if newest:
        file, day = say("file “{file}”", file=newest.file_name), sent_text(newest.uploaded_at)
        counted = Text.joined((file, day), ", ")
    for section in shown.sections:
        yield Fact(section.name, _points(shown.chosen.scores[section.id]), counted)
