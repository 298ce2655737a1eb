"""What a comparison came to, in words: the key message, the tiles, the figures of its cells."""

from typing import Final

from components.areas.results import area_key
from components.parts import anatomy
from components.parts.anatomy import Tile
from components.parts.shares import percent_text, target_text, targets_text
from components.reader.language import _, tr
from components.reader.links import link
from components.reader.numbers import NONE, percent_figure
from components.reader.periods import period_short, period_text
from core.scoring.base.states import Verdict
from core.services.comparison.areas import AreaComparison
from core.services.comparison.data import ComparedCriterion
from core.services.comparison.periods import Direction, PeriodComparison
from core.services.overview.area_share import Share

PAGE: Final = "compare"
BY: Final = "by"
AREAS: Final = "areas"
_MOST_DECIMALS: Final = 6


def heading(shown: AreaComparison | PeriodComparison) -> None:
    """Where the reader is, and the sentence that says what the comparison comes to."""
    *above, here = shown.chain
    # Up on this page: with the areas most like that one.
    way = (link(tr(one.name), PAGE, area=area_key(one.code), areas="") for one in above)
    anatomy.breadcrumb(*way, tr(here.name))
    anatomy.headline(key_message(shown))


def key_message(shown: AreaComparison | PeriodComparison) -> str:
    """In how many indicators the first area is best, or how many became better."""
    return _areas(shown) if isinstance(shown, AreaComparison) else _periods(shown)


def _areas(shown: AreaComparison) -> str:
    place, count = tr(shown.areas[0].name), len(shown.comparable)
    if not count:
        when = period_text(shown.moment)
        return _("{place}: nothing can be compared for {period}", place=place, period=when)
    met, judged = shown.met(0)
    ranks = _(
        "best in {best} and worst in {worst} of {of} indicators",
        best=shown.ranked(0, "best"),
        worst=shown.ranked(0, "worst"),
        of=count,
    )
    if not judged:
        return _("{place}: {ranks}", place=place, ranks=ranks)
    return _(
        "{place}: targets met in {met} of {judged} indicators · {ranks}",
        place=place,
        met=met,
        judged=judged,
        ranks=ranks,
    )


def _periods(shown: PeriodComparison) -> str:
    place = tr(shown.area.name)
    if not shown.comparable:
        when = period_text(shown.moment)
        return _("{place}: nothing can be compared for {period}", place=place, period=when)
    return _(
        "{place}: {better} of {of} indicators are better, {worse} are worse"
        " · verdicts changed: {turned}",
        place=place,
        better=shown.count("better"),
        worse=shown.count("worse"),
        of=len(shown.comparable),
        turned=len(shown.turned),
    )


def tiles(shown: AreaComparison | PeriodComparison) -> list[Tile]:
    """A tile for each area with its targets met, or one for each way things went."""
    return _area_tiles(shown) if isinstance(shown, AreaComparison) else _period_tiles(shown)


def _area_tiles(shown: AreaComparison) -> list[Tile]:
    drawn = []
    for place, area in enumerate(shown.areas):
        best, worst = shown.ranked(place, "best"), shown.ranked(place, "worst")
        met, judged = shown.met(place)
        ranks = _("best in {best}, worst in {worst}", best=best, worst=worst)
        tile = Tile(
            label=_("{place}: targets met", place=tr(area.name)),
            value=_("{met} of {judged}", met=met, judged=judged) if judged else NONE,
            unit=_("indicators") if judged else "",
            change=ranks,
        )
        drawn.append(tile)
    return drawn


def _period_tiles(shown: PeriodComparison) -> list[Tile]:
    if shown.before is None:
        return []
    since = _("since {period}", period=period_short(shown.before))
    (met, judged), (was, of) = shown.met, shown.met_before
    return [
        _count_tile(_("Indicators better"), shown.count("better"), since),
        _count_tile(_("Indicators worse"), shown.count("worse"), since),
        Tile(
            label=_("Targets met"),
            value=_("{met} of {judged}", met=met, judged=judged) if judged else NONE,
            unit=_("indicators") if judged else "",
            change=_("before: {met} of {judged}", met=was, judged=of),
        ),
        _count_tile(_("Verdicts changed"), len(shown.turned), _turned(shown)),
    ]


def _count_tile(label: str, count: int, note: str) -> Tile:
    return Tile(label=label, value=f"{count:,}", unit=_("indicators"), change=note)


def _turned(shown: PeriodComparison) -> str:
    passing = sum(row.verdicts[1] is Verdict.PASS for row in shown.turned)
    failing = sum(row.verdicts[1] is Verdict.FAIL for row in shown.turned)
    return _("now passing: {passing}, now failing: {failing}", passing=passing, failing=failing)


def share_text(criterion: ComparedCriterion, share: Share | None) -> str:
    """A share in percent, with decimals enough to stay on its side of its target."""
    if share is None or not share.reporting:
        return NONE
    return f"{percent_text(share.percent, criterion.limit(share))}%"


def target_of(share: Share | None) -> str:
    """Every target of a share; empty where it is shown and not judged."""
    if share is None:
        return ""
    judged = [line for line in share.lines if line.limit is not None]
    return target_text(judged[0]) if len(judged) == 1 else targets_text(share)


def change_text(change: float | None) -> str:
    """By how many points of percent, with its sign, and never rounded to nothing."""
    if change is None:
        return NONE
    if change == 0:
        return "±0.0"
    candidates = (percent_figure(abs(change), decimals) for decimals in range(1, _MOST_DECIMALS))
    shown = next((one for one in candidates if float(one.replace(",", ""))), NONE)
    return f"{'+' if change > 0 else '−'}{shown}"


def direction_text(direction: Direction | None) -> str:
    """Whether a change is one for the better, in a word."""
    return {"better": _("better"), "worse": _("worse"), "same": _("unchanged"), None: ""}[direction]
