"""A whole self-assessment: its items, sections, grand total and radars."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core.criteria.model import Member, Radar, Rule, WeightedGroup
from core.scoring.base.inputs import FloatArray, Inputs
from core.scoring.base.scores import Scores
from core.scoring.star.composite import GroupScores, present, score_groups, share
from core.scoring.star.shares import Marks, Shares
from core.scoring.star.tree import Tree


@dataclass(frozen=True)
class Assessment:
    """Everything scored for n subjects; a group that is not there was not handed in.

    `items` holds every item, and every part of one, by full id.
    """

    items: Mapping[str, Scores]
    groups: Mapping[str, GroupScores]
    total: GroupScores | None
    radars: Mapping[str, Mapping[str, FloatArray]]


class _Summed:
    """Sums over rows of a table, and which rows those are."""

    def __init__(
        self, sums: Sequence[Sequence[Member]], out_of: Sequence[float], row: Mapping[str, int]
    ) -> None:
        self.shares = Shares(sums, out_of)
        self._rows = np.array([row[member.criterion] for member in self.shares.members])

    def marks(self, table: Marks) -> Marks:
        """The members' rows."""
        rows = self._rows
        return Marks(table.points[rows], table.full[rows], table.states[rows])


class CompiledForm:
    """The parts of a form that were handed in, compiled before anything is scored.

    The grand total exists only when every group it adds up is there; a spoke none of whose items
    was handed in is NaN.
    """

    def __init__(
        self,
        items: Sequence[Rule],
        groups: Sequence[WeightedGroup],
        total: WeightedGroup,
        radars: Sequence[Radar],
    ) -> None:
        self.tree = Tree(items)
        row = dict(self.tree.row)
        self.groups = tuple(groups)
        self.sections = _groups(groups, row)
        row |= {group.id: len(self.tree.row) + n for n, group in enumerate(groups)}
        is_whole = all(member.criterion in row for member in total.members)
        self.totals = (total,) if is_whole else ()
        self.total = _groups(self.totals, row)
        self.radars = tuple(radars)
        spokes = [(radar, spoke) for radar in radars for spoke in radar.spokes]
        drawn = [pair for pair in spokes if present(pair[1].members, row)]
        self.drawn = [(radar.id, spoke.id) for radar, spoke in drawn]
        members = [present(spoke.members, row) for _, spoke in drawn]
        self.spokes = _Summed(members, [radar.scale for radar, _ in drawn], row) if drawn else None

    def score(self, inputs: Inputs) -> Assessment:
        """Score the items, then what is made of them."""
        scored = self.tree.score(inputs)
        marks = Marks(scored.table.points, scored.table.full, scored.table.states)
        groups = self._score(self.groups, self.sections, marks)
        marks = _with_groups(marks, groups)
        total = self._score(self.totals, self.total, marks)
        return Assessment(
            scored,
            {group.id: group for group in groups},
            total[0] if total else None,
            self._radars(marks, inputs.subjects),
        )

    @staticmethod
    def _score(
        rules: Sequence[WeightedGroup], summed: _Summed | None, marks: Marks
    ) -> tuple[GroupScores, ...]:
        return score_groups(rules, summed.shares, summed.marks(marks)) if summed else ()

    def _radars(self, marks: Marks, subjects: int) -> dict[str, dict[str, FloatArray]]:
        nothing = np.full(subjects, np.nan)
        spokes = {radar.id: {spoke.id: nothing for spoke in radar.spokes} for radar in self.radars}
        if self.spokes is not None:
            values = share(self.spokes.shares, self.spokes.marks(marks))
            for (radar, spoke), value in zip(self.drawn, values, strict=True):
                spokes[radar][spoke] = value
        return spokes


def _groups(groups: Sequence[WeightedGroup], row: Mapping[str, int]) -> _Summed | None:
    if not groups:
        return None
    return _Summed([group.members for group in groups], [group.out_of for group in groups], row)


def _with_groups(marks: Marks, groups: Sequence[GroupScores]) -> Marks:
    """The table with a row for every group, so that groups can be members too."""
    if not groups:
        return marks
    scores = np.stack([group.score for group in groups])
    full = np.broadcast_to(np.array([[group.out_of] for group in groups]), scores.shape)
    states = np.stack([group.states for group in groups])
    return Marks(
        np.concatenate([marks.points, scores]),
        np.concatenate([marks.full, full]),
        np.concatenate([marks.states, states]),
    )
