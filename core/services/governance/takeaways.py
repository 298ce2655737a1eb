"""A governance matrix to take away."""

from collections.abc import Iterator
from functools import cache

from core.scoring.base.state_words import state_text
from core.scoring.themes.lights import LightColour
from core.services.exports.workbook import Rows
from core.services.governance.cells import LightCell
from core.services.governance.view import MatrixColumn, MatrixView
from core.text import Language, Text, say


def matrix_rows(shown: MatrixView, language: Language) -> Rows:
    """Every hospital of a view, five cells a column.

    Light, figure (unrounded), the points it is out of (empty where there are none), state, period.
    """
    head = [say("Facility code"), say("Facility"), *_titles(shown.columns)]
    rows = (
        [
            one.hcode,
            one.place.name.in_(language),
            *(entry for cell in one.cells for entry in _cell(cell, language)),
        ]
        for one in shown.hospitals
    )
    return [[title.in_(language) for title in head], *rows]


def _titles(columns: tuple[MatrixColumn, ...]) -> Iterator[Text]:
    for column in columns:
        yield column.name
        yield say("{column}: figure", column=column.name)
        yield say("{column}: out of", column=column.name)
        yield say("{column}: state", column=column.name)
        yield say("{column}: period", column=column.name)


def _cell(cell: LightCell, language: Language) -> tuple[object, ...]:
    lit = "" if cell.light is LightColour.NONE else light_text(cell.light).in_(language)
    period = str(cell.period) if cell.period else ""
    return lit, cell.figure, cell.full, state_text(cell.state).in_(language), period


@cache
def light_text(colour: LightColour) -> Text:
    """The word for a light."""
    return {
        LightColour.GREEN: say("Green"),
        LightColour.YELLOW: say("Yellow"),
        LightColour.RED: say("Red"),
        LightColour.NONE: say("No light"),
    }[colour]
