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

Levers = tuple[str, ...]
"""One lever or two, by their ids."""


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


def least_amounts(months: Situations, lever: str) -> FloatArray:
    """The least whole baht of a lever that brings each of n levels to every level or lower.

    n x (worst level + 1) amounts: 0 where a level is there already, NaN where the lever cannot
    bring it there or it cannot be judged.
    """
    tried = _beside(months.lines, months.stocks, months.paths[lever])
    each = np.repeat(np.arange(months.months.size), tried.shape[1])
    levels = _possible_levels(months, each, {lever: tried.ravel()}).reshape(tried.shape)
    least = np.stack(
        [
            np.where(levels <= target, tried, np.inf).min(axis=1)
            for target in range(int(months.rule.full) + 1)
        ],
        axis=-1,
    )
    return np.where(np.isfinite(least), least, np.nan)


class Ways:
    """Every way to move one hospital-month's money, tried once for all targets."""

    def __init__(self, month: Situations) -> None:
        self._month = month
        self._tried: dict[Levers, tuple[FloatArray, FloatArray]] = {}

    def change_by(self, lever: str, target: int) -> Change | None:
        """The smallest change by one lever; None where it does not do."""
        best = self._least((lever,), target)
        return None if best is None else self._change((lever,), best)

    def cheapest_pair(self, target: int) -> Change | None:
        """The cheapest change by two levers; None where none beats the best of one alone."""
        alone = (self._least((lever,), target) for lever in levers())
        least = min((best.sum() for best in alone if best is not None), default=np.inf)
        cheapest: tuple[Levers, FloatArray] | None = None
        for pair in combinations(levers(), 2):
            best = self._least(pair, target)
            if best is None or best.sum() >= least:
                continue
            best = self._lowered(pair, best, target)
            # On an axis it is one lever alone.
            if best.all():
                least, cheapest = best.sum(), (pair, best)
        return None if cheapest is None else self._change(*cheapest)

    def _least(self, used: Levers, target: int) -> FloatArray | None:
        """The amounts tried that move the least of those that reach the target."""
        amounts, levels = self._of(used)
        reached = amounts[levels <= target]
        return reached[reached.sum(axis=1).argmin()] if len(reached) else None

    def _of(self, used: Levers) -> tuple[FloatArray, FloatArray]:
        if used not in self._tried:
            amounts = (
                _around_corners(self._month, used) if used[1:] else _on_path(self._month, used)
            )
            self._tried[used] = amounts, _levels_of(self._month, used, amounts)
        return self._tried[used]

    def _lowered(self, pair: Levers, best: FloatArray, target: int) -> FloatArray:
        """Down as long as a few baht less, however split, still reach the target."""
        while True:
            less = (_split(self._month, pair, best.sum() - back) for back in _STEPS_BACK)
            cheaper = next((split for split, level in less if level <= target), None)
            if cheaper is None:
                return best
            best = cheaper

    def _change(self, used: Levers, best: FloatArray) -> Change:
        level = _levels_of(self._month, used, best[np.newaxis])[0]
        total = best.sum()
        if not total:
            short = level
        elif used[1:]:
            short = _split(self._month, used, total - 1)[1]
        else:
            short = _levels_of(self._month, used, best[np.newaxis] - 1)[0]
        return Change(
            dict(zip(used, best.astype(int).tolist(), strict=True)), int(level), int(short)
        )


def _on_path(month: Situations, used: Levers) -> FloatArray:
    """Whole amounts of one lever beside every crossing."""
    (lever,) = used
    return np.unique(_beside(month.lines, month.stocks, month.paths[lever]))[:, np.newaxis]


def _around_corners(month: Situations, pair: Levers) -> FloatArray:
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
    tried = np.unique((corners[:, np.newaxis] + grid).reshape(-1, 2), axis=0)
    return tried[(tried >= 0).all(axis=1)]


def _split(month: Situations, pair: Levers, total: float) -> tuple[FloatArray, float]:
    """How a total is best split over two levers, and the level it leads to; infinite for none."""
    first, second = (month.paths[lever] for lever in pair)
    tried = _beside(month.lines, month.stocks + total * second, first - second)[0]
    tried = np.append(tried[tried <= total], total)
    splits = np.stack([tried, total - tried], axis=-1)
    levels = _levels_of(month, pair, splits) if total >= 0 else np.full(len(splits), np.inf)
    best = levels.argmin()
    return splits[best], float(levels[best])


def _levels_of(month: Situations, used: Levers, splits: FloatArray) -> FloatArray:
    amounts = dict(zip(used, splits.T, strict=True))
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
