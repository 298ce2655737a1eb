"""Writes rows into a form: a sheet a table, a column a title in Thai, a row a row."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl

from core.forms.model.form import table_form

Row = Mapping[str, Any]


def typed(form_id: str, tables: Mapping[str, Sequence[Row]]) -> bytes:
    """A workbook of some tables of a form, their rows by measure or key."""
    known = table_form(form_id)
    book = openpyxl.Workbook()
    book.remove(book.active)
    for table in known.tables:
        if table.id not in tables:
            continue
        sheet = book.create_sheet(table.sheet.th[:31])
        sheet.append([column.name.th for column in table.columns])
        names = [column.measure for column in table.columns]
        for row in tables[table.id]:
            assert set(row) <= set(names), set(row) - set(names)
            sheet.append([row.get(name) for name in names])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
