"""What scoring gives back: points of n subjects with everything that led to them."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.scoring.inputs import FloatArray, StateArray
from core.scoring.states import State


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
        found = {self.id: self}
        for part in self.parts:
            found |= part.by_id
        return found


def merged_states(parts: tuple[Scores, ...]) -> StateArray:
    """The state of a whole: an error anywhere wins; reported as soon as one part is."""
    stacked = np.stack([part.states for part in parts])
    whole = np.full(stacked.shape[1], State.NOT_REPORTED, dtype=np.int8)
    whole[np.all(stacked == State.NOT_APPLICABLE, axis=0)] = State.NOT_APPLICABLE
    whole[np.any(stacked == State.REPORTED, axis=0)] = State.REPORTED
    for worse in (State.STALE, State.CONTRADICTORY, State.ERROR):
        whole[np.any(stacked == worse, axis=0)] = worse
    return whole
