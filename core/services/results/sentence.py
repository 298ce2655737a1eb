"""A stored result in one sentence."""

import math
from collections.abc import Mapping

from core.criteria.model import AreaShare, Indicator, Node
from core.quantities import MISSING
from core.scoring.base.states import State, Verdict
from core.scoring.explain.words import interval_text, number
from core.services.results.listing import indicator_name
from core.services.rules.finance import CRISIS, GRADE, TPS
from core.services.rules.units import with_unit
from core.store.results.repository import StoredResult
from core.text import Text, say


def sentence_of(stored: StoredResult, rule: Node, grade: str | None) -> Text:
    """What a result came to by its rule, and of what; a missing one says why it is missing."""
    if isinstance(rule, AreaShare):
        return _of_area(stored, rule)
    if isinstance(rule, Indicator):
        return _of_indicator(stored, rule)
    if math.isnan(stored.points):
        return _missing(stored)
    if stored.criterion == CRISIS:
        return _of_level(stored)
    if stored.criterion in (TPS, GRADE):
        return _of_score(stored, grade)
    return say(
        "{name}: {points} of {full} points.",
        name=indicator_name(stored.criterion),
        points=number(stored.points, 4),
        full=number(stored.full_marks),
    )


def _of_indicator(stored: StoredResult, rule: Indicator) -> Text:
    """Value and verdict; with tests missing, what the value could still become."""
    name = rule.name
    if math.isnan(stored.value):
        return _missing(stored)
    params = {
        "name": name,
        "value": _valued(stored.value, rule),
        "grade": stored.detail.notes.get("grade"),
    }
    value = (
        say("{name}: {value}, grade {grade}", **params)
        if params["grade"]
        else say("{name}: {value}", **params)
    )
    if stored.verdict is Verdict.NOT_JUDGED:
        return say("{said}; {open}.", said=value, open=_open(stored, rule))
    percent = rule.value != "blocks_passed"
    good = interval_text(rule.good.edges, percent=percent) if rule.good else ""
    verdict = say("passes") if stored.verdict is Verdict.PASS else say("does not pass")
    settled = say("{said}; {verdict}, asked is {good}", said=value, verdict=verdict, good=good)
    if "best" not in stored.detail.notes:
        return say("{said}.", said=settled)
    ends = _ends(stored, rule)
    return say(
        "{said}; with what is missing at best {best}, at worst {worst}.", said=settled, **ends
    )


def _edges(rule: Indicator) -> list[float]:
    """Every edge a value of a rule is held against."""
    grades = [grade.above for grade in rule.grades if grade.above is not None]
    return [*(rule.good.edges.values() if rule.good else ()), *grades]


def _valued(value: float, rule: Indicator) -> Text:
    """A value with its unit, never rounded onto an edge it is held against."""
    shown = number(value, beside=_edges(rule))
    return with_unit(shown, "level" if rule.value == "blocks_passed" else "percent")


def _ends(stored: StoredResult, rule: Indicator) -> dict[str, Text]:
    """What a value could still become."""
    return {name: _valued(stored.detail.notes[name], rule) for name in ("best", "worst")}


def _open(stored: StoredResult, rule: Indicator) -> Text:
    notes = stored.detail.notes
    if rule.good is None:
        return say("shown, not judged")
    if "best" not in notes:
        return say("not judged")
    ends = _ends(stored, rule)
    return say("not judged yet: with what is missing at best {best}, at worst {worst}", **ends)


def _of_level(stored: StoredResult) -> Text:
    return say(
        "Crisis level {level}: liquidity {liquidity}, stability {stability} and survival {survival}"
        " points of risk.",
        level=number(stored.value),
        **{name: _points(stored, name) for name in ("liquidity", "stability", "survival")},
    )


def _points(stored: StoredResult, part: str) -> str:
    known = stored.detail.parts.get(part)
    return MISSING if known is None or math.isnan(known.points) else number(known.points)


def _of_score(stored: StoredResult, grade: str | None) -> Text:
    score = {"score": number(stored.points), "possible": number(stored.full_marks)}
    if grade is not None:
        return say(
            "TPS {score} of {possible} possible points: grade {grade}.", grade=grade, **score
        )
    if stored.state is State.REPORTED:
        return say("TPS {score} of {possible} possible points.", **score)
    return say(
        "TPS {score} of {possible} possible points; some items have no data, so there is no grade.",
        **score,
    )


def _of_area(stored: StoredResult, rule: AreaShare) -> Text:
    params: Mapping[str, object] = {
        "name": next(line.name for line in rule.parts if line.id.endswith(f".{rule.headline}")),
        "reporting": stored.detail.notes.get("reporting", 0),
        "expected": stored.detail.notes.get("expected", 0),
    }
    if math.isnan(stored.value):
        return say("{name}: none of {expected} facilities reported.", **params)
    return say(
        "{name}: {count} of {over} facilities, {share} percent;"
        " {reporting} of {expected} reported.",
        count=number(stored.points),
        over=number(stored.full_marks),
        share=number(stored.value, beside=_targets(stored)),
        **params,
    )


def _targets(stored: StoredResult) -> list[float]:
    """The targets its lines were held against."""
    cutoffs = (part.cutoff for part in stored.detail.parts.values())
    return [cutoff for cutoff in cutoffs if not math.isnan(cutoff)]


def _missing(stored: StoredResult) -> Text:
    name = indicator_name(stored.criterion)
    reasons = {
        State.ERROR: say("{name} has no result: a figure in it is wrong.", name=name),
        State.CONTRADICTORY: say("{name} has no result: the workbook says two things.", name=name),
        State.NOT_APPLICABLE: say("{name} does not apply here.", name=name),
        State.NOT_REPORTED: say("{name} has no result: not everything was reported.", name=name),
    }
    drawn = say("{name} is drawn by its spokes.", name=name)
    return reasons.get(stored.state, drawn)
