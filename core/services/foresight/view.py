"""The page of an area: who may come into crisis, how much would lift whom, and what it rests on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from sqlalchemy import Engine

from core.access.roles import Action
from core.areas import COUNTRY
from core.foresight.levers import levers
from core.foresight.smallest import least_amounts
from core.periods import Period
from core.scoring.base.inputs import FloatArray
from core.services.foresight.area import Support, support
from core.services.foresight.months import MonthFigures, figures_of
from core.services.foresight.warning import Foretold, foretold
from core.services.geography.country import Place
from core.services.guard.doors import door
from core.services.overview.month import Hospital, month
from core.services.rules.finance import edges
from core.store.results.versions import stamp_now
from core.text import Text

_CACHED: Final = 64


@dataclass(frozen=True, slots=True)
class Watched:
    """A hospital of the area: its level, and the probability of a crisis at each horizon.

    `cheapest` is the lever and the least whole baht that bring it below the levels of crisis; None
    for a hospital that is below, or that no lever brings there.
    """

    hospital: Hospital
    chances: tuple[float | None, ...]
    reasons: tuple[str, ...]
    cheapest: tuple[str, int] | None


@dataclass(frozen=True)
class AreaForesight:
    """An area in a month: `watched` by the last horizon's probability, the most probable first."""

    chain: tuple[Place, ...]
    period: Period
    first_red: int
    foretold: tuple[Foretold, ...]
    watched: tuple[Watched, ...]
    support: Support

    @property
    def in_crisis(self) -> int:
        return sum((one.hospital.level or 0) >= self.first_red for one in self.watched)

    def expected(self, horizon: int) -> float | None:
        """How many hospitals are expected in crisis: the sum of probabilities; None without any."""
        chances = [chance for one in self.watched if (chance := one.chances[horizon]) is not None]
        return sum(chances) if chances else None


@door(Action.READ, "area")
def area_foresight(engine: Engine, area: str, period: Period) -> AreaForesight:
    """What is foretold of an area in a month, and what would lift it."""
    return _area_foresight(engine, stamp_now(engine), area, period)


@door(Action.READ, "hcode")
def chain_of(engine: Engine, hcode: str, period: Period) -> tuple[Place, ...]:
    """The places from the country down to a hospital."""
    whole = month(engine, period)
    known = whole.facilities.get(hcode)
    above = whole.chain(known.district if known else COUNTRY)
    return (*above, known.place if known else Place(hcode, Text(hcode, hcode)))


@lru_cache(maxsize=_CACHED)
def _area_foresight(engine: Engine, version: str, area: str, period: Period) -> AreaForesight:  # noqa: ARG001
    whole, figures = month(engine, period), figures_of(engine, period)
    red = edges(whole.rules.of(period)).first
    forecasts = foretold(engine, period)
    hospitals = [one for one in whole.inside(area) if one.level is not None]
    lifts = dict(_lifts(figures, hospitals, red))
    watched = [
        Watched(
            hospital=one,
            chances=tuple(_chance(each, one.hcode) for each in forecasts),
            reasons=_reasons(forecasts[-1], one.hcode),
            cheapest=lifts.get(one.hcode),
        )
        for one in hospitals
    ]
    watched.sort(key=_need)
    return AreaForesight(
        chain=whole.chain(area),
        period=period,
        first_red=red,
        foretold=forecasts,
        watched=tuple(watched),
        support=support(engine, area, period),
    )


def _need(one: Watched) -> tuple[float, int, str]:
    chance = one.chances[-1]
    return -(chance if chance is not None else -1.0), -(one.hospital.level or 0), one.hospital.hcode


def _chance(one: Foretold, hcode: str) -> float | None:
    forecast = one.forecasts.get(hcode)
    return forecast.probability if forecast else None


def _reasons(one: Foretold, hcode: str) -> tuple[str, ...]:
    forecast = one.forecasts.get(hcode)
    return tuple(forecast.reasons) if forecast else ()


def _lifts(
    figures: MonthFigures, hospitals: Sequence[Hospital], red: int
) -> Iterator[tuple[str, tuple[str, int]]]:
    """What brings each hospital in crisis below it: the lever that moves the least money."""
    known = figures.rows
    codes = [one.hcode for one in hospitals if (one.level or 0) >= red and one.hcode in known]
    if not codes:
        return
    months = figures.of(codes)
    amounts: FloatArray = np.stack([least_amounts(months, one)[:, red - 1] for one in levers()])
    ids = list(levers())
    for column, hcode in enumerate(codes):
        if not np.isnan(amounts[:, column]).all():
            place = int(np.nanargmin(amounts[:, column]))
            yield hcode, (ids[place], int(amounts[place, column]))
