"""The slide of findings: what was agreed last time about a place, the overdue first."""

from collections.abc import Iterator, Sequence
from typing import Final

from sqlalchemy import Engine

from core.findings.states import Shown
from core.periods import day_text, period_text
from core.reports.slide import MOST_LINES, Bar, Bars, Fact, Line, Slide
from core.services.findings.counts import area_message
from core.services.findings.listing import Filter, Listed, all_closings, listed_findings
from core.services.findings.places import places
from core.services.findings.wording import STATUSES, shown_text, state_text
from core.services.meeting.views.parts import (
    AREA,
    NOTHING,
    Address,
    as_stored,
    counted_fact,
    nothing_stored,
)
from core.services.overview.month import every_month
from core.text import Text, say

_DRAWN: Final = (
    Shown.OPEN, Shown.PLANNED, Shown.REPORTED, Shown.ACCEPTED, Shown.UNEXPLAINED, Shown.CLOSED,
)  # fmt: skip


def findings_slide(engine: Engine, page: str, address: Address) -> Slide:
    """The open findings of a place, at most five of them by name, and how many are how far."""
    if not every_month(engine):
        return nothing_stored(page, address)
    known = places(engine)
    area = known.meant(address.get(AREA, ""))
    every = listed_findings(engine, Filter(area=area, state="all"))
    closed = all_closings(engine)
    problem = None if every else say("No round was closed yet, so there are no findings.")
    return Slide(
        page,
        as_stored(address),
        known.name(area),
        period_text(closed[-1].period) if closed else NOTHING,
        area_message(known.name(area), every),
        lines=tuple(_lines(every)),
        figure=_figure(every) if every else None,
        facts=() if problem else (_overdue(every),),
        problem=problem,
    )


def _lines(every: Sequence[Listed]) -> Iterator[Line]:
    for one in [one for one in every if one.is_active][:MOST_LINES]:
        tone = "fail" if one.is_overdue else STATUSES[one.state]
        status = say("Overdue") if one.is_overdue else state_text(one.stored)
        yield Line(tone, status, agreed_text(one))


def agreed_text(one: Listed) -> Text:
    """What was agreed about a finding: measure, owner and due date; or that nothing was."""
    where = {"place": one.place.name, "name": one.short}
    stored = one.stored
    if stored.due is None:
        return say("{place}, {name}: nothing was agreed yet", **where)
    measure = Text(stored.measure, stored.measure)
    return say(
        "{place}, {name}: {measure} ({owner}, due {day})", measure=measure, owner=one.owner,
        day=day_text(stored.due), **where,
    )  # fmt: skip


def _figure(every: Sequence[Listed]) -> Bars:
    counts = {state: sum(one.state is state for one in every) for state in _DRAWN}
    bars = tuple(
        Bar(shown_text(state), count, Text(f"{count:,}", f"{count:,}"), STATUSES[state])
        for state, count in counts.items()
    )
    return Bars(say("Findings by state"), say("findings"), bars)


def _overdue(every: Sequence[Listed]) -> Fact:
    active = [one for one in every if one.is_active]
    return counted_fact(
        say("Findings that are overdue"), sum(one.is_overdue for one in active), len(active)
    )
