"""Forecasts that need attention: who is not in crisis and may be, from those kept as made."""

from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Engine

from core.access.roles import Action
from core.periods import Period, month_at, period_text
from core.services.foresight.wording import chance_text
from core.services.guard.doors import door
from core.services.overview.attention import MOST_LISTED, NamedPlace, Point
from core.services.overview.month import Hospital, month
from core.store.engine.unit_of_work import reading
from core.store.forecasts.repository import KeptForecast, forecasts_made, newest_forecast
from core.store.results.versions import stamp_now
from core.text import say

_FEWEST: float = 1.0
"""Crises expected below which nothing is said: less than one hospital."""
_CACHED = 256
"""Points in the cache, one for each area and month that is looked at."""


@dataclass(frozen=True, slots=True)
class Likely:
    """A hospital not in crisis, and the probability that it will be."""

    hospital: Hospital
    probability: float


@door(Action.READ, "area")
def crisis_point(
    engine: Engine, period: Period, area: str, most: int = MOST_LISTED
) -> Point | None:
    """Hospitals of an area that may newly come into crisis, by the longest forecasts of a month.

    None where no forecasts of the month were kept, or less than one new crisis is expected.
    """
    with reading(engine) as session:
        newest = newest_forecast(session)
    return _point(engine, stamp_now(engine), newest, period, area, most) if newest else None


@lru_cache(maxsize=_CACHED)
def _point(
    engine: Engine,
    version: str,  # noqa: ARG001
    newest: int,
    period: Period,
    area: str,
    most: int,
) -> Point | None:
    """The point; `newest` changes whenever a forecast is kept, `version` whenever a result is."""
    forecasts = _of_month(engine, newest, period)
    of = {one.hcode: one for one in forecasts}
    places = [
        Likely(one, of[one.hcode].probability)
        for one in month(engine, period).inside(area)
        if one.level is not None and one.hcode in of and one.level < of[one.hcode].first_red
    ]
    expected = sum(one.probability for one in places)
    if expected < _FEWEST:
        return None
    places.sort(key=lambda one: (-one.probability, one.hospital.hcode))
    text = say(
        "Forecast, not a result: of {count} hospitals not in crisis about {expected} will be in"
        " {month}",
        count=f"{len(places):,}",
        expected=f"{expected:,.1f}",
        month=period_text(month_at(period.ordinal + forecasts[0].horizon)),
    )
    likely = tuple(
        NamedPlace(
            say(
                "{name} ({chance})",
                name=one.hospital.place.name,
                chance=chance_text(one.probability),
            ),
            one.hospital.hcode,
        )
        for one in places[:most]
    )
    return Point("watch", text, likely, are_hospitals=True)


@lru_cache(maxsize=8)
def _of_month(engine: Engine, newest: int, period: Period) -> tuple[KeptForecast, ...]:  # noqa: ARG001
    """The forecasts of the longest horizon."""
    with reading(engine) as session:
        forecasts = tuple(forecasts_made(session, period))
    longest = max((one.horizon for one in forecasts), default=0)
    return tuple(one for one in forecasts if one.horizon == longest)
