"""What findings come to, in sentences: of an area, and of a year ago."""

import math
from collections.abc import Callable, Sequence

from core.findings.states import Shown
from core.periods import Period, period_text
from core.services.findings.counts import Rates, counts_of
from core.services.findings.listing import Listed
from core.text import Text, say


def area_message(place: Text, every: Sequence[Listed]) -> Text:
    """How the findings of a place stand."""
    of = counts_of(every)
    unexplained = sum(one.state is Shown.UNEXPLAINED for one in every)
    return findings_message(place, of.open, of.overdue, unexplained)


def findings_message(place: Text, open_: int, overdue: int, unexplained: int) -> Text:
    """How many findings of a place are open, overdue, and green without an explanation."""
    if not open_:
        return say("{place}: no finding is open", place=place)
    told = say(
        "{place}: {open} findings are open, {overdue} of them overdue", place=place,
        open=f"{open_:,}", overdue=f"{overdue:,}",
    )  # fmt: skip
    if not unexplained:
        return told
    return say("{told}; {count} are green and not explained", told=told, count=f"{unexplained:,}")


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
