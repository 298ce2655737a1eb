"""Titles that stand in two rows: keys merged over both, figures in the lower or the upper one."""

from collections.abc import Mapping
from typing import Final

from core.forms.cells.workbook import EMPTY, Cell, Place, Sheet
from core.forms.table.heads.qualifiers import qualifier
from core.forms.table.heads.titles import Titles

Cells = Mapping[int, Cell]
_WIDEST: Final = 99


def title_cells(titles: Titles, sheet: Sheet, row: int) -> Cells:
    """The titles of a row, together with those of the row above where only both name all columns.

    Two rows are one header when they name more columns together than either does alone.
    """
    own = sheet.rows.get(row, {})
    above = sheet.rows.get(row - 1)
    if not own or above is None or not all(isinstance(cell.value, str) for cell in own.values()):
        return own
    both = _joined(titles, sheet, row)
    alone = max(_count(titles, own), _count(titles, above))
    return both if _count(titles, both) > alone else own


def _count(titles: Titles, cells: Cells) -> int:
    texts = (cell.value for cell in cells.values() if isinstance(cell.value, str))
    return len({measure for text in texts if (measure := titles.plain(text))})


def _joined(titles: Titles, sheet: Sheet, row: int) -> Cells:
    columns = {*sheet.rows.get(row, {}), *sheet.rows.get(row - 1, {})} | _covered(sheet, row - 1)
    return {
        column: cell
        for column in sorted(columns)
        if (cell := _title(titles, sheet, Place(row, column))).value is not None
    }


def _covered(sheet: Sheet, row: int) -> set[int]:
    """The columns that merged titles of a row stand over."""
    return {
        column
        for first, last in sheet.merges
        if first.row == row
        for column in range(first.column, min(last.column, first.column + _WIDEST) + 1)
    }


def _title(titles: Titles, sheet: Sheet, place: Place) -> Cell:
    """The title of a column: the lower, the upper, or the upper with what the lower adds."""
    lower = sheet.cells.get(place, EMPTY)
    over = Place(place.row - 1, place.column)
    upper = sheet.at(over)
    if lower.value is None:
        return upper if sheet.top_left(over).column == place.column else EMPTY
    if isinstance(lower.value, str) and not titles.plain(lower.value):
        is_title = isinstance(upper.value, str) and titles.plain(upper.value)
        if is_title and qualifier(lower.value):
            return Cell(f"{upper.value} ({lower.value.strip()})")
    return lower
