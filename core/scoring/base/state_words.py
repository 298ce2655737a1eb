"""Verdicts and states in a word."""

from functools import cache
from typing import Final, Literal

from core.scoring.base.states import State, Verdict
from core.text import Text, say

Status = Literal["pass", "watch", "fail", "none"]
"""How a thing is marked."""

STATUSES: Final[dict[Verdict, Status]] = {
    Verdict.PASS: "pass",
    Verdict.WATCH: "watch",
    Verdict.FAIL: "fail",
    Verdict.NOT_JUDGED: "none",
}

SIGNS: Final[dict[Status, str]] = {"pass": "✓", "watch": "!", "fail": "✕", "none": "–"}
"""The sign of each mark, for whoever sees no colour."""


@cache
def status_text(status: Status) -> Text:
    """The mark in a word."""
    return {
        "pass": say("Pass"),
        "watch": say("Watch"),
        "fail": say("Fail"),
        "none": say("No data"),
    }[status]


def verdict_text(verdict: Verdict) -> Text:
    """A verdict in a word."""
    return {
        Verdict.PASS: say("Pass"),
        Verdict.WATCH: say("Watch"),
        Verdict.FAIL: say("Fail"),
        Verdict.NOT_JUDGED: say("Not judged"),
    }[verdict]


def state_text(state: State) -> Text:
    """What is known of a value, in a word."""
    return {
        State.REPORTED: say("Reported"),
        State.NOT_REPORTED: say("Not reported"),
        State.NOT_APPLICABLE: say("Does not apply"),
        State.CONTRADICTORY: say("Contradictory"),
        State.STALE: say("Too old"),
        State.ERROR: say("Error in the figures"),
    }[state]
