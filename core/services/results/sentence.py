"""A stored result in one sentence."""

import math
from collections.abc import Mapping

from core.criteria.model import AreaShare, Indicator, Node
from core.quantities import MISSING
from core.scoring.base.states import State, Verdict
from core.scoring.explain.words import interval_text, number
from core.services.results.listing import indicator_name
from core.services.rules.finance import CRISIS, GRADE, TPS
from core.store.results.repository import StoredResult
from core.text import Text, say


def sentence_of(found: StoredResult, rule: Node, grade: str | None) -> Text:
    """What a result came to by its rule, and of what; a missing one says why it is missing."""
    if isinstance(rule, AreaShare):
        return _of_area(found, rule)
    if isinstance(rule, Indicator):
        return _of_indicator(found, rule)
    if math.isnan(found.points):
        return _missing(found)
    if found.criterion == CRISIS:
        return _of_level(found)
    if found.criterion in (TPS, GRADE):
        return _of_score(found, grade)
    return say(
        "{name}: {points} of {full} points.",
        name=indicator_name(found.criterion),
        points=number(found.points, 4),
        full=number(found.full_marks),
    )


def _of_indicator(found: StoredResult, rule: Indicator) -> Text:
    """Value and verdict; with tests missing, what the value could still become."""
    name = rule.name
    if math.isnan(found.value):
        return _missing(found)
    said = {
        "name": name,
        "value": number(found.value, beside=_edges(rule)),
        "grade": found.detail.notes.get("grade"),
    }
    told = (
        say("{name}: {value}, grade {grade}", **said)
        if said["grade"]
        else say("{name}: {value}", **said)
    )
    if found.verdict is Verdict.NOT_JUDGED:
        return say("{said}; {open}.", said=told, open=_open(found, rule))
    good = interval_text(rule.good.edges) if rule.good else ""
    verdict = say("passes") if found.verdict is Verdict.PASS else say("does not pass")
    settled = say("{said}; {verdict}, asked is {good}", said=told, verdict=verdict, good=good)
    if "best" not in found.detail.notes:
        return say("{said}.", said=settled)
    ends = _ends(found, rule)
    return say(
        "{said}; with what is missing at best {best}, at worst {worst}.", said=settled, **ends
    )


def _edges(rule: Indicator) -> list[float]:
    """Every edge a value of a rule is held against."""
    grades = [grade.above for grade in rule.grades if grade.above is not None]
    return [*(rule.good.edges.values() if rule.good else ()), *grades]


def _ends(found: StoredResult, rule: Indicator) -> dict[str, str]:
    """What a value could still become."""
    edges = _edges(rule)
    return {name: number(found.detail.notes[name], beside=edges) for name in ("best", "worst")}


def _open(found: StoredResult, rule: Indicator) -> Text:
    notes = found.detail.notes
    if rule.good is None:
        return say("shown, not judged")
    if "best" not in notes:
        return say("not judged")
    ends = _ends(found, rule)
    return say("not judged yet: with what is missing at best {best}, at worst {worst}", **ends)


def _of_level(found: StoredResult) -> Text:
    return say(
        "Crisis level {level}: liquidity {liquidity}, stability {stability} and survival {survival}"
        " points of risk.",
        level=number(found.value),
        **{name: _points(found, name) for name in ("liquidity", "stability", "survival")},
    )


def _points(found: StoredResult, part: str) -> str:
    known = found.detail.parts.get(part)
    return MISSING if known is None or math.isnan(known.points) else number(known.points)


def _of_score(found: StoredResult, grade: str | None) -> Text:
    score = {"score": number(found.points), "possible": number(found.full_marks)}
    if grade is not None:
        return say(
            "TPS {score} of {possible} possible points: grade {grade}.", grade=grade, **score
        )
    if found.state is State.REPORTED:
        return say("TPS {score} of {possible} possible points.", **score)
    return say(
        "TPS {score} of {possible} possible points; some items have no data, so there is no grade.",
        **score,
    )


def _of_area(found: StoredResult, rule: AreaShare) -> Text:
    said: Mapping[str, object] = {
        "name": next(line.name for line in rule.parts if line.id.endswith(f".{rule.headline}")),
        "reporting": found.detail.notes.get("reporting", 0),
        "expected": found.detail.notes.get("expected", 0),
    }
    if math.isnan(found.value):
        return say("{name}: none of {expected} facilities reported.", **said)
    return say(
        "{name}: {count} of {over} facilities, {share} percent;"
        " {reporting} of {expected} reported.",
        count=number(found.points),
        over=number(found.full_marks),
        share=number(found.value, beside=_targets(found)),
        **said,
    )


def _targets(found: StoredResult) -> list[float]:
    """The targets its lines were held against."""
    cutoffs = (part.cutoff for part in found.detail.parts.values())
    return [cutoff for cutoff in cutoffs if not math.isnan(cutoff)]


def _missing(found: StoredResult) -> Text:
    name = indicator_name(found.criterion)
    reasons = {
        State.ERROR: say("{name} has no result: a figure in it is wrong.", name=name),
        State.CONTRADICTORY: say("{name} has no result: the workbook says two things.", name=name),
        State.NOT_APPLICABLE: say("{name} does not apply here.", name=name),
        State.NOT_REPORTED: say("{name} has no result: not everything was reported.", name=name),
    }
    drawn = say("{name} is drawn by its spokes.", name=name)
    return reasons.get(found.state, drawn)
