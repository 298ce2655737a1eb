"""Weighted shares `out_of x sum(weight x raw / full) / sum(weight)`, any number side by side."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from core.criteria.model import Member
from core.scoring.base.inputs import BoolArray, FloatArray, StateArray
from core.scoring.base.scores import Scores


class Marks(NamedTuple):
    """Points, full marks and states of members: a row per member, a column per subject."""

    points: FloatArray
    full: FloatArray
    states: StateArray


class Shares:
    """Sums over members, known before anything is scored; each needs one member at least."""

    def __init__(self, sums: Sequence[Sequence[Member]], out_of: Sequence[float]) -> None:
        self.members = tuple(member for members in sums for member in members)
        self.begins = np.cumsum([0, *(len(members) for members in sums[:-1])])
        self._weights = np.array([member.weight for member in self.members]).reshape(-1, 1)
        self._out_of = np.array(out_of).reshape(-1, 1)

    def marks(self, scored: Mapping[str, Scores]) -> Marks:
        """The members' marks out of scored rules by full id."""
        members = [scored[member.criterion] for member in self.members]
        return Marks(
            np.stack([scores.points for scores in members]),
            np.stack([scores.full for scores in members]),
            np.stack([scores.states for scores in members]),
        )

    def weighted(self, marks: Marks) -> FloatArray:
        """Weight x raw / full of every member; NaN where it has none or does not apply."""
        with np.errstate(divide="ignore", invalid="ignore"):
            # The sum of nothing still falls into a rung, but has no full marks to be a share of.
            return np.where(marks.full > 0, self._weights * marks.points / marks.full, np.nan)

    def totals(self, weighted: FloatArray, counted: BoolArray) -> FloatArray:
        """The weighted sum of the counted members; one without a score counts as zero."""
        return np.add.reduceat(
            np.where(counted & ~np.isnan(weighted), weighted, 0.0), self.begins, axis=-2
        )

    def scores(self, totals: FloatArray, counted: BoolArray) -> FloatArray:
        """What totals come to in `out_of`; NaN where no member counts."""
        weight = np.add.reduceat(np.where(counted, self._weights, 0.0), self.begins, axis=-2)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(weight > 0, self._out_of * totals / weight, np.nan)
