"""A scorecard to take away: a value and what it came to for each column, numbers unrounded."""

from collections.abc import Sequence

from sqlalchemy import Engine

from core.access.roles import Action
from core.scoring.base.state_words import verdict_text
from core.services.exports.workbook import Rows
from core.services.guard.doors import door
from core.services.rules.finance import CRISIS
from core.services.scorecard.columns import Column
from core.services.scorecard.selection import Selection
from core.services.scorecard.view import Cell, Gap, Row, scorecard
from core.services.scored.basis import doubts_text, way_words
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
    rests = [_has_basis(column, selection) for column in shown.columns]
    for column, has_basis in zip(shown.columns, rests, strict=True):
        about = f"{column.name.in_(language)} ({column.period})"
        head += [about, say("{name}: verdict", name=about).in_(language)]
        if has_basis:
            head += [say("Figures from").in_(language), say("Check before use").in_(language)]
    rows = [*shown.rows, *((shown.whole,) if shown.whole else ())]
    return [head, *(_row(row, rests, language) for row in rows)]


def _has_basis(column: Column, selection: Selection) -> bool:
    """Whether a column says of each hospital what its level rests on."""
    return column.criterion == CRISIS and not selection.is_of_areas


def _row(row: Row, rests: Sequence[bool], language: Language) -> list[object]:
    cells: list[object] = []
    for cell, has_basis in zip(row.cells, rests, strict=True):
        cells += [cell.value, _text(cell, language)]
        if has_basis:
            basis = cell.basis
            cells += [way_words(basis.way).in_(language), doubts_text(basis).in_(language)]
    return [row.place.code, row.place.name.in_(language), *cells]


def _text(cell: Cell, language: Language) -> str:
    return (gap_text(cell.gap) if cell.gap else verdict_text(cell.verdict)).in_(language)
