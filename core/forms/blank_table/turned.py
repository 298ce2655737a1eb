"""A turned table of a blank form: its lines below one another, yellow cells beside them."""

import math
from copy import copy
from dataclasses import replace
from typing import Final

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from core.forms.blank_table.cells import (
    columns_of,
    comment_of,
    guard_of,
    look_of,
    remark_of,
    unit_of,
)
from core.forms.blank_table.sheet import (
    FIRST_ROW,
    HEADER_ROW,
    REMARK,
    Filled,
    write_heading,
    write_known,
)
from core.forms.model.form import Column, Table
from core.forms.model.sheet_style import (
    BAND,
    HEADER,
    STRONG,
    TEXT,
    dress,
    fit_row,
    lock,
    note_on,
    put,
    set_paper,
    set_widths,
)
from core.forms.table.heads.head import KEYS
from core.forms.table.lines import range_of
from core.text import Language, Text, say

_WIDTHS: Final = (8.0, 62.0, 20.0, 18.0)
_ANSWERS: Final = 4
"""The column the first answers stand in."""
_OPEN: Final = 30
_PER_PAGE: Final = 8
"""Columns of answers that can be read on one page beside the questions."""
"""Columns in which subjects may stand side by side."""
_HEADING: Final = replace(STRONG, fill=BAND)
_MIDDLE: Final = replace(TEXT, down="center")


def write_turned(
    sheet: Worksheet,
    table: Table,
    title: Text,
    footer: str,
    language: Language,
    filled: Filled = (),
) -> None:
    """Write the sheet of a turned table; `footer` is printed at the foot of every page.

    What is filled in already stands in columns, as many as there are subjects.
    """
    answers = max(table.rows, len(filled))
    set_widths(sheet, (*_WIDTHS, *[_WIDTHS[-1]] * (answers - 1)))
    write_heading(sheet, title, table.instruction, range(1, _ANSWERS + 1), language)
    note = say("An empty cell was not reported. Further facilities stand in the columns beside it.")
    put(sheet, 3, 1, note.in_(language), REMARK)
    heads = (say("No."), say("Question"), say("How to answer"), *[say("Answer")] * answers)
    for number, head in enumerate(heads, 1):
        put(sheet, HEADER_ROW, number, head.in_(language), HEADER)
    fit_row(sheet, HEADER_ROW, 22)
    lines = _Lines(sheet, answers, language, filled)
    for column in columns_of(table):
        lines.write(column)
    lines.close()
    sheet.freeze_panes = sheet.cell(FIRST_ROW, _ANSWERS)
    lock(sheet)
    _print(sheet, answers, footer)


def _print(sheet: Worksheet, answers: int, footer: str) -> None:
    """As many answers on a sheet of paper as can be read, the questions beside them on each."""
    set_paper(sheet, HEADER_ROW, footer, "portrait" if answers == 1 else "landscape")
    if answers > 1:
        # Whose a column is stands on every page.
        sheet.print_title_rows = f"{HEADER_ROW}:{FIRST_ROW}"
    sheet.page_setup.fitToWidth = math.ceil(answers / _PER_PAGE)
    if answers > _PER_PAGE:
        sheet.print_title_cols = f"A:{get_column_letter(_ANSWERS - 1)}"
        for number in range(_ANSWERS + _PER_PAGE, _ANSWERS + answers, _PER_PAGE):
            sheet.col_breaks.append(Break(number - 1))


class _Lines:
    """Writes the columns of a table as lines, from the top."""

    def __init__(self, sheet: Worksheet, answers: int, language: Language, filled: Filled) -> None:
        self._sheet, self._answers, self._language = sheet, answers, language
        self._filled, self._open = filled, max(_OPEN, answers)
        self._row = FIRST_ROW
        self._guards: dict[tuple[str, str, str], DataValidation] = {}

    def write(self, column: Column) -> None:
        """A line, below its heading where it has one."""
        if column.heading:
            self._heading(column.heading)
        row, sheet = self._row, self._sheet
        put(sheet, row, 1, column.no, _MIDDLE)
        name = put(sheet, row, 2, column.name.in_(self._language), _MIDDLE)
        note_on(name, comment_of(column, self._language))
        put(sheet, row, 3, self._hint(column), _MIDDLE)
        look = replace(look_of(column), across="center", down="center")
        for number in range(_ANSWERS, _ANSWERS + self._answers):
            dress(sheet.cell(row, number), look)
        for number, known in enumerate(self._filled, _ANSWERS):
            if column.measure in known:
                write_known(sheet.cell(row, number), known[column.measure])
        self._guard(column)
        fit_row(sheet, row)
        self._row += 1

    def close(self) -> None:
        """Have the columns beside the answers open, and every answer guarded."""
        first = self._sheet.cell(FIRST_ROW, _ANSWERS)
        for number in range(_ANSWERS + self._answers, _ANSWERS + self._open):
            letter = get_column_letter(number)
            self._sheet.column_dimensions[letter].protection = copy(first.protection)
        for guard in self._guards.values():
            self._sheet.add_data_validation(guard)

    def _heading(self, heading: Text) -> None:
        last = _ANSWERS - 1 + self._answers
        for number in range(1, last + 1):
            dress(self._sheet.cell(self._row, number), _HEADING)
        put(self._sheet, self._row, 1, heading.in_(self._language), _HEADING)
        self._sheet.merge_cells(
            start_row=self._row, start_column=1, end_row=self._row, end_column=last
        )
        self._sheet.row_dimensions[self._row].height = 21
        self._row += 1

    def _hint(self, column: Column) -> str:
        """What belongs in the cell, in a few words."""
        remark, unit = remark_of(column), unit_of(column)
        if remark and (column.type in KEYS or unit is None):
            return remark.in_(self._language)
        # That a number is not below zero needs no words.
        allowed = "" if column.valid_range[1] is None else range_of(column)
        return f"{unit.in_(self._language) if unit else ''} {allowed}".strip()

    def _guard(self, column: Column) -> None:
        """Lines that take the same share the check made on typing."""
        guard = guard_of(column, self._language)
        if guard is None:
            return
        kind = guard.type, str(guard.formula1), str(guard.formula2)
        last = get_column_letter(_ANSWERS + self._open - 1)
        first = get_column_letter(_ANSWERS)
        shared = self._guards.setdefault(kind, guard)
        shared.add(f"{first}{self._row}:{last}{self._row}")
        if shared is not guard:
            shared.error = self._hint(column) or shared.error
