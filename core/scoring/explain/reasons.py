"""Why a result is what it is: its rule, the rung that counted, how far the next one is."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from core.criteria.model import Ladder, RatioToTarget, Rule, Steps, Sum
from core.scoring.base.ladder import rung
from core.scoring.base.scores import Scores
from core.scoring.base.states import State
from core.scoring.explain.rungs import rungs_of
from core.scoring.explain.wording import rule_sentence
from core.scoring.explain.words import Rung, number
from core.text import Text, say


@dataclass(frozen=True)
class Reason:
    """One result explained. `hit` is the place of the rung that counted, None when none did."""

    id: str
    name: Text
    rule: Text
    sentence: Text
    rungs: tuple[Rung, ...]
    hit: int | None
    next_step: Text | None


def explain(rule: Rule, scores: Scores, subject: int = 0) -> Reason:
    """Explain one rule's result for one subject; computes no score of its own."""
    state = State(int(scores.states[subject]))
    points, figure = float(scores.points[subject]), float(scores.figure[subject])
    hit = _hit(rule, figure, points, state)
    return Reason(
        id=rule.id,
        name=rule.name,
        rule=rule_sentence(rule),
        sentence=_sentence(rule, figure, points, state, hit),
        rungs=rungs_of(rule),
        hit=hit,
        next_step=_next_step(rule, figure, points, state),
    )


def _hit(rule: Rule, figure: float, points: float, state: State) -> int | None:
    bands = rule.bands if isinstance(rule, Ladder) else rule.then if isinstance(rule, Sum) else None
    if state in {State.ERROR, State.NOT_APPLICABLE} or math.isnan(points):
        return None
    if bands:
        return rung(0.0 if math.isnan(figure) else figure, bands)
    places = [place for place, line in enumerate(rungs_of(rule)) if line.points == points]
    return places[0] if places and state == State.REPORTED else None


def _sentence(rule: Rule, figure: float, points: float, state: State, hit: int | None) -> Text:
    params: Mapping[str, object] = {
        "name": rule.name,
        "figure": number(figure, beside=_edges(rule)),
        "points": number(points, 4),
        "full": number(rule.full),
    }
    if state in _UNJUDGED:
        return _unjudged(state, math.isnan(points), params)
    if hit is not None and isinstance(rule, Ladder | Sum):
        return say(
            "{name}: {figure} falls into “{line}”, which gives {points} of {full} points.",
            line=rungs_of(rule)[hit].text,
            **params,
        )
    if isinstance(rule, RatioToTarget):
        return say(
            "{name}: {full} × {figure} ÷ {target} gives {points} of {full} points.",
            target=number(rule.target),
            **params,
        )
    return say("{name}: {points} of {full} points.", **params)


def _edges(rule: Rule) -> list[float]:
    bands = rule.bands if isinstance(rule, Ladder) else rule.then if isinstance(rule, Sum) else ()
    return [band.edge for band in bands or () if band.edge is not None]


_UNJUDGED: Final = frozenset({State.ERROR, State.NOT_APPLICABLE, State.NOT_REPORTED})


def _unjudged(state: State, pointless: bool, params: Mapping[str, object]) -> Text:
    if state == State.ERROR:
        return say("{name} has no score: a figure in it is wrong.", **params)
    if state == State.NOT_APPLICABLE:
        return say("{name} does not apply and is left out of the total.", **params)
    if pointless:
        return say("{name} was not filled in and has no score.", **params)
    return say(
        "{name} was not filled in; the form counts it as 0, which gives {points} of {full} points.",
        **params,
    )


def _next_step(rule: Rule, figure: float, points: float, state: State) -> Text | None:
    """How far the next better rung is; None at the top, or where nothing was judged."""
    if state != State.REPORTED or not points < rule.full:
        return None
    if isinstance(rule, Ladder):
        return _distance(rule, figure, points)
    if isinstance(rule, RatioToTarget):
        return say(
            "{gap} percentage points more reach the target.", gap=number(rule.target - figure)
        )
    if isinstance(rule, Steps):
        better = [line for line in rungs_of(rule) if line.points > points]
        nearest = min(better, key=lambda line: line.points, default=None)
        if nearest is None:
            return None
        return say(
            "Next step, {points} points: {step}", points=number(nearest.points), step=nearest.text
        )
    return say("{gap} points are missing to full marks.", gap=number(rule.full - points, 4))


def _distance(rule: Ladder, figure: float, points: float) -> Text | None:
    lines = rungs_of(rule)
    place = rung(figure, rule.bands)
    higher = next((line for line in lines[place + 1 :] if line.points > points), None)
    if higher is not None:
        return say(
            "{gap} more reach the next rung, “{line}” ({points} points).",
            gap=number(higher.lowest - figure),
            line=higher.text,
            points=number(higher.points, 4),
        )
    lower = next((line for line in reversed(lines[:place]) if line.points > points), None)
    edge = rule.bands[place - 1].edge if place else None
    if lower is None or edge is None:
        return None
    return say(
        "{gap} less reach the next rung, “{line}” ({points} points).",
        gap=number(figure - edge),
        line=lower.text,
        points=number(lower.points, 4),
    )
