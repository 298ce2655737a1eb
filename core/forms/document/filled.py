"""A document written into its form: the workbook people fill in, with what is there filled in."""

from datetime import date, datetime
from io import BytesIO
from typing import Final

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell

from core.forms.blank_table.cells import columns_of
from core.forms.blank_table.sheet import FIRST_ROW
from core.forms.blank_table.write import write_table_template
from core.forms.document.rows import Document, DocumentRow, Value
from core.forms.model.form import Column
from core.forms.model.sheet_style import INPUT_TEXT, as_text, dress, fit_row, saved
from core.periods import BUDDHIST_ERA
from core.text import Language

_LOWEST: Final = 18.0


def filled(document: Document, language: Language = "th", made_at: datetime | None = None) -> bytes:
    """The form as an .xlsx file with all rows of a document, its titles in one language.

    `made_at` is when it says it was made; now without it.
    """
    blank = write_table_template(document.form, fiscal_year=document.fiscal_year, language=language)
    book = load_workbook(BytesIO(blank))
    for table in document.form.tables:
        sheet = book[table.sheet.in_(language)]
        for number, row in enumerate(document.part(table.id), FIRST_ROW):
            for cell, column in zip(sheet[number], columns_of(table), strict=False):
                _fill(cell, column, row, language)
            fit_row(sheet, number, _LOWEST)
    if made_at is not None:
        book.properties.created = made_at.replace(tzinfo=None)
    return saved(book)


def _fill(cell: Cell, column: Column, row: DocumentRow, language: Language) -> None:
    value = row.values.get(column.measure)
    if value is None:
        return
    if isinstance(value, float):
        cell.value = value
        return
    dress(cell, INPUT_TEXT)
    as_text(cell, written(column, value, language))


def written(column: Column, value: Value, language: Language) -> str:
    """What people write into a cell: the name of a choice, a day of the Buddhist era."""
    if isinstance(value, date):
        return f"{value.day:02}/{value.month:02}/{value.year + BUDDHIST_ERA}"
    names = {choice.id: choice.name.in_(language) for choice in column.choices}
    return names.get(str(value), str(value)) if isinstance(value, str) else f"{value:g}"
