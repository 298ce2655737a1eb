"""A test of a rule explained: what it asks, what was found, how far that is from its cut-off."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from core.criteria.model import Node, ShareLine, Survival, Threshold
from core.scoring.explain.rungs import rungs_of
from core.scoring.explain.wording import rule_sentence
from core.scoring.explain.words import Rung, figure_text, interval_text, number
from core.services.rules.judged.amounts import amount_text, asked_text, cutoff_text
from core.services.rules.judged.distances import Told, threshold_step
from core.services.rules.judged.survival import (
    Lived,
    survival_asked,
    survival_hit,
    survival_sentence,
    survival_step,
)
from core.services.rules.units import unit_of
from core.text import Text, say


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A test in words; what it does not have is empty.

    `says` is the rule, `sentence` what came of it, `asked` the cut-off, `edges` all its cut-offs
    where there are several, `step` how far the next is; `hit` is the place among `rungs` of the
    line that counted. `unit` is that of the figure.
    """

    says: Text | None = None
    sentence: Text | None = None
    asked: Text | None = None
    edges: tuple[Text, ...] = ()
    step: Text | None = None
    rungs: tuple[Rung, ...] = ()
    hit: int | None = None
    unit: str = ""


def judged(
    node: Node, *, figure: float, cutoff: float, points: float, told: Told, is_risk: bool
) -> Judged:
    """A test of one facility; NaN where there is no figure, cut-off or number of points.

    `is_risk`: its points are points of risk, and none of them is the best.
    """
    if isinstance(node, Survival):
        return _survival(node, points, told)
    if isinstance(node, Threshold):
        return _threshold(node, figure, cutoff, points, told, is_risk=is_risk)
    asked = None
    if isinstance(node, ShareLine) and node.targets and not math.isnan(cutoff):
        asked = interval_text({next(iter(node.targets[0].edges)): cutoff}, percent=True)
    figures = getattr(node, "figure", None)
    unit = "percent" if isinstance(node, ShareLine) else unit_of(figures) if figures else ""
    return Judged(says=rule_sentence(node), asked=asked, unit=unit)


def _survival(node: Survival, points: float, told: Told) -> Judged:
    lived, rungs = Lived.of(told), rungs_of(node)
    if lived is None or math.isnan(points):
        asked = say("by the signs of NWC and NI, and the months")
        return Judged(says=rule_sentence(node), asked=asked, rungs=rungs, unit="months")
    return Judged(
        says=rule_sentence(node),
        asked=survival_asked(node, lived),
        sentence=survival_sentence(node, points, lived),
        step=survival_step(node, lived),
        rungs=rungs,
        hit=survival_hit(node, lived),
        unit="months",
    )


def _threshold(
    node: Threshold, figure: float, cutoff: float, points: float, told: Told, *, is_risk: bool
) -> Judged:
    unit, edges = unit_of(node.figure), tuple(_edges(node))
    if math.isnan(cutoff):
        return Judged(says=rule_sentence(node), edges=edges, unit=unit)
    asked = asked_text(node, cutoff)
    figures = {"points": number(node.points), "asked": asked}
    return Judged(
        says=say("{points} points of risk where it is {asked}.", **figures)
        if is_risk
        else say("{points} points where it is {asked}.", **figures),
        sentence=_outcome(node, figure, cutoff, points, asked, is_risk=is_risk),
        asked=asked,
        edges=edges,
        step=_step(node, figure, cutoff, points, told, is_risk=is_risk),
        unit=unit,
    )


def _outcome(
    node: Threshold, figure: float, cutoff: float, points: float, asked: Text, *, is_risk: bool
) -> Text | None:
    """What was found and what it came to."""
    if math.isnan(figure) or math.isnan(points):
        return None
    if other := _other_way(node):
        asked = say("{first}, {second}", first=asked, second=other)
    found = {"figure": amount_text(figure, unit_of(node.figure), (cutoff,)), "asked": asked}
    if is_risk:
        return (
            say("Does not pass: {figure}, a risk as it is {asked}.", **found)
            if points
            else say("Passes: {figure}, no risk as it is not {asked}.", **found)
        )
    if points:
        return say("Passes: {figure}; asked is {asked}.", **found)
    return say("Does not pass: {figure}; asked is {asked}.", **found)


def _step(
    node: Threshold, figure: float, cutoff: float, points: float, told: Told, *, is_risk: bool
) -> Text | None:
    if math.isnan(figure) or math.isnan(points):
        return None
    # Points of the other way to them: the distance from this cut-off says nothing.
    if node.alternative and points:
        return None
    return threshold_step(node, figure, cutoff, told, is_risk=is_risk)


def _edges(node: Threshold) -> Iterator[Text]:
    """Every cut-off in words where one is not all there is to say."""
    if not (node.cutoffs[1:] or node.alternative):
        return
    for cutoff in node.cutoffs:
        yield cutoff_text(node, cutoff)
    if other := _other_way(node):
        yield other


def _other_way(node: Threshold) -> Text | None:
    """The other way to the points of a test."""
    other = node.alternative
    if other is None:
        return None
    percent = unit_of(other.figure) == "percent"
    return say(
        "or {figure} {interval}",
        figure=figure_text(other.figure),
        interval=interval_text(other.edges, percent=percent),
    )
