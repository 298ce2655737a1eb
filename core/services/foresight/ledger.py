"""The ledger of forecasts: those of the newest month are kept as made, and scored when it comes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from sqlalchemy import Engine

from core.access.roles import Action
from core.foresight.backtest import auc
from core.periods import Period, month_at
from core.services.audit.leaving import leave
from core.services.foresight.warning import Foretold, foretold
from core.services.guard.doors import ANYWHERE, door
from core.services.overview.month import months
from core.services.rules.finance import CRISIS
from core.store.engine.unit_of_work import reading, unit_of_work
from core.store.forecasts.repository import KeptForecast, enter_forecasts, stored_forecasts
from core.store.results.area_rows import values
from core.store.results.versions import stamp_now


@dataclass(frozen=True, slots=True)
class MonthKept:
    """What was kept of a month: how many forecasts are new; `month` None where there is none."""

    month: Period | None
    entered: int


@dataclass(frozen=True, slots=True)
class MonthScored:
    """The forecasts made in a month for so many months later, once the levels are known.

    `forecasts` whose hospital has a level in `target`, crises `expected` of them and that `came`;
    `waiting` have none yet. `auc` is NaN where all or none came.
    """

    made_in: Period
    target: Period
    horizon: int
    forecasts: int
    expected: float
    came: int
    waiting: int
    auc: float


@door(Action.MANAGE)
def keep_newest(engine: Engine) -> MonthKept:
    """Keep the forecasts of the newest month with results; those that are there stay as they are.

    Only of the newest: whoever foretells an older month may know what came. Safe to call again.
    """
    known = months(engine)
    if not known:
        return MonthKept(None, 0)
    forecasts = [one for horizon in foretold(engine, known[-1]) for one in _entries(horizon)]
    with unit_of_work(engine) as session:
        entered = enter_forecasts(session, forecasts)
        after = {"month": str(known[-1]), "entered": entered}
        if entered:
            leave(session, "forecasts_kept", "forecasts", after=after)
        session.commit()
    return MonthKept(known[-1], entered)


def _entries(forecast: Foretold) -> Iterator[KeptForecast]:
    for one in forecast.forecasts.values():
        yield KeptForecast(
            one.hcode, one.made_in, one.horizon, one.probability, forecast.first_red, one.model
        )


@door(Action.READ, ANYWHERE)
def ledger(engine: Engine) -> tuple[MonthScored, ...]:
    """Every month of which forecasts were kept, scored as far as levels are known; oldest first."""
    with reading(engine) as session:
        stored = tuple(stored_forecasts(session))
    return _scored(engine, stamp_now(engine), stored)


@lru_cache(maxsize=4)
def _scored(
    engine: Engine,
    version: str,  # noqa: ARG001
    stored: tuple[KeptForecast, ...],
) -> tuple[MonthScored, ...]:
    groups: dict[tuple[Period, int], list[KeptForecast]] = {}
    for one in stored:
        groups.setdefault((one.made_in, one.horizon), []).append(one)
    targets = {month_at(month.ordinal + horizon) for month, horizon in groups}
    with reading(engine) as session:
        levels = values(session, CRISIS, sorted(targets))
    return tuple(_month(key, forecasts, levels) for key, forecasts in groups.items())


def _month(
    key: tuple[Period, int],
    forecasts: list[KeptForecast],
    levels: Mapping[Period, Mapping[str, float | None]],
) -> MonthScored:
    month, horizon = key
    target = month_at(month.ordinal + horizon)
    came_of = levels.get(target, {})
    known = [(one, level) for one in forecasts if (level := came_of.get(one.hcode)) is not None]
    chances = np.array([one.probability for one, _level in known])
    came = np.array([level >= one.first_red for one, level in known], dtype=np.bool_)
    return MonthScored(
        made_in=month,
        target=target,
        horizon=horizon,
        forecasts=len(known),
        expected=float(chances.sum()),
        came=int(came.sum()),
        waiting=len(forecasts) - len(known),
        auc=auc(chances, came),
    )
