"""One test of n hospital-months: a figure against its cut-off, and the points it earns."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import numpy as np

from core.criteria.model import (
    Block,
    Cutoff,
    Enough,
    GivenPoints,
    Interval,
    Item,
    Op,
    PointsOf,
    Shown,
    Taken,
    Threshold,
    figures_by_kind,
)
from core.scoring.base.inputs import BoolArray, FloatArray, StateArray
from core.scoring.base.outcomes import BlockScores, HospitalMonths, ItemScores, add_up, whole_states
from core.scoring.base.peers import PeerValues
from core.scoring.base.states import State


def score_block(rule: Block, case: HospitalMonths) -> BlockScores:
    """Score a block: the sum of what its parts earned, not above its cap; or enough of it."""
    parts = tuple(
        score_block(part, case) if isinstance(part, Block) else score_item(part, case)
        for part in rule.parts
    )
    whole = add_up(rule.id, rule.full, rule.cap, parts)
    return whole if rule.enough is None else _enough(rule.enough, whole)


def _enough(rule: Enough, whole: BlockScores) -> BlockScores:
    """Points where enough was earned; not judged while what is missing could still decide."""
    reached = whole.earned >= rule.at_least
    judged = reached | (whole.earned + whole.missing < rule.at_least)
    return replace(
        whole,
        earned=np.where(reached, rule.points, 0.0),
        possible=np.where(judged, rule.points, 0.0),
        complete=judged,
    )


def score_item(rule: Item, case: HospitalMonths) -> ItemScores:
    """Score one item of a block; its kind decides how."""
    if isinstance(rule, Threshold):
        return score_threshold(rule, case)
    if isinstance(rule, GivenPoints):
        return score_given(rule, case)
    if isinstance(rule, PointsOf):
        return score_points_of(rule, case)
    return _shown(rule, case) if isinstance(rule, Shown) else _taken(rule, case)


def score_threshold(rule: Threshold, case: HospitalMonths) -> ItemScores:
    """Hold a figure against its cut-off; the alternative may earn the points too."""
    figures = case.figures
    figure = figures[rule.figure]
    peers = _peers(rule, case)
    cutoff = _cutoff(rule.cutoffs, case) if peers is None else peers.value
    op = rule.cutoffs[0].op
    edge = cutoff if peers is None else _widened(op, peers)
    met = keeps(figure, op, edge)
    if rule.also is not None:
        met &= lies_in(figure, rule.also)
    judged = ~(figures.missing(rule.figure) | np.isnan(cutoff))
    states = figures.states(rule.figure)
    rises = figures.rises(rule.figure)
    if rises is not None:
        # A larger figure could turn what it keeps below, or reach what it stays under.
        undecided = judged & rises & (met if op in _FROM_BELOW else ~met)
        judged &= ~undecided
        states = np.where(undecided, np.int8(State.NOT_REPORTED), states)
    if rule.alternative is not None:
        other = lies_in(figures[rule.alternative.figure], rule.alternative)
        met, judged = met | other, judged | other
    return ItemScores(
        id=rule.id,
        full=rule.full,
        figure=figure,
        cutoff=np.broadcast_to(cutoff, figure.shape),
        # What is kept now and may yet be lost has earned nothing.
        earned=(met & judged) * np.float64(rule.points),
        judged=judged,
        states=states,
        peers=peers,
        kinds={kind: figures[name] for kind, name in figures_by_kind(rule.figure).items()},
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


def score_points_of(rule: PointsOf, case: HospitalMonths) -> ItemScores:
    """Take points as they were awarded, out of the full marks given beside them."""
    figure, full = case.figures[rule.figure], case.figures[rule.of]
    # Points out of nothing say nothing, neither of what was earned nor of what was missed.
    full = np.where(full > 0, full, np.nan)
    judged = (figure >= 0) & (figure <= full)
    states = case.figures.states(rule.figure)
    states = np.where(states == State.REPORTED, case.figures.states(rule.of), states)
    states[~judged & (states == State.REPORTED)] = State.ERROR
    return ItemScores(rule.id, full, figure, full, np.where(judged, figure, 0.0), judged, states)


def _shown(rule: Shown, case: HospitalMonths) -> ItemScores:
    figure, states = _in_rounds(rule, case)
    nothing = np.zeros(figure.shape)
    return ItemScores(
        id=rule.id,
        full=0.0,
        figure=figure,
        cutoff=np.full(figure.shape, np.nan),
        earned=nothing,
        judged=nothing.astype(np.bool_),
        states=states,
        is_shown=True,
    )


def _in_rounds(rule: Shown, case: HospitalMonths) -> tuple[FloatArray, StateArray]:
    """A figure and its states, of another divisor in the round that has its own."""
    figures, other = case.figures, rule.figure_of_round
    if rule.divisor is None or other is None or case.rounds is None:
        return figures[rule.figure], figures.states(rule.figure)
    there = case.rounds == rule.divisor.round
    figure = np.where(there, figures[other], figures[rule.figure])
    return figure, np.where(there, figures.states(other), figures.states(rule.figure))


def _taken(rule: Taken, case: HospitalMonths) -> ItemScores:
    """Points of a part scored before, as far as its tests could be judged."""
    part = case.scored[rule.part]
    items = [part] if isinstance(part, ItemScores) else list(part.items.values())
    judged = part.possible > 0
    return ItemScores(
        id=rule.id,
        full=np.where(judged, part.possible, rule.full),
        figure=part.points,
        cutoff=np.broadcast_to(np.float64(rule.full), judged.shape),
        earned=part.earned,
        judged=judged,
        states=whole_states(part.complete, items),
        open=part.missing,
    )


_FROM_BELOW: Final = ("below", "up_to", "within")
"""Comparisons that a small figure keeps."""
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
    inside: BoolArray = _COMPARE[op](values, edge)
    return inside


def lies_in(values: FloatArray, interval: Interval) -> BoolArray:
    """Where values keep all edges of an interval; NaN never does."""
    inside = [keeps(values, op, edge) for op, edge in interval.edges.items()]
    return inside[0] if len(inside) == 1 else np.logical_and.reduce(inside)


def _widened(op: Op, peers: PeerValues) -> FloatArray:
    """The peers' value moved by its slack, so that "equal" includes what arithmetic may be off."""
    outward = op in {"up_to", "above"}
    return peers.value + peers.slack if outward else peers.value - peers.slack


def _peers(rule: Threshold, case: HospitalMonths) -> PeerValues | None:
    if rule.peer_value is None:
        return None
    computed = case.peers.values(case.figures[rule.figure], rule.peer_value)
    published = case.published.get((rule.group_figure, rule.peer_value))
    return computed if published is None else computed.overlaid(published)


def _cutoff(cutoffs: tuple[Cutoff, ...], case: HospitalMonths) -> FloatArray:
    """The number each row is held against (one for all, or n); NaN where there is none."""
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
