"""A scorecard to take away: a value and what it came to for each column, numbers unrounded."""

from sqlalchemy import Engine

from core.access.roles import Action
from core.scoring.base.state_words import verdict_text
from core.services.exports.workbook import Rows
from core.services.guard.doors import door
from core.services.scorecard.selection import Selection
from core.services.scorecard.view import Cell, Gap, Row, scorecard
from core.text import Language, Text, say


def gap_text(gap: Gap) -> Text:
    """Why a cell has no figure, in words; empty where it has one."""
    return {
        "": Text("", ""),
        "not_reported": say("Not reported"),
        "partly": say("Not reported in full"),
        "not_applicable": say("Does not apply"),
        "contradictory": say("Contradictory"),
        "stale": say("Too old"),
        "error": say("Error in the figures"),
    }[gap]


@door(Action.READ, "selection.area")
def scorecard_rows(engine: Engine, selection: Selection, language: Language) -> Rows:
    """Every row of a selection under its head, the area itself last; empty: there is no number."""
    shown = scorecard(engine, selection, most=None)
    head: list[object] = [say("Code").in_(language), say("Name").in_(language)]
    for column in shown.columns:
        about = f"{column.name.in_(language)} ({column.period})"
        head += [about, say("{name}: verdict", name=about).in_(language)]
    rows = [*shown.rows, *((shown.whole,) if shown.whole else ())]
    return [head, *(_row(row, language) for row in rows)]


def _row(row: Row, language: Language) -> list[object]:
    cells = (part for cell in row.cells for part in (cell.value, _text(cell, language)))
    return [row.place.code, row.place.name.in_(language), *cells]


def _text(cell: Cell, language: Language) -> str:
    return (gap_text(cell.gap) if cell.gap else verdict_text(cell.verdict)).in_(language)
