"""The states of facilities at the moment a session reads, where it is an earlier one.

Whoever corrects a state, or enters a later one, keeps what it replaced, with the time.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, FromClause, exists, func, select, union_all
from sqlalchemy.orm import Session

from core.periods import Period
from core.store.register.past import has_moments
from core.store.schema.bulk import table_of, upsert
from core.store.schema.moment import moment_read
from core.store.schema.tables import Facility, FacilityState, FacilityStatePast

Key = tuple[str, int]
"""The hcode of a facility and the first month of its state."""

_FACILITY = table_of(Facility)
_STATE = table_of(FacilityState)
_PAST = table_of(FacilityStatePast)
_COLUMNS: Final = tuple(column.name for column in _STATE.columns)


class InForce(NamedTuple):
    """What holds states, by the names of their columns, and the condition for those in force."""

    states: FromClause
    condition: ColumnElement[bool]


def states_read(session: Session) -> FromClause:
    """All states of facilities as they stood at the session's moment."""
    moment = moment_read(session)
    if moment is None or not _is_changed_since(session, moment):
        return _STATE
    s, p, later = _STATE.c, _PAST.c, _PAST.alias("later").c
    was_changed = exists().where(
        later.hcode == s.hcode, later.valid_from == s.valid_from, later.until > moment
    )
    # The first change after the moment tells what held at it.
    first = select(func.min(later.until)).where(
        later.hcode == p.hcode, later.valid_from == p.valid_from, later.until > moment
    )
    then = select(*(p[name] for name in _COLUMNS)).where(
        p.until == first.scalar_subquery(), p.was_there
    )
    return union_all(select(_STATE).where(~was_changed), then).subquery("state_then")


def in_force(session: Session, at: Period | None) -> InForce:
    """The states in force at the end of a period, or the newest of the session's moment."""
    states = states_read(session)
    if states is _STATE:
        return InForce(_STATE, _STATE.c.valid_from == _newest(at))
    # In one pass: nothing of what a query puts together has an index.
    rank = func.row_number().over(partition_by=states.c.hcode, order_by=states.c.valid_from.desc())
    ranked = select(states, rank.label("rank"))
    if at is not None:
        ranked = ranked.where(states.c.valid_from <= at.ordinal)
    table = ranked.subquery("state_in_force")
    return InForce(table, table.c.rank == 1)


def _newest(at: Period | None) -> Any:
    """First month of the state of the outer query's facility at the end of a period, or now."""
    other = _STATE.alias("other")
    newest = select(func.max(other.c.valid_from)).where(other.c.hcode == _FACILITY.c.hcode)
    if at is not None:
        newest = newest.where(other.c.valid_from <= at.ordinal)
    return newest.scalar_subquery()


def _is_changed_since(session: Session, moment: datetime) -> bool:
    return session.scalar(select(_PAST.c.hcode).where(_PAST.c.until > moment).limit(1)) is not None


def keep_states(
    session: Session, was: Mapping[Key, Mapping[str, Any]], becomes: Iterable[Mapping[str, Any]]
) -> None:
    """Keep the states that are about to be replaced, and which were not there yet.

    Both by the names of columns. Nothing is kept while no snapshot was ever taken.
    """
    if not has_moments(session):
        return
    moment, rows = datetime.now(UTC), []
    for state in becomes:
        key = state["hcode"], state["valid_from"]
        rows.append({**state, **was.get(key, {}), "until": moment, "was_there": key in was})
    upsert(session, _PAST, rows)
