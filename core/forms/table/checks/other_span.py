"""A table by quarter or by year where the rows of a form are months."""

from collections.abc import Iterator, Sequence
from typing import Final

from core.errors import WorkbookError
from core.forms.cells.workbook import Cell, Place
from core.forms.model.form import TableForm, form_that_holds
from core.forms.table.heads.head import Header
from core.forms.table.keys import is_blank, shown, year_of
from core.forms.table.lines import Line
from core.forms.table.moments import quarter_in
from core.forms.table.words import longest_first
from core.text import Text, fold, say

_MONTHS: Final = ("month", "fiscal_month", "time_id")
_LISTED: Final = 3


def refuse_other_span(form: TableForm, lines: Sequence[Line]) -> None:
    """Raise `WorkbookError` F025 for a table of months in which every row is a quarter or a year.

    A table in which any row names a month is told of row by row instead.
    """
    if not lines or any(line.period for line in lines):
        return
    is_official = form.holds == "official_results"
    cells = [cell for line in lines for cell in _when(line.header, line.row, is_official)]
    filled = [(cell, is_of_months) for cell, is_of_months in cells if not is_blank(cell)]
    spans = {_span(cell, is_of_months) for cell, is_of_months in filled}
    if len(spans) != 1 or None in spans:
        return
    texts = list(dict.fromkeys(shown(cell) for cell, _ in filled))
    listed = ", ".join(texts[:_LISTED]) + (" …" if len(texts) > _LISTED else "")
    raise WorkbookError(
        "F025",
        span=spans.pop(),
        listed=listed,
        rows=len(lines),
        form=form.name,
        groups=form_that_holds("peer_values").name,
    )


def _when(header: Header, row: int, is_official: bool) -> Iterator[tuple[Cell, bool]]:
    """The cells that say when a row is, each with whether its title is that of months.

    Of the ministry's own results a year alone says enough; elsewhere a month was forgotten.
    """
    if header.table.column("month") is None or header.stated.keys() & set(_MONTHS):
        return
    if months := [name for name in _MONTHS if name in header.columns]:
        yield from ((header.cell(row, name), True) for name in months)
        return
    quarters = longest_first("quarter")
    there = [column for column, title in header.unknown.items() if fold(title) in quarters]
    if not there and is_official and "fiscal_year" in header.columns:
        there = [header.columns["fiscal_year"]]
    yield from ((header.sheet.at(Place(row, column)), False) for column in there)


def _span(cell: Cell, is_of_months: bool) -> Text | None:
    """Quarter or fiscal year; None for anything else, as a bare number in a column of months."""
    text = shown(cell)
    if cell.is_error or cell.is_date or (is_of_months and len(fold(text)) == 1):
        return None
    if year_of(cell).value is not None:
        return say("fiscal year")
    quarter = quarter_in(text)
    return say("quarter") if quarter else None
