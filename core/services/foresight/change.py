"""The smallest change of a hospital's money to a lower crisis level."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from sqlalchemy import Engine

from core.access.roles import Action
from core.criteria.model import Crisis
from core.foresight.levers import levers
from core.foresight.situations import Situations
from core.foresight.smallest import Change, Ways
from core.periods import Period
from core.services.foresight.months import figures_of
from core.services.guard.doors import door
from core.services.scored.basis import UNKNOWN, Basis
from core.store.results.versions import stamp_now

_CACHED: Final = 256


@dataclass(frozen=True, slots=True)
class Goal:
    """A level to be reached and how: by each lever alone (None: not reachable), and by a pair.

    `pair` is None where no two levers together are cheaper than one.
    """

    level: int
    alone: tuple[tuple[str, Change | None], ...]
    pair: Change | None

    @property
    def cheapest(self) -> Change | None:
        """The change that moves the least money; None where nothing reaches the level."""
        known = [one for _, one in self.alone if one]
        known += [self.pair] if self.pair else []
        return min(known, key=lambda change: change.total, default=None)


@dataclass(frozen=True, slots=True)
class Changes:
    """What would lower a hospital's level: the goals from the nearest to the farthest.

    `lasting` is how many months of the expense of an average month of the year the cash lasts;
    None where it is not known. `basis` is what the level rests on.
    """

    hcode: str
    period: Period
    level: int
    goals: tuple[Goal, ...]
    lasting: float | None
    basis: Basis


@door(Action.READ, "hcode")
def changes(engine: Engine, hcode: str, period: Period) -> Changes | None:
    """The smallest changes of a hospital in a month; None where its level is not known."""
    return _changes(engine, stamp_now(engine), hcode, period)


@lru_cache(maxsize=_CACHED)
def _changes(engine: Engine, version: str, hcode: str, period: Period) -> Changes | None:  # noqa: ARG001
    figures = figures_of(engine, period)
    if hcode not in figures.rows:
        return None
    month = figures.of((hcode,))
    level = float(month.levels[0])
    if np.isnan(level):
        return None
    ways = Ways(month)
    goals = tuple(goal(ways, target) for target in targets(month.rule, int(level)))
    basis = figures.bases.get(hcode, UNKNOWN)
    return Changes(hcode, period, int(level), goals, months_of_cash(month), basis)


def targets(rule: Crisis, level: int) -> tuple[int, ...]:
    """Levels worth reaching: one less, the highest of each better light, from the nearest down."""
    lights = [int(band.up_to) for band in rule.verdicts if band.up_to is not None]
    below = {level - 1, *lights} if level else set()
    return tuple(sorted((one for one in below if 0 <= one < level), reverse=True))


def goal(ways: Ways, target: int) -> Goal:
    """How one hospital-month reaches a level."""
    alone = tuple((lever, ways.change_by(lever, target)) for lever in levers())
    return Goal(target, alone, ways.cheapest_pair(target))


def months_of_cash(month: Situations) -> float | None:
    """How many months of expense the cash of one hospital-month lasts; None where not known."""
    needed = [_value(month, code) for code in ("finance.cash", "finance.expense")]
    cash, spent = (value for value in needed)
    if cash is None or spent is None or spent <= 0:
        return None
    elapsed = int(month.months[0]) % 12 + 1
    return max(cash, 0.0) / (spent / elapsed)


def _value(month: Situations, code: str) -> float | None:
    column = month.columns.get(code)
    value = float(column.values[0]) if column and not column.states[0] else np.nan
    return None if np.isnan(value) else value
