"""A set of tests with points, such as the Total Performance Score, for n hospital-months."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.criteria.model import ThresholdSet
from core.scoring.base.inputs import BoolArray, FloatArray, StateArray
from core.scoring.base.outcomes import BlockScores, HospitalMonths, ItemScores, add_up, whole_states
from core.scoring.base.states import State
from core.scoring.base.threshold import score_block


@dataclass(frozen=True)
class SetScores:
    """A score of n hospital-months: so many points of so many possible.

    An item without data counts in neither. `score` is NaN where no item could be judged.
    """

    id: str
    full: float
    whole: BlockScores

    @cached_property
    def score(self) -> FloatArray:
        return self.whole.points

    @property
    def possible(self) -> FloatArray:
        """Points that could be judged, caps applied."""
        return self.whole.possible

    @property
    def complete(self) -> BoolArray:
        """Where every item was judged."""
        return self.whole.complete

    @property
    def items(self) -> Mapping[str, ItemScores]:
        return self.whole.items

    @property
    def blocks(self) -> Mapping[str, BlockScores]:
        return self.whole.blocks

    @cached_property
    def states(self) -> StateArray:
        """Reported where complete; else the weightiest reason why an item is missing."""
        if not self.items:
            return np.full(self.score.shape, State.NOT_APPLICABLE, dtype=np.int8)
        return whole_states(self.complete, self.items.values())


def no_scores(rows: int) -> SetScores:
    """Scores of a period for which there is no rule: nothing possible, nothing judged."""
    nothing = np.zeros(rows)
    whole = BlockScores("", 0.0, nothing, nothing, np.zeros(rows, dtype=np.bool_), ())
    return SetScores("", 0.0, whole)


def score_set(rule: ThresholdSet, case: HospitalMonths) -> SetScores:
    """Score a threshold set: all its blocks, added up."""
    blocks = tuple(score_block(block, case) for block in rule.parts)
    return SetScores(rule.id, rule.full, add_up(rule.id, rule.full, None, blocks))
