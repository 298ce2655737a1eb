"""Figures of slides from what services know: maps, bars and trends, each with its words."""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, get_args

from core.criteria.model import Indicator
from core.figures.province_map import Tone as MapTone
from core.periods import month_text
from core.quantities import MISSING
from core.reports.slide import AreaMap, Bar, Bars, Limit, MapArea, Radar, Series, Tone, Trend
from core.scoring.base.state_words import STATUSES
from core.scoring.explain.figures import percent_figure, points, whole
from core.scoring.explain.words import edge_text, number
from core.services.overview.area_share import Share
from core.services.overview.crisis import LevelCount
from core.services.overview.view import Shown, level_tone
from core.services.overview.wording import lowest_limit_percent, target_text
from core.services.profiles.facility import Profile
from core.services.rules.finance import Edges
from core.services.rules.judged.amounts import MILLION, amount_text
from core.services.themes.radar import SpokeShare
from core.text import Text, say

MOST: Final = 13
"""Bars or rows that can be read from the back of a room."""
_FULL: Final = 100.0
NOBODY: Final = Text(MISSING, MISSING)
_TONES: Final[dict[str, Tone]] = {tone: tone for tone in get_args(Tone)}


def tone_of(tone: MapTone) -> Tone:
    """A tone of the map as one of a slide's; a share without a target has none."""
    return _TONES.get(tone, "none")


def level_word(level: float | None) -> Text:
    """A crisis level in words."""
    return say("No level") if level is None else say("Level {level}", level=whole(level))


def short_amount(value: float | None, unit: str, beside: Sequence[float] = ()) -> Text:
    """A figure with its unit, large sums in millions; never rounded onto an edge."""
    if unit != "baht" or value is None or not MILLION <= abs(value) < math.inf:
        return amount_text(value, unit, beside)
    edges = [edge / MILLION for edge in beside]
    return say("{figure} million baht", figure=number(value / MILLION, 1, edges))


def area_map(title: Text, focus: str, rows: Sequence[Shown], values: Iterable[Text]) -> AreaMap:
    """A map of areas or facilities with their figures; `values` in the order of the rows."""
    return AreaMap(
        title,
        focus,
        tuple(
            MapArea(row.place.code, row.place.name, shown, tone_of(row.tone), _turned(row.position))
            for row, shown in zip(rows, values, strict=True)
        ),
    )


def _turned(position: tuple[float, float] | None) -> tuple[float, float] | None:
    """Longitude before latitude, as a slide has them."""
    return position and (position[1], position[0])


def hospital_bars(title: Text, rows: Sequence[Shown], indicator: str, edges: Edges) -> Bars:
    """Hospitals by level or score in the order of need; the worst alone where they are many."""
    worst = rows[:MOST]
    title = worst_of(title, len(worst), len(rows))
    if indicator == "tps":
        passing = Limit(edges.passing, edge_text("at_least", number(edges.passing)))
        return Bars(title, say("Points"), tuple(map(_score_bar, worst)), (passing,))
    first = Limit(float(edges.first), say("crisis ≥ {level}", level=whole(edges.first)))
    return Bars(title, say("level"), tuple(map(_level_bar, worst)), (first,))


def _level_bar(row: Shown) -> Bar:
    level = None if row.level is None else float(row.level)
    return Bar(row.place.name, level, level_word(row.level), level_tone_of(row.level))


def _score_bar(row: Shown) -> Bar:
    shown = points(row.points)
    return Bar(row.place.name, row.points, Text(shown, shown), tone_of(row.tone))


def edge_limits(unit: Indicator) -> Iterator[Limit]:
    """What the value of a theme must be to pass."""
    percent = unit.value != "blocks_passed"
    for op, edge in (unit.good.edges if unit.good else {}).items():
        yield Limit(edge, edge_text(op, number(edge, 6), percent=percent))


def share_bars(title: Text, rows: Sequence[Shown]) -> Bars:
    """Areas by their share in percent, those in need first, against the target of the share."""
    rows = [row for row in rows if row.share and row.share.expected]
    worst = rows[:MOST]
    shares = [row.share for row in rows if row.share and row.share.reporting]
    return Bars(
        worst_of(title, len(worst), len(rows)),
        say("Percent"),
        tuple(_share_bar(row) for row in worst),
        tuple(_headline_limits(shares[0])) if shares else (),
    )


def _share_bar(row: Shown) -> Bar:
    share = row.share
    if share is None or not share.reporting:
        return Bar(row.place.name, None, say("not reported"), "none")
    counts = f"{lowest_limit_percent(share)} ({share.number:,}/{share.over:,})"
    return Bar(row.place.name, share.percent, Text(counts, counts), STATUSES[share.verdict])


def _headline_limits(share: Share) -> Iterator[Limit]:
    """The targets of the line that gives the share itself."""
    for line in share.lines:
        if line.limit is not None and line.share == share.percent:
            yield Limit(line.limit, say("Target {target}", target=target_text(line)))


def worst_of(title: Text, shown: int, of: int) -> Text:
    """A title, and that it is of the worst alone where not all have room."""
    if shown == of:
        return title
    return say("{title}: the worst {shown} of {of}", title=title, shown=shown, of=f"{of:,}")


def first_of(title: Text, shown: int, of: int) -> Text:
    """A title, and that it is of the first alone where not all have room."""
    if shown == of:
        return title
    return say("{title}: {shown} of {of}", title=title, shown=shown, of=f"{of:,}")


def level_tone_of(level: float | None) -> Tone:
    """The tone of a crisis level."""
    return tone_of(level_tone(None if level is None else int(level)))


def distribution(counts: Sequence[LevelCount]) -> Bars:
    """How many hospitals are at each level, the worst first."""
    return Bars(
        say("Hospitals by crisis level"), say("hospitals"), tuple(_counted(one) for one in counts)
    )


def _counted(one: LevelCount) -> Bar:
    shown = f"{one.now:,}"
    text = Text(shown, shown)
    if one.before is not None and one.before != one.now:
        text = say("{count} (before: {before})", count=shown, before=f"{one.before:,}")
    return Bar(level_word(one.level), float(one.now), text, level_tone_of(one.level))


def level_trend(shown: Profile) -> Trend:
    """The crisis level of a facility through 24 months."""
    levels = tuple(point.level for point in shown.series)
    limit = Limit(shown.cutoffs.crisis, say("crisis ≥ {level}", level=whole(shown.cutoffs.crisis)))
    words = tuple(
        level_word(point.level) if point.reported else say("not reported") for point in shown.series
    )
    return Trend(
        say("Crisis level through 24 months"),
        say("level"),
        tuple(month_text(point.period) for point in shown.series),
        (Series(say("Crisis level"), levels, words),),
        (limit,),
    )


def share_radar(title: Text, spokes: Sequence[SpokeShare], now: Text) -> Radar:
    """Points of each part in percent of full marks, the period before first where there is one."""
    before = _percents(say("Before"), [one.before for one in spokes])
    today = _percents(now, [one.now for one in spokes])
    has_before = any(value is not None for value in before.values)
    return Radar(
        title,
        tuple(one.name for one in spokes),
        (before, today) if has_before else (today,),
        _FULL,
    )


def _percents(name: Text, values: Sequence[float | None]) -> Series:
    shown = tuple(
        NOBODY if value is None else say("{figure}%", figure=percent_figure(value))
        for value in values
    )
    return Series(name, tuple(values), shown)
