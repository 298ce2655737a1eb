"""Findings as rows of a table, and the rounds they were opened in."""

import math
from collections.abc import Sequence
from typing import Final

import streamlit as st

from components.parts.status import mark
from components.parts.tables import Column, is_part, table, table_html
from components.reader.filters import is_facility
from components.reader.language import _, tr
from components.reader.links import address
from components.reader.markup import Html, joined, tag
from components.reader.numbers import NONE, percent
from components.reader.periods import period_short, period_text
from core.findings.rates import rate
from core.periods import day_text
from core.services.findings.counts import RoundCounts
from core.services.findings.listing import Listed
from core.services.findings.lists import finding_lists
from core.services.findings.wording import STATUSES, kind_text, state_text

PAGE: Final = "findings"
FINDING: Final = "finding"
"""The parameter that names one finding."""


def findings_table(title: str, shown: Sequence[Listed], count: int) -> None:
    """Some of `count` findings, each with the way to it."""
    columns = (
        Column(_("Finding")), Column(_("Where")), Column(_("Then")), Column(_("State")),
        Column(_("Owner, due")),
    )  # fmt: skip
    rows = map(_row, shown)
    st.html(table_html(title, columns, rows, is_part(len(shown), count)))


def _row(one: Listed) -> tuple[str, ...]:
    stored = one.stored
    number = tag("a", f"{stored.id}", href=address(PAGE, finding=str(stored.id)), target="_self",
                 class_="t-link", aria_label=_("Finding {number}", number=stored.id))  # fmt: skip
    opened = tag("small", _("opened in {period}", period=period_short(stored.opened_in)),
                 class_="t-when")  # fmt: skip
    what = joined((number, " · ", tr(one.name), opened))
    owner = joined((tr(one.owner), tag("div", due(one)))) if stored.due else NONE
    return what, where(one), then(one), state_mark(one), owner


def where(one: Listed) -> Html:
    """The place with its district and province, a link to it where it is a facility."""
    around = " · ".join(tr(a.name) for a in (one.district, one.province) if a and a != one.place)
    name: Html | str = tr(one.place.name)
    if is_facility(one.place.code):
        name = tag("a", tr(one.place.name), href=address("facility", area=one.place.code),
                   target="_self", class_="t-link")  # fmt: skip
    return joined((name, tag("small", around, class_="t-when")))


def then(one: Listed) -> Html:
    """The value of the moment it was opened, and what was asked."""
    stored = one.stored
    requirement = _("asked: {asked}", asked=tr(stored.requirement))
    value = tr(one.value) if stored.value is not None else tr(kind_text(stored.kind))
    return joined((value, tag("small", requirement, class_="t-when")))


def state_mark(one: Listed) -> Html:
    """The state in colour and words, with relapses below."""
    shown = mark(STATUSES[one.state], tr(state_text(one.stored)))
    if not one.stored.relapses:
        return shown
    text = _("relapsed {count} times", count=one.stored.relapses)
    return joined((shown, tag("small", text, class_="t-when")))


def due(one: Listed) -> Html | str:
    """The due date, marked where it has passed."""
    if one.stored.due is None:
        return NONE
    day = tr(day_text(one.stored.due))
    return joined((mark("fail", _("Overdue")), " ", day)) if one.is_overdue else day


def rounds_table(rounds: Sequence[RoundCounts]) -> None:
    """What became of the findings of each round, a rate only where there are enough."""
    columns = [
        Column(_("Opened in")),
        *(Column(title, number=True) for title in (
            _("Opened"), _("Closed"), _("Rate"), _("Not closed"), _("Overdue"), _("Relapsed"),
            _("Withdrawn"), _("Median days to closing"),
        )),
    ]  # fmt: skip
    table(_("What became of the findings of each round"), columns, map(_round, rounds))


def _round(one: RoundCounts) -> tuple[str, ...]:
    of, least = one.counts, finding_lists().least
    closed = rate(of.closed, of.opened, least)
    days = NONE if math.isnan(of.days) else f"{of.days:,.0f}"
    numbers = (of.opened, of.closed, None, of.open, of.overdue, of.relapsed, of.withdrawn)
    texts = [percent_or_none(closed) if n is None else f"{n:,}" for n in numbers]
    return period_text(one.period), *texts, days


def percent_or_none(value: float) -> str:
    """A rate; a dash where there are too few."""
    return NONE if math.isnan(value) else percent(value)
