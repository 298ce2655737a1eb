"""Forecasts: entered once, read with the level that came."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import ColumnElement, func, insert, select, true
from sqlalchemy.orm import Session

from core.periods import Period
from core.store.schema.bulk import next_id, rows_of, table_of
from core.store.schema.codes import enter_periods
from core.store.schema.keys import period_key, period_of
from core.store.schema.program_tables import Forecast

_FORECAST: Final = table_of(Forecast)


@dataclass(frozen=True, slots=True)
class KeptForecast:
    """One forecast: made in a month for so many months later, by a model."""

    hcode: str
    made_in: Period
    horizon: int
    probability: float
    first_red: int
    model: str


def enter_forecasts(session: Session, forecasts: Iterable[KeptForecast]) -> int:
    """Enter forecasts that the same model has not made of the same month before; how many."""
    entered = list(forecasts)
    months = {period_key(one.made_in) for one in entered}
    enter_periods(session, months)
    f = _FORECAST.c
    query = select(f.subject, f.period_id, f.horizon, f.model).where(f.period_id.in_(months))
    there = {tuple(row) for row in rows_of(session, query)}
    new = [
        one
        for one in entered
        if (one.hcode, period_key(one.made_in), one.horizon, one.model) not in there
    ]
    first, now = next_id(session, _FORECAST), datetime.now(UTC)
    if new:
        rows = [_row(first + place, one, now) for place, one in enumerate(new)]
        session.execute(insert(_FORECAST), rows)
    return len(new)


def _row(number: int, one: KeptForecast, now: datetime) -> dict[str, object]:
    return {
        "id": number,
        "subject": one.hcode,
        "period_id": period_key(one.made_in),
        "horizon": one.horizon,
        "probability": one.probability,
        "first_red": one.first_red,
        "model": one.model,
        "made_at": now,
    }


def newest_forecast(session: Session) -> int:
    """The number of the forecast entered last; 0 while there is none."""
    return session.scalar(select(func.max(_FORECAST.c.id))) or 0


def forecasts_made(session: Session, month: Period) -> Iterator[KeptForecast]:
    """The forecasts of the first model of one month."""
    return _first(session, _FORECAST.c.period_id == period_key(month))


def stored_forecasts(session: Session) -> Iterator[KeptForecast]:
    """All forecasts of the first model of each month, oldest months first.

    A later model of the same month knew what came: it is kept and counts for nothing.
    """
    return _first(session, true())


def _first(session: Session, which: ColumnElement[bool]) -> Iterator[KeptForecast]:
    f = _FORECAST.c
    earliest = (
        select(func.min(f.id).label("id")).where(which).group_by(f.subject, f.period_id, f.horizon)
    ).subquery()
    query = (
        select(f.subject, f.period_id, f.horizon, f.probability, f.first_red, f.model)
        .join(earliest, f.id == earliest.c.id)
        .order_by(f.period_id, f.subject, f.horizon)
    )
    for subject, key, horizon, probability, red, model in rows_of(session, query):
        yield KeptForecast(subject, period_of(key), horizon, probability, red, model)
