"""Sheets drawn into the bytes of an .xlsx file, the same bytes for the same sheets."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import datetime
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import Cell as Target
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from core.forms.model.sheet_style import (
    BAND,
    HEADER,
    INPUT,
    NOTE,
    PALE,
    RESULT,
    STRONG,
    TEXT,
    TITLE,
    Look,
    as_text,
    dress,
    fit_row,
    lock,
    saved,
    set_paper,
    set_widths,
)
from core.reports.verification.sheets import FORMATS, Cell, Formula, Sheet

_PLAIN: Final = replace(RESULT, fill=None)
_LOOKS: Final[Mapping[str, Look]] = {
    "title": TITLE,
    "lead": replace(NOTE, wrap=False, boxed=False, size=TEXT.size),
    "alert": replace(STRONG, wrap=False, boxed=False),
    "text": TEXT,
    "small": NOTE,
    "strong": STRONG,
    "head": HEADER,
    "band": replace(STRONG, fill=BAND),
    "input": INPUT,
    "word": replace(TEXT, fill=INPUT.fill, unlocked=True),
    "edge": replace(RESULT, fill="E2EFDA"),
    "number": _PLAIN,
    "total": replace(RESULT, bold=True),
    "stored": replace(_PLAIN, ink=NOTE.ink),
    "check": replace(STRONG, across="center", down="center"),
    "aside": replace(_PLAIN, ink="7F7F7F", size=9.0, fill=PALE),
}
_NUMBERS: Final = ("input", "edge", "number", "total", "stored", "aside")
_LONGEST: Final = 31
_FORBIDDEN: Final = str.maketrans("", "", r"[]:*?/\'")
_UNBOUNDED: Final = "[>=1000000000000000]\u221e;"
"""What stands for a ratio without a bound is shown as such."""
_EQUAL: Final = "C6EFCE"
_DIFFERS: Final = "FFC7CE"
_MOMENT: Final = (1980, 1, 1, 0, 0, 0)
_FIRST: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - what a file says of itself has no zone


def drawn(sheets: Sequence[Sheet], footer: str, equal: str, differs: str) -> bytes:
    """The workbook of some sheets; those without anything on them are left out.

    `equal` and `differs` are the words of its checks, which are coloured beside their word.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    styles: _Styles = {}
    for sheet in sheets:
        page = book.create_sheet(sheet_title(sheet.title))
        _fill(page, sheet, styles)
        _finish(page, sheet, footer)
        _checks(page, sheet, equal, differs)
    book.properties.creator = "Truat"
    book.properties.created = _FIRST
    return _same_bytes(saved(book))


def sheet_title(title: str) -> str:
    """A title that every program takes as the name of a sheet."""
    return title.translate(_FORBIDDEN)[:_LONGEST].strip() or "Truat"


_Styles = dict[tuple[Look, int], StyleArray]


def _fill(page: Worksheet, sheet: Sheet, styles: _Styles) -> None:
    set_widths(page, sheet.widths)
    for (row, column), cell in sorted(sheet.cells.items()):
        _write(page.cell(row, column_index_from_string(column)), cell, styles)
    for row in {row for row, _ in sheet.cells}:
        fit_row(page, row)


def _write(target: Target, cell: Cell, styles: _Styles) -> None:
    look = _LOOKS[cell.look]
    if cell.look in _NUMBERS:
        look = replace(look, number_format=_format(cell))
    _dress(target, look, cell.indent, styles)
    if isinstance(cell.value, Formula):
        target.value = f"={cell.value.text}"
    elif isinstance(cell.value, str):
        if cell.value:
            as_text(target, cell.value)
    elif cell.value is not None:
        target.value = cell.value


def _dress(target: Target, look: Look, indent: int, styles: _Styles) -> None:
    """Give a cell its look; of thousands alike the first alone is dressed piece by piece."""
    known = styles.get((look, indent))
    if known is not None:
        target._style = copy(known)
        return
    dress(target, look)
    if indent:
        target.alignment = Alignment(
            horizontal=look.across, vertical=look.down, wrap_text=look.wrap, indent=indent
        )
    styles[look, indent] = copy(target._style)


def _format(cell: Cell) -> str:
    if cell.look == "aside":
        return "General"
    plain = FORMATS.get(cell.format, FORMATS[""])
    bounded = cell.look == "input" or plain == "General"
    return plain if bounded else f"{_UNBOUNDED}{plain}"


def _finish(page: Worksheet, sheet: Sheet, footer: str) -> None:
    page.freeze_panes = page.cell(sheet.head + 1, 2)
    lock(page)
    set_paper(page, sheet.head, footer, "landscape")
    for place, words in sheet.choices.items():
        choice = DataValidation(type="list", formula1=words, allow_blank=True)
        page.add_data_validation(choice)
        choice.add(place)
    if sheet.aside:
        shown = get_column_letter(column_index_from_string(sheet.aside) - 1)
        page.print_area = f"A1:{shown}{page.max_row}"
        last = max(column_index_from_string(column) for _, column in sheet.cells)
        first = column_index_from_string(sheet.aside)
        for number in range(first, last + 1):
            dimension = page.column_dimensions[page.cell(1, number).column_letter]
            dimension.outlineLevel = 1


def _checks(page: Worksheet, sheet: Sheet, equal: str, differs: str) -> None:
    """Colours the checks, whose words say the same."""
    places = [check.rpartition("!")[2] for check in sheet.checks]
    if not places:
        return
    column = places[0].rstrip("0123456789")
    cells = f"{places[0]}:{column}{places[-1].removeprefix(column)}"
    for word, colour in ((equal, _EQUAL), (differs, _DIFFERS)):
        fill = PatternFill(start_color=colour, end_color=colour, fill_type="solid")
        rule = CellIsRule("equal", [f'"{word}"'], fill=fill, font=Font(bold=True))
        page.conditional_formatting.add(cells, rule)


def _same_bytes(data: bytes) -> bytes:
    """A workbook without the moment it was saved: the same content gives the same bytes."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z",
                                 content)  # fmt: skip
            target.writestr(zipfile.ZipInfo(name, _MOMENT), content, zipfile.ZIP_DEFLATED)
    return written.getvalue()
