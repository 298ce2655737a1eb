"""What an area came to month by month."""

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.access.roles import Action
from core.periods import Period
from core.services.guard.doors import door
from core.services.overview.area_share import Share, share_of
from core.services.overview.month import month
from core.services.rules.finance import CRISIS_AREA, EFFICIENCY
from core.services.rules.in_force import RulesInForce
from core.store.engine.unit_of_work import reading
from core.store.results.area_rows import area_history

_CACHED: Final = 512

History = Mapping[tuple[str, Period], Share]
"""The shares of one area by criterion and month, oldest first."""


@door(Action.READ, "area")
def history(engine: Engine, period: Period, area: str) -> History:
    """All months of an area's crisis target and of its scores, as stored when a month is read."""
    return _history(engine, month(engine, period).version, period, area)


@lru_cache(maxsize=_CACHED)
def _history(engine: Engine, version: str, period: Period, area: str) -> History:  # noqa: ARG001
    rules = month(engine, period).rules
    with reading(engine) as session:
        return monthly(session, rules, (CRISIS_AREA, EFFICIENCY), area)


def monthly(
    session: Session, rules: RulesInForce, criteria: Collection[str], area: str
) -> dict[tuple[str, Period], Share]:
    """All shares of an area, by criterion and month."""
    rows = area_history(session, criteria, area)
    return {
        (criterion, when): share_of(rules.of(when).rules.get(criterion), row)
        for (criterion, when), row in rows.items()
        if when.part == "M"
    }


def until(known: History, criterion: str, last: Period) -> Iterator[tuple[Period, Share]]:
    """The months of a criterion up to a month, oldest first."""
    for (one, when), share in known.items():
        if one == criterion and when <= last:
            yield when, share
