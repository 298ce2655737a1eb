"""The overview of an area: headline figures, what needs attention, and the areas below."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, get_args

from sqlalchemy import Engine

from core.access.roles import Action
from core.areas import COUNTRY, Level, parse_area
from core.figures.province_map import Tone
from core.periods import Period, matching_period, nearest_period
from core.scoring.base.states import Verdict
from core.services.geography.country import Place
from core.services.guard.doors import ANYWHERE, door
from core.services.overview.area_share import Share
from core.services.overview.month import (
    Hospital,
    Month,
    every_month,
    month,
    months,
    with_districts,
)
from core.services.rules.finance import CRISIS, CRISIS_AREA, EFFICIENCY, GRADE, Edges
from core.services.scored.basis import UNKNOWN, Basis
from core.store.engine.unit_of_work import reading
from core.store.results.area_rows import StandingRow, standing

Indicator = Literal["crisis", "worst", "tps"]
INDICATORS: Final[tuple[Indicator, ...]] = get_args(Indicator)
CRITERIA: Final = (CRISIS_AREA, CRISIS, EFFICIENCY)
"""Criteria the overview shows."""

_CACHED: Final = 512
"""Views in the cache, some kilobytes each."""

TONES: Final[dict[Verdict, Tone]] = {
    Verdict.PASS: "pass",
    Verdict.WATCH: "watch",
    Verdict.FAIL: "fail",
    Verdict.NOT_JUDGED: "none",
}
_URGENCY: Final = {Verdict.FAIL: 0, Verdict.WATCH: 1, Verdict.PASS: 2, Verdict.NOT_JUDGED: 3}


@dataclass(frozen=True, slots=True)
class Shown:
    """An area or a hospital as map and ranking show it.

    An area has a `share`, a hospital a `level` or, for the score, `points`; None where not known.
    `basis` is what a hospital's level rests on.
    """

    place: Place
    tone: Tone
    share: Share | None = None
    level: int | None = None
    points: float | None = None
    basis: Basis = UNKNOWN
    position: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Attention:
    """What needs attention, the most pressing first in each.

    `grave`: hospitals at the gravest levels. `risen`: those whose level rose to a level of crisis.
    `silent`: those without a level, `doubtful`: those whose level is to be checked before it is
    used. `failing` of `parts` areas miss their target; `open` are areas
    whose verdict could still change with the reports that are missing. `unregistered` are codes
    with a level that the register does not know, of the country alone, for they lie nowhere.
    `is_reported`: whether any hospital has a level.
    """

    grave: tuple[Hospital, ...]
    risen: tuple[Hospital, ...]
    silent: tuple[Hospital, ...]
    doubtful: tuple[Hospital, ...]
    failing: tuple[Place, ...]
    open: tuple[Place, ...]
    parts: int
    edges: Edges
    unregistered: tuple[str, ...]
    is_reported: bool


@dataclass(frozen=True)
class Overview:
    """The overview of one area in one month; `shown` is sorted by need, `focus` fills the map.

    `parts` are the health regions, or the districts of a province.
    """

    period: Period
    before: Period | None
    area: Place
    chain: tuple[Place, ...]
    focus: str
    crisis: Share | None
    crisis_before: Share | None
    efficiency: Share | None
    efficiency_before: Share | None
    rose: int
    fell: int
    attention: Attention
    shown: tuple[Shown, ...]
    parts: tuple[Shown, ...]
    edges: Edges


@dataclass(frozen=True, slots=True)
class View:
    """The period and area an address stands for, with valid values where the address has none.

    `usual` is the period of an address without one.
    """

    periods: tuple[Period, ...]
    period: Period
    usual: Period
    area: str
    regions: tuple[Place, ...]
    edges: Edges


@door(Action.READ, ANYWHERE)
def view(engine: Engine, *, period: str, area: str, with_themes: bool = False) -> View | None:
    """Resolve the month and area of an address; by default the newest month and the country.

    `with_themes` allows months that have results of inspection
    themes only. None while there are no results at all.
    """
    levels = months(engine)
    if not levels:
        return None
    known = every_month(engine) if with_themes else levels
    wanted = (
        matching_period(period, levels)
        or matching_period(period, known)
        or nearest_period(period, levels)
    )
    whole = month(engine, wanted)
    regions = tuple(map(whole.place, whole.below(COUNTRY, Level.REGION)))
    chosen = whole.meant(area)
    return View(tuple(reversed(known)), wanted, levels[-1], chosen, regions, whole.edges)


@door(Action.READ, "area")
def overview(engine: Engine, period: Period, area: str, indicator: Indicator) -> Overview:
    """The overview of an area in a month by an indicator."""
    return _overview(engine, month(engine, period).version, period, area, indicator)


@lru_cache(maxsize=_CACHED)
def _overview(
    engine: Engine,
    version: str,  # noqa: ARG001
    period: Period,
    area: str,
    indicator: Indicator,
) -> Overview:
    return of_month(engine, month(engine, period), area, indicator)


def of_month(engine: Engine, whole: Month, area: str, indicator: Indicator) -> Overview:
    """The overview of an area, computed from a month already read."""
    level = parse_area(area).level
    province = parse_area(area).province
    if province:
        whole = with_districts(engine, whole, province)
    inside = tuple(whole.inside(area))
    if level < Level.PROVINCE:
        shown = areas_shown(whole, whole.below(area, Level.PROVINCE), indicator)
    else:
        shown = _hospitals(engine, whole, inside, indicator)
    beside = {Level.COUNTRY: Level.REGION, Level.PROVINCE: Level.DISTRICT}.get(level)
    parts = whole.below(area, beside) if beside else ()
    return Overview(
        period=whole.period,
        before=whole.before,
        area=whole.place(area),
        chain=whole.chain(area),
        focus=province or area,
        crisis=whole.share(CRISIS_AREA, area),
        crisis_before=whole.share(CRISIS_AREA, area, before=True),
        efficiency=whole.share(EFFICIENCY, area),
        efficiency_before=whole.share(EFFICIENCY, area, before=True),
        rose=sum(one.rose for one in inside),
        fell=sum(one.fell for one in inside),
        attention=attention(whole, area),
        shown=shown,
        parts=areas_shown(whole, parts, indicator),
        edges=whole.edges,
    )


def attention(whole: Month, area: str) -> Attention:
    """What needs attention in an area."""
    inside = tuple(whole.inside(area))
    parts = whole.below(area, below_of(area)) if parse_area(area).level < Level.DISTRICT else ()
    shares = [(code, whole.share(CRISIS_AREA, code)) for code in parts]
    known = [(whole.place(code), share) for code, share in shares if share]
    first, grave = whole.edges.first, whole.edges.grave
    worst = sorted(known, key=lambda pair: -(pair[1].percent or 0))
    return Attention(
        grave=_gravest(one for one in inside if (one.level or 0) >= grave),
        risen=_gravest(one for one in inside if one.rose and (one.level or 0) >= first),
        silent=tuple(one for one in inside if one.level is None),
        doubtful=_gravest(one for one in inside if one.level is not None and one.basis.doubts),
        failing=tuple(place for place, share in worst if share.verdict is Verdict.FAIL),
        open=tuple(place for place, share in known if share.is_open),
        parts=len(known),
        edges=whole.edges,
        unregistered=whole.unregistered if area == COUNTRY else (),
        is_reported=any(one.level is not None for one in inside),
    )


def below_of(area: str) -> Level:
    """The level of the parts an area is judged by: provinces down to a region, then districts."""
    level = parse_area(area).level
    return Level.DISTRICT if level >= Level.PROVINCE else Level.PROVINCE


def _gravest(hospitals: Iterable[Hospital]) -> tuple[Hospital, ...]:
    return tuple(sorted(hospitals, key=lambda one: (-(one.level or 0), one.before or 0)))


def areas_shown(whole: Month, codes: Iterable[str], indicator: Indicator) -> tuple[Shown, ...]:
    """Areas by an indicator, sorted by need."""
    criterion = EFFICIENCY if indicator == "tps" else CRISIS_AREA
    shares = [(whole.place(code), whole.share(criterion, code)) for code in codes]
    if indicator == "worst":
        rows = [_worst(*one) for one in shares]
        return tuple(sorted(rows, key=lambda row: (-_or(row.level, -1), -_percent(row.share))))
    sign = 1 if indicator == "tps" else -1
    shown = [Shown(p, TONES[s.verdict] if s else "none", share=s) for p, s in shares]
    return tuple(sorted(shown, key=lambda row: (*_need(row.share), sign * _percent(row.share))))


def _need(share: Share | None) -> tuple[int]:
    return (_URGENCY[share.verdict if share else Verdict.NOT_JUDGED],)


def _percent(share: Share | None) -> float:
    return share.percent if share and share.percent is not None else -1.0


def _or(level: int | None, other: int) -> int:
    return other if level is None else level


def _worst(place: Place, share: Share | None) -> Shown:
    level = None if share is None or share.highest is None else int(share.highest)
    return Shown(place, level_tone(level), share=share, level=level)


def level_tone(level: int | None) -> Tone:
    """The tone a level is drawn in."""
    tones: tuple[Tone, ...] = ("0", "1", "2", "3", "4", "5", "6", "7")
    return "none" if level is None else tones[level]


def _hospitals(
    engine: Engine, whole: Month, inside: tuple[Hospital, ...], indicator: Indicator
) -> tuple[Shown, ...]:
    if indicator != "tps":
        ranked = sorted(inside, key=lambda one: -_or(one.level, -1))
        return tuple(
            Shown(
                one.place,
                level_tone(one.level),
                level=one.level,
                basis=one.basis,
                position=one.position,
            )
            for one in ranked
        )
    codes = [one.place.code for one in inside]
    with reading(engine) as session:
        graded = standing(session, GRADE, [whole.period], subjects=codes)[whole.period]
    rows = [_graded(one, graded.get(one.place.code)) for one in inside]
    return tuple(sorted(rows, key=lambda row: (row.points is None, row.points or 0.0)))


def _graded(one: Hospital, row: StandingRow | None) -> Shown:
    verdict = Verdict(row.verdict) if row else Verdict.NOT_JUDGED
    return Shown(
        one.place,
        TONES[verdict],
        points=row.points if row else None,
        level=None if row is None or row.value is None else int(row.value),
        position=one.position,
    )
