"""The smallest change of money that lowers a crisis level, by one lever or by two together.

Where money moves along a straight path, a level changes only on lines (`core.foresight.stocks`):
the least whole baht that lowers it stands beside a crossing, exact, without search by steps. What
is found is scored by the scoring core itself, and so is one baht less.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np

from core.foresight.levers import levers
from core.foresight.situations import Situations
from core.scoring.base.derived import IntArray
from core.scoring.base.inputs import FloatArray

_BESIDE: Final = np.array([-1.0, 0.0, 1.0, 2.0])
"""Whole baht beside a crossing, from the one below it."""
_AROUND: Final = np.arange(-2.0, 3.0)
_STEPS_BACK: Final = (1.0, 2.0, 3.0)


@dataclass(frozen=True, slots=True)
class Change:
    """The smallest change that brings a hospital-month to its target.

    `amounts`: lever -> whole baht. `level` is the one it leads to, `short` the lowest that one baht
    less can lead to, however it is split.
    """

    amounts: Mapping[str, int]
    level: int
    short: int

    @property
    def total(self) -> int:
        return sum(self.amounts.values())


def least_amounts(months: Situations, lever: str, targets: FloatArray) -> FloatArray:
    """The least whole baht of a lever that brings each level to its target or lower.

    n amounts: 0 where the level is there already, NaN where the lever cannot bring it there or the
    level cannot be judged. `targets`: n levels.
    """
    tried = _beside(months.lines, months.stocks, months.paths[lever])
    each = np.repeat(np.arange(months.months.size), tried.shape[1])
    levels = _possible_levels(months, each, {lever: tried.ravel()})
    least = np.where(levels.reshape(tried.shape) <= targets[:, np.newaxis], tried, np.inf)
    amounts = least.min(axis=1)
    return np.where(np.isfinite(amounts), amounts, np.nan)


def change_by(month: Situations, lever: str, target: int) -> Change | None:
    """The smallest change of one hospital-month by one lever; None where it does not do."""
    amount = float(least_amounts(month, lever, np.array([float(target)]))[0])
    if np.isnan(amount):
        return None
    tried = np.maximum(np.array([amount, amount - 1]), 0.0)
    level, short = _possible_levels(month, np.zeros(2, dtype=np.int64), {lever: tried})
    return Change({lever: int(amount)}, int(level), int(short))


def cheapest_pair(month: Situations, target: int) -> Change | None:
    """The cheapest change of one hospital-month by two levers; None where none beats one alone."""
    alone = (change_by(month, lever, target) for lever in levers())
    least = min((one.total for one in alone if one), default=np.inf)
    found: Change | None = None
    for pair in combinations(levers(), 2):
        found = _pair(month, pair, target, found.total if found else least) or found
    return found


def _pair(month: Situations, pair: tuple[str, str], target: int, below: float) -> Change | None:
    """The cheapest split over two levers whose total is below a sum; None without one."""
    tried = _around_corners(month, pair)
    tried = tried[(tried >= 0).all(axis=1) & (tried.sum(axis=1) < below)]
    levels = _levels_of(month, pair, tried)
    reached = tried[levels <= target]
    if not len(reached):
        return None
    best = reached[reached.sum(axis=1).argmin()]
    while True:
        less = (_split(month, pair, best.sum() - back) for back in _STEPS_BACK)
        cheaper = next((split for split, level in less if level <= target), None)
        if cheaper is None:
            break
        best = cheaper
    if not best.all():
        return None
    _, short = _split(month, pair, best.sum() - 1)
    level = _levels_of(month, pair, best[np.newaxis])[0]
    return Change(dict(zip(pair, best.astype(int).tolist(), strict=True)), int(level), int(short))


def _around_corners(month: Situations, pair: tuple[str, str]) -> FloatArray:
    """Whole amounts of two levers around every corner of the cells in which a level is the same."""
    (factors,), (start,) = month.lines, month.stocks
    steps = np.stack([month.paths[lever][0] for lever in pair], axis=-1)
    slopes = np.concatenate([factors @ steps, np.eye(2)])
    heights = np.concatenate([factors @ start, np.zeros(2)])
    first, second = np.triu_indices(len(slopes), k=1)
    matrices = np.stack([slopes[first], slopes[second]], axis=1)
    crossing = np.abs(np.linalg.det(matrices)) > 0
    right = -np.stack([heights[first], heights[second]], axis=1)[crossing]
    corners = np.floor(np.linalg.solve(matrices[crossing], right[..., np.newaxis])[..., 0])
    grid = np.stack(np.meshgrid(_AROUND, _AROUND), axis=-1).reshape(-1, 2)
    return np.unique((corners[:, np.newaxis] + grid).reshape(-1, 2), axis=0)


def _split(month: Situations, pair: tuple[str, str], total: float) -> tuple[FloatArray, float]:
    """How a total is best split over two levers, and the level it leads to; infinite for none."""
    first, second = (month.paths[lever] for lever in pair)
    tried = _beside(month.lines, month.stocks + total * second, first - second)[0]
    tried = np.append(tried[tried <= total], total)
    splits = np.stack([tried, total - tried], axis=-1)
    levels = _levels_of(month, pair, splits) if total >= 0 else np.full(len(splits), np.inf)
    best = levels.argmin()
    return splits[best], float(levels[best])


def _levels_of(month: Situations, pair: tuple[str, str], splits: FloatArray) -> FloatArray:
    amounts = dict(zip(pair, splits.T, strict=True))
    return _possible_levels(month, np.zeros(len(splits), dtype=np.int64), amounts)


def _possible_levels(
    months: Situations, rows: IntArray, amounts: Mapping[str, FloatArray]
) -> FloatArray:
    """Levels of some rows after so much of each lever; infinite where there is not so much."""
    repeated = months.rows(rows)
    possible = repeated.is_possible(amounts)
    levels = repeated.levels_after(amounts)
    return np.where(possible & ~np.isnan(levels), levels, np.inf)


def _beside(factors: FloatArray, start: FloatArray, step: FloatArray) -> FloatArray:
    """0, and the whole amounts of a step beside every crossing of a line: n x k, none below 0."""
    slope = np.einsum("nkf,nf->nk", factors, step)
    height = np.einsum("nkf,nf->nk", factors, start)
    with np.errstate(divide="ignore", invalid="ignore"):
        crossings = -height / slope
    beside = (np.floor(crossings)[..., np.newaxis] + _BESIDE).reshape(len(factors), -1)
    tried = np.where(np.isfinite(beside) & (beside > 0), beside, 0.0)
    return np.concatenate([np.zeros((len(tried), 1)), tried], axis=1)
