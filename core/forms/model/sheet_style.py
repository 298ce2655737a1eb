"""How our workbooks look: type, colours, row heights, locks, paper; and their hidden identity.

Everything the kinds of blank form share, so that all look like forms of one house.
"""

import io
import math
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from core.forms.model.identity import IDENTITY_SHEET, Identity
from core.text import runs_as_formula

TYPEFACE: Final = "Sarabun"
SIZE: Final = 11.0
YELLOW: Final = "FFFF99"
HEAD: Final = "1F4E79"
BAND: Final = "DDEBF7"
PALE: Final = "F2F2F2"
WHITE: Final = "FFFFFF"
INK: Final = "1A1A1A"
MUTED: Final = "595959"

_EDGE: Final = Side(style="thin", color="A6A6A6")
_BOX: Final = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
# Mean advance of a letter in ems, a little above what Sarabun and Tahoma have.
_THAI_EM: Final = 0.58
_OTHER_EM: Final = 0.50
_LINE_EM: Final = 1.38
_POINTS_PER_COLUMN_UNIT: Final = 5.25
"""Width of one unit of column width: seven pixels at 96 dots an inch."""
_RAGGED: Final = 0.93
"""Share of a line that is filled before the next word is moved down."""
_TALLEST: Final = 409.0


@dataclass(frozen=True)
class Look:
    """How a cell looks and whether it may be typed into."""

    fill: str | None = None
    ink: str = INK
    bold: bool = False
    italic: bool = False
    size: float = SIZE
    across: Literal["left", "center", "right"] = "left"
    down: Literal["top", "center", "bottom"] = "top"
    wrap: bool = True
    boxed: bool = True
    number_format: str = "General"
    unlocked: bool = False


TEXT: Final = Look()
STRONG: Final = Look(bold=True)
NOTE: Final = Look(ink=MUTED, size=9.5)
TITLE: Final = Look(bold=True, size=14, wrap=False, boxed=False)
INSTRUCTION: Final = Look(fill=YELLOW, bold=True)
HEADER: Final = Look(fill=HEAD, ink=WHITE, bold=True, across="center", down="center")
NUMBER: Final = Look(across="right", down="center", number_format="0.00")
RESULT: Final = replace(NUMBER, fill=PALE)
INPUT: Final = replace(NUMBER, fill=YELLOW, number_format="General", unlocked=True)
INPUT_TEXT: Final = Look(fill=YELLOW, number_format="@", unlocked=True)


def dress(cell: Cell, look: Look) -> Cell:
    """Give a cell its look; returns the cell."""
    cell.font = Font(
        name=TYPEFACE, size=look.size, bold=look.bold, italic=look.italic, color=look.ink
    )
    if look.fill:
        cell.fill = PatternFill("solid", fgColor=look.fill)
    if look.boxed:
        cell.border = _BOX
    cell.alignment = Alignment(
        horizontal=look.across, vertical=look.down, wrap_text=look.wrap, shrink_to_fit=False
    )
    cell.number_format = look.number_format
    cell.protection = Protection(locked=not look.unlocked)
    return cell


def put(sheet: Worksheet, row: int, column: int, value: Any, look: Look = TEXT) -> Cell:
    """Write a value or formula of our own making and dress the cell."""
    return dress(sheet.cell(row, column, value), look)


def put_text(sheet: Worksheet, row: int, column: int, text: str, look: Look = TEXT) -> Cell:
    """Write text that somebody else typed: never a formula, whatever it begins with."""
    return as_text(dress(sheet.cell(row, column), look), text)


def as_text(cell: Cell, text: str) -> Cell:
    """Set a cell's value as text; a beginning with = + - @ stays text when retyped."""
    cell.value = _printable(text)
    cell.data_type = "s"
    if runs_as_formula(text) or runs_as_formula(text.lstrip()):
        cell.quotePrefix = True
    return cell


def _printable(text: str) -> str:
    printable = "".join(
        c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"}
    )
    return printable[:32_000]


def lines_of_text(text: str, width: float, size: float = SIZE, bold: bool = False) -> int:
    """Lines a text takes in a column of a width (Excel units); marks above and below take none."""
    room = max(width - 1, 1) * _POINTS_PER_COLUMN_UNIT * _RAGGED
    return sum(
        max(1, math.ceil(_length(line) * size * (1.05 if bold else 1) / room))
        for line in text.split("\n")
    )


def _length(line: str) -> float:
    """Width of a line in ems."""
    return sum(
        _THAI_EM if "\u0e00" <= letter <= "\u0e7f" else _OTHER_EM
        for letter in line
        if unicodedata.category(letter) not in {"Mn", "Cf"}
    )


def fit_row(sheet: Worksheet, row: int, lowest: float = 18.0) -> None:
    """Make a row high enough for every text in it; few programs do so by themselves."""
    tallest = lowest
    for cell in sheet[row]:
        if isinstance(cell.value, str) and cell.data_type != "f":
            width = sheet.column_dimensions[cell.column_letter].width
            size = cell.font.size or SIZE
            lines = lines_of_text(cell.value, width, size, bool(cell.font.bold))
            tallest = max(tallest, (lines if cell.alignment.wrap_text else 1) * size * _LINE_EM + 4)
    sheet.row_dimensions[row].height = min(tallest, _TALLEST)


def set_widths(sheet: Worksheet, widths: Iterable[float]) -> None:
    """Column widths from the first column on; 0 hides a column."""
    for number, width in enumerate(widths, 1):
        dimension = sheet.column_dimensions[sheet.cell(1, number).column_letter]
        dimension.width = width or 9
        dimension.hidden = width == 0


def lock(sheet: Worksheet) -> None:
    """Lock all but the unlocked cells, without a password; columns and rows may be resized."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False


def set_paper(
    sheet: Worksheet, header_row: int, footer: str, across: Literal["landscape", "portrait"]
) -> None:
    """A4, as wide as the page, the header row repeated, page numbers at the foot."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = across
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{header_row}:{header_row}"
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header, margins.footer = 0.5, 0.6, 0.3, 0.3
    sheet.oddFooter.left.text = footer.replace("&", "&&")
    sheet.oddFooter.right.text = "&P / &N"
    for part in (sheet.oddFooter.left, sheet.oddFooter.right):
        part.font, part.size = TYPEFACE, 9


def name_cell(book: Workbook, name: str, sheet: Worksheet, cell: str) -> None:
    """Give a cell a name that is known in the whole workbook."""
    place = sheet[cell]
    reference = f"{quote_sheetname(sheet.title)}!${place.column_letter}${place.row}"
    book.defined_names[name] = DefinedName(name, attr_text=reference)


def write_identity(book: Workbook, identity: Identity) -> Worksheet:
    """The hidden sheet that says which form this is, as key and value in columns A and B."""
    sheet = book.create_sheet(IDENTITY_SHEET)
    for number, (key, value) in enumerate(identity.rows, 1):
        sheet.cell(number, 1, key)
        cell = as_text(sheet.cell(number, 2), value)
        cell.number_format = "@"
    sheet.sheet_state = "veryHidden"
    lock(sheet)
    return sheet


def note_on(cell: Cell, text: str, width: int = 320) -> None:
    """Put a comment on a cell, large enough to be read without scrolling."""
    comment = Comment(text, "Truat", width=width)
    comment.height = int(lines_of_text(text, width / 7, 9) * 18 + 24)
    cell.comment = comment


def saved(book: Workbook) -> bytes:
    """The workbook as the bytes of an .xlsx file."""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
