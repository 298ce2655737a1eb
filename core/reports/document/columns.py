"""Room for the columns of tables whose number of columns the report decides."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any, Final

from docx.oxml.ns import qn

from core.figures.wrapping import room, words

_NARROWEST: Final = 4
_WIDEST: Final = 26
_SHORT: Final = 12
"""Places of a text that stays on one line."""
_WORD: Final = 16
"""Places of a word that a column gives room to; a longer one is broken."""


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
        or any(abs(one - other) > 30 for one, other in zip(grid, widths, strict=True))
    )


def _width(cell: Any) -> int:
    found = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
    return int(found.get(qn("w:w"))) if found is not None else 0


def _widen(table: Any, rows: list[list[Any]], whole: int) -> None:
    wanted = [max(column) for column in zip_longest(*map(_wanted, rows), fillvalue=_NARROWEST)]
    widths = [whole * one // sum(wanted) for one in wanted]
    for column, width in zip(table.tblGrid.findall(qn("w:gridCol")), widths, strict=False):
        column.set(qn("w:w"), str(width))
    for row in rows:
        for cell, width in zip(row, widths, strict=False):
            for old in cell.findall(f"{qn('w:tcPr')}/{qn('w:tcW')}"):
                old.set(qn("w:w"), str(width))
                old.set(qn("w:type"), "dxa")


def _wanted(cells: list[Any]) -> Iterator[int]:
    """Places of a line that each cell wants: half of its text, but all of its longest word."""
    for cell in cells:
        text = "".join(part.text or "" for part in cell.iter(qn("w:t")))
        longest = min(max(map(room, words(text)), default=0), _WORD)
        short = min(room(text), _SHORT)
        yield min(max(_NARROWEST, longest, short, room(text) // 2) + 1, _WIDEST)
