"""The view of one theme: an area against its target, the areas below, every facility."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from sqlalchemy import Engine

from core.access.roles import Action
from core.areas import COUNTRY, Level, parse_area
from core.criteria.model import Indicator
from core.figures.province_map import Tone, share_tone
from core.periods import Period, matching_period, nearest_period
from core.scoring.base.states import Verdict
from core.services.geography.country import Place
from core.services.guard.doors import ANYWHERE, door
from core.services.overview.area_share import Share, share_of
from core.services.overview.view import TONES, Shown, below_of
from core.services.themes.data import (
    Ends,
    ThemePeriod,
    Unit,
    theme_period,
    theme_periods,
    with_districts,
)
from core.services.themes.groups import Group, Values, groups, light_column
from core.store.engine.unit_of_work import reading
from core.store.results.area_rows import area_history
from core.store.results.versions import stamp_now
from core.text import Text

VIEW: Final = 50
"""Facilities of the table shown at a time."""

_CACHED: Final = 256
_NEED: Final = {Verdict.FAIL: 0, Verdict.WATCH: 1, Verdict.NOT_JUDGED: 2, Verdict.PASS: 3}
"""Facilities without a verdict come before those that pass."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The criterion, period and area shown of a theme, each one that exists.

    `criteria` are the theme's area criteria that have results; `periods` those of `criterion`,
    the newest first.
    """

    criteria: tuple[str, ...]
    criterion: str
    periods: tuple[Period, ...]
    period: Period
    area: str
    regions: tuple[Place, ...]


@dataclass(frozen=True)
class ThemeView:
    """One area and period of a theme.

    `shown` is what the map shows, `ranking` the areas below, both the most pressing first;
    `history` is the area's share through all periods, oldest first.
    """

    criterion: str
    unit: Indicator
    name: Text
    short: Text
    period: Period
    before: Period | None
    area: Place
    chain: tuple[Place, ...]
    focus: str
    share: Share | None
    share_before: Share | None
    history: tuple[tuple[Period, Share], ...]
    shown: tuple[Shown, ...]
    ranking: tuple[Shown, ...]
    groups: tuple[Group, ...]
    units: tuple[Unit, ...]


@door(Action.READ, ANYWHERE)
def resolve_selection(
    engine: Engine, criteria: Sequence[str], *, criterion: str, period: str, area: str
) -> Selection | None:
    """Resolve the values of an address; None while the theme has no results."""
    known = {one: theme_periods(engine, one) for one in criteria}
    reported = tuple(one for one in criteria if known[one])
    if not reported:
        return None
    chosen = criterion if criterion in reported else _fitting(reported, known, period)
    periods = known[chosen]
    wanted = nearest_period(period, periods)
    whole = theme_period(engine, chosen, wanted)
    regions = tuple(map(whole.place, whole.below(COUNTRY, Level.REGION)))
    return Selection(reported, chosen, tuple(reversed(periods)), wanted, whole.meant(area), regions)


def _fitting(reported: Sequence[str], known: dict[str, tuple[Period, ...]], period: str) -> str:
    """The first criterion with results in the period of the address, else that of the newest."""
    fitting = (one for one in reported if matching_period(period, known[one]))
    newest = max(reported, key=lambda one: (known[one][-1].month, -reported.index(one)))
    return next(fitting, newest)


@door(Action.READ, "selection.area")
def theme_view(engine: Engine, selection: Selection) -> ThemeView:
    """The view of a selection."""
    version = stamp_now(engine)
    return _view(engine, version, selection.criterion, selection.period, selection.area)


@lru_cache(maxsize=_CACHED)
def _view(
    engine: Engine,
    version: str,  # noqa: ARG001
    criterion: str,
    period: Period,
    area: str,
) -> ThemeView:
    whole = theme_period(engine, criterion, period)
    place = parse_area(area)
    if place.province:
        whole = with_districts(engine, whole, place.province)
    units = tuple(sorted(whole.inside(area), key=lambda one: _need(one, whole.unit)))
    parts = whole.below(area, below_of(area)) if place.level < Level.DISTRICT else ()
    ranking = _ranked(whole, parts)
    column = light_column(whole.rules.of(period), whole.unit.id)
    with reading(engine) as session:
        history = area_history(session, (criterion,), area)
    return ThemeView(
        criterion=criterion,
        unit=whole.unit,
        name=whole.rule.name,
        short=whole.rule.short or whole.unit.name,
        period=period,
        before=whole.before,
        area=whole.place(area),
        chain=whole.chain(area),
        focus=place.province or area,
        share=whole.share(area),
        share_before=whole.share(area, before=True),
        history=tuple(
            (when, share_of(whole.rules.of(when).rules.get(criterion), row))
            for (_, when), row in history.items()
        ),
        shown=ranking if place.level < Level.PROVINCE else tuple(map(_spot, units)),
        ranking=ranking,
        groups=groups(
            whole.unit,
            column,
            _ends(whole.unit, ((one.value, one.ends) for one in units)),
            _ends(whole.unit, ((one.before, one.ends_before) for one in units))
            if whole.before
            else None,
            (sum(one.is_outside for one in units), sum(one.was_outside for one in units)),
        ),
        units=units,
    )


def _ends(unit: Indicator, values: Iterable[tuple[float | None, Ends | None]]) -> Values:
    """Lowest and highest possible value of each facility, shape (facilities,); NaN: no value.

    A level counts as reached once passed, whatever else is missing.
    """
    by_itself = unit.value == "blocks_passed"
    both = [
        (math.nan, math.nan)
        if value is None
        else (value, value)
        if ends is None or by_itself
        else ends
        for value, ends in values
    ]
    low, high = np.array(both, dtype=np.float64).reshape(-1, 2).T
    return low, high


def _need(one: Unit, unit: Indicator) -> tuple[float, float, str]:
    """Sort key: failing facilities first, the farthest first; then unjudged ones, then passing."""
    better_low = unit.good is not None and {"below", "up_to"} & unit.good.edges.keys()
    value = math.inf if one.value is None else (-one.value if better_low else one.value)
    return _NEED[one.verdict], value, one.hcode


def _ranked(whole: ThemePeriod, codes: Sequence[str]) -> tuple[Shown, ...]:
    rows = [(whole.place(code), whole.share(code)) for code in codes]
    shown = [Shown(place, _tone(share), share=share) for place, share in rows]
    return tuple(sorted(shown, key=_area_need))


def _tone(share: Share | None) -> Tone:
    """The tone of a verdict where a target is printed, else of the share itself."""
    if share is None or share.percent is None:
        return "none"
    return TONES[share.verdict] if share.is_judged else share_tone(share.percent)


def _area_need(row: Shown) -> tuple[int, float]:
    share = row.share
    verdict = share.verdict if share else Verdict.NOT_JUDGED
    percent = share.percent if share and share.percent is not None else math.inf
    return _NEED[verdict], percent


def _spot(one: Unit) -> Shown:
    return Shown(one.place, TONES[one.verdict], points=one.value, position=one.position)
