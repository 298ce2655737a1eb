"""One table of a blank form as a sheet: a header, and yellow rows under it."""

import math
from copy import copy
from dataclasses import replace
from typing import Final

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from core.forms.model import Column, Table
from core.forms.sheet_style import (
    HEADER,
    INSTRUCTION,
    NOTE,
    TITLE,
    dress,
    fit_row,
    lines_of_text,
    lock,
    note_on,
    put,
    set_paper,
    set_widths,
)
from core.forms.table_cells import asked_of, columns_of, comment_of, guard_of, look_of
from core.forms.table_header import KEYS
from core.text import Language, Text, say

HEADER_ROW: Final = 4
FIRST_ROW: Final = HEADER_ROW + 1
REMARK: Final = replace(NOTE, boxed=False, wrap=False)
_LAST_ROW: Final = 1_048_576
_PER_PAGE: Final = 9
"""Columns beside the keys that can be read on one page."""
_TOLD_ACROSS: Final = 10
_KEY_WIDTH: Final = 15.0
_WIDTH: Final = 18.0
_LINE: Final = 19.0


def write_table(
    sheet: Worksheet, table: Table, title: Text, footer: str, language: Language
) -> None:
    """Write the sheet of an upright table; `footer` is printed at the foot of every page."""
    _Writer(sheet, table, language).write(title, footer)


def write_heading(
    sheet: Worksheet, title: Text, instruction: Text, across: int, language: Language
) -> None:
    """The first two rows of a sheet: what it is, and how to fill it in."""
    put(sheet, 1, 1, title.in_(language), TITLE)
    text = instruction.in_(language)
    put(sheet, 2, 1, text, INSTRUCTION)
    sheet.merge_cells(start_row=2, start_column=1, end_row=2, end_column=across)
    letters = map(get_column_letter, range(1, across + 1))
    width = sum(sheet.column_dimensions[letter].width for letter in letters)
    sheet.row_dimensions[2].height = lines_of_text(text, width, bold=True) * _LINE + 4


class _Writer:
    def __init__(self, sheet: Worksheet, table: Table, language: Language) -> None:
        self.sheet, self.table, self.language = sheet, table, language
        self.columns = columns_of(table)
        self.keys = sum(column.type in KEYS for column in self.columns)
        self.asked = asked_of(table)

    def write(self, title: Text, footer: str) -> None:
        """Title, instruction, header and the yellow rows under it."""
        sheet, count = self.sheet, len(self.columns)
        set_widths(sheet, [_KEY_WIDTH] * self.keys + [_WIDTH] * (count - self.keys))
        across = min(_TOLD_ACROSS, count)
        write_heading(sheet, title, self.table.instruction, across, self.language)
        put(sheet, 3, 1, self._legend.in_(self.language), REMARK)
        for number, column in enumerate(self.columns, 1):
            note_on(
                put(sheet, HEADER_ROW, number, self._title(column), HEADER),
                comment_of(column, self.language),
            )
            self._inputs(number, column)
        fit_row(sheet, HEADER_ROW)
        sheet.freeze_panes = sheet.cell(FIRST_ROW, self.keys + 1)
        self._open_for_rows()
        set_paper(sheet, HEADER_ROW, footer, "landscape")
        # All columns on one page could not be read; the keys are printed on each.
        sheet.page_setup.fitToWidth = max(1, math.ceil((count - self.keys) / _PER_PAGE))
        sheet.print_title_cols = f"A:{get_column_letter(self.keys)}"

    @property
    def _legend(self) -> Text:
        if not self.table.either:
            return say("* required")
        names = {column.measure: column.name for column in self.columns}
        ways = [[names[measure] for measure in way] for way in self.table.either]
        told = Text(
            " / ".join(" + ".join(name.th for name in way) for way in ways),
            " / ".join(" + ".join(name.en for name in way) for way in ways),
        )
        return say("* required · (*) one of these ways: {ways}", ways=told)

    def _title(self, column: Column) -> str:
        marks = {True: " *", False: " (*)", None: ""}
        return column.name.in_(self.language) + marks[self.asked.get(column.measure)]

    def _inputs(self, number: int, column: Column) -> None:
        """Yellow cells in the prepared rows; below them the column stays open, in its format."""
        sheet, letter, look = self.sheet, get_column_letter(number), look_of(column)
        first = dress(sheet.cell(FIRST_ROW, number), look)
        for row in range(FIRST_ROW + 1, FIRST_ROW + self.table.rows):
            # The style is shared: dressing a thousand cells one by one takes seconds.
            sheet.cell(row, number)._style = first._style
        dimension = sheet.column_dimensions[letter]
        dimension.number_format = look.number_format
        dimension.protection = copy(first.protection)
        if guard := guard_of(column, self.language):
            guard.add(f"{letter}{FIRST_ROW}:{letter}{_LAST_ROW}")
            sheet.add_data_validation(guard)

    def _open_for_rows(self) -> None:
        lock(self.sheet)
        for allowed in ("insertRows", "deleteRows", "sort", "autoFilter", "formatCells"):
            setattr(self.sheet.protection, allowed, False)
