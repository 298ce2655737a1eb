"""Writes the blank of a table form: sheets to fill in, and one that explains every column."""

from typing import Final

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from core.forms.blank_table.cells import remark_of, required_of, unit_of
from core.forms.blank_table.sheet import FIRST_ROW, HEADER_ROW, REMARK, Filled, write_table
from core.forms.blank_table.turned import write_turned
from core.forms.model.form import Column, Table, TableForm
from core.forms.model.identity import IDENTITY_SHEET, Identity
from core.forms.model.sheet_style import (
    HEADER,
    STRONG,
    TEXT,
    TITLE,
    fit_row,
    lock,
    put,
    saved,
    set_paper,
    set_widths,
    write_identity,
)
from core.forms.table.lines import range_of
from core.text import Language, Text, say

_WIDTHS: Final = (34.0, 34.0, 34.0, 12.0, 22.0, 14.0, 60.0)


def write_table_template(
    form: TableForm,
    *,
    cup: str | None = None,
    fiscal_year: int | None = None,
    language: Language = "th",
    filled: Filled = (),
) -> bytes:
    """The blank form as an .xlsx file, its titles in one language.

    `cup` and `fiscal_year` (Buddhist era, the form's own when missing) go into its hidden identity;
    `filled` are rows that stand in it already; in turned tables they are columns.
    """
    book = Workbook()
    book.remove(book.active)
    footer = f"{form.name.in_(language)} · {form.id} v{form.version}"
    for table in form.tables:
        sheet = book.create_sheet(table.sheet.in_(language))
        title = form.name if len(form.tables) == 1 else Text(*_titles(form, table))
        if table.turned:
            write_turned(sheet, table, title, footer, language, filled)
        else:
            write_table(sheet, table, title, footer, language, filled)
    _Explanation(book.create_sheet(), form, language).write(footer)
    identity = Identity(form.id, form.version, cup, None, fiscal_year or form.fiscal_year)
    write_identity(book, identity)
    book.move_sheet(IDENTITY_SHEET, len(book.sheetnames))
    return saved(book)


def _titles(form: TableForm, table: Table) -> tuple[str, str]:
    return f"{form.name.th}: {table.sheet.th}", f"{form.name.en}: {table.sheet.en}"


class _Explanation:
    """Every column with its titles, code, unit, range, and whether it is required."""

    def __init__(self, sheet: Worksheet, form: TableForm, language: Language) -> None:
        self.sheet, self.form, self.language = sheet, form, language

    def _in(self, text: Text) -> str:
        return text.in_(self.language)

    def write(self, footer: str) -> None:
        """Write the sheet, a row for every column."""
        sheet = self.sheet
        sheet.title = self._in(say("Explanation"))
        set_widths(sheet, _WIDTHS)
        put(sheet, 1, 1, self._in(self.form.name), TITLE)
        put(sheet, 2, 1, self._in(say("Columns may stand in any order.")), REMARK)
        for number, head in enumerate(self._heads, 1):
            put(sheet, HEADER_ROW, number, self._in(head), HEADER)
        row = FIRST_ROW
        for table in self.form.tables:
            row = self._table(row, table)
        sheet.freeze_panes = sheet.cell(FIRST_ROW, 1)
        lock(sheet)
        set_paper(sheet, HEADER_ROW, footer, "landscape")

    @property
    def _heads(self) -> tuple[Text, ...]:
        return (
            say("Title in Thai"),
            say("Title in English"),
            say("Code"),
            say("Unit"),
            say("Required"),
            say("Allowed"),
            say("Remark"),
        )

    def _table(self, row: int, table: Table) -> int:
        """The columns of a table from a row on; the row after them."""
        if len(self.form.tables) > 1:
            put(self.sheet, row, 1, self._in(table.sheet), STRONG)
            row += 1
        required = required_of(table)
        for column in table.columns:
            for number, text in enumerate(self._texts(column, required.get(column.measure)), 1):
                put(self.sheet, row, number, text, TEXT)
            fit_row(self.sheet, row)
            row += 1
        return row

    def _texts(self, column: Column, is_required: bool | None) -> tuple[str, ...]:
        words = {True: say("yes"), False: say("one of these ways"), None: say("no")}
        unit, remark = unit_of(column), remark_of(column)
        return (
            column.name.th,
            column.name.en,
            column.measure,
            self._in(unit) if unit else "",
            self._in(words[None if column.type in ("fiscal_month", "time_id") else is_required]),
            range_of(column),
            self._in(remark) if remark else "",
        )
