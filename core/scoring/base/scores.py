"""What scoring gives back: points of n subjects with everything that led to them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.scoring.base.inputs import FloatArray, StateArray
from core.scoring.base.states import State

IntArray = NDArray[np.intp]


@dataclass(frozen=True)
class Scores:
    """Points of one rule for n subjects.

    `points` is NaN where there is none (an error, or missing without a rule for it). `full` is full
    marks, less what does not apply. `figure` is the value that was judged, rounded as the rule
    says; NaN where nothing was typed. `states` say why. `derived` marks figures that were computed
    from a numerator and a denominator.
    """

    id: str
    points: FloatArray
    full: FloatArray
    figure: FloatArray
    states: StateArray
    parts: tuple["Scores", ...] = ()
    derived: bool = False

    @cached_property
    def by_id(self) -> dict[str, "Scores"]:
        """This result and all below it, by full id."""
        scores = {self.id: self}
        for part in self.parts:
            scores |= part.by_id
        return scores


def _merged(bits: int) -> State:
    """The state of a whole whose parts have these: an error anywhere wins."""
    for state in (State.ERROR, State.CONTRADICTORY, State.STALE, State.REPORTED):
        if bits & 1 << state:
            return state
    return State.NOT_APPLICABLE if bits == 1 << State.NOT_APPLICABLE else State.NOT_REPORTED


_BIT: Final = np.array([1 << state for state in State], dtype=np.uint8)
_MERGED: Final = np.array([_merged(bits) for bits in range(1 << len(State))], dtype=np.int8)


def merged_states(states: StateArray, begins: IntArray) -> StateArray:
    """States of wholes from the states of their parts, a row per part.

    A whole's parts begin at its row of `begins`. It is reported as soon as one part is.
    """
    return _MERGED[np.bitwise_or.reduceat(_BIT[states], begins, axis=0)]
