"""What a comparison came to, in words: the key message and the figures of its cells."""

from typing import Final

from core.periods import Period, period_text
from core.quantities import MINUS, MISSING
from core.scoring.explain.figures import percent_figure, percent_text
from core.services.comparison.areas import AreaComparison
from core.services.comparison.data import ComparedCriterion
from core.services.comparison.periods import Direction, PeriodComparison
from core.services.overview.area_share import Share
from core.text import Text, say

_MOST_DECIMALS: Final = 6


def comparison_message(shown: AreaComparison | PeriodComparison) -> Text:
    """In how many indicators the first area is best, or how many became better."""
    return _areas(shown) if isinstance(shown, AreaComparison) else _periods(shown)


def _areas(shown: AreaComparison) -> Text:
    place, count = shown.areas[0].name, len(shown.comparable)
    if not count:
        return _nothing(place, shown.moment)
    met, judged = shown.met(0)
    ranks = say(
        "best in {best} and worst in {worst} of {of} indicators",
        best=shown.ranked(0, "best"),
        worst=shown.ranked(0, "worst"),
        of=count,
    )
    if not judged:
        return say("{place}: {ranks}", place=place, ranks=ranks)
    return say(
        "{place}: targets met in {met} of {judged} indicators · {ranks}",
        place=place,
        met=met,
        judged=judged,
        ranks=ranks,
    )


def _nothing(place: Text, moment: Period) -> Text:
    return say(
        "{place}: nothing can be compared for {period}", place=place, period=period_text(moment)
    )


def _periods(shown: PeriodComparison) -> Text:
    if not shown.comparable:
        return _nothing(shown.area.name, shown.moment)
    return say(
        "{place}: {better} of {of} indicators are better, {worse} worse"
        " · verdicts changed: {turned}",
        place=shown.area.name,
        better=shown.count("better"),
        worse=shown.count("worse"),
        of=len(shown.comparable),
        turned=len(shown.turned),
    )


def share_text(criterion: ComparedCriterion, share: Share | None) -> str:
    """A share in percent, with decimals enough to stay on its side of its target."""
    if share is None or not share.reporting:
        return MISSING
    return f"{percent_text(share.percent, criterion.limit(share))}%"


def change_text(change: float | None) -> str:
    """By how many points of percent, with its sign, and never rounded to nothing."""
    if change is None:
        return MISSING
    if change == 0:
        return "±0.0"
    candidates = (percent_figure(abs(change), decimals) for decimals in range(1, _MOST_DECIMALS))
    shown = next((one for one in candidates if float(one.replace(",", ""))), MISSING)
    return f"{'+' if change > 0 else MINUS}{shown}"


def direction_text(direction: Direction | None) -> Text:
    """Whether a change is one for the better, in a word; empty where it is not known."""
    return {
        "better": say("better"),
        "worse": say("worse"),
        "same": say("unchanged"),
        None: Text("", ""),
    }[direction]
