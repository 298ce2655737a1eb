"""The slide of a department's performance: its indicators by points, money, contradictions."""

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import Engine

from core.reports.slide import Bar, Bars, Line, Slide
from core.services.meeting.views.figures import MOST, first_of
from core.services.meeting.views.parts import Address, as_stored, marked, not_judged, nothing_stored
from core.services.performance.rules import performance_rules
from core.services.performance.sections import tier_status
from core.services.performance.view import (
    PerformanceView,
    Scored,
    performance_view,
    scored,
    whole_score,
)
from core.services.performance.wording import headline, nothing_reported, points_text
from core.text import Text, say


def performance_slide(engine: Engine, page: str, address: Address) -> Slide:
    """How many indicators reached which tier, those with the fewest points first."""
    office_and_year = address.get("office", ""), address.get("year", "")
    shown = performance_view(engine, office=office_and_year[0], year=office_and_year[1])
    if shown is None:
        return replace(nothing_stored(page, address), title=nothing_reported())
    judged = sorted((one for one in scored(shown) if one.points is not None), key=_points)
    problem = None if judged else say("No indicator of this unit has a result yet.")
    return Slide(
        page,
        as_stored(address),
        Text(shown.office, shown.office),
        say("FY {year}", year=shown.year),
        headline(shown),
        lines=() if problem else tuple(_lines(shown)),
        figure=None if problem else _figure(judged),
        sources=(performance_rules().source,),
        problem=problem,
    )


def _points(one: Scored) -> float:
    return one.points or 0.0


def _lines(shown: PerformanceView) -> Iterator[Line]:
    yield not_judged(say("Points (assumed): {points} of 100", points=_whole(shown)))
    count = len(shown.contradictions)
    text = say("Places where the documents contradict themselves: {count}", count=count)
    yield marked("watch", text) if count else not_judged(text)


def _whole(shown: PerformanceView) -> str:
    return points_text(whole_score(shown))


def _figure(judged: list[Scored]) -> Bars:
    title = first_of(say("Indicators by points (assumed)"), len(judged[:MOST]), len(judged))
    bars = (
        Bar(
            _text(one.record.text("kpi.name")),
            one.points,
            _text(points_text(one.points)),
            tier_status(one),
        )
        for one in judged[:MOST]
    )
    return Bars(title, say("points"), tuple(bars))


def _text(words: str) -> Text:
    return Text(words, words)
