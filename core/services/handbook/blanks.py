"""The blank forms as pictures: what stands in which cell, read from the very files handed out."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from core.forms.model.sheet_style import YELLOW
from core.services.handbook.templates import blank
from core.text import Language

_ROWS: Final = 30
_EMPTY: Final = 3
"""Rows without a word that are drawn below those with some: where one types on."""
_DEFAULT_WIDTH: Final = 9.0


@dataclass(frozen=True, slots=True)
class BlankCell:
    """A cell of a blank: its words, empty where one types or a formula will answer.

    `fill` is its colour as six hexadecimal digits, empty for white; `across` and `down` are the
    columns and rows it covers. `is_input`: it is there to be typed into.
    """

    text: str
    fill: str
    is_bold: bool
    is_input: bool
    across: int = 1
    down: int = 1


@dataclass(frozen=True, slots=True)
class BlankRow:
    """A row as numbered in the sheet, its cells from the left; those covered by others are not."""

    number: int
    cells: tuple[BlankCell, ...]


@dataclass(frozen=True, slots=True)
class BlankSheet:
    """The upper left of a sheet: letters and widths of its columns, rows, and how many are below.

    Widths are those of Excel, in characters.
    """

    title: str
    columns: tuple[tuple[str, float], ...]
    rows: tuple[BlankRow, ...]
    below: int


@lru_cache(maxsize=64)
def blank_sheets(form_id: str, language: Language) -> tuple[BlankSheet, ...]:
    """The sheets of a blank form that people see; `UsageError` U001 for an unknown form.

    A sheet with nothing to type into, which explains the others, is there whole.
    """
    _name, content = blank(form_id, language=language)
    book = load_workbook(io.BytesIO(content))
    return tuple(_Drawing(one).sheet() for one in book.worksheets if one.sheet_state == "visible")


class _Drawing:
    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._columns = [
            number for number in range(1, sheet.max_column + 1) if not self._is_hidden(number)
        ]
        self._spans = {
            (one.min_row, one.min_col): (one.max_col - one.min_col + 1, one.size["rows"])
            for one in sheet.merged_cells.ranges
        }

    def _is_hidden(self, column: int) -> bool:
        return bool(self._sheet.column_dimensions[get_column_letter(column)].hidden)

    def sheet(self) -> BlankSheet:
        written = [
            row for row in range(1, self._sheet.max_row + 1)
            if any(_words(cell) for cell in self._cells(row))
        ]  # fmt: skip
        last = written[-1] if written else 0
        rows = range(1, min(last + _EMPTY, self._sheet.max_row) + 1)
        has_inputs = any(_is_input(cell) for row in rows for cell in self._cells(row))
        shown = rows[:_ROWS] if has_inputs else rows
        return BlankSheet(
            title=self._sheet.title,
            columns=tuple((get_column_letter(one), self._width(one)) for one in self._columns),
            rows=tuple(BlankRow(row, tuple(self._row(row))) for row in shown),
            below=sum(row > len(shown) for row in written),
        )

    def _width(self, column: int) -> float:
        dimension = self._sheet.column_dimensions.get(get_column_letter(column))
        return dimension.width if dimension and dimension.width else _DEFAULT_WIDTH

    def _cells(self, row: int) -> Iterator[Cell | MergedCell]:
        return (self._sheet.cell(row, column) for column in self._columns)

    def _row(self, row: int) -> Iterator[BlankCell]:
        for cell in self._cells(row):
            if isinstance(cell, MergedCell):
                continue
            across, down = self._spans.get((row, cell.column), (1, 1))
            fill = cell.fill.fgColor.rgb[-6:] if cell.fill.fill_type == "solid" else ""
            yield BlankCell(_words(cell), fill, bool(cell.font.bold), _is_input(cell), across, down)


def _words(cell: Cell | MergedCell) -> str:
    """What is printed in a cell; a formula has nothing to show before anything is typed."""
    is_formula = cell.data_type == "f"
    return "" if cell.value is None or is_formula else str(cell.value)


def _is_input(cell: Cell | MergedCell) -> bool:
    is_yellow = cell.fill.fill_type == "solid" and cell.fill.fgColor.rgb[-6:] == YELLOW
    return is_yellow and not cell.protection.locked
