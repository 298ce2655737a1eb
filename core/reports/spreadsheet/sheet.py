"""One sheet being written from above: lines, tables, widths; no text is ever run."""

import math
import re
from collections.abc import Sequence
from typing import Any, Final

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from core.figures.wrapping import room
from core.reports.tabled import TableCell
from core.text import runs_as_formula

TYPEFACE: Final = "Sarabun"
_HEAD: Final = "DDEBF7"
_WARNING: Final = "F2B400"
_QUIET: Final = "595959"
_NARROW, _WIDE = 9, 40
_LINE: Final = 19.0
"""Points of a line of Thai."""
_TALLEST: Final = 400.0
_LONGEST: Final = 32_767
"""Letters of a cell; Excel refuses more."""
_DECIMALS: Final = re.compile(r"\d[.](\d+)")
_MOST_DECIMALS: Final = 6
_EDGE: Final = Side(style="thin", color="BFBFBF")
_BOX: Final = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)


class Sheet:
    """A sheet and the row that is written next."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self.row = 1
        self.widths: dict[int, int] = {}
        self.texts: dict[int, list[tuple[int, int]]] = {}

    def line(
        self, text: str, *, size: float = 11.0, is_bold: bool = False, is_quiet: bool = False
    ) -> None:
        """A line of text over the sheet; nothing where there is none."""
        if text:
            cell = self._text(1, text)
            colour = _QUIET if is_quiet else None
            cell.font = Font(name=TYPEFACE, size=size, bold=is_bold, color=colour)
            self.row += 1

    def warning(self, text: str) -> None:
        """A line nobody overlooks."""
        if text:
            self._text(1, text).font = Font(name=TYPEFACE, bold=True)
            for column in range(1, 7):
                self.sheet.cell(self.row, column).fill = PatternFill("solid", fgColor=_WARNING)
            self.row += 1

    def gap(self) -> None:
        """An empty row."""
        self.row += 1

    def table(self, titles: Sequence[str], rows: Sequence[Sequence[TableCell]]) -> int:
        """A table with its head; gives the row its head stands in."""
        head = self.row
        for column, title in enumerate(titles, 1):
            cell = self._text(column, title)
            cell.font = Font(name=TYPEFACE, bold=True)
            cell.fill = PatternFill("solid", fgColor=_HEAD)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.border = _BOX
            self._measure(column, title)
        for row in rows:
            self.row += 1
            for column, given in enumerate(row, 1):
                self._cell(column, given)
        self.row += 1
        return head

    def link(self, column: int, row: int, sheet: str) -> None:
        """Lead from a cell to another sheet."""
        cell = self.sheet.cell(row, column)
        name = sheet.replace("'", "''")
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{name}'!A1")
        cell.font = Font(name=TYPEFACE, color="1F5A8C", underline="single")

    def finish(self, demonstration: str, freeze: int | None = None) -> None:
        """Widths and heights, and A4 with the mark of the demonstration above every page.

        `freeze` is the head that stays in sight; None where the sheet has several tables.
        """
        for column, width in self.widths.items():
            self.sheet.column_dimensions[get_column_letter(column)].width = _fitting(width) + 2
        for row, texts in self.texts.items():
            lines = max(math.ceil(room / _fitting(self.widths[column])) for column, room in texts)
            self.sheet.row_dimensions[row].height = min(_LINE * lines + 2, _TALLEST)
        if freeze is not None:
            self.sheet.freeze_panes = self.sheet.cell(freeze + 1, 2)
        self.sheet.page_setup.paperSize = self.sheet.PAPERSIZE_A4
        self.sheet.page_setup.orientation = "landscape"
        self.sheet.page_setup.fitToHeight = 0
        self.sheet.sheet_properties.pageSetUpPr.fitToPage = True
        self.sheet.oddHeader.center.text = demonstration.replace("&", "&&") or None
        self.sheet.oddFooter.right.text = "&P / &N"

    def _cell(self, column: int, given: TableCell) -> None:
        value = given.value
        words = f"{given.mark} {given.text}".strip()
        if value is None and given.text == given.tone and given.text.isdigit():
            value = int(given.text)
        if value is not None and math.isfinite(value):
            cell = self.sheet.cell(self.row, column, value)
            cell.number_format = _format(given.text)
            cell.alignment = Alignment(vertical="top")
        elif words:
            cell = self._text(column, words)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        else:
            cell = self.sheet.cell(self.row, column)
        cell.font = Font(name=TYPEFACE)
        cell.border = _BOX
        if given.tone:
            cell.fill = PatternFill("solid", fgColor=given.tint)
        self._measure(column, words)

    def _text(self, column: int, text: str) -> Any:
        cell = self.sheet.cell(self.row, column)
        cell.value = text[:_LONGEST]
        cell.data_type = "s"
        cell.quotePrefix = runs_as_formula(text)
        return cell

    def _measure(self, column: int, text: str) -> None:
        places = math.ceil(room(text) * 1.1)
        self.widths[column] = max(self.widths.get(column, 0), places)
        self.texts.setdefault(self.row, []).append((column, places))


def _fitting(places: int) -> int:
    return min(max(places, _NARROW), _WIDE)


def _format(shown: str) -> str:
    """As many decimals as the words have; the number itself is not rounded."""
    match = _DECIMALS.search(shown)
    decimals = min(len(match[1]), _MOST_DECIMALS) if match else 0
    return "#,##0." + "0" * decimals if decimals else "#,##0"
