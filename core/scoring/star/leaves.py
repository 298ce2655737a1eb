"""All leaves of a form scored in one table: a row per leaf, a column per subject.

A form has some hundred inputs and often one subject; an array operation costs the same for one
number as for a hundred, so leaves share theirs.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from core.criteria.model import Ladder, Leaf, Ratio, RatioToTarget, Steps
from core.quantities import round_half_up
from core.scoring.base.inputs import FloatArray, Inputs, StateArray
from core.scoring.base.ladder import look_up, percentage, thresholds
from core.scoring.base.states import State


class Table(NamedTuple):
    """Points, full marks, figures judged and states: a row per rule, a column per subject."""

    points: FloatArray
    full: FloatArray
    figure: FloatArray
    states: StateArray

    def put(self, rows: Sequence[int], scored: "Table") -> None:
        """Write the rows of another table into these."""
        self.points[rows], self.full[rows] = scored.points, scored.full
        self.figure[rows], self.states[rows] = scored.figure, scored.states


class Leaves:
    """What is known of a form's leaves before anything is typed."""

    def __init__(self, rules: Sequence[Leaf]) -> None:
        self._rules = tuple(rules)
        self._ids = tuple(rule.id for rule in rules)
        self._full = _column([rule.full for rule in rules])
        self._lowest = _column([_allowed(rule)[0] for rule in rules])
        self._highest = _column([_allowed(rule)[1] for rule in rules])
        self._empty = _column([_when_empty(rule) for rule in rules])
        self._rounded = _rounded(rules)
        self._ratios = [
            (row, ratio) for row, rule in enumerate(rules) if (ratio := _ratio_of(rule)) is not None
        ]
        self._ladders = _Ladders(rules)
        shares = [(n, rule) for n, rule in enumerate(rules) if isinstance(rule, RatioToTarget)]
        self._shares = [row for row, _ in shares]
        self._targets = _column([rule.target for _, rule in shares])
        self._caps = _column([rule.full if rule.capped else np.inf for _, rule in shares])

    def score(self, inputs: Inputs) -> Table:
        """Every leaf of every subject."""
        values, states = inputs.table(self._ids)
        self._derive(inputs, values, states)
        # As typed: 100.004 is no percentage, whatever it would be rounded to.
        outside = (values < self._lowest) | (values > self._highest)
        values[outside], states[outside] = np.nan, State.ERROR
        for decimals, rows in self._rounded:
            values[rows] = round_half_up(values[rows], decimals)
        points = values.copy()
        if self._ladders.rows:
            points[self._ladders.rows] = self._ladders.look_up(values[self._ladders.rows])
        if self._shares:
            full = self._full[self._shares]
            share = full * values[self._shares] / self._targets
            points[self._shares] = np.minimum(share, self._caps)
        table = self._finished(points, values, states)
        self._derive_steps(inputs, table)
        return table

    def _finished(self, points: FloatArray, values: FloatArray, states: StateArray) -> Table:
        """Give empty cells what the form gives them, and take out what does not apply."""
        empty, out = states == State.NOT_REPORTED, states == State.NOT_APPLICABLE
        points = np.where(empty, self._empty, points)
        points[out] = 0.0
        return Table(points, np.where(out, 0.0, self._full), values, states)

    def _derive(self, inputs: Inputs, values: FloatArray, states: StateArray) -> None:
        """What was typed; where nothing was, the percentage of numerator and denominator."""
        for row, ratio in self._ratios:
            if ratio.denominator in inputs and not isinstance(self._rules[row], Steps):
                other = percentage(ratio, inputs)
                use = (states[row] == State.NOT_REPORTED) & (other.states != State.NOT_REPORTED)
                values[row, use], states[row, use] = other.values[use], other.states[use]

    def _derive_steps(self, inputs: Inputs, table: Table) -> None:
        """Empty steps may follow from numerator and denominator; typed points outrank them."""
        for row, ratio in self._ratios:
            rule = self._rules[row]
            if ratio.denominator in inputs and isinstance(rule, Steps) and rule.derive:
                share = percentage(ratio, inputs)
                times = rule.derive.times / 100
                figure = round_half_up(share.values * times, rule.derive.round_to)
                use = table.states[row] == State.NOT_REPORTED
                use &= share.states != State.NOT_REPORTED
                table.points[row, use] = look_up(figure, rule.derive.bands)[use]
                table.figure[row, use], table.states[row, use] = figure[use], share.states[use]


class _Ladders:
    """All ladders side by side, the shorter ones filled up with rungs nobody reaches."""

    def __init__(self, rules: Sequence[Leaf]) -> None:
        ladders = [(row, rule) for row, rule in enumerate(rules) if isinstance(rule, Ladder)]
        self.rows = [row for row, _ in ladders]
        longest = max((len(rule.bands) for _, rule in ladders), default=1)
        self._edges = np.full((len(ladders), longest - 1, 1), np.inf)
        self._points = np.full((len(ladders), longest), np.nan)
        for place, (_, rule) in enumerate(ladders):
            edges, points = thresholds(rule.bands)
            self._edges[place, : len(edges), 0] = edges
            self._points[place, : len(points)] = points
        self._each = np.arange(len(ladders))[:, None]

    def look_up(self, values: FloatArray) -> FloatArray:
        rungs = (values[:, None, :] >= self._edges).sum(axis=1)
        return np.where(np.isnan(values), np.nan, self._points[self._each, rungs])


def _column(values: Sequence[float]) -> FloatArray:
    return np.array(values, dtype=np.float64).reshape(-1, 1)


def _allowed(rule: Leaf) -> tuple[float, float]:
    if not isinstance(rule, Ladder | RatioToTarget):
        return 0.0, rule.full
    allowed = rule.valid_range
    return (-np.inf, np.inf) if allowed is None else (allowed.lowest, allowed.highest)


def _when_empty(rule: Leaf) -> float:
    """Points of an empty cell; NaN where the form gives none."""
    if rule.when_empty != "as_zero":
        return np.nan
    if rule.empty_points is not None:
        return rule.empty_points
    return float(look_up(np.zeros(1), rule.bands)[0]) if isinstance(rule, Ladder) else 0.0


def _rounded(rules: Sequence[Leaf]) -> list[tuple[int, list[int]]]:
    """Decimals -> rows rounded to them before they are judged."""
    rows: dict[int, list[int]] = {}
    for row, rule in enumerate(rules):
        if isinstance(rule, Ladder | RatioToTarget) and rule.round_to is not None:
            rows.setdefault(rule.round_to, []).append(row)
    return list(rows.items())


def _ratio_of(rule: Leaf) -> Ratio | None:
    return rule.input if isinstance(rule, Ladder | RatioToTarget | Steps) else None
