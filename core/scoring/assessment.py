"""A whole self-assessment: its items, sections, grand total and radars."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.criteria.model import Radar, Rule, WeightedGroup
from core.scoring.composite import GroupScores, score, score_group, score_radar
from core.scoring.inputs import FloatArray, Inputs
from core.scoring.scores import Scores


@dataclass(frozen=True)
class Assessment:
    """Everything scored for n subjects; a group that is not there was not handed in."""

    items: Mapping[str, Scores]
    groups: Mapping[str, GroupScores]
    total: GroupScores | None
    radars: Mapping[str, Mapping[str, FloatArray]]


def assess(
    items: Sequence[Rule],
    groups: Sequence[WeightedGroup],
    total: WeightedGroup,
    radars: Sequence[Radar],
    inputs: Inputs,
) -> Assessment:
    """Score the items handed in, then what is made of them.

    The grand total exists only when every group it adds up is there; a spoke none of whose items
    was handed in is NaN.
    """
    scored = {rule.id: score(rule, inputs) for rule in items}
    every = {key: part for whole in scored.values() for key, part in whole.by_id.items()}
    weighed = {group.id: score_group(group, every) for group in groups}
    sums = {key: group.as_scores for key, group in weighed.items()}
    whole = all(member.criterion in sums for member in total.members)
    members = {**every, **sums}
    return Assessment(
        scored,
        weighed,
        score_group(total, sums) if whole else None,
        {radar.id: score_radar(radar, members) for radar in radars},
    )
