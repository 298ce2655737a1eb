"""Verdicts and states in a word."""

from core.scoring.base.states import State, Verdict
from core.text import Text, say


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
