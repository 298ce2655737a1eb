"""Sheets for tests, written down as rows. Every figure in them is invented."""

from collections.abc import Sequence
from typing import Any

from core.forms.cells.workbook import Cell, Merge, Place, Sheet, Workbook

HEADER = [
    "รหัสหน่วยบริการ",
    "ปีงบประมาณ",
    "เดือน",
    "เงินสดและรายการเทียบเท่าเงินสด",
    "สินทรัพย์หมุนเวียน",
    "สินค้าคงคลัง",
    "หนี้สินหมุนเวียน",
    "รายได้สูง(ต่ำ)กว่าค่าใช้จ่ายสุทธิ",
]
ROW = ["11223", 2562, "มิถุนายน", 100.0, 200.0, 50.0, 100.0, 9.0]
"""A row that reads without a message."""


def cell(value: Any) -> Cell:
    if isinstance(value, Cell):
        return value
    return Cell(float(value) if isinstance(value, int) and not isinstance(value, bool) else value)


def sheet(
    *rows: Sequence[Any], name: str = "Sheet1", merges: Sequence[Merge] = (), hidden: bool = False
) -> Sheet:
    """A sheet whose rows begin at A1; None leaves a cell out."""
    cells = {
        Place(row, column): cell(value)
        for row, values in enumerate(rows, 1)
        for column, value in enumerate(values, 1)
        if value is not None
    }
    return Sheet(name, cells, list(merges), is_hidden=hidden)


def book(*sheets: Sheet) -> Workbook:
    return Workbook(list(sheets))


def changed(row: Sequence[Any], **values: Any) -> list[Any]:
    """A row with other values: `D="-"` changes its fourth cell."""
    return [values.get(chr(65 + place), value) for place, value in enumerate(row)]
