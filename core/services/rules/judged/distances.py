"""How far a figure lies from its cut-off: which way, in its own unit, and in baht.

What would have to change is computed by the rule itself: an amount by which assets, cash or income
must rise so that the test passes, all else as it is. What is needed is rounded up, what is left is
rounded down, so that doing what the sentence says is always enough.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np

from core.criteria.catalog import measures
from core.criteria.model import Income, Op, Threshold, percent_of
from core.scoring.base.derived import Figures
from core.services.rules.judged.amounts import difference_text
from core.services.rules.units import unit_of
from core.text import Text, say

_SATANG: Final = 0.01


@dataclass(frozen=True)
class ReportedFigures:
    """What was told of one facility: reported measures by code, and the month they are of.

    `month` is an ordinal. `income` says what counts as income, `decimals` which figures are rounded
    before they are compared. `stored` are figures of other tests by name, for those that what was
    told does not give.
    """

    values: Mapping[str, float]
    month: int
    income: Income = "ni"
    decimals: Mapping[str, int] = field(default_factory=dict)
    stored: Mapping[str, float] = field(default_factory=dict)

    def figure(self, name: str) -> float:
        """A figure, unrounded; NaN where it cannot be computed."""
        if not self.values:
            return self.stored.get(name, math.nan)
        columns = {code: np.array([value]) for code, value in self.values.items()}
        return float(Figures(columns, np.array([self.month]), self.income)[name][0])


@dataclass(frozen=True)
class _Gap:
    """The edge that decides: how far it is, whether it lies above the figure, and is missed."""

    op: Op
    edge: float
    size: float
    is_above: bool
    is_missed: bool


_GOOD: Final[Mapping[Op, Op]] = {
    "below": "at_least", "up_to": "above", "at_least": "below", "above": "up_to",
}  # fmt: skip
"""Where there is no risk, of a test whose figures are a risk where they keep its cut-off."""
_FROM_ABOVE: Final = ("at_least", "above")
"""Comparisons that a large figure keeps."""


def threshold_step(
    test: Threshold, figure: float, cutoff: float, reported: ReportedFigures, *, is_risk: bool
) -> Text | None:
    """What is missing until the test passes, or what is left until it fails.

    None where it lies at no distance from anything: no figure, none to be held against.
    """
    if not (math.isfinite(figure) and math.isfinite(cutoff)):
        return None
    gap = _deciding(figure, _good_edges(test, cutoff, is_risk=is_risk))
    return _with_amount(_sentence(gap, unit_of(test.figure)), test.figure, gap, reported)


def value_step(edges: Mapping[Op, float], value: float, unit: str) -> Text | None:
    """The same of a value that must lie within edges; None without a value or without edges."""
    if not edges or not math.isfinite(value):
        return None
    return _sentence(_deciding(value, list(edges.items())), unit)


def _deciding(figure: float, edges: Sequence[tuple[Op, float]]) -> _Gap:
    """The edge that is missed by most; the nearest where all are kept."""
    missed = [_gap(figure, op, edge) for op, edge in edges if not _keeps(figure, op, edge)]
    if missed:
        return max(missed, key=lambda one: one.size)
    return min((_gap(figure, op, edge) for op, edge in edges), key=lambda one: one.size)


def _good_edges(test: Threshold, cutoff: float, *, is_risk: bool) -> list[tuple[Op, float]]:
    """Every edge a figure must keep to pass."""
    op = test.cutoffs[0].op
    if is_risk and op in _GOOD:
        return [(_GOOD[op], cutoff)]
    also = list(test.also.edges.items()) if test.also else []
    if op == "within":
        return [("at_least", -cutoff), ("up_to", cutoff), *also]
    return [(op, cutoff), *also]


def _keeps(figure: float, op: Op, edge: float) -> bool:
    return {
        "below": figure < edge,
        "up_to": figure <= edge,
        "at_least": figure >= edge,
        "above": figure > edge,
    }[op]


def _gap(figure: float, op: Op, edge: float) -> _Gap:
    is_missed = not _keeps(figure, op, edge)
    return _Gap(op, edge, abs(edge - figure), (op in _FROM_ABOVE) == is_missed, is_missed)


def _sentence(gap: _Gap, unit: str) -> Text:
    if gap.size == 0:
        return _at_the_edge(gap)
    size = difference_text(gap.size, unit, upward=gap.is_missed)
    if gap.is_missed:
        return (
            say("It must rise by {gap} to pass.", gap=size)
            if gap.is_above
            else say("It must fall by {gap} to pass.", gap=size)
        )
    return (
        say("It may still rise by {gap} before it fails.", gap=size)
        if gap.is_above
        else say("It may still fall by {gap} before it fails.", gap=size)
    )


def _at_the_edge(gap: _Gap) -> Text:
    if not gap.is_missed:
        return say("It lies exactly at the cut-off, which still passes.")
    if gap.is_above:
        return say("It lies exactly at the cut-off and must be above it to pass.")
    return say("It lies exactly at the cut-off and must be below it to pass.")


def _with_amount(first: Text, figure: str, gap: _Gap, reported: ReportedFigures) -> Text:
    """The sentence with the amount that the figure is a ratio of, where it is one."""
    ratio = _ratio_of(figure)
    size = None if ratio is None else _amount(figure, gap, ratio, reported)
    if ratio is None or size is None:
        return first
    unit = measures()[ratio.part].unit
    names = {
        "first": first,
        "part": measures()[ratio.part].name,
        "whole": measures()[ratio.whole].name,
        "gap": difference_text(size, unit, upward=gap.is_missed),
    }
    if gap.is_missed:
        return (
            say("{first} {part} is {gap} short, {whole} as it is.", **names)
            if gap.is_above
            else say("{first} {part} is {gap} too much, {whole} as it is.", **names)
        )
    return (
        say("{first} {part} may rise by {gap}, {whole} as it is.", **names)
        if gap.is_above
        else say("{first} {part} may fall by {gap}, {whole} as it is.", **names)
    )


class _Ratio(NamedTuple):
    """A figure as `scale` x a measure / another, or x their difference / the other."""

    part: str
    whole: str
    scale: float


_RATIOS: Final = {
    "current_ratio": _Ratio("finance.current_assets", "finance.current_liabilities", 1.0),
    "quick_ratio": _Ratio("finance.quick_assets", "finance.current_liabilities", 1.0),
    "cash_ratio": _Ratio("finance.cash", "finance.current_liabilities", 1.0),
    "revenue_plan_difference": _Ratio("finance.revenue", "finance.plan_revenue", 100.0),
    "expense_plan_difference": _Ratio("finance.expense", "finance.plan_expense", 100.0),
    "operating_margin": _Ratio("finance.ebitda", "finance.operating_revenue", 100.0),
    "return_on_assets": _Ratio("finance.net_income", "finance.total_assets", 100.0),
    "adjrw_growth": _Ratio("activity.adjrw", "activity.adjrw_previous_year", 100.0),
}


def _ratio_of(figure: str) -> _Ratio | None:
    """What a figure is a ratio of; None where it is none, or not of one measure alone."""
    percent = percent_of(figure)
    if percent is None or percent.each or percent.kind == "distance":
        return _RATIOS.get(figure)
    return _Ratio(percent.part, percent.whole, 100.0)


def _amount(figure: str, gap: _Gap, ratio: _Ratio, reported: ReportedFigures) -> float | None:
    """How much the part must change for the figure to come to its edge; None where not known."""
    exact, whole = reported.figure(figure), reported.values.get(ratio.whole, math.nan)
    edge, is_included = _edge_before_rounding(gap, reported.decimals.get(figure))
    size = abs(edge - exact) * whole / ratio.scale
    if not math.isfinite(size) or whole <= 0:
        return None
    smallest = 1.0 if measures()[ratio.part].unit == "count" else _SATANG
    # A float is off by its last digit: what lies that close to a whole step is that step.
    steps = round(size / smallest, 4)
    if not gap.is_missed:
        return math.floor(steps) * smallest
    return (math.ceil(steps) if is_included else math.floor(steps) + 1) * smallest


def _edge_before_rounding(gap: _Gap, decimals: int | None) -> tuple[float, bool]:
    """The edge of an unrounded figure, and whether a figure at it passes.

    Half is rounded up: half a step below an edge comes to that edge.
    """
    if decimals is None:
        return gap.edge, gap.op in ("at_least", "up_to")
    half = 0.5 * 10.0**-decimals
    edge = gap.edge - half if gap.op in ("at_least", "below") else gap.edge + half
    return edge, gap.op in _FROM_ABOVE
