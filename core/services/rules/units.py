"""Units of figures, and the edges a result's own numbers are held against."""

from collections.abc import Iterator, Mapping
from typing import Final

from core.criteria.catalog import catalog, measures
from core.criteria.model import (
    AreaShare,
    Block,
    GradeScale,
    Indicator,
    Node,
    Survival,
    Threshold,
    count_of,
    percent_of,
)
from core.criteria.rule_set import walk
from core.text import Text, say

_OF_DERIVED: Final[Mapping[str, str]] = {
    "adjrw_growth": "percent",
    "capital_months": "months",
    "cash_ratio": "ratio",
    "current_ratio": "ratio",
    "expense_plan_difference": "percent",
    "income": "baht",
    "net_income": "baht",
    "net_working_capital": "baht",
    "operating_margin": "percent",
    "quick_ratio": "ratio",
    "return_on_assets": "percent",
    "revenue_plan_difference": "percent",
    "revenue_surplus": "baht",
}


def unit_of(figure: str) -> str:
    """The unit of a measure, a derived figure or a result; empty where none is known."""
    if figure in measures():
        return measures()[figure].unit
    if figure in catalog().criteria:  # The result of another rule.
        return catalog().criteria[figure].unit
    if percent_of(figure):
        return "percent"
    count = count_of(figure)
    return unit_of(count.code) if count else _OF_DERIVED.get(figure, "")


def unit_of_test(node: Node | None) -> str:
    """The unit of the figure a test looks at; empty where it has none."""
    if isinstance(node, Survival):
        return "months"
    return unit_of(str(getattr(node, "figure", "") or "")) if node else ""


def with_unit(shown: str | Text, unit: str) -> Text:
    """A figure with its unit in words; by itself where the unit has none, as of a level."""
    words = {
        "baht": say("baht"),
        "days": say("days"),
        "months": say("months"),
        "points": say("points"),
        "ratio": say("times"),
    }
    if unit in ("percent", "share"):
        return say("{figure}%", figure=shown)
    if unit in words:
        return say("{value} {unit}", value=shown, unit=words[unit])
    return shown if isinstance(shown, Text) else Text(shown, shown)


def edges_of(rule: Node | None) -> tuple[float, ...]:
    """Every number a result by a rule is held against: what it is good from, grades, targets."""
    return tuple(_edges(rule)) if rule else ()


def _edges(rule: Node) -> Iterator[float]:
    if isinstance(rule, Indicator):
        yield from rule.good.edges.values() if rule.good else ()
        yield from (grade.above for grade in rule.grades if grade.above is not None)
    elif isinstance(rule, GradeScale):
        yield from (grade.at_least for grade in rule.grades if grade.at_least is not None)
    elif isinstance(rule, AreaShare):
        for line in rule.parts:
            for target in line.targets:
                yield from target.edges.values()


def edges_of_figures(rule: Node) -> dict[str, list[float]]:
    """The fixed numbers that each figure of a rule's tests is held against."""
    edges: dict[str, list[float]] = {}
    for node in walk(rule):
        if isinstance(node, Block) or not isinstance(node, Threshold):
            continue
        own = edges.setdefault(node.figure, [])
        own += [cutoff.limit for cutoff in node.cutoffs if isinstance(cutoff.limit, float | int)]
        own += node.also.edges.values() if node.also else ()
        for condition in (cutoff.when for cutoff in node.cutoffs):
            if condition is not None:
                edges.setdefault(condition.figure, []).extend(condition.edges.values())
        if node.alternative is not None:
            edges.setdefault(node.alternative.figure, []).extend(node.alternative.edges.values())
    return edges
