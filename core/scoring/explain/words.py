"""Small words of rules: numbers, intervals and rungs, in both languages."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from core.criteria.model import Cutoff, Op, Threshold
from core.criteria.model.base import Bands
from core.quantities import MINUS
from core.text import Text, say


@dataclass(frozen=True)
class Rung:
    """One line of a rule: its condition, and the points it gives; NaN where it gives none."""

    text: Text
    points: float = math.nan
    lowest: float = -math.inf
    """Where the rung begins; points typed as steps begin at themselves."""


def number(value: float, decimals: int = 2, beside: Iterable[float] = ()) -> str:
    """A figure for people: separators, a true minus, at most `decimals` decimals, no zeros after.

    It is never rounded onto or over one of the edges it stands `beside`: 4.4999 is 4.49 where the
    edge is 4.5, and 4.5 elsewhere.
    """
    if math.isfinite(value):
        for edge in beside:
            shown = float(f"{value:.{decimals}f}")
            if (shown < edge) != (value < edge) or (shown > edge) != (value > edge):
                value = _on_its_side(value, decimals, above=value > edge)
    text = f"{value:,.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text.replace("-", MINUS)


def _on_its_side(value: float, decimals: int, *, above: bool) -> float:
    scale = 10.0**decimals
    return (math.ceil if above else math.floor)(value * scale) / scale


def band_rungs(bands: Bands) -> tuple[Rung, ...]:
    """Each rung of a ladder with both its ends, in the order of the rule."""
    rungs = []
    edge: float | None = None
    closed = False
    for band in bands:
        rungs.append(
            Rung(
                _between(edge, closed, band.edge, band.below is None),
                band.points,
                -math.inf if edge is None else edge,
            )
        )
        edge, closed = band.edge, band.below is None
    return tuple(rungs)


def _between(low: float | None, low_closed: bool, high: float | None, high_closed: bool) -> Text:
    """`low_closed`: the rung before took its edge with it, so this one begins above it."""
    ends = {"low": number(low or 0, 6), "high": number(high or 0, 6)}
    if low is None:
        return say("up to {high}", **ends) if high_closed else say("below {high}", **ends)
    if high is None:
        return say("above {low}", **ends) if low_closed else say("{low} and above", **ends)
    if low_closed:
        return say("above {low} up to {high}", **ends)
    return say("from {low}, below {high}", **ends)


def edge_text(op: Op, limit: str | Text, *, percent: bool = False) -> Text:
    """One edge in words; `op` as in the criteria files, the limit a percentage where it is one."""
    return _edge(op, limit, percent)


@lru_cache(maxsize=4096)  # The same limits stand on page after page.
def _edge(op: Op, limit: str | Text, percent: bool) -> Text:
    match op:
        case "below":
            return (
                say("below {limit}%", limit=limit) if percent else say("below {limit}", limit=limit)
            )
        case "up_to":
            return (
                say("at most {limit}%", limit=limit)
                if percent
                else say("at most {limit}", limit=limit)
            )
        case "at_least":
            return (
                say("at least {limit}%", limit=limit)
                if percent
                else say("at least {limit}", limit=limit)
            )
        case "above":
            return (
                say("above {limit}%", limit=limit) if percent else say("above {limit}", limit=limit)
            )
        case "within":
            return (
                say("within ±{limit}%", limit=limit)
                if percent
                else say("within ±{limit}", limit=limit)
            )


def interval_text(edges: Mapping[Op, float], *, percent: bool = False) -> Text:
    """An interval in words; its edges by operator, percentages where they are such."""
    first, *rest = (edge_text(op, number(edge, 6), percent=percent) for op, edge in edges.items())
    return say("{first} and {second}", first=first, second=rest[0]) if rest else first


def figure_text(figure: str) -> Text:
    """What a derived figure is called; a measure keeps its code (the catalogue has its name)."""
    names = {
        "adjrw_growth": say("growth of AdjRW"),
        "capital_months": say("months of working capital"),
        "cash_ratio": say("cash ratio"),
        "current_ratio": say("current ratio"),
        "expense_plan_difference": say("difference of expense from plan"),
        "income": say("income"),
        "net_income": say("net income"),
        "net_working_capital": say("net working capital"),
        "operating_margin": say("operating margin"),
        "quick_ratio": say("quick ratio"),
        "return_on_assets": say("return on assets"),
        "revenue_plan_difference": say("difference of revenue from plan"),
        "revenue_surplus": say("revenue less expense"),
    }
    return names.get(figure, Text(figure, figure))


def kind_text(kind: str) -> Text:
    """What a figure is of that is told apart by fund or by quarter."""
    names = {
        "uc": say("UC"),
        "csmbs": say("CSMBS"),
        "first": say("first quarter of the round"),
        "second": say("second quarter of the round"),
    }
    return names.get(kind, Text(kind, kind))


def peer_text(value: str) -> Text:
    """What a peer value is called."""
    return {
        "median": say("the median of the peer group"),
        "mean": say("the mean of the peer group"),
        "mean_plus_sd": say("the mean of the peer group + 1 SD"),
    }[value]


def cutoff_text(cutoff: Cutoff) -> Text:
    """One cut-off, and where it holds."""
    limit = cutoff.limit
    edge = edge_text(cutoff.op, peer_text(limit) if isinstance(limit, str) else number(limit, 6))
    if cutoff.island:
        return say("{edge}, on islands", edge=edge)
    if cutoff.when:
        return say(
            "{edge}, where {figure} is {interval}",
            edge=edge,
            figure=figure_text(cutoff.when.figure),
            interval=interval_text(cutoff.when.edges),
        )
    return edge


def signs_text(capital: str, income: str) -> Text:
    """The signs of working capital and income."""
    if capital == "negative":
        if income == "negative":
            return say("working capital and income below zero")
        return say("working capital below zero, income not")
    if income == "negative":
        return say("income below zero, working capital not")
    return say("neither working capital nor income below zero")


def both_edges(rule: Threshold, first: Text) -> Text:
    """What a test asks: its cut-off in words, and its second edge where it has one."""
    if rule.also is None:
        return first
    return say("{first} and {second}", first=first, second=interval_text(rule.also.edges))
