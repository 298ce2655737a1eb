"""Room for the columns of tables whose number of columns the report decides."""

from typing import Any, Final

from docx.oxml.ns import qn

from core.reports.breadths import breadths

_SLACK: Final = 30
"""Twentieths of a point by which Word's own rounding differs."""


def even_out(body: Any) -> None:
    """Give the columns of tables that were multiplied room by what stands in them.

    A table whose cells are as wide as its columns say stays as its template has it.
    """
    for table in body.iter(qn("w:tbl")):
        grid = [int(column.get(qn("w:w"))) for column in table.tblGrid.findall(qn("w:gridCol"))]
        rows = [list(row.findall(qn("w:tc"))) for row in table.findall(qn("w:tr"))]
        if grid and rows and _is_multiplied(grid, rows[0]):
            _widen(table, rows, sum(grid))


def _is_multiplied(grid: list[int], cells: list[Any]) -> bool:
    spanned = any(cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}") is not None for cell in cells)
    widths = [_width(cell) for cell in cells]
    return not spanned and (
        len(grid) != len(widths)
        or any(abs(one - other) > _SLACK for one, other in zip(grid, widths, strict=True))
    )


def _width(cell: Any) -> int:
    width = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
    return int(width.get(qn("w:w"))) if width is not None else 0


def _widen(table: Any, rows: list[list[Any]], whole: int) -> None:
    shares = breadths([[_text(cell) for cell in row] for row in rows])
    widths = [str(int(whole * share / 100)) for share in shares]
    for column, width in zip(table.tblGrid.findall(qn("w:gridCol")), widths, strict=False):
        column.set(qn("w:w"), width)
    for row in rows:
        for cell, width in zip(row, widths, strict=False):
            for old in cell.findall(f"{qn('w:tcPr')}/{qn('w:tcW')}"):
                old.set(qn("w:w"), width)
                old.set(qn("w:type"), "dxa")


def _text(cell: Any) -> str:
    return "".join(part.text or "" for part in cell.iter(qn("w:t")))
