"""Points of a theme's parts in percent of full marks, for one facility or a whole area."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Protocol

from sqlalchemy import Engine

from core.access.roles import Action
from core.areas import Level, parse_area
from core.criteria.model import Indicator
from core.periods import Period
from core.services.guard.doors import door
from core.store.engine.unit_of_work import reading
from core.store.results.area_rows import explained, subjects_inside
from core.store.results.detail import FULL_MARKS, POINTS, Detail
from core.store.results.versions import stamp_now
from core.text import Text

_FEWEST, _MOST = 3, 8
_CACHED: Final = 256


class HasDetail(Protocol):
    """A stored result with its tests."""

    @property
    def detail(self) -> Detail: ...


@dataclass(frozen=True, slots=True)
class SpokeShare:
    """One part: percent of full marks over all facilities judged, None where none was."""

    id: str
    name: Text
    now: float | None
    before: float | None


def has_radar(unit: Indicator) -> bool:
    """Whether a rule has parts that make spokes."""
    return (
        unit.value == "percent_earned"
        and _FEWEST <= len(unit.parts) <= _MOST
        and all(part.kind in ("block", "points_of") for part in unit.parts)
    )


@door(Action.READ, "area")
def spoke_shares(
    engine: Engine, unit: Indicator, period: Period, before: Period | None, area: str
) -> tuple[SpokeShare, ...]:
    """The spokes of an area or a facility in a period and the one before; empty without a radar."""
    if not has_radar(unit):
        return ()
    version = stamp_now(engine)
    now = _sums(engine, version, unit, period, area)
    was = _sums(engine, version, unit, before, area) if before else {}
    return tuple(
        SpokeShare(part.id, part.short or part.name, now.get(part.id), was.get(part.id))
        for part in unit.parts
    )


def spokes_of(unit: Indicator, now: HasDetail, before: HasDetail | None) -> tuple[SpokeShare, ...]:
    """The spokes of one stored result and of the one before it; empty without a radar."""
    if not has_radar(unit):
        return ()
    return tuple(
        SpokeShare(part.id, part.short or part.name, _percent(now, local), _percent(before, local))
        for part in unit.parts
        if (local := part.id.removeprefix(f"{unit.id}."))
    )


def _percent(result: HasDetail | None, local: str) -> float | None:
    part = result.detail.parts.get(local) if result else None
    if part is None or math.isnan(part.points) or not part.full_marks > 0:
        return None
    return 100 * part.points / part.full_marks


@lru_cache(maxsize=_CACHED)
def _sums(
    engine: Engine,
    version: str,  # noqa: ARG001
    unit: Indicator,
    period: Period,
    area: str,
) -> Mapping[str, float | None]:
    with reading(engine) as session:
        subjects = (
            {area}
            if parse_area(area).level is Level.FACILITY
            else subjects_inside(session, unit.of, period.month, area)
        )
        results = explained(session, unit.id, period, subjects).values()
    return {part.id: _share(part.id.removeprefix(f"{unit.id}."), results) for part in unit.parts}


def _share(local: str, results: Iterable[Mapping[str, Any]]) -> float | None:
    parts = [parts[local] for parts in results if local in parts]
    judged = [part for part in parts if part[POINTS] is not None and part[FULL_MARKS]]
    full = sum(part[FULL_MARKS] for part in judged)
    return 100 * sum(part[POINTS] for part in judged) / full if full else None
