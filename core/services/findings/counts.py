"""What became of findings, in figures and sentences: by round, and of those of a year ago."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from core.findings.rates import Counts, counts, rate
from core.findings.states import Shown
from core.periods import Period, period_text
from core.services.findings.criteria import moment
from core.services.findings.listing import Listed
from core.services.findings.lists import finding_lists
from core.text import Text, say

_SECONDS = 86_400.0


@dataclass(frozen=True, slots=True)
class RoundCounts:
    """The findings opened in a round or month, and what became of them."""

    period: Period
    counts: Counts


@dataclass(frozen=True, slots=True)
class Rates:
    """Of the findings opened a year ago, in percent; NaN where they are too few for a rate.

    `of` is the round they were opened in, None where none was closed a year before the newest.
    """

    of: Period | None
    counts: Counts
    closed: float
    open: float
    relapsed: float


def counts_of(listed: Iterable[Listed]) -> Counts:
    """What became of some findings."""
    several = list(listed)
    stored = [one.stored for one in several]
    return counts(
        np.array([one.stage for one in stored], dtype=np.int8),
        np.array([one.is_overdue for one in several], dtype=bool),
        np.array([one.relapses for one in stored], dtype=np.int64),
        np.array([_days(one.opened_at, one.closed_at) for one in stored], dtype=np.float64),
    )


def _days(opened: datetime, closed: datetime | None) -> float:
    return math.nan if closed is None else (closed - opened).total_seconds() / _SECONDS


def by_round(listed: Sequence[Listed]) -> tuple[RoundCounts, ...]:
    """The findings by the round they were first opened in, the newest round first."""
    periods = sorted({one.stored.opened_in for one in listed}, key=moment, reverse=True)
    return tuple(
        RoundCounts(when, counts_of(one for one in listed if one.stored.opened_in == when))
        for when in periods
    )


def rates_of(listed: Sequence[Listed], newest: Period | None) -> Rates:
    """What became of those opened in the same round a year before the newest one closed."""
    ago = Period(newest.fiscal_year - 1, newest.part, newest.number) if newest else None
    of = counts_of(one for one in listed if one.stored.opened_in == ago)
    least = finding_lists().least
    return Rates(
        ago, of, rate(of.closed, of.opened, least), rate(of.open, of.opened, least),
        rate(of.relapsed, of.opened, least),
    )  # fmt: skip


def area_message(place: Text, every: Sequence[Listed]) -> Text:
    """How the findings of a place stand."""
    of = counts_of(every)
    unexplained = sum(one.state is Shown.UNEXPLAINED for one in every)
    return findings_message(place, of.open, of.overdue, unexplained)


def findings_message(place: Text, open_: int, overdue: int, unexplained: int) -> Text:
    """How many findings of a place are open, overdue, and green without an explanation."""
    if not open_:
        return say("{place}: no finding is open", place=place)
    counted = say(
        "{place}: {open} findings are open, {overdue} of them overdue", place=place,
        open=f"{open_:,}", overdue=f"{overdue:,}",
    )  # fmt: skip
    if not unexplained:
        return counted
    return say(
        "{told}; {count} are green and not explained", told=counted, count=f"{unexplained:,}"
    )


def year_ago_text(of: Period | None, opened: int, rates: Sequence[Text]) -> Text:
    """What became of the findings of a year ago; `rates` closed, open, relapsed, in words."""
    if of is None or not opened:
        return say("No finding was opened a year ago.")
    when = period_text(of)
    if not rates:
        return say(
            "A year ago, in {period}, {count} findings were opened: too few for a rate.",
            period=when, count=f"{opened:,}",
        )  # fmt: skip
    closed, open_, relapsed = rates
    return say(
        "Of {count} findings opened a year ago, in {period}: {closed} closed, {open} still open,"
        " {relapsed} relapsed.",
        count=f"{opened:,}", period=when, closed=closed, open=open_, relapsed=relapsed,
    )  # fmt: skip


def rate_texts(rates: Rates, written: Callable[[float], Text]) -> tuple[Text, ...]:
    """The three rates of a year ago in words; empty where there are too few findings."""
    several = (rates.closed, rates.open, rates.relapsed)
    if any(map(math.isnan, several)):
        return ()
    return tuple(map(written, several))
