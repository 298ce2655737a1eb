"""Periods and measures as rows, inserted when they first occur."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.periods import Period
from core.store.schema.bulk import insert_rows, next_id, table_of
from core.store.schema.keys import period_key, period_of
from core.store.schema.tables import Measure, PeriodRow

_PERIOD = table_of(PeriodRow)
_MEASURE = table_of(Measure)


def enter_periods(session: Session, keys: Iterable[int]) -> None:
    """Insert the rows of these periods that are missing."""
    wanted = set(keys)
    present = session.scalars(select(_PERIOD.c.id).where(_PERIOD.c.id.in_(wanted)))
    new = map(period_of, sorted(wanted - set(present)))
    insert_rows(session, _PERIOD, [_period_row(period) for period in new])


def _period_row(period: Period) -> tuple[int, str, int, str, int, int | None]:
    ordinal = period.ordinal if period.months else None
    return (
        period_key(period), str(period), period.fiscal_year, period.part, period.number, ordinal
    )  # fmt: skip


def measure_ids(session: Session) -> Mapping[str, int]:
    """The id of every measure in the store, by code."""
    rows = session.execute(select(_MEASURE.c.code, _MEASURE.c.id))
    return {str(code): int(number) for code, number in rows}


def enter_measures(session: Session, codes: Iterable[str]) -> Mapping[str, int]:
    """Insert the missing ones of these measures, in this order; the ids of all, by code."""
    present = dict(measure_ids(session))
    first = next_id(session, _MEASURE)
    unmet = (code for code in dict.fromkeys(codes) if code not in present)
    new = {code: first + n for n, code in enumerate(unmet)}
    insert_rows(session, _MEASURE, [(number, code) for code, number in new.items()])
    return present | new
