"""What stands beside the figures and says that they are not what they seem: signs, earlier days."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from core.forms.cells.workbook import Place
from core.forms.model.issues import CellIssue
from core.forms.table.heads.head import Header
from core.forms.table.heads.surroundings import LINE_CELLS
from core.forms.table.keys import shown
from core.forms.table.lines import Line
from core.forms.table.moments import moment_in
from core.forms.table.words import folded_words, table_words
from core.periods import Period, month_text
from core.text import fold

_SHOWN: Final = 60
_LINES: Final = 30
_DAY: Final = r"\s*[0-9]{1,2}[\s/-]*(?:[0-9]{1,2}|[^\s0-9]+)[\s/-]*[0-9]{2,4}"


def beside_issues(header: Header, lines: Sequence[Line]) -> Iterator[CellIssue]:
    """Columns of signs that are not read, and days above the table before the months of its rows.

    `lines` are the rows of the header.
    """
    if header.is_turned or not lines:
        return
    yield from _signs(header, lines)
    yield from _days(header, lines)


def _signs(header: Header, lines: Sequence[Line]) -> Iterator[CellIssue]:
    """Columns without a place in the form that say debit or credit, profit or loss."""
    for column, title in header.unknown.items():
        cells = (header.sheet.at(Place(line.row, column)) for line in lines)
        texts = {fold(text) for cell in cells if (text := shown(cell))}
        left = max((c for c in header.columns.values() if c < column), default=0)
        if texts and left and texts <= folded_words("sign"):
            spot = header.spot(header.row, left)
            found = shown(header.sheet.at(Place(header.row, left)))
            yield CellIssue("W426", spot.sheet, spot.place.name, found, title)


def _days(header: Header, lines: Sequence[Line]) -> Iterator[CellIssue]:
    """A line above that says as of which day the figures are, before the first month of them."""
    months = [line.period for line in lines if line.period and line.period.part == "M"]
    if not months or header.stated:
        return
    first = min(months, key=lambda period: period.ordinal)
    for row in [r for r in header.sheet.rows if r < header.row][-_LINES:]:
        cells = header.sheet.rows[row]
        text = " ".join(map(shown, cells.values()))
        day = _day_in(text) if len(cells) <= LINE_CELLS else None
        if day and day.ordinal < first.ordinal:
            spot = header.spot(row, min(cells))
            yield CellIssue("W427", spot.sheet, spot.place.name, text[:_SHOWN], month_text(first))


def _day_in(text: str) -> Period | None:
    """The month of the day that a line says its figures are as of; None when it says none."""
    match = _as_of().search(text)
    moment = moment_in(match[1]) if match else None
    if moment is None or moment.fiscal_year is None:
        return None
    return Period(moment.fiscal_year, "M", moment.fiscal_month)


@cache
def _as_of() -> re.Pattern[str]:
    words = sorted(table_words().as_of, key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, words))})({_DAY})", re.IGNORECASE)
