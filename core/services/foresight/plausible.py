"""Figures of a hospital unlike its own past: findings about data, not about performance."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from sqlalchemy import Engine

from core.access.roles import Action
from core.criteria.catalog import measure_name
from core.foresight.levers import Compared, compared
from core.foresight.plausible import MONTHS, unlike_own_past
from core.periods import Period, month_at
from core.scoring.base.inputs import FloatArray
from core.scoring.base.states import State
from core.services.guard.doors import door
from core.services.recompute.finance import monthly_forms
from core.services.recompute.joined_table import JoinedTable, joined_table
from core.store.engine.unit_of_work import reading
from core.store.results.versions import stamp_now
from core.text import Text


@dataclass(frozen=True, slots=True)
class Unlikely:
    """A figure beyond the mean of its own months by more than three standard deviations, baht.

    A flow is that of the month alone.
    """

    measure: str
    name: Text
    is_flow: bool
    value: float
    mean: float
    spread: float


@door(Action.READ, "hcode")
def unlikely_figures(engine: Engine, hcode: str, period: Period) -> tuple[Unlikely, ...]:
    """The figures of a hospital in a month that its own 24 months before make unlikely."""
    return _unlikely(engine, stamp_now(engine), hcode, period)


@lru_cache(maxsize=256)
def _unlikely(
    engine: Engine,
    version: str,  # noqa: ARG001
    hcode: str,
    period: Period,
) -> tuple[Unlikely, ...]:
    # One month more: a flow of the first month is the difference from the one before.
    months = [month_at(period.ordinal - back) for back in range(MONTHS + 1, -1, -1)]
    codes = {one.measure for one in compared()}
    with reading(engine) as session:
        table = joined_table(session, monthly_forms(), set(months), codes, {hcode})
    unlikely = []
    for one in compared():
        values = _row(table, one, months)
        unlike = unlike_own_past(values[np.newaxis])
        if unlike.is_unlike[0]:
            unlikely.append(
                Unlikely(
                    one.measure,
                    measure_name(one.measure),
                    one.is_flow,
                    float(values[-1]),
                    float(unlike.mean[0]),
                    float(unlike.spread[0]),
                )
            )
    return tuple(unlikely)


def _row(table: JoinedTable, one: Compared, months: list[Period]) -> FloatArray:
    """The figure of each month, the first left out: a flow as that of the month alone."""
    values = np.full(len(months), np.nan)
    column = table.columns.get(one.measure)
    if column is not None:
        here = column.states == State.REPORTED
        values[table.months[here] - months[0].ordinal] = column.values[here]
    if not one.is_flow:
        return values[1:]
    begins = np.array([month.ordinal % 12 == 0 for month in months[1:]])
    return np.where(begins, values[1:], values[1:] - values[:-1])
