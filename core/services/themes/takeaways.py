"""A theme's facilities to take away."""

from core.scoring.base.state_words import state_text, verdict_text
from core.services.exports.workbook import Rows
from core.services.themes.view import ThemeView
from core.text import Language, say


def theme_rows(shown: ThemeView, language: Language) -> Rows:
    """Every facility of a view."""
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
    return [[title.in_(language) for title in head], *rows]
