"""What an inspection report says of findings, of measures C and D, and what it recommends."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Engine

from core.areas import Level, parse_area
from core.periods import Period, day_text
from core.reports.slide import Followed, FollowUp, Narrated
from core.scoring.explain.figures import percent_text
from core.services.findings.counts import area_message, rate_texts, rates_of, year_ago_text
from core.services.findings.listing import Filter, Listed, all_closings, listed_findings
from core.services.findings.narratives import RECOMMENDATIONS, narrated
from core.services.findings.places import places
from core.services.findings.wording import STATUSES, kind_text, state_text
from core.text import Text, say

MOST: Final = 150
"""Findings that a report lists: those of a large province; more nobody reads on paper."""


def follow_up(engine: Engine, area: str, period: Period) -> FollowUp:
    """The findings of an area, open ones first, and what was typed for the round."""
    every = listed_findings(engine, Filter(area=area, state="all"))
    ordered = sorted(every, key=lambda one: not one.is_active)
    typed = narrated(engine, area, period)
    words = {one.part: one.newest.words if one.newest else "" for one in typed}
    is_asked = parse_area(area).level is Level.PROVINCE or any(words.values())
    return FollowUp(
        sentences=tuple(_sentences(engine, area, every)) if every else (),
        findings=tuple(map(_followed, ordered[:MOST])),
        left_out=max(0, len(ordered) - MOST),
        narrated=tuple(
            Narrated(
                one.measure, one.name, words[one.part], one.newest.evidence if one.newest else ""
            )
            for one in typed
            if one.measure and is_asked
        ),
        recommendations=words[RECOMMENDATIONS],
    )


def _sentences(engine: Engine, area: str, every: Sequence[Listed]) -> tuple[Text, ...]:
    """How many are open, and what became of those of a year ago."""
    closed = all_closings(engine)
    rates = rates_of(every, closed[-1].period if closed else None)
    written = rate_texts(rates, lambda one: say("{figure}%", figure=percent_text(one, None)))
    return (
        area_message(places(engine).name(area), every),
        year_ago_text(rates.of, rates.counts.opened, written),
    )


def _followed(one: Listed) -> Followed:
    stored = one.stored
    value = one.value if stored.value is not None else kind_text(stored.kind)
    status = state_text(stored)
    if one.is_overdue:
        status = say("{state}, overdue", state=status)
    return Followed(
        number=stored.id,
        place=one.place.name,
        name=one.name,
        shown=say("{value}, asked is {asked}", value=value, asked=stored.requirement),
        tone="fail" if one.is_overdue else STATUSES[one.state],
        status=status,
        measure=stored.measure,
        owner=one.owner,
        due=day_text(stored.due) if stored.due else Text("", ""),
    )
