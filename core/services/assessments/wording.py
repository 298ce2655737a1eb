"""Verification in words: steps, scores, and a self-assessment as a line."""

import math
from collections.abc import Mapping
from typing import Final

from core.forms.model.values import plain
from core.periods import moment_text, period_text
from core.scoring.base.states import State
from core.services.assessments.items import ItemState
from core.services.assessments.listing import ListedAssessment, TotalPair
from core.services.rules.verified.wording import STAGES, mark_text
from core.store.assessments.rows import Action, Stage, Step
from core.text import Text, say

ACTIONS: Final[Mapping[Action, Text]] = {
    "verified": say("Items verified"),
    "accepted": say("Items that agree accepted"),
    "locked": say("Locked"),
    "reopened": say("Reopened"),
    "resent": say("Sent anew; the verification begins anew"),
}
_NONE: Final = Text("–", "–")
_STATES: Final[Mapping[State, Text]] = {
    State.NOT_REPORTED: say("Not filled in"),
    State.NOT_APPLICABLE: say("Does not apply"),
    State.ERROR: say("In error"),
    State.CONTRADICTORY: say("Contradictory"),
}


def score_text(score: float, unit: str) -> Text:
    """A score as it is read: an answer by its word, all others by their number."""
    if math.isnan(score):
        return _NONE
    if unit == "answer":
        return say("yes") if score else say("no")
    number = plain(score) + ("%" if unit == "percent" else "")
    return Text(number, number)


def own_text(one: ItemState) -> Text:
    """The own score of an item; why there is none."""
    if one.own_state is State.REPORTED:
        return score_text(one.own, one.item.unit)
    return _STATES.get(one.own_state, _NONE)


def verified_text(one: ItemState) -> Text:
    """The verified score of an item; that it is not verified yet."""
    if one.verified is None:
        return STAGES[Stage.SUBMITTED] if one.is_filled else _NONE
    if math.isnan(one.verified.verified):
        return _STATES[State.NOT_APPLICABLE]
    return score_text(one.verified.verified, one.item.unit)


def assessment_line(one: ListedAssessment) -> Text:
    """A self-assessment as a line of a terminal."""
    return say(
        "{form} {subject} {period} · {place} · {state} · version {version}",
        form=one.key.form,
        subject=one.key.subject,
        period=str(one.key.period),
        place=one.place,
        state=mark_text(one.mark),
        version=one.sent.version,
    )


def item_line(one: ItemState) -> Text:
    """An item as a line of a terminal."""
    why = one.verified.why if one.verified else ""
    return say(
        "  {measure} · {no} {name} · self {own} · verified {verified} {why}",
        measure=one.item.measure,
        no=one.item.no,
        name=one.item.name,
        own=own_text(one),
        verified=verified_text(one),
        why=why,
    )


def total_line(one: TotalPair) -> Text:
    """A total by both scores as a line of a terminal."""
    return say(
        "  {name}: self {own}, verified {verified}",
        name=one.name,
        own=_rounded(one.own),
        verified=_rounded(one.verified),
    )


def _rounded(value: float | None) -> str:
    return "–" if value is None else f"{value:,.2f}"


def step_line(one: Step) -> Text:
    """A step of a verification as a line: what, by whom, when, why."""
    line = say(
        "{action} · {by} · {at} · {verified}/{items} verified",
        action=ACTIONS[one.action],
        by=one.by or "–",
        at=moment_text(one.at),
        verified=one.verified,
        items=one.items,
    )
    return say("{line} · {why}", line=line, why=one.why) if one.why else line


def unseen_text(one: Step) -> Text:
    """That somebody else's step was not seen by whoever made the newest one."""
    return say("Not seen by you: {change}. Both are kept, yours counts.", change=step_line(one))


def state_line(one: ListedAssessment) -> Text:
    """Whose self-assessment it is, of which period, and how it stands."""
    return say(
        "{place} · {form} · {period}: {state}",
        place=one.place,
        form=one.form,
        period=period_text(one.key.period),
        state=mark_text(one.mark),
    )
