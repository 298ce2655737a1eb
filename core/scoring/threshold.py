"""One test of n hospital-months: a figure against its cut-off, and the points it earns."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Final

import numpy as np

from core.criteria.model import Block, Cutoff, GivenPoints, Interval, Item, Op, Threshold
from core.scoring.derived import Figures
from core.scoring.inputs import BoolArray, FloatArray, StateArray
from core.scoring.peers import PeerGroups, PeerValues
from core.scoring.states import State


@dataclass(frozen=True)
class HospitalMonths:
    """What n hospital-months are judged by.

    `islands` marks facilities on islands. `published` holds peer values from the ministry's table
    by figure, one a row, NaN where there is none; they outrank computed ones.
    """

    figures: Figures
    peers: PeerGroups
    islands: BoolArray
    published: Mapping[str, FloatArray] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class ItemScores:
    """One test of n hospital-months.

    `figure` is unrounded, in its own unit. `cutoff` is the one that was used; NaN where none could
    be told. `earned` is 0 where the item could not be judged; `points` is NaN there. `states` say
    why a figure is missing. `peers` is what a peer value came from; None when the cut-off is a
    number of the rule.
    """

    id: str
    full: float
    figure: FloatArray
    cutoff: FloatArray
    earned: FloatArray
    judged: BoolArray
    states: StateArray
    peers: PeerValues | None = None

    @cached_property
    def points(self) -> FloatArray:
        return np.where(self.judged, self.earned, np.nan)

    @property
    def possible(self) -> FloatArray:
        return self.judged * np.float64(self.full)

    @property
    def complete(self) -> BoolArray:
        return self.judged


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

    @cached_property
    def items(self) -> Mapping[str, ItemScores]:
        """All tests of the block by full id, in printed order."""
        found: dict[str, ItemScores] = {}
        for part in self.parts:
            found |= part.items if isinstance(part, BlockScores) else {part.id: part}
        return MappingProxyType(found)

    @cached_property
    def blocks(self) -> Mapping[str, "BlockScores"]:
        """This block and all below it by full id."""
        found = {self.id: self}
        for part in self.parts:
            if isinstance(part, BlockScores):
                found |= part.blocks
        return MappingProxyType(found)


def score_block(rule: Block, case: HospitalMonths) -> BlockScores:
    """Score a block: the sum of what its parts earned, not above its cap."""
    parts = tuple(
        score_block(part, case) if isinstance(part, Block) else score_item(part, case)
        for part in rule.parts
    )
    return add_up(rule.id, rule.full, rule.cap, parts)


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
    found = np.stack([item.states for item in items])
    # Where all is merely reported or not, nothing weightier is to be looked for.
    rows = np.flatnonzero(~complete & (found.max(axis=0) > State.NOT_REPORTED))
    found = found[:, rows]
    states[rows[(found == State.NOT_APPLICABLE).all(axis=0)]] = State.NOT_APPLICABLE
    for state in (State.STALE, State.CONTRADICTORY, State.ERROR):
        states[rows[(found == state).any(axis=0)]] = state
    return states


def score_item(rule: Item, case: HospitalMonths) -> ItemScores:
    """Score one item of a block; its kind decides how."""
    return score_given(rule, case) if isinstance(rule, GivenPoints) else score_threshold(rule, case)


def score_threshold(rule: Threshold, case: HospitalMonths) -> ItemScores:
    """Hold a figure against its cut-off; the alternative may earn the points too."""
    figures = case.figures
    figure = figures[rule.figure]
    peers = _peers(rule, case)
    cutoff = _cutoff(rule.cutoffs, case) if peers is None else peers.value
    op = rule.cutoffs[0].op
    edge = cutoff if peers is None else _widened(op, peers)
    met = keeps(figure, op, edge)
    judged = ~(figures.missing(rule.figure) | np.isnan(cutoff))
    if rule.alternative is not None:
        other = lies_in(figures[rule.alternative.figure], rule.alternative)
        met, judged = met | other, judged | other
    return ItemScores(
        id=rule.id,
        full=rule.full,
        figure=figure,
        cutoff=np.broadcast_to(cutoff, figure.shape),
        earned=met * np.float64(rule.points),
        judged=judged,
        states=figures.states(rule.figure),
        peers=peers,
    )


def score_given(rule: GivenPoints, case: HospitalMonths) -> ItemScores:
    """Take points as they were awarded; outside 0 to full marks they are an error."""
    figure = case.figures[rule.figure]
    judged = (figure >= 0) & (figure <= rule.full)
    states = case.figures.states(rule.figure).copy()
    states[~judged & ~np.isnan(figure)] = State.ERROR
    cutoff = np.broadcast_to(np.float64(rule.full), figure.shape)
    return ItemScores(
        rule.id, rule.full, figure, cutoff, np.where(judged, figure, 0.0), judged, states
    )


_COMPARE: Final[Mapping[Op, np.ufunc]] = {
    "below": np.less,
    "up_to": np.less_equal,
    "at_least": np.greater_equal,
    "above": np.greater,
}


def keeps(values: FloatArray, op: Op, edge: FloatArray | float) -> BoolArray:
    """Where values keep an edge; NaN on either side never does."""
    if op == "within":
        return np.less_equal(np.abs(values), edge)
    kept: BoolArray = _COMPARE[op](values, edge)
    return kept


def lies_in(values: FloatArray, interval: Interval) -> BoolArray:
    """Where values keep all edges of an interval; NaN never does."""
    kept = [keeps(values, op, edge) for op, edge in interval.edges.items()]
    return kept[0] if len(kept) == 1 else np.logical_and.reduce(kept)


def _widened(op: Op, peers: PeerValues) -> FloatArray:
    """The peers' value moved by its slack, so that "equal" includes what arithmetic may be off."""
    outward = op in {"up_to", "above"}
    return peers.value + peers.slack if outward else peers.value - peers.slack


def _peers(rule: Threshold, case: HospitalMonths) -> PeerValues | None:
    if rule.peer_value is None:
        return None
    computed = case.peers.values(case.figures[rule.figure], rule.peer_value)
    published = case.published.get(rule.figure)
    return computed if published is None else computed.overlaid(published)


def _cutoff(cutoffs: tuple[Cutoff, ...], case: HospitalMonths) -> FloatArray:
    """The number each row is held against (one for all, or n); NaN where it cannot be told."""
    *conditional, rest = cutoffs
    used = np.array(rest.limit, dtype=np.float64)
    for cutoff in reversed(conditional):
        concerned = case.islands if cutoff.island else np.True_
        if cutoff.when is None:
            used = np.where(concerned, np.float64(cutoff.limit), used)
            continue
        figure = case.figures[cutoff.when.figure]
        limit = np.where(np.isnan(figure), np.nan, np.float64(cutoff.limit))
        holds = lies_in(figure, cutoff.when) | np.isnan(figure)
        used = np.where(concerned & holds, limit, used)
    return used
