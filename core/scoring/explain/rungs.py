"""The lines a rule is made of in plain words, kind by kind."""

from functools import singledispatch

from core.criteria.model import (
    GradeScale,
    Indicator,
    Ladder,
    LightColumn,
    Node,
    Op,
    PassFail,
    ShareLine,
    Steps,
    Sum,
    Survival,
    SurvivalCase,
    Threshold,
)
from core.scoring.explain.words import (
    Rung,
    band_rungs,
    both_edges,
    cutoff_text,
    edge_text,
    interval_text,
    number,
    signs_text,
)
from core.text import Text, say


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
    return tuple(
        Rung(both_edges(rule, cutoff_text(cutoff)), rule.points) for cutoff in rule.cutoffs
    )


@rungs_of.register
def _(rule: Survival) -> tuple[Rung, ...]:
    return tuple(
        Rung(_survival_text(case, line.text), line.points)
        for case in rule.cases
        for line in band_rungs(case.bands)
    )


def _survival_text(case: SurvivalCase, months: Text) -> Text:
    """The signs of a case, and the months where they decide."""
    signs = signs_text(case.capital, case.income)
    if len(case.bands) == 1:
        return signs
    return say("{signs}: {months} months", signs=signs, months=months)


@rungs_of.register
def _(rule: GradeScale) -> tuple[Rung, ...]:
    return tuple(_grade_rung(one.grade, one.name, "at_least", one.at_least) for one in rule.grades)


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
        lines.append(Rung(text))
    return tuple(lines)


@rungs_of.register
def _(rule: Indicator) -> tuple[Rung, ...]:
    return tuple(_grade_rung(one.grade, one.name, "above", one.above) for one in rule.grades)


@rungs_of.register
def _(rule: LightColumn) -> tuple[Rung, ...]:
    colours = {"green": say("green"), "yellow": say("yellow"), "red": say("red")}
    lines = []
    for light in rule.lights:
        edge = edge_text(light.edge[0], number(light.edge[1])) if light.edge else say("the rest")
        text = say("{colour}: {edge}", colour=colours[light.light], edge=edge)
        lines.append(Rung(text))
    return tuple(lines)


def _grade_rung(grade: str, name: Text, op: Op, limit: float | None) -> Rung:
    """The line of a grade; the last has no limit and catches the rest."""
    edge = say("below the others") if limit is None else edge_text(op, number(limit))
    return Rung(say("{grade} {name}: {edge}", grade=grade, name=name, edge=edge))
