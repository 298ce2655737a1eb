"""A test of a rule explained: what it asks, what was found, how far that is from its cut-off."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.criteria.model import Node, ShareLine, Survival, Threshold
from core.scoring.explain.rungs import rungs_of
from core.scoring.explain.wording import rule_sentence
from core.scoring.explain.words import Rung, figure_text, interval_text, number
from core.services.rules.judged.amounts import amount_text, cutoff_text, requirement_text
from core.services.rules.judged.distances import ReportedFigures, threshold_step
from core.services.rules.judged.survival import (
    Lived,
    survival_hit,
    survival_requirement,
    survival_sentence,
    survival_step,
)
from core.services.rules.units import unit_of
from core.text import Text, say


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A test in words; what it does not have is empty.

    `says` is the rule, `sentence` what came of it, `requirement` the cut-off, `edges` all its
    cut-offs where there are several, `step` how far the next is; `hit` is the place among `rungs`
    of the line that counted. `unit` is that of the figure.
    """

    says: Text | None = None
    sentence: Text | None = None
    requirement: Text | None = None
    edges: tuple[Text, ...] = ()
    step: Text | None = None
    rungs: tuple[Rung, ...] = ()
    hit: int | None = None
    unit: str = ""


def requirement_of(
    node: Node, *, cutoff: float, points: float, reported: ReportedFigures
) -> Judged:
    """What a test asks of one facility and the unit of its figure, without what came of it."""
    if isinstance(node, Survival):
        lived = Lived.of(reported)
        is_known = lived is not None and not math.isnan(points)
        requirement = survival_requirement(node, lived) if lived and is_known else _by_signs()
        return Judged(requirement=requirement, unit="months")
    if isinstance(node, Threshold):
        held = not math.isnan(cutoff)
        return Judged(
            requirement=requirement_text(node, cutoff) if held else None,
            edges=tuple(_edges(node)),
            unit=unit_of(node.figure),
        )
    of_share = None
    if isinstance(node, ShareLine) and node.targets and not math.isnan(cutoff):
        edge = next(iter(node.targets[0].edges))
        of_share = interval_text({edge: cutoff}, percent=True)
    figures = getattr(node, "figure", None)
    unit = "percent" if isinstance(node, ShareLine) else unit_of(figures) if figures else ""
    return Judged(requirement=of_share, unit=unit)


def judged(
    node: Node,
    *,
    figure: float,
    cutoff: float,
    points: float,
    reported: ReportedFigures,
    is_risk: bool,
) -> Judged:
    """A test of one facility; NaN where there is no figure, cut-off or number of points.

    `is_risk`: its points are points of risk, and none of them is the best.
    """
    if isinstance(node, Survival):
        return _survival(node, points, reported)
    if isinstance(node, Threshold):
        return _threshold(node, figure, cutoff, points, reported, is_risk=is_risk)
    requirement = requirement_of(node, cutoff=cutoff, points=points, reported=reported)
    return replace(requirement, says=rule_sentence(node))


def _by_signs() -> Text:
    return say("by the signs of NWC and NI, and the months")


def _survival(node: Survival, points: float, reported: ReportedFigures) -> Judged:
    lived, rungs = Lived.of(reported), rungs_of(node)
    if lived is None or math.isnan(points):
        requirement = requirement_of(node, cutoff=math.nan, points=points, reported=reported)
        return replace(requirement, says=rule_sentence(node), rungs=rungs)
    return Judged(
        says=rule_sentence(node),
        requirement=survival_requirement(node, lived),
        sentence=survival_sentence(node, points, lived),
        step=survival_step(node, lived),
        rungs=rungs,
        hit=survival_hit(node, lived),
        unit="months",
    )


def _threshold(
    node: Threshold,
    figure: float,
    cutoff: float,
    points: float,
    reported: ReportedFigures,
    *,
    is_risk: bool,
) -> Judged:
    about = requirement_of(node, cutoff=cutoff, points=points, reported=reported)
    requirement = about.requirement
    if requirement is None:
        return replace(about, says=rule_sentence(node))
    figures = {"points": number(node.points), "asked": requirement}
    return replace(
        about,
        says=say("{points} points of risk where it is {asked}.", **figures)
        if is_risk
        else say("{points} points where it is {asked}.", **figures),
        sentence=_outcome(node, figure, cutoff, points, requirement, is_risk=is_risk),
        step=step_of(node, figure, cutoff, points, reported, is_risk=is_risk),
    )


def _outcome(
    node: Threshold,
    figure: float,
    cutoff: float,
    points: float,
    requirement: Text,
    *,
    is_risk: bool,
) -> Text | None:
    """What was found and what it came to."""
    if math.isnan(figure) or math.isnan(points):
        return None
    if other := _other_way(node):
        requirement = say("{first}, {second}", first=requirement, second=other)
    params = {"figure": amount_text(figure, unit_of(node.figure), (cutoff,)), "asked": requirement}
    if is_risk:
        return (
            say("Does not pass: {figure}, a risk as it is {asked}.", **params)
            if points
            else say("Passes: {figure}, no risk as it is not {asked}.", **params)
        )
    if points:
        return say("Passes: {figure}; asked is {asked}.", **params)
    return say("Does not pass: {figure}; asked is {asked}.", **params)


def step_of(
    node: Node,
    figure: float,
    cutoff: float,
    points: float,
    reported: ReportedFigures,
    *,
    is_risk: bool,
) -> Text | None:
    """How far a figure is from its cut-off; None where a test has none or nothing was judged."""
    if not isinstance(node, Threshold) or math.isnan(cutoff):
        return None
    if math.isnan(figure) or math.isnan(points):
        return None
    # Points of the other way to them: the distance from this cut-off says nothing.
    if node.alternative and points:
        return None
    return threshold_step(node, figure, cutoff, reported, is_risk=is_risk)


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
