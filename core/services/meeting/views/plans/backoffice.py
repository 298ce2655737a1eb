"""The slide of back-office relief: an area's coverage and days, or one CUP for the meeting."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from sqlalchemy import Engine

from core.areas import Level, parse_area
from core.periods import period_text
from core.reports.slide import MOST_LINES, Bar, Bars, Fact, Line, Slide
from core.services.backoffice.programme import programme
from core.services.backoffice.view import BackofficeView, Standing, backoffice_view
from core.services.backoffice.wording import (
    coverage_text,
    headline,
    nothing_reported,
    number_text,
    process_text,
    step_text,
)
from core.services.meeting.views.figures import MOST
from core.services.meeting.views.parts import (
    AREA,
    PERIOD,
    Address,
    as_stored,
    counted_fact,
    not_judged,
    nothing_stored,
)
from core.text import Text, say


def backoffice_slide(engine: Engine, page: str, address: Address) -> Slide:
    """What was relieved and saved in an area, the days of each quarter or place."""
    shown = backoffice_view(engine, period=address.get(PERIOD, ""), area=address.get(AREA, ""))
    if shown is None:
        return replace(nothing_stored(page, address), title=nothing_reported())
    problem = _problem(shown)
    return Slide(
        page,
        as_stored(address),
        shown.area.name,
        period_text(shown.period),
        headline(shown),
        lines=() if problem else tuple(islice(_lines(shown.whole), MOST_LINES)),
        figure=None if problem else _figure(shown),
        sources=(programme().source,),
        facts=() if problem else tuple(_facts(shown.whole)),
        problem=problem,
    )


def _problem(shown: BackofficeView) -> Text | None:
    if shown.whole.reporting or shown.whole.all_days is not None:
        return None
    return say("No unit of {place} has reported yet.", place=shown.area.name)


def _lines(one: Standing) -> Iterator[Line]:
    """Coverage by both counts, step, processes, and what the days are for."""
    aimed, known = coverage_text(one, one.targeted), coverage_text(one, one.registered)
    coverage = say(
        "Coverage: {aimed} of those aimed at, {known} of those registered", aimed=aimed, known=known
    )
    yield not_judged(coverage)
    yield not_judged(say("Step reached: {step}", step=step_text(one)))
    lines = [
        say("{name} {figure}", name=field.name, figure=process_text(one, field.id))
        for field in programme().fields
    ]
    yield not_judged(Text.joined(lines, " · "))
    if one.uses:
        use = Text(one.uses[0], one.uses[0])
        yield not_judged(say("The saved days go to: {use}", use=use))


def _figure(shown: BackofficeView) -> Bars:
    """Days by quarter in a district, by place elsewhere."""
    if parse_area(shown.area.code).level is Level.DISTRICT or len(shown.rows) < 2:
        names = [say("Quarter {quarter}", quarter=number) for number in (1, 2, 3, 4)]
        pairs = list(zip(names, shown.whole.days, strict=True))
    else:
        pairs = [(one.place.name, one.all_days) for one in shown.rows]
        pairs.sort(key=lambda row: -(row[1] or 0))
    bars = (Bar(name, days, _days(days), "none") for name, days in pairs[:MOST])
    return Bars(say("Days saved"), say("days"), tuple(bars))


def _days(days: float | None) -> Text:
    text = number_text(days)
    return Text(text, text)


def _facts(one: Standing) -> Iterator[Fact]:
    of = one.targeted or one.registered or one.reporting
    yield counted_fact(say("Units that reported"), one.reporting, of)
