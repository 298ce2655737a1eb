"""All rules of a form scored at once, from the leaves up, level by level."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from core.criteria.model import Leaf, Rule, Sum
from core.quantities import round_half_up
from core.scoring.base.inputs import FloatArray, Inputs
from core.scoring.base.ladder import look_up
from core.scoring.base.scores import Scores, merged_states
from core.scoring.base.states import State
from core.scoring.star.leaves import Leaves, Table

_NOISE: Final = 9
"""Decimals to which sums are rounded, so that 0.1 + 0.2 is 0.3."""


class Tree:
    """What is known of a form's rules before anything is typed: which rows add up to which."""

    def __init__(self, roots: Sequence[Rule]) -> None:
        self.rules = tuple(node for root in roots for node in _walk(root))
        self.row = {rule.id: row for row, rule in enumerate(self.rules)}
        leaves = [rule for rule in self.rules if isinstance(rule, Leaf)]
        self._leaves = Leaves(leaves)
        self._leaf_rows = [self.row[leaf.id] for leaf in leaves]
        sums: dict[int, list[Sum]] = {}
        for rule in self.rules:
            if isinstance(rule, Sum):
                sums.setdefault(_height(rule), []).append(rule)
        self._levels = [_Level(sums[height], self.row) for height in sorted(sums)]

    def score(self, inputs: Inputs) -> "ScoredTree":
        """Every rule for every subject."""
        shape = len(self.rules), inputs.subjects
        points, full, figure = (np.empty(shape) for _ in range(3))
        table = Table(points, full, figure, np.empty(shape, dtype=np.int8))
        table.put(self._leaf_rows, self._leaves.score(inputs))
        for level in self._levels:
            level.add_up(table)
        return ScoredTree(self, table)


class _Level:
    """Sums whose parts are all scored before them."""

    def __init__(self, sums: Sequence[Sum], row: Mapping[str, int]) -> None:
        self._rows = [row[rule.id] for rule in sums]
        self._parts = [row[part.id] for rule in sums for part in rule.parts]
        lengths = [len(rule.parts) for rule in sums]
        self._begins = np.cumsum([0, *lengths[:-1]])
        self._looked_up = [(n, rule) for n, rule in enumerate(sums) if rule.then is not None]

    def add_up(self, table: Table) -> None:
        """An error in a part leaves no score; `then` gives the rung the sum falls into."""
        states = merged_states(table.states[self._parts], self._begins)
        full = np.add.reduceat(table.full[self._parts], self._begins, axis=0)
        points = np.add.reduceat(table.points[self._parts], self._begins, axis=0)
        points[states == State.ERROR] = np.nan
        points = round_half_up(points, _NOISE)
        figure = points
        if self._looked_up:
            figure = points.copy()
            for n, rule in self._looked_up:
                self._look_up(n, rule, points, full, figure)
        table.put(self._rows, Table(points, full, figure, states))

    @staticmethod
    def _look_up(
        n: int, rule: Sum, points: FloatArray, full: FloatArray, figure: FloatArray
    ) -> None:
        if rule.round_to is not None:
            figure[n] = round_half_up(figure[n], rule.round_to)
        if rule.then is not None:
            points[n] = look_up(figure[n], rule.then)
            full[n] = np.where(full[n] > 0, rule.full, 0.0)


class ScoredTree(Mapping[str, Scores]):
    """Scores of every rule by full id, made when they are asked for."""

    def __init__(self, tree: Tree, table: Table) -> None:
        self.tree = tree
        self.table = table
        self._made: dict[str, Scores] = {}

    def __getitem__(self, node: str) -> Scores:
        if node not in self._made:
            row = self.tree.row[node]
            rule = self.tree.rules[row]
            parts = tuple(self[part.id] for part in rule.parts) if isinstance(rule, Sum) else ()
            self._made[node] = Scores(
                node,
                self.table.points[row],
                self.table.full[row],
                self.table.figure[row],
                self.table.states[row],
                parts,
            )
        return self._made[node]

    def __iter__(self) -> Iterator[str]:
        return iter(self.tree.row)

    def __len__(self) -> int:
        return len(self.tree.row)


def _walk(rule: Rule) -> Iterator[Rule]:
    yield rule
    if isinstance(rule, Sum):
        for part in rule.parts:
            yield from _walk(part)


def _height(rule: Rule) -> int:
    """How many sums stand on one another down to the leaves."""
    return 1 + max(map(_height, rule.parts)) if isinstance(rule, Sum) else 0
