"""The slide of a governance matrix: the hospitals in need first, a light in every cell."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from sqlalchemy import Engine

from core.periods import period_text
from core.reports.slide import MOST_LINES, Cell, Line, Matrix, Slide
from core.scoring.base.state_words import SIGNS
from core.scoring.themes.lights import LightColour
from core.services.governance.cells import LightCell
from core.services.governance.data import LitHospital
from core.services.governance.view import (
    MatrixColumn,
    MatrixView,
    governance_view,
    resolve_selection,
)
from core.services.governance.wording import (
    LIGHTS,
    edges_of,
    light_figure,
    matrix_message,
    unlit_text,
)
from core.services.meeting.views.figures import MOST, worst_of
from core.services.meeting.views.parts import (
    AREA,
    PERIOD,
    Address,
    as_stored,
    counted_fact,
    first_names,
    marked,
    nothing_stored,
    source_lines,
)
from core.services.rules.menu import menu_page
from core.services.rules.origin import origin
from core.text import Text, say

MATRIX: Final = "matrix"
_MOST_LISTED: Final = 3
_FEW: Final = 2
_WORST: Final = 2
"""Hospitals, and columns, that are told of one by one."""


def lights_slide(engine: Engine, page: str, address: Address) -> Slide:
    """A matrix of an area: how many have a red light, and where."""
    selected = resolve_selection(
        engine,
        menu_page(page).indicators,
        matrix=address.get(MATRIX, ""),
        period=address.get(PERIOD, ""),
        area=address.get(AREA, ""),
    )
    if selected is None:
        return nothing_stored(page, address)
    shown = governance_view(engine, selected)
    problem = _problem(shown)
    lit = counted_fact(say("Hospitals with a light"), shown.now.lit, len(shown.hospitals))
    return Slide(
        page,
        as_stored(address),
        shown.area.name,
        period_text(shown.period),
        matrix_message(shown),
        lines=() if problem else tuple(islice(_lines(shown), MOST_LINES)),
        figure=None if problem else lights_matrix(shown),
        sources=source_lines(origin(engine, (shown.matrix.id,), shown.period, shown.area.code)),
        facts=() if problem else (lit,),
        problem=problem,
    )


def _problem(shown: MatrixView) -> Text | None:
    if shown.now.lit:
        return None
    names = {"place": shown.area.name, "count": f"{len(shown.hospitals):,}"}
    if not shown.hospitals:
        return say("There is no hospital in {place}.", **names)
    return say("None of its {count} hospitals has told what a light needs.", **names)


def _lines(shown: MatrixView) -> Iterator[Line]:
    """The hospitals with most red lights, the columns with most, what turned, who is silent."""
    for one in shown.hospitals[:_WORST]:
        if one.lit(LightColour.RED):
            yield marked("fail", *_reds(one, shown))
    if not shown.now.red:
        yield marked("pass", say("No light is red."))
    worst = sorted(shown.columns, key=lambda column: -column.red)
    if shown.now.red and worst:
        most = worst[0]
        names = {"column": most.name, "red": f"{most.red:,}", "of": f"{most.expected:,}"}
        yield marked("watch", say("Red most often: {column} ({red} of {of})", **names))
    if shown.before:
        counts = {"red": f"{shown.now.turned_red:,}", "better": f"{shown.now.no_longer_red:,}"}
        text = say("Lights turned red since before: {red}, no longer red: {better}", **counts)
        yield marked("watch" if shown.now.turned_red else "pass", text)
    if silent := [one.place.name for one in shown.hospitals if one.worst is LightColour.NONE]:
        listed = Text.joined(first_names(silent, _MOST_LISTED, are_places=True), " · ")
        yield marked("none", say("Without any light: {names}", names=listed))


def _reds(one: LitHospital, shown: MatrixView) -> Iterator[Text]:
    """A hospital with the columns it is red in; then with their figures, which the matrix has."""
    red = [
        (column.name, _figure(cell, column))
        for cell, column in zip(one.cells, shown.columns, strict=True)
        if cell.light is LightColour.RED
    ]
    short = first_names((name for name, _figure in red), _FEW)
    whole = first_names((say("{name} {figure}", name=n, figure=f) for n, f in red), _MOST_LISTED)
    for texts in (short, whole):
        names = Text.joined(texts, " · ")
        params = {"name": one.place.name, "count": len(red), "names": names}
        yield say("{name}: red {count} · {names}", **params)


def lights_matrix(shown: MatrixView) -> Matrix:
    """The hospitals in need first as rows, the columns of the matrix as its own."""
    worst = shown.hospitals[:MOST]
    return Matrix(
        worst_of(shown.matrix.name, len(worst), len(shown.hospitals)),
        say("Hospital"),
        tuple(column.name for column in shown.columns),
        tuple((one.place.name, _cells(one, shown.columns)) for one in worst),
    )


def _cells(one: LitHospital, columns: tuple[MatrixColumn, ...]) -> tuple[Cell, ...]:
    return tuple(_cell(*pair) for pair in zip(one.cells, columns, strict=True))


def _cell(cell: LightCell, column: MatrixColumn) -> Cell:
    """A light with its figure; where there is none, why not, without a sign."""
    if cell.light is LightColour.NONE:
        return Cell(unlit_text(cell), "none")
    status = LIGHTS[cell.light]
    figure = _figure(cell, column)
    return Cell(Text(figure, figure), status, SIGNS[status])


def _figure(cell: LightCell, column: MatrixColumn) -> str:
    return light_figure(cell, column.unit, edges_of(column.rule))
