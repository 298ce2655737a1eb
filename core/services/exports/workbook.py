"""A table as an Excel workbook: what it is at its head, numbers as numbers, texts never run."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from core.forms.model.sheet_style import BAND, TYPEFACE
from core.text import runs_as_formula

Rows = Sequence[Sequence[object]]
"""A table's head row and its rows; numbers unrounded, None where there is none."""

_WHOLE: Final = "#,##0"
_BROKEN: Final = "#,##0.00"
_LONGEST: Final = 31
_NARROW, _WIDE = 8, 60
_MEASURED: Final = 200
"""Rows that decide how wide a column is."""
_FORBIDDEN: Final = str.maketrans("", "", r"[]:*?/\'")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above a table: its title, then place, period, moment, source, a line each."""

    title: str
    lines: tuple[str, ...] = ()


def workbook(head: Head, rows: Rows) -> bytes:
    """A workbook of one sheet with filters, and its head row and first column in sight."""
    return sheets_workbook(head, [(head.title, rows)])


def sheets_workbook(head: Head, tables: Sequence[tuple[str, Rows]]) -> bytes:
    """A workbook of a sheet for each table, called by its name; the head stands above each."""
    book = Workbook()
    book.remove(book.worksheets[0])
    names: dict[str, int] = {}
    for name, rows in tables:
        plain = name.translate(_FORBIDDEN)[:_LONGEST].strip() or "Truat"
        names[plain] = number = names.get(plain, 0) + 1
        title = plain if number == 1 else f"{plain[: _LONGEST - 3]} {number}"
        _fill(book.create_sheet(title), head, rows)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _fill(sheet: Worksheet, head: Head, rows: Rows) -> None:
    for place, line in enumerate((head.title, *head.lines), start=1):
        _write(sheet, place, 1, line)
    sheet["A1"].font = Font(name=TYPEFACE, size=14, bold=True)
    top = len(head.lines) + 3
    for down, row in enumerate(rows):
        for across, value in enumerate(row, start=1):
            _write(sheet, top + down, across, value)
    _finish(sheet, top, rows)


def _write(sheet: Worksheet, row: int, column: int, value: object) -> None:
    """A number with its format; any text as a text, whatever it begins with."""
    if value is None or value == "":
        return
    cell = sheet.cell(row, column)
    cell.font = Font(name=TYPEFACE)
    if isinstance(value, int | float) and not isinstance(value, bool):
        cell.value = value
        cell.number_format = _WHOLE if float(value).is_integer() else _BROKEN
        return
    cell.value = str(value)
    cell.data_type = "s"
    cell.quotePrefix = runs_as_formula(str(value))


def _finish(sheet: Worksheet, top: int, rows: Rows) -> None:
    for across in range(1, len(rows[0]) + 1):
        head = sheet.cell(top, across)
        head.font = Font(name=TYPEFACE, bold=True)
        head.fill = PatternFill("solid", fgColor=BAND)
        head.alignment = Alignment(wrap_text=True, vertical="top")
        wide = max(len(str(row[across - 1] or "")) for row in rows[1:_MEASURED] or rows)
        width = min(max(wide, _NARROW), _WIDE) + 2
        sheet.column_dimensions[get_column_letter(across)].width = width
    sheet.freeze_panes = sheet.cell(top + 1, 2)
    last = f"{get_column_letter(len(rows[0]))}{top + len(rows) - 1}"
    sheet.auto_filter.ref = f"A{top}:{last}"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
