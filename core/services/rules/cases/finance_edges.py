"""Edges of finance rules, and how far from them an example lies."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, singledispatch
from typing import Any, Final, NamedTuple

from core.criteria.catalog import walk
from core.criteria.model import (
    AreaShare,
    Band,
    Crisis,
    GivenPoints,
    GradeScale,
    Income,
    Indicator,
    Interval,
    LightMatrix,
    Node,
    Op,
    Survival,
    Threshold,
)
from core.scoring.base.outcomes import HospitalMonths
from core.scoring.base.threshold import score_threshold
from core.scoring.examples import Outcome, example_outcome, hospitals_of

_CLOSE: Final = 1e-9
OUTWARD: Final[Mapping[Op, int]] = {
    "below": -1,
    "up_to": 1,
    "at_least": -1,
    "above": 1,
    "within": 1,
}
"""The side of an edge on which values are judged otherwise than on the edge itself."""


@dataclass(frozen=True)
class Example:
    """A case held against one rule."""

    rule: Node
    value: Any

    @cached_property
    def results(self) -> Outcome:
        """What the rule gives for it."""
        return example_outcome(self.rule, self.value)

    @cached_property
    def hospitals(self) -> HospitalMonths:
        income: Income = getattr(self.rule, "income", "ni")
        return hospitals_of(self.value, income, getattr(self.rule, "decimals", None))

    def figure(self, name: str) -> float:
        return float(self.hospitals.figures[name][0])

    def outcome(self, name: str) -> float:
        """A number of the outcome; NaN where there is none."""
        result = self.results.get(name)
        return math.inf if result == "infinite" else _number(result)


class Edge(NamedTuple):
    """One edge of a rule: where it stands, and how far beyond it an example lies.

    Distances are positive on the other side, 0 exactly at the edge. `near`: what is close by.
    """

    place: str
    distances: Callable[[Example], Iterable[float]]
    near: float = 1.0

    def tried_by(self, examples: Iterable[Example]) -> bool:
        """Whether one lies exactly at the edge and one close by on the other side."""
        distances = [distance for example in examples for distance in self.distances(example)]
        at = any(abs(distance) <= _CLOSE for distance in distances)
        return at and any(_CLOSE < distance <= self.near + _CLOSE for distance in distances)


@singledispatch
def edges_of(rule: Node) -> Iterator[Edge]:
    """All edges of a finance rule."""
    yield from _of_tests(rule)


@edges_of.register
def _(rule: Crisis) -> Iterator[Edge]:
    yield from _of_tests(rule)
    yield from _of_survival(rule.survival)
    for band in rule.verdicts:
        if band.up_to is not None:
            yield _numbered(rule.id, "up_to", band.up_to, "level")


@edges_of.register
def _(rule: GradeScale) -> Iterator[Edge]:
    for grade in rule.grades:
        if grade.at_least is not None:
            yield _edge(rule.id, "at_least", grade.at_least, _given("score"))


@edges_of.register
def _(rule: AreaShare) -> Iterator[Edge]:
    for line in rule.parts:
        local = line.id.removeprefix(f"{rule.id}.")
        for op, limit in line.units.edges.items() if line.units else ():
            yield _edge(line.id, op, limit, _values)
        for target in line.targets:
            for op, limit in target.edges.items():
                place = f"{line.id} through month {target.through_month or 12}"
                yield _edge(place, op, limit, _shares(local, limit))


@edges_of.register
def _(rule: Indicator) -> Iterator[Edge]:
    yield from _of_tests(rule)
    # What counts tests moves in steps: from one test more to one less.
    step = 100.0 / rule.full if rule.value.startswith("percent") and rule.full else 1.0
    place = f"{rule.id} {rule.figures[0]}" if rule.value == "figure" else rule.id
    for op, limit in rule.good.edges.items() if rule.good else ():
        yield _numbered(place, op, limit, "value", step)
    for grade in rule.grades:
        if grade.above is not None:
            yield _numbered(f"{place} grade {grade.grade}", "above", grade.above, "value", step)


@edges_of.register
def _(rule: LightMatrix) -> Iterator[Edge]:
    for column in rule.parts:
        local = column.id.removeprefix(f"{rule.id}.")
        for light in column.lights:
            if light.edge:
                yield _edge(column.id, *light.edge, _given(local))


def _of_tests(rule: Node) -> Iterator[Edge]:
    for node in walk(rule):
        if isinstance(node, Threshold):
            yield from _of_threshold(node)
        elif isinstance(node, GivenPoints):
            yield Edge(f"{node.id} points", _answers(node), node.points)


def _of_threshold(test: Threshold) -> Iterator[Edge]:
    for cutoff in test.cutoffs:
        place = f"{test.id} {cutoff.op} {cutoff.limit}"
        yield Edge(place, _beyond_cutoff(test, cutoff.op, cutoff.limit))
        if cutoff.when:
            yield from _of_interval(test.id, cutoff.when.figure, cutoff.when)
    if test.also:
        yield from _of_interval(test.id, test.figure, test.also)
    if test.alternative:
        yield from _of_interval(test.id, test.alternative.figure, test.alternative)


def _beyond_cutoff(
    test: Threshold, op: Op, limit: float | str
) -> Callable[[Example], Iterable[float]]:
    """How far a figure lies beyond the cut-off, in the examples that are held against it."""

    def distances(example: Example) -> Iterator[float]:
        scored = score_threshold(test, example.hospitals)
        figure, cutoff = float(scored.figure[0]), float(scored.cutoff[0])
        if isinstance(limit, str) or cutoff == limit:
            yield _beyond(op, figure, cutoff)

    return distances


def _answers(given: GivenPoints) -> Callable[[Example], Iterable[float]]:
    """Full marks lie at the edge, points lost beyond it."""
    return lambda example: [given.points - example.figure(given.figure)]


def _of_interval(place: str, figure: str, interval: Interval) -> Iterator[Edge]:
    for op, limit in interval.edges.items():
        yield _edge(f"{place} {figure}", op, limit, lambda e: [e.figure(figure)])


def _of_survival(rule: Survival) -> Iterator[Edge]:
    for case in rule.cases:
        for band in case.bands:
            if band.edge is not None:
                place = f"{rule.id} {case.capital} {case.income}"
                yield _edge(place, op_of(band), band.edge, _months(case.capital, case.income))


def _months(capital: str, income: str) -> Callable[[Example], Iterable[float]]:
    wanted = (capital == "negative", income == "negative")

    def months(example: Example) -> Iterator[float]:
        figures = example.figure("net_working_capital"), example.figure("income")
        if tuple(figure < 0 for figure in figures) == wanted:
            yield example.outcome("months")

    return months


def _values(example: Example) -> Iterator[float]:
    yield from (_number(value) for value in (example.value or {}).get("values", ()))


def _shares(local: str, limit: float) -> Callable[[Example], Iterable[float]]:
    """Shares of a line in the examples that are held against this target."""

    def shares(example: Example) -> Iterator[float]:
        if example.outcome(f"target.{local}") == limit:
            yield example.outcome(local)

    return shares


def _numbered(place: str, op: Op, limit: float, name: str, near: float = 1.0) -> Edge:
    """An edge of a number of the outcome."""
    return _edge(place, op, limit, lambda example: [example.outcome(name)], near)


def _edge(
    place: str,
    op: Op,
    limit: float,
    values: Callable[[Example], Iterable[float]],
    near: float = 1.0,
) -> Edge:
    return Edge(
        f"{place} {op} {limit:g}",
        lambda example: (_beyond(op, value, limit) for value in values(example)),
        near,
    )


def _beyond(op: Op, value: float, limit: float) -> float:
    distance = abs(value) - limit if op == "within" else value - limit
    return distance * OUTWARD[op]


def _given(name: str) -> Callable[[Example], Iterable[float]]:
    return lambda example: [_number((example.value or {}).get(name))]


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else math.nan


def op_of(band: Band) -> Op:
    """How a rung compares."""
    return "up_to" if band.below is None else "below"
