"""Rounds and months that were closed, and which provinces want findings of yellow lights."""

from dataclasses import fields
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.store.findings.rows import Closing, NewClosing
from core.store.schema.bulk import next_id, table_of
from core.store.schema.codes import enter_periods
from core.store.schema.finding_tables import FindingChoice, FindingClosing
from core.store.schema.keys import period_key, period_of
from core.store.schema.moment import moment_read

_CLOSING: Final = table_of(FindingClosing)
_CHOICE: Final = table_of(FindingChoice)


def closings(session: Session) -> tuple[Closing, ...]:
    """All closings, in the order they were done."""
    c = _CLOSING.c
    query = select(
        c.id, c.area, c.period_id, c.closed_by, c.role, c.closed_at,
        c.lights, c.opened, c.reopened, c.closed,
    ).order_by(c.id)  # fmt: skip
    if (moment := moment_read(session)) is not None:
        query = query.where(c.closed_at <= moment)
    return tuple(
        Closing(
            id=row.id, area=row.area, period=period_of(row.period_id), by=row.closed_by,
            role=row.role, at=row.closed_at, lights=row.lights, opened=row.opened,
            reopened=row.reopened, closed=row.closed,
        )
        for row in session.execute(query)
    )  # fmt: skip


def enter_closing(session: Session, new: NewClosing) -> Closing:
    """Note that a period was closed for an area."""
    number = next_id(session, _CLOSING)
    enter_periods(session, [period_key(new.period)])
    session.execute(
        _CLOSING.insert(),
        {"id": number, "area": new.area, "period_id": period_key(new.period)}
        | {"closed_by": new.by, "role": new.role, "closed_at": new.at, "lights": new.lights}
        | {"opened": new.opened, "reopened": new.reopened, "closed": new.closed},
    )
    return Closing(id=number, **{f.name: getattr(new, f.name) for f in fields(new)})


def watching(session: Session) -> frozenset[str]:
    """The provinces that want findings of yellow lights as well."""
    c = _CHOICE.c
    rows = session.execute(select(c.province, c.watched).order_by(c.id))
    newest = {province: bool(watched) for province, watched in rows}
    return frozenset(province for province, watched in newest.items() if watched)


def choose(
    session: Session, province: str, *, watched: bool, by: str, at: datetime, why: str
) -> None:
    """Note a province's choice; earlier ones stay."""
    session.execute(
        _CHOICE.insert(),
        {"id": next_id(session, _CHOICE), "province": province, "watched": watched}
        | {"chosen_by": by, "chosen_at": at, "why": why},
    )
