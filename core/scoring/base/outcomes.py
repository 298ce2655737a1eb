"""What tests of n hospital-months are judged by, and what they come to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType

import numpy as np

from core.scoring.base.derived import Figures, IntArray
from core.scoring.base.inputs import BoolArray, Column, FloatArray, StateArray
from core.scoring.base.peers import GroupFigures, PeerGroups, PeerValues
from core.scoring.base.states import State


@dataclass(frozen=True)
class HospitalMonths:
    """What n hospital-months are judged by.

    `islands` marks facilities on islands. `published` holds values of groups from the ministry's
    table, NaN where there is none; they outrank computed ones. `scored` are parts
    of other rules scored before, by full id, for rules that take them over.
    """

    figures: Figures
    peers: PeerGroups
    islands: BoolArray
    rounds: IntArray | None = None
    """The inspection round of each row, 0 where it is of none; None where no row is of any."""
    published: GroupFigures = field(default_factory=lambda: MappingProxyType({}))
    scored: Mapping[str, "BlockScores | ItemScores"] = field(
        default_factory=lambda: MappingProxyType({})
    )

    def with_more(
        self,
        columns: Mapping[str, Column | FloatArray],
        scored: Mapping[str, "BlockScores | ItemScores"],
    ) -> "HospitalMonths":
        """The same facilities with other columns, and what was scored of them before."""
        old = self.figures
        figures = Figures(columns, old.months, old.income, old.decimals)
        return replace(self, figures=figures, scored=scored)


@dataclass(frozen=True)
class ItemScores:
    """One test of n hospital-months.

    `full` is one number, or one a row where full marks are given beside the points. `figure` is
    in its own unit, as it was compared: unrounded, but where the rule rounds it. `cutoff` is the
    one that was used; NaN where there is none.
    `earned` is 0 where the item could not be judged; `points` is NaN there. `states` say why a
    figure is missing. `peers` is what a peer value came from; None when the cut-off is a number of
    the rule.
    """

    id: str
    full: float | FloatArray
    figure: FloatArray
    cutoff: FloatArray
    earned: FloatArray
    judged: BoolArray
    states: StateArray
    peers: PeerValues | None = None
    is_shown: bool = False
    """Shown only: it can neither earn anything nor be missed."""
    kinds: Mapping[str, FloatArray] = field(default_factory=lambda: MappingProxyType({}))
    """The figure of each kind of which the largest counts, NaN where a kind is not told apart."""
    open: FloatArray | None = None
    """Of points taken over from many tests: full marks of those that could not be judged."""

    @cached_property
    def points(self) -> FloatArray:
        return np.where(self.judged, self.earned, np.nan)

    @property
    def possible(self) -> FloatArray:
        return np.where(self.judged, self.full, 0.0)

    @property
    def missing(self) -> FloatArray:
        """Full marks that could not be judged and could have been; NaN where they are not given."""
        if self.open is not None:
            return self.open
        out = self.judged | (self.states == State.NOT_APPLICABLE)
        return np.where(out, 0.0, self.full)

    @property
    def complete(self) -> BoolArray:
        if self.open is None:
            return self.judged | self.is_shown
        # Where no test of it applies nothing is open, and nothing was judged either.
        whole: BoolArray = self.judged & (self.open == 0)
        return whole


@dataclass(frozen=True)
class BlockScores:
    """A block of tests: points earned and possible, both after its cap."""

    id: str
    full: float
    earned: FloatArray
    possible: FloatArray
    complete: BoolArray
    """Where every test of the block was judged."""
    parts: tuple["BlockScores | ItemScores", ...]

    @cached_property
    def points(self) -> FloatArray:
        """Points earned; NaN where nothing could be judged."""
        return np.where(self.possible > 0, self.earned, np.nan)

    @property
    def missing(self) -> FloatArray:
        """Full marks of its tests that could not be judged and could have been."""
        missing = np.zeros(self.earned.shape)
        for part in self.parts:
            missing += part.missing
        return missing

    @cached_property
    def items(self) -> Mapping[str, ItemScores]:
        """All tests of the block by full id, in printed order."""
        items: dict[str, ItemScores] = {}
        for part in self.parts:
            items |= part.items if isinstance(part, BlockScores) else {part.id: part}
        return MappingProxyType(items)

    @cached_property
    def blocks(self) -> Mapping[str, "BlockScores"]:
        """This block and all below it by full id."""
        blocks = {self.id: self}
        for part in self.parts:
            if isinstance(part, BlockScores):
                blocks |= part.blocks
        return MappingProxyType(blocks)


def add_up(
    id_: str, full: float, cap: float | None, parts: tuple[BlockScores | ItemScores, ...]
) -> BlockScores:
    """The sum of parts: what was earned of what could be judged, neither above the cap."""
    earned = np.zeros(parts[0].earned.shape)
    possible = np.zeros(earned.shape)
    complete = np.ones(earned.shape, dtype=np.bool_)
    for part in parts:
        earned += part.earned
        possible += part.possible
        complete &= part.complete
    if cap is not None:
        np.minimum(earned, cap, out=earned)
        np.minimum(possible, cap, out=possible)
    return BlockScores(id_, full, earned, possible, complete, parts)


def whole_states(complete: BoolArray, items: Iterable[ItemScores]) -> StateArray:
    """The state of a whole: reported where complete, else the weightiest reason among its items.

    An item that does not apply makes the whole "not applicable" only when none applies.
    """
    states = np.where(complete, State.REPORTED, State.NOT_REPORTED).astype(np.int8)
    item_states = np.stack([item.states for item in items])
    # Where all is merely reported or not, nothing weightier is to be looked for.
    rows = np.flatnonzero(~complete & (item_states.max(axis=0) > State.NOT_REPORTED))
    item_states = item_states[:, rows]
    states[rows[(item_states == State.NOT_APPLICABLE).all(axis=0)]] = State.NOT_APPLICABLE
    for state in (State.STALE, State.CONTRADICTORY, State.ERROR):
        states[rows[(item_states == state).any(axis=0)]] = state
    return states
