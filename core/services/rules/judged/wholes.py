"""How far a whole result lies from the next better one, in words."""

import math

from core.criteria.catalog import RuleSet
from core.criteria.model import Crisis, GradeScale, Indicator, Node, VerdictBand
from core.scoring.explain.words import number
from core.services.rules.finance import GRADE, TPS
from core.services.rules.judged.distances import value_step
from core.text import Text, say


def whole_step(rule: Node, value: float, unit: str, rules: RuleSet) -> Text | None:
    """What a level, a score or a value lacks to the next better one; None where it has no edge."""
    if math.isnan(value):
        return None
    if isinstance(rule, Crisis):
        return level_step(rule, value)
    if rule.id in (TPS, GRADE):
        scale = rules.rules.get(GRADE)
        return grade_step(scale, value) if isinstance(scale, GradeScale) else None
    if isinstance(rule, Indicator) and rule.good:
        return value_step(rule.good.edges, value, unit)
    return None


def level_step(rule: Crisis, level: float) -> Text | None:
    """How many points of risk less bring a level to the next better light; None at the best."""
    better = [band for band in rule.verdicts if band.up_to is not None and band.up_to < level]
    if not better:
        return None
    reached = better[-1]
    return say(
        "{gap} points of risk less bring it to level {level}: {verdict}.",
        gap=number(level - (reached.up_to or 0)),
        level=number(reached.up_to or 0),
        verdict=_verdict_text(reached),
    )


def _verdict_text(band: VerdictBand) -> Text:
    return {"pass": say("passes"), "watch": say("to be watched"), "fail": say("does not pass")}[
        band.verdict
    ]


def grade_step(rule: GradeScale, score: float) -> Text | None:
    """How many points more bring a score to the next better grade; None at the best."""
    better = [one for one in rule.grades if one.at_least is not None and one.at_least > score]
    if not better:
        return None
    reached = better[-1]
    return say(
        "{gap} points more bring it to grade {grade} ({name}).",
        gap=number((reached.at_least or 0) - score),
        grade=reached.grade,
        name=reached.name,
    )
