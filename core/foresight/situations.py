"""Hospital-months whose money can be moved, and the crisis levels they would then have."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from core.criteria.model import Crisis
from core.foresight.levers import levers, moved, rows_of
from core.foresight.stocks import CASH, CONSTANT, LIABILITIES, QUICK, lines, stocks
from core.scoring.base.derived import Figures, IntArray
from core.scoring.base.inputs import BoolArray, Column, FloatArray
from core.scoring.base.outcomes import HospitalMonths
from core.scoring.base.peers import PeerGroups
from core.scoring.finance.crisis import score_crisis

_DUST: Final = 1e-6
_LEFT: Final = np.zeros((3, CONSTANT + 1))
"""What is left after money moved: cash, debt, receivables."""
_LEFT[0, CASH] = _LEFT[1, LIABILITIES] = _LEFT[2, QUICK] = 1.0
_LEFT[2, CASH] = -1.0


@dataclass(frozen=True)
class Situations:
    """n hospital-months: columns by measure, months as ordinals, and the crisis rule they share."""

    columns: Mapping[str, Column]
    months: IntArray
    rule: Crisis

    @cached_property
    def stocks(self) -> FloatArray:
        """The amounts of `core.foresight.stocks`, 0 where one was not reported."""
        return np.nan_to_num(stocks(self.columns, self.months, self.rule))

    @cached_property
    def lines(self) -> FloatArray:
        """Every line on which a level or what is possible can change, n x k x 6."""
        left = np.repeat(_LEFT[np.newaxis], self.months.size, axis=0)
        return np.concatenate([lines(self.rule, self.months), left], axis=1)

    @cached_property
    def paths(self) -> Mapping[str, FloatArray]:
        """What a baht of each lever adds to the stocks, by lever id: n x 6."""
        baht = np.ones(self.months.shape)
        return {
            lever: np.rint(
                np.nan_to_num(stocks(moved(self.columns, {lever: baht}), self.months, self.rule))
                - self.stocks
            )
            for lever in levers()
        }

    @cached_property
    def levels(self) -> FloatArray:
        """The levels as they stand; NaN where they cannot be judged."""
        return self.levels_after({})

    def levels_after(self, amounts: Mapping[str, FloatArray]) -> FloatArray:
        """The levels after so much of each lever (n amounts in baht), by the scoring core."""
        after = moved(self.columns, amounts)
        shape = self.months.shape
        case = HospitalMonths(
            Figures(after, self.months, self.rule.income, self.rule.decimals),
            PeerGroups(np.full(shape, -1), self.months),
            np.zeros(shape, dtype=np.bool_),
        )
        return score_crisis(self.rule, case).level

    def is_possible(self, amounts: Mapping[str, FloatArray]) -> BoolArray:
        """Where there is so much to move: no less than no cash, debt or receivables is left."""
        possible: BoolArray = np.all(self._spare(amounts) >= -_DUST, axis=1)
        return possible

    def room(self, lever: str, amounts: Mapping[str, FloatArray]) -> FloatArray:
        """How much of a lever can be moved at most after other amounts, n amounts in baht."""
        spare, slope = self._spare(amounts), self.paths[lever] @ _LEFT.T
        with np.errstate(divide="ignore", invalid="ignore"):
            room = np.where(slope < 0, -spare / slope, np.inf).min(axis=1)
        most: FloatArray = np.maximum(room, 0.0)
        return most

    def _spare(self, amounts: Mapping[str, FloatArray]) -> FloatArray:
        """Cash, debt and receivables above what must be left after amounts were moved, n x 3."""
        before = self.stocks @ _LEFT.T
        spare = before - np.minimum(before, 0.0)
        for lever, amount in amounts.items():
            spare = spare + amount[:, np.newaxis] * (self.paths[lever] @ _LEFT.T)
        return spare

    def rows(self, rows: IntArray) -> "Situations":
        """Some of the months, in any order and repeated at will."""
        return Situations(rows_of(self.columns, rows), self.months[rows], self.rule)
