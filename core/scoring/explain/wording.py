"""How a rule reads in plain words, kind by kind: its sentence."""

from functools import singledispatch

from core.criteria.model import (
    AreaShare,
    Block,
    Checklist,
    Crisis,
    GivenPoints,
    GradeScale,
    Indicator,
    Ladder,
    LightColumn,
    LightMatrix,
    Node,
    PassFail,
    PointsOf,
    Radar,
    RatioToTarget,
    ShareLine,
    Shown,
    Steps,
    Sum,
    Survival,
    Taken,
    Threshold,
    ThresholdSet,
    WeightedGroup,
)
from core.scoring.explain.words import interval_text, number
from core.text import Text, say


@singledispatch
def rule_sentence(rule: Node) -> Text:
    """What the rule asks, in one sentence."""
    raise TypeError(f"no words for {rule.id}")


@rule_sentence.register
def _(rule: Ladder) -> Text:
    return say(
        "The percentage is looked up in {count} rungs; full marks {full}.",
        count=len(rule.bands),
        full=number(rule.full),
    )


@rule_sentence.register
def _(rule: RatioToTarget) -> Text:
    full, target = number(rule.full), number(rule.target)
    return say(
        "{full} × percentage ÷ target of {target}, at most {full}.", full=full, target=target
    )


@rule_sentence.register
def _(rule: Steps) -> Text:
    count, full = len(rule.steps), number(rule.full)
    return say("One of {count} printed steps; full marks {full}.", count=count, full=full)


@rule_sentence.register
def _(rule: PassFail) -> Text:
    return say("Pass gives {full}, fail gives 0.", full=number(rule.full))


@rule_sentence.register
def _(rule: Checklist) -> Text:
    return say("Points from 0 to {full}, as assessed.", full=number(rule.full))


@rule_sentence.register
def _(rule: GivenPoints) -> Text:
    return say("Points from 0 to {full}, as assessed.", full=number(rule.full))


@rule_sentence.register
def _(rule: Sum) -> Text:
    full = number(rule.full)
    if rule.then is None:
        return say("The sum of {count} parts; full marks {full}.", count=len(rule.parts), full=full)
    return say(
        "The parts add up to {sum}; the sum is looked up in {count} rungs; full marks {full}.",
        sum=number(rule.parts_full),
        count=len(rule.then),
        full=full,
    )


@rule_sentence.register
def _(rule: WeightedGroup) -> Text:
    out_of, weight = number(rule.out_of), number(rule.weight)
    return say(
        "{out_of} × the sum of weight × raw ÷ full ÷ {weight}, over {count} members.",
        out_of=out_of,
        weight=weight,
        count=len(rule.members),
    )


@rule_sentence.register
def _(rule: Radar) -> Text:
    return say(
        "Each spoke is {scale} × the sum of weight × raw ÷ full ÷ the sum of weights.",
        scale=number(rule.scale),
    )


@rule_sentence.register
def _(rule: Threshold) -> Text:
    return say("Gives {points} when the figure keeps its cut-off.", points=number(rule.points))


@rule_sentence.register
def _(rule: Block) -> Text:
    tests = [part for part in rule.parts if not isinstance(part, Shown)]
    if rule.cap is None:
        return say(
            "The sum of {count} tests, up to {full} points.",
            count=len(tests),
            full=number(rule.full),
        )
    return say(
        "The sum of {count} tests, capped at {cap} points.",
        count=len(tests),
        cap=number(rule.cap),
    )


@rule_sentence.register
def _(rule: ThresholdSet) -> Text:
    return say("The points of all tests added up; full marks {full}.", full=number(rule.full))


@rule_sentence.register
def _(rule: Crisis) -> Text:
    return say(
        "A level from 0 (best) to {full} (worst): a point for every test that holds, "
        "and the points of survival.",
        full=number(rule.full),
    )


@rule_sentence.register
def _(_: Survival) -> Text:
    return say("Points by the signs of working capital and income, and by the months between them.")


@rule_sentence.register
def _(_: GradeScale) -> Text:
    return say("The grade of the score; none while an item could not be judged.")


@rule_sentence.register
def _(rule: AreaShare) -> Text:
    if not any(line.targets for line in rule.parts):
        return say("Share of the facilities that should report; shown, not judged.")
    if rule.over == "expected":
        return say("Share of the facilities that should report, held against a target.")
    return say("Share of the facilities that report, held against a target.")


@rule_sentence.register
def _(rule: ShareLine) -> Text:
    if rule.units is None:
        return say("Facilities that pass.")
    return say("Facilities whose value is {interval}.", interval=interval_text(rule.units.edges))


@rule_sentence.register
def _(_: PointsOf) -> Text:
    return say("Points as assessed, out of the full marks told beside them.")


@rule_sentence.register
def _(_: Shown) -> Text:
    return say("Shown beside the others, judged by nothing.")


@rule_sentence.register
def _(rule: Taken) -> Text:
    full = number(rule.full)
    return say("Points taken over from {part}; full marks {full}.", part=rule.part, full=full)


@rule_sentence.register
def _(rule: Indicator) -> Text:
    value = {
        "figure": say("The figure itself"),
        "percent_earned": say("Points earned in percent of full marks"),
        "percent_failed": say("Tests failed in percent of those measured"),
        "blocks_passed": say("How many phases, from the first on, were passed whole"),
    }[rule.value]
    if rule.good is None:
        return say("{value}; shown, not judged.", value=value)
    good = interval_text(rule.good.edges, percent=rule.value != "blocks_passed")
    return say("{value}; passes when {good}.", value=value, good=good)


@rule_sentence.register
def _(rule: LightMatrix) -> Text:
    return say("One light for each of {count} results of a facility.", count=len(rule.parts))


@rule_sentence.register
def _(rule: LightColumn) -> Text:
    return {
        "value": say("The light of the result."),
        "figure": say("The light of a figure of the result."),
        "points": say("The light of how many tests were passed."),
        "margin": say("The light of how far, in percent, a figure lies above its criterion."),
    }[rule.take]
