"""The table of a scorecard: what the browser is sent, and draws with static/scorecard."""

from collections.abc import Sequence
from typing import Any, Final

import streamlit as st

from components.frame.navigation import page_of
from components.parts.status import SIGNS, Status, status_word
from components.reader.assets import asset_address
from components.reader.filters import AREA, FACILITY, WHY
from components.reader.language import _, tr
from components.reader.links import address
from components.reader.store import store_of_view
from components.reader.unbroken_words import unbroken_pattern
from components.reader.view_cache import cached_by_view
from components.scorecard import words
from components.why.verified import SIGNS as SIGNS_VERIFIED
from core.areas import COUNTRY
from core.scoring.base.states import Verdict
from core.services.rules.finance import CRISIS_AREA
from core.services.rules.verified.marks import ColumnMarks, Mark, column_marks
from core.services.rules.verified.wording import counts_text
from core.services.scorecard.columns import Column
from core.services.scorecard.selection import NAME, Order
from core.services.scorecard.takeaways import gap_text
from core.services.scorecard.view import Cell, Gap, Row, Scorecard
from core.services.scorecard.wording import cell_figure
from core.services.scored.basis import basis_text, doubts_text, way_words

PAGE: Final = "scorecard"
SORT: Final = "sort"
FROM: Final = "from"

# The script is a file that a browser caches: it would be most of each message.
_TABLE: Final = st.components.v2.component(
    "scorecard",
    js="""
export default async (component) => {
  const table = await import(new URL(component.data.script, document.baseURI));
  return table.default(component);
};
""",
    isolate_styles=False,
)
_STATUSES: Final[dict[Verdict, Status | None]] = {
    Verdict.PASS: "pass",
    Verdict.WATCH: "watch",
    Verdict.FAIL: "fail",
    Verdict.NOT_JUDGED: None,
}
_GAPS: Final[tuple[Gap, ...]] = (
    "not_reported", "partly", "not_applicable", "contradictory", "stale", "error",
)  # fmt: skip


def table(shown: Scorecard) -> None:
    """Draw the table; nothing where no row matches."""
    if shown.rows:
        _TABLE(key="scorecard", data=data_of(shown, marks_of(shown)))


def marks_of(shown: Scorecard) -> tuple[ColumnMarks, ...]:
    """How far the self-assessments behind each column are verified."""
    columns = tuple((one.criterion, one.period) for one in shown.columns)
    return column_marks(store_of_view(), columns, shown.area.code)


@cached_by_view
def data_of(shown: Scorecard, marks: tuple[ColumnMarks, ...]) -> dict[str, Any]:
    """Everything the browser draws; links lack the code of their row, which it adds."""
    whole = [_row(shown, shown.whole, marks)] if shown.whole else []
    return {
        "script": asset_address("scorecard/table.js"),
        "caption": words.caption(shown),
        "parameter": AREA if shown.selection.is_of_areas else FACILITY,
        "name": _name_column(shown),
        "columns": [_column(shown, place, marks[place]) for place in range(len(shown.columns))],
        "rows": [_row(shown, row, marks) for row in shown.rows],
        "whole": whole,
        "signs": {status: [sign, status_word(status)] for status, sign in SIGNS.items()},
        "unbroken": unbroken_pattern(),
        "gaps": {gap: tr(gap_text(gap)) for gap in _GAPS},
        "words": {
            "level": _("Level {level}", level="{level}"),
            "highest": _("highest level {level}", level="{level}"),
            "past": _("before: {figures}", figures="{figures}"),
            "sort": _("Sort by {column}", column="{column}"),
        },
    }


def _name_column(shown: Scorecard) -> dict[str, str]:
    """The column of names: a row of areas leads to what lies below, one of facilities to itself."""
    if shown.selection.is_of_areas:
        leads = address(PAGE, area="", rows="", name="", **{FROM: ""})
    else:
        leads = address(FACILITY, **{FACILITY: ""})
    name = words.row_names(shown.selection.rows)
    return {"name": name, "leads": leads, **_sorting(shown.selection.order, NAME, first_is_up=True)}


def _column(shown: Scorecard, place: int, marks: ColumnMarks) -> dict[str, str]:
    column = shown.columns[place]
    share = shown.whole.cells[place].share if shown.whole else None
    return {
        "name": tr(column.short),
        "title": tr(column.name),
        "measure": words.measure(column),
        "when": words.when(column),
        "verified": tr(counts_text(marks.counts)) if marks.counts else "",
        "asked": words.targets_text(share),
        "leads": _leads(shown, column),
        "stale": "stale" if column.is_stale else "",
        **_sorting(shown.selection.order, column.criterion, first_is_up=not column.is_lower_better),
    }


def _leads(shown: Scorecard, column: Column) -> str:
    """The address behind a cell without its row's code: a theme's page, or a facility's why."""
    when = str(column.period)
    if not shown.selection.is_of_areas:
        return address(FACILITY, period=when, **{FACILITY: "", WHY: column.criterion})
    page, criterion = page_of(column.shown_by)
    return address(page, area="", period=when, criterion=criterion) if page else ""


def _sorting(order: Order, by: str, *, first_is_up: bool) -> dict[str, str]:
    """The link that sorts by a column, and how it is sorted now: what needs attention comes first.

    `first_is_up`: whether small figures need it.
    """
    is_sorted = order.by == by
    turned = is_sorted and not order.best_first
    is_up = first_is_up != order.best_first
    return {
        "sort": address(PAGE, **{SORT: f"-{by}" if turned else by, FROM: ""}),
        "sorted": ("ascending" if is_up else "descending") if is_sorted else "",
    }


def _row(shown: Scorecard, row: Row, marks: Sequence[ColumnMarks]) -> list[object]:
    cells = [
        _cell(column, cell, _mark_of(shown, row, one))
        for column, cell, one in zip(shown.columns, row.cells, marks, strict=True)
    ]
    code = "" if row.place.code == COUNTRY else row.place.code
    return [code, tr(row.place.name), cells]


def _mark_of(shown: Scorecard, row: Row, marks: ColumnMarks) -> Mark | None:
    """That of a facility; how many of an area's are verified stands above the column."""
    return None if shown.selection.is_of_areas else marks.of(row.place.code)


def _cell(column: Column, cell: Cell, verified: Mark | None) -> list[object]:
    """How it looks, its figure, what came before, and an area's highest level.

    Of a facility that judged itself the figure has the sign of how far it is verified. Of a
    hospital's level what it rests on instead, in few words and in full.
    """
    look = cell.gap or _look(column, cell)
    past = [None if value is None else round(value, 1) for value in cell.past]
    highest = cell.share.highest if cell.share and column.criterion == CRISIS_AREA else None
    figure = cell_figure(column, cell)
    if verified is not None and not cell.gap:
        figure = f"{figure} {SIGNS_VERIFIED[verified.stage]}"
    shown: list[object] = [look, figure, past]
    if cell.basis.way and not cell.gap:
        whole = ", ".join(tr(one) for one in (way_words(cell.basis.way), doubts_text(cell.basis)))
        return [*shown, None, tr(basis_text(cell.basis)), whole.strip(", ")]
    return shown if highest is None or cell.gap else [*shown, int(highest)]


def _look(column: Column, cell: Cell) -> str:
    if column.kind == "level":
        return "level"
    return _STATUSES[cell.verdict] or "plain"
