"""The least support that brings an area to its target, and who needs it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from sqlalchemy import Engine

from core.access.roles import Action
from core.criteria.catalog import RuleSet
from core.criteria.model import AreaShare, ShareLine
from core.foresight.smallest import least_amounts
from core.foresight.support import LevelCap, least_support
from core.periods import Period
from core.scoring.base.threshold import lies_in
from core.services.foresight.months import figures_of
from core.services.guard.doors import door
from core.services.overview.month import Hospital, month
from core.services.rules.finance import CRISIS_AREA, finance_rules
from core.store.results.versions import stamp_now

LEVER: Final = "cash_in"
"""Support is money that is no income of the hospital's own."""
_CACHED: Final = 64


@dataclass(frozen=True, slots=True)
class Lifted:
    """A hospital that support lifts to a level, by so many whole baht."""

    hospital: Hospital
    level: int
    to: int
    amount: int


@dataclass(frozen=True, slots=True)
class Support:
    """The least support of an area: whom to lift so that its target of crisis levels is there.

    `reporting` hospitals were weighed. `is_reachable` is False where no money keeps the target,
    `has_target` where the rules of the month name none. `lifted` by amount, the dearest last; empty
    where the target is there already.
    """

    area: str
    period: Period
    reporting: int
    has_target: bool
    is_reachable: bool
    lifted: tuple[Lifted, ...]

    @property
    def total(self) -> int:
        return sum(one.amount for one in self.lifted)


@door(Action.READ, "area")
def support(engine: Engine, area: str, period: Period) -> Support:
    """The least support of an area in a month."""
    return _support(engine, stamp_now(engine), area, period)


@lru_cache(maxsize=_CACHED)
def _support(engine: Engine, version: str, area: str, period: Period) -> Support:  # noqa: ARG001
    figures, whole = figures_of(engine, period), month(engine, period)
    hospitals = sorted(
        (one for one in whole.inside(area) if one.level is not None and one.hcode in figures.rows),
        key=lambda one: one.hcode,
    )
    caps = level_caps(figures.rules, period, len(hospitals))
    if not hospitals or caps is None:
        return Support(area, period, len(hospitals), caps is not None, True, ())
    months = figures.of([one.hcode for one in hospitals])
    costs = least_amounts(months, LEVER)
    levels = months.levels.astype(np.int64)
    reached = least_support(levels, costs, caps)
    if reached is None:
        return Support(area, period, len(hospitals), True, False, ())
    lifted = [
        Lifted(one, int(level), int(to), int(costs[row, to]))
        for row, (one, level, to) in enumerate(zip(hospitals, levels, reached, strict=True))
        if to < level
    ]
    lifted.sort(key=lambda one: (one.amount, one.hospital.hcode))
    return Support(area, period, len(hospitals), True, True, tuple(lifted))


def level_caps(rules: RuleSet, period: Period, reporting: int) -> Sequence[LevelCap] | None:
    """How many of so many reporting hospitals may be at which levels; None without a target."""
    rule = rules.rules.get(CRISIS_AREA)
    lines = rule.parts if isinstance(rule, AreaShare) else ()
    worst = int(finance_rules(rules).crisis.full)
    elapsed = period.ordinal % 12 + 1
    return [cap for line in lines if (cap := _cap(line, elapsed, reporting, worst))] or None


def _cap(line: ShareLine, elapsed: int, reporting: int, worst: int) -> LevelCap | None:
    steps = (one for one in line.targets if elapsed <= (one.through_month or elapsed))
    target = next(steps, None)
    if target is None or line.units is None:
        return None
    inside = np.flatnonzero(lies_in(np.arange(worst + 1.0), line.units))
    shares = 100.0 * np.arange(reporting + 1) / max(reporting, 1)
    there = np.flatnonzero(lies_in(shares, target))
    return LevelCap(int(inside.min()), int(inside.max()), int(there.max(initial=0)))
