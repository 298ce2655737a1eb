"""Early warning: who may be in crisis in three and in six months, why, and how good that was."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import numpy as np
from sqlalchemy import Engine

from core.access.actors import current_actor
from core.access.roles import Action
from core.foresight.backtest import BackTest, back_test, forecasts_of, yearly_models
from core.foresight.warning import HORIZONS, MONTHS_NEEDED, ROWS_NEEDED, Model
from core.periods import Period, month_at
from core.services.foresight.history import StoredHistory, stored_history
from core.services.guard.doors import ANYWHERE, door
from core.services.guard.lying import readable
from core.services.rules.finance import edges
from core.services.rules.in_force import rules_in_force
from core.store.engine.unit_of_work import reading
from core.store.results.versions import stamp_now
from core.text import Text, say

_YEAR: Final = 12


@dataclass(frozen=True, slots=True)
class Forecast:
    """The probability of a crisis level in a month to come, and what speaks for it.

    `reasons`: feature -> what it adds to the log odds, the largest first.
    """

    hcode: str
    made_in: Period
    horizon: int
    probability: float
    reasons: Mapping[str, float]
    model: str

    @property
    def target(self) -> Period:
        return month_at(self.made_in.ordinal + self.horizon)


@dataclass(frozen=True)
class Foretold:
    """All forecasts made in a month for so many months ahead, or why there are none.

    `forecasts` by hcode. `test` holds earlier years' forecasts against what came, `model` is what
    foretold this month. Where `refusal` says something the rest is empty.
    """

    horizon: int
    made_in: Period
    first_red: int
    forecasts: Mapping[str, Forecast]
    model: Model | None = None
    test: BackTest | None = None
    refusal: Text | None = None

    @property
    def target(self) -> Period:
        """The month that is foretold."""
        return month_at(self.made_in.ordinal + self.horizon)

    @property
    def trained_until(self) -> Period | None:
        return month_at(self.model.trained_until) if self.model else None


@door(Action.READ, ANYWHERE)
def foretold(engine: Engine, period: Period) -> tuple[Foretold, ...]:
    """Forecasts made in a month, for each horizon, of the hospitals that may be read."""
    version, may = stamp_now(engine), readable(engine)
    forecasts = tuple(_foretold(engine, version, period, horizon) for horizon in HORIZONS)
    if not current_actor().reach:
        return forecasts
    return tuple(replace(one, forecasts=_left(one.forecasts, may)) for one in forecasts)


def _left(every: Mapping[str, Forecast], may: Callable[[str], bool]) -> Mapping[str, Forecast]:
    return {hcode: one for hcode, one in every.items() if may(hcode)}


@lru_cache(maxsize=64)
def _foretold(engine: Engine, version: str, period: Period, horizon: int) -> Foretold:
    with reading(engine) as session:
        red = edges(rules_in_force(session, period)).first
    known = stored_history(engine)
    place = known.place(period) if known else None
    if known is None or place is None:
        return _refused(horizon, period, red, say("No hospital has a level in this month."))
    every = _models(engine, version, horizon, red)
    models = [one for one in every if one.trained_until <= period.ordinal]
    model = models[-1] if models else None
    if model is None or model.trained_until < known.history.first + MONTHS_NEEDED - 1:
        return _refused(horizon, period, red, _too_little(known, period))
    until = known.history.until(period.ordinal)
    tested = back_test(until, forecasts_of(until, models), horizon, red)
    chances = model.foretold(known.history)[:, place]
    reasons = model.reasons(known.history, period.ordinal)
    forecasts = {
        hcode: Forecast(hcode, period, horizon, float(chance), reasons[row], model.version)
        for row, (hcode, chance) in enumerate(zip(known.hcodes, chances, strict=True))
        if not np.isnan(chance)
    }
    return Foretold(horizon, period, red, forecasts, model, tested)


def _refused(horizon: int, period: Period, red: int, why: Text) -> Foretold:
    return Foretold(horizon, period, red, {}, refusal=why)


def _too_little(known: StoredHistory, period: Period) -> Text:
    until = known.history.until(period.ordinal)
    return say(
        "A forecast needs {months} months of history at the end of a fiscal year and {rows}"
        " hospital-months whose outcome is known. There are {there} months up to this one.",
        months=MONTHS_NEEDED,
        rows=ROWS_NEEDED,
        there=int(until.known.any(axis=0).sum()),
    )


@lru_cache(maxsize=8)
def _models(engine: Engine, version: str, horizon: int, red: int) -> tuple[Model, ...]:  # noqa: ARG001
    """A model for each September with a year of history before it, the first only to be tried."""
    known = stored_history(engine)
    if known is None:
        return ()
    earliest = known.history.first + _YEAR - 1
    first_cut = earliest + (_YEAR - 1 - earliest) % _YEAR
    models = yearly_models(known.history, horizon, red, first_cut=first_cut)
    return tuple(model for model in models if model.rows >= ROWS_NEEDED)
