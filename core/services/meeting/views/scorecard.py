"""The slide of the scorecard: the targets an area misses, and the rows that miss most of them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from sqlalchemy import Engine

from core.periods import period_text
from core.reports.slide import MOST_LINES, Cell, Line, Matrix, Slide
from core.scoring.base.state_words import SIGNS, STATUSES
from core.scoring.base.states import Verdict
from core.services.meeting.views.figures import MOST, first_of, level_tone_of, worst_of
from core.services.meeting.views.parts import (
    AREA,
    PERIOD,
    Address,
    as_stored,
    counted_fact,
    marked,
    nothing_stored,
    source_lines,
    whole_result,
)
from core.services.overview.area_share import Share
from core.services.overview.wording import requirement_text
from core.services.rules.menu import menu_criteria
from core.services.rules.origin import origin
from core.services.scorecard.columns import Column
from core.services.scorecard.selection import resolve_selection
from core.services.scorecard.takeaways import gap_text
from core.services.scorecard.view import Cell as Scored
from core.services.scorecard.view import Row, Scorecard, scorecard
from core.services.scorecard.wording import caption, cell_figure, row_names, scorecard_message
from core.services.scored.basis import levels_text
from core.text import Text, say

_COLUMNS: Final = 10
"""Columns of a matrix that can be read from the back of a room."""


def scorecard_slide(engine: Engine, page: str, address: Address) -> Slide:
    """Rows of an area by every indicator: the targets it misses, and the rows that miss most."""
    selected = resolve_selection(
        engine,
        menu_criteria(),
        period=address.get(PERIOD, ""),
        area=address.get(AREA, ""),
        rows=address.get("rows", ""),
        sort=address.get("sort", ""),
    )
    if selected is None:
        return nothing_stored(page, address)
    selected = replace(selected, name=address.get("name", "").strip())
    shown = scorecard(engine, selected, most=None)
    problem = _no_rows(shown)
    columns = tuple(column.criterion for column in shown.columns)
    return Slide(
        page,
        as_stored(address),
        shown.area.name,
        period_text(selected.moment),
        scorecard_message(shown),
        lines=() if problem else tuple(islice(_missed(shown), MOST_LINES)),
        figure=None if problem else _scored(shown),
        sources=source_lines(origin(engine, columns, selected.moment, selected.area)),
        facts=() if problem else (counted_fact(say("Targets met"), *shown.met),),
        problem=problem,
        basis=levels_text(cell.basis for row in shown.rows for cell in row.cells),
    )


def _no_rows(shown: Scorecard) -> Text | None:
    if shown.rows and shown.columns:
        return None
    if shown.selection.name:
        return say("No row is called “{name}”.", name=shown.selection.name)
    return say("Nothing here was reported for this period.")


def _missed(shown: Scorecard) -> Iterator[Line]:
    """The targets that the area misses, those farthest from full first."""
    pairs = zip(shown.of_area, shown.shares, strict=True)
    missed = [(column, share) for column, share in pairs if share and share.verdict is Verdict.FAIL]
    if not missed:
        met, judged = shown.met
        if judged:
            yield marked("pass", say("All {judged} targets are met.", judged=met))
    for column, share in sorted(missed, key=lambda pair: -_short(*pair)):
        names = {
            "name": column.short,
            "figure": whole_result(share),
            "asked": requirement_text(share),
        }
        yield marked("fail", say("{name}: {figure}, target {asked}", **names))


def _short(column: Column, share: Share) -> float:
    """The part of the facilities that do not do what is asked, in percent."""
    percent = share.percent or 0.0
    return percent if column.is_lower_better else 100.0 - percent


def _scored(shown: Scorecard) -> Matrix:
    """The rows that miss most, or the first as they are sorted; by what is missed most."""
    by_need = shown.selection.order.by == ""
    rows = sorted(shown.rows, key=lambda row: -_fails(row)) if by_need else shown.rows
    places = _chosen_columns(shown)
    return Matrix(
        _title(shown, len(rows[:MOST]), len(places)),
        row_names(shown.selection.rows),
        tuple(shown.columns[place].short for place in places),
        tuple(
            (row.place.name, tuple(_cell(shown.columns[one], row.cells[one]) for one in places))
            for row in rows[:MOST]
        ),
    )


def _title(shown: Scorecard, rows: int, columns: int) -> Text:
    title_of = first_of if shown.selection.order.by else worst_of
    title = title_of(caption(shown), rows, len(shown.rows))
    of = len(shown.columns)
    if columns == of:
        return title
    return say("{title} · {shown} of {of} indicators", title=title, shown=columns, of=of)


def _chosen_columns(shown: Scorecard) -> Sequence[int]:
    """Where all have no room those missed most, in their own order."""
    fails = [
        sum(row.cells[place].verdict is Verdict.FAIL for row in shown.rows)
        for place in range(len(shown.columns))
    ]
    worst = sorted(range(len(fails)), key=lambda place: -fails[place])[:_COLUMNS]
    return sorted(worst)


def _fails(row: Row) -> int:
    return sum(cell.verdict is Verdict.FAIL for cell in row.cells)


def _is_percent(column: Column) -> bool:
    """Whether the values of facilities are percentages; steps and points are not."""
    return column.unit is not None and column.unit.value != "blocks_passed"


def _cell(column: Column, cell: Scored) -> Cell:
    if cell.gap:
        return Cell(gap_text(cell.gap), "none")
    is_percent = cell.share is not None or _is_percent(column)
    figure = f"{cell_figure(column, cell)}{'%' if is_percent else ''}"
    shown = Text(figure, figure)
    if column.kind == "level":
        return Cell(shown, level_tone_of(cell.value))
    status = STATUSES[cell.verdict]
    return Cell(shown, status, "" if cell.verdict is Verdict.NOT_JUDGED else SIGNS[status])
