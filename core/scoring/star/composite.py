"""Rules, weighted groups and radars of scored rules."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

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
from core.scoring.base.inputs import FloatArray, Inputs, StateArray
from core.scoring.base.scores import Scores, merged_states
from core.scoring.base.states import State
from core.scoring.star.shares import Marks, Shares
from core.scoring.star.tree import Tree

TYPED_KINDS: Final = (Ladder, RatioToTarget, Steps, PassFail, Checklist, Sum)


def score(rule: Node, inputs: Inputs) -> Scores:
    """Score a leaf or a sum for all subjects; `TypeError` for any other kind of rule."""
    return tree_of(rule).score(inputs)[rule.id]


def tree_of(rule: Node) -> Tree:
    """A rule compiled, for scoring it again and again; `TypeError` when it is no leaf or sum."""
    if not isinstance(rule, TYPED_KINDS):
        raise TypeError(f"{rule.id} is not scored from inputs alone")
    return Tree((rule,))


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
    states: StateArray

    @property
    def as_scores(self) -> Scores:
        """The group as a member of a larger one."""
        full = np.full(self.score.shape, self.out_of)
        return Scores(self.id, self.score, full, self.score, self.states)


def score_groups(
    rules: Sequence[WeightedGroup], shares: Shares, marks: Marks
) -> tuple[GroupScores, ...]:
    """Weigh the members of groups; `shares` holds the groups' members and `marks` theirs."""
    weighted = shares.weighted(marks)
    applies = marks.full > 0
    has_score = ~np.isnan(weighted) & applies
    filled = has_score & (marks.states != State.NOT_REPORTED)
    counted = np.concatenate(
        [
            filled[begin:end] if rule.empty == "filled_only" else applies[begin:end]
            for rule, begin, end in _spans(rules, shares)
        ]
    )
    masks = np.stack([counted, has_score, filled])
    totals = shares.totals(weighted, masks)
    scores = shares.scores(totals, masks)
    points = np.where(has_score & counted, marks.points, 0.0)
    raw = np.add.reduceat(points, shares.begins, axis=0)
    states = merged_states(marks.states, shares.begins)
    return tuple(
        GroupScores(
            id=rule.id,
            weighted=dict(zip(_ids(rule), weighted[begin:end], strict=True)),
            weight=rule.weight,
            total=totals[0, n],
            raw=raw[n],
            score=scores[0, n],
            out_of=rule.out_of,
            scored_only=scores[1, n],
            filled_only=scores[2, n],
            states=states[n],
        )
        for n, (rule, begin, end) in enumerate(_spans(rules, shares))
    )


def _spans(rules: Sequence[WeightedGroup], shares: Shares) -> list[tuple[WeightedGroup, int, int]]:
    """Each group with the first of its members' rows, and the one after its last."""
    begins = [int(begin) for begin in shares.begins]
    return list(zip(rules, begins, [*begins[1:], len(shares.members)], strict=True))


def _ids(rule: WeightedGroup) -> list[str]:
    return [member.criterion for member in rule.members]


def score_group(rule: WeightedGroup, members: Mapping[str, Scores]) -> GroupScores:
    """Weigh a group's members; `members` holds every scored rule and part by full id."""
    shares = Shares([rule.members], [rule.out_of])
    return score_groups((rule,), shares, shares.marks(members))[0]


def present(wanted: Sequence[Member], known: Container[str]) -> list[Member]:
    """The members that were scored."""
    return [member for member in wanted if member.criterion in known]


def score_radar(rule: Radar, members: Mapping[str, Scores]) -> dict[str, FloatArray]:
    """Every spoke's value on the radar's scale; NaN when none of its members is present."""
    spokes = {spoke.id: present(spoke.members, members) for spoke in rule.spokes}
    drawn = [spoke for spoke, members in spokes.items() if members]
    subjects = next(iter(members.values())).points.shape
    values = {spoke: np.full(subjects, np.nan) for spoke in spokes}
    if drawn:
        shares = Shares([spokes[spoke] for spoke in drawn], [rule.scale] * len(drawn))
        values |= zip(drawn, share(shares, shares.marks(members)), strict=True)
    return values


def share(shares: Shares, marks: Marks) -> FloatArray:
    """What each sum comes to over the members that apply: a row per sum."""
    applies = marks.full > 0
    return shares.scores(shares.totals(shares.weighted(marks), applies), applies)
