"""The amounts a crisis level is made of, and the lines on which it can change.

Every test of the level holds a ratio or a sum of five amounts against a number. Multiplied out,
each edge is a line in these amounts: where money moves along a straight path, a level changes only
where the path crosses one.
"""

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np

from core.criteria.model import Block, Crisis, Threshold
from core.scoring.base.derived import Columns, Figures, IntArray
from core.scoring.base.inputs import FloatArray

ASSETS, QUICK, CASH, LIABILITIES, INCOME, CONSTANT = range(6)

Line = tuple[tuple[float, ...], bool]
"""Factors of the five amounts and of 1; and whether those of capital are taken times the months
elapsed."""

RATIOS: Final[Mapping[str, int]] = {
    "current_ratio": ASSETS,
    "quick_ratio": QUICK,
    "cash_ratio": CASH,
}
"""The numerator of each ratio; all are of current liabilities."""
_SUMS: Final[Mapping[str, Mapping[int, float]]] = {
    "net_working_capital": {ASSETS: 1.0, LIABILITIES: -1.0},
    "income": {INCOME: 1.0},
    "net_income": {INCOME: 1.0},
}


def stocks(columns: Columns, months: IntArray, rule: Crisis) -> FloatArray:
    """Current assets, quick assets, cash, current liabilities, income and 1 of n hospital-months.

    An array of n rows and six columns, in baht; NaN where an amount was not reported. Quick assets
    that were not reported are current assets less inventories, as in the quick ratio.
    """
    figures = Figures(columns, months, rule.income)
    assets, quick = figures["finance.current_assets"], figures["finance.quick_assets"]
    without = assets - figures["finance.inventories"]
    return np.stack(
        [
            assets,
            np.where(np.isnan(quick), without, quick),
            figures["finance.cash"],
            figures["finance.current_liabilities"],
            figures["income"],
            np.ones(months.shape),
        ],
        axis=-1,
    )


def lines(rule: Crisis, months: IntArray) -> FloatArray:
    """Factors of every line on which a level can change: n hospital-months, k lines, six factors.

    `months` are ordinals: the months elapsed stand in the lines of survival. `ValueError` for a
    test of a figure that is no line in the five amounts.
    """
    distinct = list(dict.fromkeys(_lines(rule)))
    factors = np.array([factors for factors, _ in distinct])
    by_month = np.array([is_by_month for _, is_by_month in distinct])
    elapsed = (months % 12 + 1).astype(np.float64)
    every = np.repeat(factors[np.newaxis], months.size, axis=0)
    every[:, by_month, :CONSTANT] *= np.where(
        np.arange(CONSTANT) == INCOME, 1.0, elapsed[:, np.newaxis]
    )[:, np.newaxis]
    return every


def _lines(rule: Crisis) -> Iterator[Line]:
    for block in rule.blocks:
        yield from _lines_of_block(block, rule)
    yield from ((_factors({LIABILITIES: 1.0}), False), (_factors({INCOME: 1.0}), False))
    capital = _SUMS["net_working_capital"]
    yield _factors(capital), False
    edges = {
        edge
        for case in rule.survival.cases
        for band in case.bands
        for edge in (band.up_to, band.below)
        if edge is not None
    }
    for edge in sorted(edges):
        for sign in (1.0, -1.0):
            yield _factors({**capital, INCOME: sign * edge}), True


def _lines_of_block(block: Block, rule: Crisis) -> Iterator[Line]:
    for part in block.parts:
        if isinstance(part, Block):
            yield from _lines_of_block(part, rule)
        elif isinstance(part, Threshold) and part.peer_value is None:
            yield from _lines_of_test(part, rule)
        else:
            raise ValueError(f"{part.id} is held against no number")


def _lines_of_test(test: Threshold, rule: Crisis) -> Iterator[Line]:
    edges = [(test.figure, float(cutoff.limit)) for cutoff in test.cutoffs]
    intervals = [(test.figure, test.also)] if test.also else []
    conditions = [test.alternative, *(cutoff.when for cutoff in test.cutoffs)]
    intervals += [(one.figure, one) for one in conditions if one]
    edges += [(figure, edge) for figure, one in intervals for edge in one.edges.values()]
    for figure, edge in dict.fromkeys(edges):
        yield from _lines_of_edge(figure, edge, rule.decimals.get(figure))


def _lines_of_edge(figure: str, edge: float, decimals: int | None) -> Iterator[Line]:
    """A figure that is rounded first crosses its edge half a step before or after it."""
    half = 0.0 if decimals is None else 0.5 * 10.0**-decimals
    for moved in dict.fromkeys((edge - half, edge + half)):
        if figure in RATIOS:
            yield _factors({RATIOS[figure]: 1.0, LIABILITIES: -moved}), False
        elif figure in _SUMS:
            yield _factors({**_SUMS[figure], CONSTANT: -moved}), False
        else:
            raise ValueError(f"{figure} is no line in the amounts of a crisis level")


def _factors(by_amount: Mapping[int, float]) -> tuple[float, ...]:
    return tuple(by_amount.get(place, 0.0) for place in range(CONSTANT + 1))
