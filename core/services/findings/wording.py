"""Findings in words: states, lights, what was done, what is missing."""

import math
from collections.abc import Iterable
from functools import cache
from typing import Final

from core.criteria.catalog import RuleSet
from core.criteria.model import Indicator
from core.findings.lights import Kind, Light
from core.findings.states import Shown, Stage, shown
from core.periods import Period, period_text
from core.scoring.base.state_words import Status
from core.scoring.explain.words import number
from core.services.findings.criteria import short_of
from core.services.rules.units import with_unit
from core.store.findings.rows import Action, StoredFinding
from core.text import Text, say

NONE: Final = Text("–", "–")

STATUSES: Final[dict[Shown, Status]] = {
    Shown.OPEN: "fail",
    Shown.PLANNED: "watch",
    Shown.REPORTED: "watch",
    Shown.UNEXPLAINED: "watch",
    Shown.ACCEPTED: "watch",
    Shown.CLOSED: "pass",
    Shown.WITHDRAWN: "none",
}
"""How each state is marked."""


@cache
def shown_text(state: Shown) -> Text:
    """A state in words."""
    return {
        Shown.OPEN: say("Open, not planned"),
        Shown.PLANNED: say("Planned"),
        Shown.REPORTED: say("Evidence to be accepted"),
        Shown.CLOSED: say("Closed"),
        Shown.WITHDRAWN: say("Withdrawn"),
        Shown.UNEXPLAINED: say("Green, not explained"),
        Shown.ACCEPTED: say("Accepted, green awaited"),
    }[state]


def stage_text(stage: Stage) -> Text:
    """A stage in words."""
    return shown_text(Shown(stage))


def state_text(one: StoredFinding) -> Text:
    """The state of a finding in words."""
    return shown_text(shown_of(one))


def shown_of(one: StoredFinding) -> Shown:
    """The state that a reader sees."""
    return shown(one.stage, accepted=one.accepted, green=one.green_in is not None)


@cache
def kind_text(kind: Kind) -> Text:
    """Why a finding is open."""
    return {
        Kind.RED: say("Red light"),
        Kind.WATCH: say("Yellow light"),
        Kind.SILENT: say("Not reported"),
    }[kind]


def light_text(light: Light, period: Period) -> Text:
    """A light with its period."""
    words = {
        Light.NONE: say("nothing is judged"),
        Light.GREEN: say("green"),
        Light.YELLOW: say("yellow"),
        Light.RED: say("red"),
        Light.SILENT: say("not reported"),
    }
    return say("{light} in {period}", light=words[light], period=period_text(period))


@cache
def action_text(action: Action) -> Text:
    """What was done to a finding."""
    return {
        "opened": say("Opened"),
        "reopened": say("Opened again"),
        "relapsed": say("Relapsed: red after closing"),
        "green": say("The light turned green"),
        "no_longer_green": say("The light is no longer green"),
        "kind": say("Open for a weightier reason"),
        "closed": say("Closed"),
        "planned": say("Planned"),
        "reported": say("Evidence handed in"),
        "accepted": say("Evidence accepted"),
        "accepted_closed": say("Evidence accepted and closed"),
        "withdrawn": say("Withdrawn"),
    }[action]


def missing_text(names: Iterable[str]) -> Text:
    """What a plan lacks."""
    words = {
        "cause": say("cause"),
        "measure": say("measure to take"),
        "owner_role": say("owner (role)"),
        "owner_unit": say("owner (unit)"),
        "due": say("due date"),
    }
    return Text.joined((words[name] for name in names), ", ")


def value_text(rules: RuleSet, criterion: str, value: float | None) -> Text:
    """A value in the unit of its criterion; a dash where nothing was reported."""
    if value is None or math.isnan(value):
        return NONE
    rule = rules.nodes.get(criterion)
    if isinstance(rule, Indicator):
        edges = list(rule.good.edges.values()) if rule.good else []
        shown = number(value, beside=edges)
        return with_unit(shown, "level" if rule.value == "blocks_passed" else "percent")
    return Text(number(value), number(value))


def criterion_text(rules: RuleSet, one: StoredFinding, most: int = 2) -> Text:
    """A criterion with the first of the tests that failed, and how many more did."""
    name = short_of(rules, one.criterion)
    nodes = [rules.nodes.get(f"{one.criterion}.{t}") or rules.nodes.get(t) for t in one.tests]
    tests = [node.name for node in nodes if node is not None]
    if not tests:
        return name
    names = Text.joined(tests[:most], ", ")
    if len(tests) > most:
        names = say("{tests} and {count} more", tests=names, count=len(tests) - most)
    return say("{name}: {tests}", name=name, tests=names)
