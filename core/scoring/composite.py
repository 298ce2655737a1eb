"""Sums, weighted groups and radars of scored rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import singledispatch

import numpy as np

from core.criteria.model import (
    Checklist,
    Ladder,
    Member,
    Node,
    PassFail,
    Radar,
    RatioToTarget,
    Steps,
    Sum,
    WeightedGroup,
)
from core.quantities import round_half_up
from core.scoring.inputs import BoolArray, FloatArray, Inputs
from core.scoring.ladder import look_up, score_ladder, score_points, score_ratio
from core.scoring.scores import Scores, merged_states
from core.scoring.states import State


@singledispatch
def score(rule: Node, inputs: Inputs) -> Scores:
    """Score one rule for all subjects; the rule's kind decides how."""
    raise TypeError(f"{rule.id} is not scored from {inputs.subjects} inputs alone")


score.register(Ladder)(score_ladder)
score.register(RatioToTarget)(score_ratio)
score.register(Steps)(score_points)
score.register(PassFail)(score_points)
score.register(Checklist)(score_points)


@score.register
def score_sum(rule: Sum, inputs: Inputs) -> Scores:
    """The sum of the parts, or the rung the sum falls into; an error in a part leaves no score."""
    parts = tuple(score(part, inputs) for part in rule.parts)
    states = merged_states(parts)
    total = np.sum([part.points for part in parts], axis=0)
    full = np.sum([part.full for part in parts], axis=0)
    total[states == State.ERROR] = np.nan
    total = round_half_up(total, 9)
    if rule.then is None:
        return Scores(rule.id, total, full, total, states, parts)
    figure = round_half_up(total, rule.round_to) if rule.round_to is not None else total
    applies = np.where(full > 0, rule.full, 0.0)
    return Scores(rule.id, look_up(figure, rule.then), applies, figure, states, parts)


@dataclass(frozen=True)
class GroupScores:
    """A weighted group for n subjects.

    `weighted` maps each member to weight x raw / full (NaN where it has none). `total` and `score`
    count a member in error as zero; `scored_only` and `filled_only` are the same score over the
    members that have one, and over those in which something was filled in (NaN: none at all).
    """

    id: str
    weighted: Mapping[str, FloatArray]
    weight: float
    total: FloatArray
    raw: FloatArray
    score: FloatArray
    out_of: float
    scored_only: FloatArray
    filled_only: FloatArray
    states: np.ndarray[tuple[int], np.dtype[np.int8]]

    @property
    def as_scores(self) -> Scores:
        """The group as a member of a larger one."""
        full = np.full(self.score.shape, self.out_of)
        return Scores(self.id, self.score, full, self.score, self.states)


def score_group(rule: WeightedGroup, members: Mapping[str, Scores]) -> GroupScores:
    """Weigh a group's members; `members` holds every scored rule and part by full id."""
    found = tuple(members[member.criterion] for member in rule.members)
    weights = np.array([member.weight for member in rule.members])[:, None]
    points = np.stack([scores.points for scores in found])
    full = np.stack([scores.full for scores in found])
    states = np.stack([scores.states for scores in found])
    with np.errstate(divide="ignore", invalid="ignore"):
        weighted = weights * points / full
    applies = full > 0
    has_score = ~np.isnan(weighted)
    filled = has_score & (states != State.NOT_REPORTED) & applies
    counted = filled if rule.empty == "filled_only" else applies
    total, score_ = _share(weighted, weights, counted, rule.out_of)
    return GroupScores(
        id=rule.id,
        weighted={m.criterion: row for m, row in zip(rule.members, weighted, strict=True)},
        weight=rule.weight,
        total=total,
        raw=np.where(has_score & counted, points, 0.0).sum(axis=0),
        score=score_,
        out_of=rule.out_of,
        scored_only=_share(weighted, weights, has_score & applies, rule.out_of)[1],
        filled_only=_share(weighted, weights, filled, rule.out_of)[1],
        states=merged_states(found),
    )


def _share(
    weighted: FloatArray, weights: FloatArray, counted: BoolArray, out_of: float
) -> tuple[FloatArray, FloatArray]:
    """The weighted sum of the counted members, and its share of their weights in `out_of`."""
    total = np.where(counted & ~np.isnan(weighted), weighted, 0.0).sum(axis=0)
    weight = np.where(counted, weights, 0.0).sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return total, np.where(weight > 0, out_of * total / weight, np.nan)


def score_radar(rule: Radar, members: Mapping[str, Scores]) -> dict[str, FloatArray]:
    """Every spoke's value on the radar's scale; NaN when none of its members is present."""
    return {spoke.id: _spoke(rule.scale, spoke.members, members) for spoke in rule.spokes}


def _spoke(scale: float, wanted: tuple[Member, ...], members: Mapping[str, Scores]) -> FloatArray:
    present = [member for member in wanted if member.criterion in members]
    subjects = next(iter(members.values())).points.shape
    if not present:
        return np.full(subjects, np.nan)
    weights = np.array([member.weight for member in present])[:, None]
    points = np.stack([members[member.criterion].points for member in present])
    full = np.stack([members[member.criterion].full for member in present])
    with np.errstate(divide="ignore", invalid="ignore"):
        weighted = weights * points / full
    return _share(weighted, weights, full > 0, scale)[1]
