"""How a rule reads in plain words: rungs, steps and numbers, in both languages."""

import math
from dataclasses import dataclass

from core.criteria.model import (
    Checklist,
    Ladder,
    PassFail,
    RatioToTarget,
    Rule,
    Steps,
    Sum,
)
from core.criteria.model.base import Bands
from core.text import Text, say


@dataclass(frozen=True)
class Rung:
    """One line of a rule: what is asked, and the points it gives."""

    text: Text
    points: float
    lowest: float = -math.inf
    """Where the rung begins; points typed as steps begin at themselves."""


def number(value: float, decimals: int = 2) -> str:
    """A figure for people: separators, at most `decimals` decimals, no trailing zeros."""
    text = f"{value:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def band_rungs(bands: Bands) -> tuple[Rung, ...]:
    """Each rung of a ladder with both its ends, in the order of the rule."""
    rungs = []
    edge: float | None = None
    closed = False
    for band in bands:
        rungs.append(Rung(_between(edge, closed, band.edge, band.below is None), band.points,
                          -math.inf if edge is None else edge))
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


def rungs_of(rule: Rule) -> tuple[Rung, ...]:
    """The lines a rule is made of, for reading and for marking the one that counted."""
    if isinstance(rule, Ladder):
        return band_rungs(rule.bands)
    if isinstance(rule, Steps):
        return tuple(Rung(step.name, step.points, step.points) for step in rule.steps)
    if isinstance(rule, PassFail):
        return (Rung(say("Pass"), rule.full, rule.full), Rung(say("Fail"), 0.0, 0.0))
    if isinstance(rule, Sum) and rule.then:
        return band_rungs(rule.then)
    return ()


def rule_sentence(rule: Rule) -> Text:
    """What the rule asks, in one sentence."""
    full = number(rule.full)
    if isinstance(rule, Ladder):
        return say("The percentage is looked up in {count} rungs; full marks {full}.",
                   count=len(rule.bands), full=full)
    if isinstance(rule, RatioToTarget):
        return say("{full} × percentage ÷ target of {target}, at most {full}.",
                   full=full, target=number(rule.target))
    if isinstance(rule, Steps):
        return say("One of {count} printed steps; full marks {full}.",
                   count=len(rule.steps), full=full)
    if isinstance(rule, PassFail):
        return say("Pass gives {full}, fail gives 0.", full=full)
    if isinstance(rule, Checklist):
        return say("Points from 0 to {full}, as assessed.", full=full)
    if rule.then:
        return say("The parts add up to {sum}; the sum is looked up in {count} rungs; full marks {full}.",
                   sum=number(rule.parts_full), count=len(rule.then), full=full)
    return say("The sum of {count} parts; full marks {full}.", count=len(rule.parts), full=full)
