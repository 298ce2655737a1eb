"""A theme's facilities as a table to take away."""

from core.scoring.states import State, Verdict
from core.services.takeaways import delimited
from core.services.theme_view import ThemeView
from core.text import Language, Text, say


def theme_csv(shown: ThemeView, language: Language) -> bytes:
    """Every facility of a view, numbers unrounded, empty where there is none."""
    head = (
        say("Facility code"),
        say("Facility"),
        say("Period"),
        say("Value"),
        say("Before"),
        say("Grade"),
        say("Points"),
        say("Full marks"),
        say("Verdict"),
        say("State"),
    )
    rows = [
        [
            one.hcode,
            one.place.name.in_(language),
            str(shown.period),
            one.value,
            one.before,
            one.grade,
            one.points,
            one.full,
            verdict_text(one.verdict).in_(language),
            state_text(one.state).in_(language),
        ]
        for one in shown.units
    ]
    return delimited([[title.in_(language) for title in head], *rows])


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
