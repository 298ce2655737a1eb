"""A workbook made anew from the values of another: for old .xls, text tables and damaged looks."""

import re
from collections.abc import Mapping
from typing import Any, Final

import openpyxl
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from core.forms.cells.workbook import Cell, CellValue, Sheet, Workbook
from core.forms.model.identity import IDENTITY_SHEET
from core.forms.model.sheet_style import YELLOW, as_text, name_cell

_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\']")
_LONGEST_TITLE: Final = 31
_LONGEST_LITERAL: Final = 120
"""Letters of a text inside of a formula; Excel takes 255, quotes doubled."""
_LARGEST_MERGE: Final = 500


def value_copy(cells: Workbook) -> tuple[Any, Mapping[str, Worksheet]]:
    """The new workbook, and its sheets by the names they had."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    sheets = {}
    for source in cells.sheets:
        title = _FORBIDDEN.sub("_", source.name)[:_LONGEST_TITLE]
        sheets[source.name] = sheet = book.create_sheet(title or None)
        _fill(sheet, source)
        if source.is_hidden:
            sheet.sheet_state = "veryHidden" if source.name == IDENTITY_SHEET else "hidden"
    for name, (title, place) in cells.names.items():
        if title in sheets:
            name_cell(book, name, sheets[title], place.name)
    return book, sheets


def _fill(sheet: Worksheet, source: Sheet) -> None:
    for place, cell in source.cells.items():
        _write(sheet.cell(place.row, place.column), cell)
    for first, last in source.merges:
        if (last.row - first.row + 1) * (last.column - first.column + 1) <= _LARGEST_MERGE:
            sheet.merge_cells(f"{first.name}:{last.name}")


def _write(target: Any, cell: Cell) -> None:
    value = cell.value
    if cell.is_formula and not cell.is_error:
        target.value = _constant(value)
    elif isinstance(value, str):
        as_text(target, value)
        if cell.is_error and value.startswith("#"):
            target.data_type = "e"
    else:
        target.value = value
    target.number_format = cell.format.code
    if cell.is_filled:
        target.fill = PatternFill("solid", fgColor=YELLOW)


def _constant(value: CellValue) -> str:
    """A formula that comes to a value: a cell that computes must not look like one typed into."""
    if value is None:
        return "=NA()"
    if isinstance(value, str):
        quoted = value[:_LONGEST_LITERAL].replace('"', '""')
        return f'="{quoted}"'
    return f"={value!r}".upper()
