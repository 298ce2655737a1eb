"""How a rule reads in plain words, kind by kind: its sentence and its rungs."""

from functools import singledispatch

from core.criteria.model import (
    AreaShare,
    Block,
    Checklist,
    Crisis,
    Cutoff,
    GivenPoints,
    GradeScale,
    Ladder,
    Node,
    PassFail,
    Radar,
    RatioToTarget,
    ShareLine,
    Steps,
    Sum,
    Survival,
    Threshold,
    ThresholdSet,
    WeightedGroup,
)
from core.scoring.words import Rung, band_rungs, edge_text, figure_text, interval_text, number
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
    if rule.cap is None:
        return say(
            "The sum of {count} tests, up to {full} points.",
            count=len(rule.parts),
            full=number(rule.full),
        )
    return say(
        "The sum of {count} tests, capped at {cap} points.",
        count=len(rule.parts),
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
    if rule.over == "expected":
        return say("Share of the facilities that should report, held against a target.")
    return say("Share of the facilities that report, held against a target.")


@rule_sentence.register
def _(rule: ShareLine) -> Text:
    return say("Facilities whose value is {interval}.", interval=interval_text(rule.units.edges))


@singledispatch
def rungs_of(_: Node) -> tuple[Rung, ...]:
    """The lines a rule is made of, for reading and for marking the one that counted."""
    return ()


@rungs_of.register
def _(rule: Ladder) -> tuple[Rung, ...]:
    return band_rungs(rule.bands)


@rungs_of.register
def _(rule: Steps) -> tuple[Rung, ...]:
    return tuple(Rung(step.name, step.points, step.points) for step in rule.steps)


@rungs_of.register
def _(rule: PassFail) -> tuple[Rung, ...]:
    return (Rung(say("Pass"), rule.full, rule.full), Rung(say("Fail"), 0.0, 0.0))


@rungs_of.register
def _(rule: Sum) -> tuple[Rung, ...]:
    return band_rungs(rule.then) if rule.then else ()


@rungs_of.register
def _(rule: Threshold) -> tuple[Rung, ...]:
    return tuple(Rung(_cutoff_text(cutoff), rule.points) for cutoff in rule.cutoffs)


def peer_text(value: str) -> Text:
    """What a peer value is called."""
    return {
        "median": say("the median of the peer group"),
        "mean": say("the mean of the peer group"),
        "mean_plus_sd": say("the mean of the peer group + 1 SD"),
    }[value]


def _cutoff_text(cutoff: Cutoff) -> Text:
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


@rungs_of.register
def _(rule: Survival) -> tuple[Rung, ...]:
    return tuple(
        Rung(
            say(
                "{signs}: {months} months",
                signs=_signs(case.capital, case.income),
                months=line.text,
            ),
            line.points,
        )
        for case in rule.cases
        for line in band_rungs(case.bands)
    )


def _signs(capital: str, income: str) -> Text:
    if capital == "negative":
        if income == "negative":
            return say("working capital and income below zero")
        return say("working capital below zero, income not")
    if income == "negative":
        return say("income below zero, working capital not")
    return say("neither working capital nor income below zero")


@rungs_of.register
def _(rule: GradeScale) -> tuple[Rung, ...]:
    lines = []
    for grade in rule.grades:
        edge = (
            say("below the others")
            if grade.at_least is None
            else edge_text("at_least", number(grade.at_least))
        )
        text = say("{grade} {name}: {edge}", grade=grade.grade, name=grade.name, edge=edge)
        lines.append(Rung(text, grade.at_least or 0.0))
    return tuple(lines)


@rungs_of.register
def _(rule: ShareLine) -> tuple[Rung, ...]:
    lines = []
    for target in rule.targets:
        edge = interval_text(target.edges)
        month = target.through_month
        text = (
            say("target {edge} percent", edge=edge)
            if month is None
            else say("through month {month}: target {edge} percent", month=month, edge=edge)
        )
        lines.append(Rung(text, 0.0))
    return tuple(lines)
