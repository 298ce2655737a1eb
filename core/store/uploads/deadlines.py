"""Deadlines as they were set: the newest of a form, period and area counts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Row, func, insert, select
from sqlalchemy.orm import Session

from core.periods import Period
from core.store.schema.bulk import next_id, table_of
from core.store.schema.codes import enter_periods
from core.store.schema.keys import period_key, period_of
from core.store.schema.program_tables import Deadline

_DEADLINE = table_of(Deadline)


@dataclass(frozen=True, slots=True)
class SetDeadline:
    """The last day in time for a form and period in an area, with who set it."""

    form: str
    period: Period
    area: str
    due: date
    by: str
    at: datetime


def deadlines(
    session: Session, *, form: str | None = None, periods: Collection[Period] | None = None
) -> tuple[SetDeadline, ...]:
    """The deadlines in force, of one form or of some periods where those are given."""
    d = _DEADLINE.c
    newest = select(func.max(d.id)).group_by(d.form, d.period_id, d.area)
    query = select(d.form, d.period_id, d.area, d.due, d.set_by, d.set_at).where(
        d.id.in_(newest), d.due.is_not(None)
    )
    if form is not None:
        query = query.where(d.form == form)
    if periods is not None:
        query = query.where(d.period_id.in_([period_key(one) for one in periods]))
    return tuple(map(_set, session.execute(query.order_by(d.due, d.form, d.period_id, d.area))))


def enter_deadline(
    session: Session, form: str, period: Period, area: str, *, due: date | None, by: str
) -> None:
    """Note a deadline, or that there is none any more; earlier ones stay."""
    enter_periods(session, [period_key(period)])
    row = {"id": next_id(session, _DEADLINE), "form": form, "period_id": period_key(period)}
    row |= {"area": area, "due": due, "set_by": by, "set_at": datetime.now(UTC)}
    session.execute(insert(_DEADLINE), [row])


def _set(row: Row[*tuple[Any, ...]]) -> SetDeadline:
    form, key, *rest = tuple(row)
    return SetDeadline(form, period_of(key), *rest)
