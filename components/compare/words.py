"""What a comparison came to, in words: the key message and the tiles."""

from typing import Final

from components.areas.results import area_key
from components.parts import anatomy
from components.parts.anatomy import Tile
from components.reader.language import _, tr
from components.reader.links import link
from components.reader.numbers import NONE
from components.reader.periods import period_short
from core.scoring.base.states import Verdict
from core.services.comparison.areas import AreaComparison
from core.services.comparison.periods import PeriodComparison
from core.services.comparison.wording import comparison_message
from core.services.overview.area_share import Share
from core.services.overview.wording import requirement_text

PAGE: Final = "compare"
BY: Final = "by"
AREAS: Final = "areas"


def heading(shown: AreaComparison | PeriodComparison) -> None:
    """Where the reader is, and the sentence that says what the comparison comes to."""
    *above, here = shown.chain
    # Up on this page: with the areas most like that one.
    way = (link(tr(one.name), PAGE, area=area_key(one.code), areas="") for one in above)
    anatomy.headline(tr(comparison_message(shown)), anatomy.breadcrumb(*way, tr(here.name)))


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


def target_of(share: Share | None) -> str:
    """Every target of a share; empty where it is shown and not judged."""
    return tr(requirement_text(share))
