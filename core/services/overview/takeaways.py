"""The tests of the crisis level of every hospital, to take away."""

from collections.abc import Iterator

from sqlalchemy import Engine

from core.access.roles import Action
from core.scoring.base.state_words import state_text
from core.services.exports.workbook import Rows
from core.services.guard.doors import door
from core.services.overview.crisis import VIEW, Cell, CrisisView, MatrixRow, Test, matrix
from core.services.scored.basis import doubts_text, way_words
from core.text import Language, Text, say


@door(Action.READ, "shown.area.code")
def crisis_rows(engine: Engine, shown: CrisisView, language: Language) -> Rows:
    """Every hospital of a view with its level, and points, figure, limit and state of each test."""
    head = [say("Facility code"), say("Facility"), say("Level"), say("Month before")]
    head += [say("Figures from"), say("Check before use")]
    head += [title for test in shown.tests for title in _titles(test)]
    slices = range(0, len(shown.hospitals), VIEW)
    rows = (row for first in slices for row in matrix(engine, shown, first))
    written = [_row(one, len(shown.tests), language) for one in rows]
    return [[title.in_(language) for title in head], *written]


def _titles(test: Test) -> Iterator[Text]:
    yield say("{test}: points", test=test.name)
    yield say("{test}: figure", test=test.name)
    yield say("{test}: limit", test=test.name)
    yield say("{test}: state", test=test.name)


def _row(one: MatrixRow, tests: int, language: Language) -> list[object]:
    hospital = one.hospital
    cells = one.cells or (None,) * tests
    figures = (entry for cell in cells for entry in _cell(cell, language))
    name = hospital.place.name.in_(language)
    basis = hospital.basis
    rests = way_words(basis.way).in_(language), doubts_text(basis).in_(language)
    return [hospital.place.code, name, hospital.level, hospital.before, *rests, *figures]


def _cell(cell: Cell | None, language: Language) -> tuple[object, ...]:
    if cell is None:
        return (None,) * 4
    return cell.points, cell.figure, cell.limit, state_text(cell.state).in_(language)
