"""One table of a blank form as a sheet: a header, and yellow rows under it."""

import math
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from itertools import accumulate, takewhile
from typing import Final

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from core.forms.blank_table.cells import columns_of, comment_of, guard_of, look_of, required_of
from core.forms.model.form import Column, Table
from core.forms.model.sheet_style import (
    HEADER,
    INSTRUCTION,
    NOTE,
    TITLE,
    Look,
    as_text,
    dress,
    fit_row,
    lines_of_text,
    lock,
    note_on,
    put,
    set_paper,
    set_widths,
)
from core.forms.table.heads.head import KEYS
from core.text import Language, Text, say

Filled = Sequence[Mapping[str, str | int]]
"""What is filled in already: rows, each with what stands in some of its columns."""


def rows_of(facilities: Iterable[str], fiscal_year: int | None) -> Filled:
    """A row for each facility by its code, with its fiscal year if that is known."""
    year = {"fiscal_year": fiscal_year} if fiscal_year else {}
    return [{"hcode": code, **year} for code in facilities]


HEADER_ROW: Final = 4
FIRST_ROW: Final = HEADER_ROW + 1
REMARK: Final = replace(NOTE, boxed=False, wrap=False)
_LAST_ROW: Final = 1_048_576
_PER_PAGE: Final = 9
"""Columns beside the keys that can be read on one page."""
_KEY_WIDTH: Final = 17.0
_WORDS_WIDTH: Final = 28.0
_WIDTH: Final = 18.0
_SHOWN_ALWAYS: Final = 3
"""Columns at least that stay in sight: those that say whose the row is."""
_LINE_EM: Final = 1.45


def write_table(
    sheet: Worksheet,
    table: Table,
    title: Text,
    footer: str,
    language: Language,
    filled: Filled = (),
) -> None:
    """Write the sheet of an upright table; `footer` is printed at the foot of every page."""
    _Writer(sheet, table, language, filled).write(title, footer)


def write_known(cell: Cell, value: str | int) -> None:
    """Fill in what is known already; a text stays one, whatever it begins with."""
    if isinstance(value, str):
        as_text(cell, value)
    else:
        cell.value = value


def write_heading(
    sheet: Worksheet, title: Text, instruction: Text, across: range, language: Language
) -> None:
    """The first two rows of a sheet: what it is, and in these columns how to fill it in."""
    put(sheet, 1, 1, title.in_(language), TITLE)
    fit_row(sheet, 1, 26)
    put_across(sheet, 2, across, instruction.in_(language), INSTRUCTION)


def put_across(sheet: Worksheet, row: int, across: range, text: str, look: Look) -> None:
    """Write a text over several columns, its row as high as it needs."""
    put(sheet, row, across[0], text, replace(look, wrap=True))
    sheet.merge_cells(start_row=row, start_column=across[0], end_row=row, end_column=across[-1])
    width = sum(sheet.column_dimensions[get_column_letter(column)].width for column in across)
    lines = lines_of_text(text, width, look.size, bold=look.bold)
    height = sheet.row_dimensions[row].height or 0
    sheet.row_dimensions[row].height = max(height, lines * look.size * _LINE_EM + 5)


def _width(column: Column) -> float:
    if column.type in KEYS:
        return _KEY_WIDTH
    return _WORDS_WIDTH if column.type in ("text", "choice") else _WIDTH


class _Writer:
    def __init__(self, sheet: Worksheet, table: Table, language: Language, filled: Filled) -> None:
        self.sheet, self.table, self.language, self.filled = sheet, table, language, filled
        self.columns = columns_of(table)
        keys = takewhile(lambda column: column.type in KEYS, self.columns)
        self.keys = max(_SHOWN_ALWAYS, len(tuple(keys)))
        self.required = required_of(table)

    def write(self, title: Text, footer: str) -> None:
        """Title, instruction, header and the yellow rows under it."""
        sheet = self.sheet
        set_widths(sheet, map(_width, self.columns))
        self._head(title)
        for number, column in enumerate(self.columns, 1):
            note_on(
                put(sheet, HEADER_ROW, number, self._title(column), HEADER),
                comment_of(column, self.language),
            )
            self._inputs(number, column)
        fit_row(sheet, HEADER_ROW)
        self._fill_in()
        sheet.freeze_panes = sheet.cell(FIRST_ROW, self.keys + 1)
        self._open_for_rows()
        set_paper(sheet, HEADER_ROW, footer, "landscape")
        # All columns on one page could not be read; the keys are printed on each.
        sheet.page_setup.fitToWidth = self._pages
        sheet.print_title_cols = f"A:{get_column_letter(self.keys)}"

    @property
    def _pages(self) -> int:
        """Pages side by side that the columns are printed on."""
        return max(1, math.ceil((len(self.columns) - self.keys) / _PER_PAGE))

    @property
    def _last_on_first_page(self) -> int:
        """The last column that surely is printed on the first page."""
        widths = [_width(column) for column in self.columns[self.keys :]]
        room = sum(widths) / self._pages
        return self.keys + sum(total <= room for total in accumulate(widths))

    def _head(self, title: Text) -> None:
        """What stands above the header: whole on the first page, and nothing cut on the others."""
        across = range(1 if self._pages == 1 else self.keys + 1, self._last_on_first_page + 1)
        write_heading(self.sheet, title, self.table.instruction, across, self.language)
        if self._pages > 1:
            text = title.in_(self.language)
            put_across(self.sheet, 1, range(1, self.keys + 1), text, TITLE)
        put_across(self.sheet, 3, across, self._legend.in_(self.language), REMARK)

    @property
    def _legend(self) -> Text:
        if not self.table.either:
            return say("* required")
        names = {column.measure: column.name for column in self.columns}
        ways = [[names[measure] for measure in way] for way in self.table.either]
        text = Text(
            " / ".join(" + ".join(name.th for name in way) for way in ways),
            " / ".join(" + ".join(name.en for name in way) for way in ways),
        )
        return say("* required · (*) one of these ways: {ways}", ways=text)

    def _title(self, column: Column) -> str:
        marks = {True: " *", False: " (*)", None: ""}
        name = f"{column.no} {column.name.in_(self.language)}".lstrip()
        return name + marks[self.required.get(column.measure)]

    def _inputs(self, number: int, column: Column) -> None:
        """Yellow cells in the prepared rows; below them the column stays open, in its format."""
        sheet, letter, look = self.sheet, get_column_letter(number), look_of(column)
        first = dress(sheet.cell(FIRST_ROW, number), look)
        rows = max(self.table.rows, len(self.filled))
        for row in range(FIRST_ROW + 1, FIRST_ROW + rows):
            # The style is shared: dressing a thousand cells one by one takes seconds.
            sheet.cell(row, number)._style = first._style
        dimension = sheet.column_dimensions[letter]
        dimension.number_format = look.number_format
        dimension.protection = copy(first.protection)
        if guard := guard_of(column, self.language):
            guard.add(f"{letter}{FIRST_ROW}:{letter}{_LAST_ROW}")
            sheet.add_data_validation(guard)

    def _fill_in(self) -> None:
        """What is known already, codes as text; other columns are left to be filled in."""
        for number, column in enumerate(self.columns, 1):
            for row, known in enumerate(self.filled, FIRST_ROW):
                if column.measure in known:
                    write_known(self.sheet.cell(row, number), known[column.measure])

    def _open_for_rows(self) -> None:
        lock(self.sheet)
        for allowed in ("insertRows", "deleteRows", "sort", "autoFilter", "formatCells"):
            setattr(self.sheet.protection, allowed, False)
