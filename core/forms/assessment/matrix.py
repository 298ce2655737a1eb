"""Locates the inputs of an item printed as a table: one row a part, one column a line.

The form file lists such items. Lines are recognised by their titles in one header row, parts by
their number or title, else by their order below it.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Final, NamedTuple

from core.forms.assessment.plan import Anchor, Item
from core.forms.assessment.sheet_rows import SheetRows, number
from core.forms.model.form import Matrix
from core.forms.model.layout import Layout, Spot
from core.forms.model.titles import ALIKE, PREFIX, best_likeness
from core.text import fold

_ENOUGH: Final = 0.5
_DEEPEST: Final = 40
"""Rows below the header that are searched for parts."""
_FULL_MARKS: Final = re.compile(r"\(\d[^)]*\)$")


class _Part(NamedTuple):
    """One part of the item, a row of the table, with its lines."""

    anchor: Anchor
    lines: tuple[Anchor, ...]


def place_matrix(rows: SheetRows, matrix: Matrix, item: Item, layout: Layout) -> bool:
    """Place the item's inputs where the sheet has its table; returns whether it has."""
    parts = [
        _Part(part, tuple(line for line in item.lines if line.id.startswith(f"{part.id}.")))
        for part in item.lines
        if not part.takes
    ]
    for header, texts in rows.texts.items():
        columns = _columns(parts[0].lines, texts)
        if len(columns) >= max(2, _ENOUGH * len(parts[0].lines)):
            totals = {fold(title) for title in matrix.total}
            total = next((c for c, text in texts.items() if text in totals), 0)
            return _place(rows, _below(rows, header, columns, parts), columns, total, layout)
    return False


def _columns(lines: Sequence[Anchor], texts: Mapping[int, str]) -> dict[int, int]:
    """Index of a line in its part -> column, by the titles of one row."""
    if len(texts) < _ENOUGH * len(lines):
        return {}
    by_line: dict[int, int] = {}
    for column, text in texts.items():
        title = _FULL_MARKS.sub("", text)
        sure, place = max((best_likeness(a.titles, (title,)), -n) for n, a in enumerate(lines))
        if sure >= ALIKE:
            by_line.setdefault(-place, column)
    return by_line


def _below(
    rows: SheetRows, header: int, columns: Mapping[int, int], parts: Sequence[_Part]
) -> list[tuple[_Part, int]]:
    """Each part with its row."""
    below = [row for row in rows.lines if header < row <= header + _DEEPEST]
    placed = [(part, row) for part in parts if (row := _row_of(part.anchor, below, rows))]
    if placed:
        return placed
    used = (row for row in below if any(_takes(rows, row, column) for column in columns.values()))
    return list(zip(parts, islice(used, len(parts)), strict=False))


def _row_of(part: Anchor, below: Sequence[int], rows: SheetRows) -> int:
    numbered = re.compile(re.escape(part.label) + r"(?![\d.]*\d)") if part.label else None
    for row in below:
        texts = tuple(rows.texts.get(row, {}).values())
        if numbered and any(numbered.match(text) for text in texts):
            return row
        if best_likeness(part.titles, rows.words(row, 0)) >= PREFIX:
            return row
    return 0


def _takes(rows: SheetRows, row: int, column: int) -> bool:
    cell = rows.at(row, column)
    return cell.is_filled or number(cell) is not None


def _place(
    rows: SheetRows,
    placed: Sequence[tuple[_Part, int]],
    columns: Mapping[int, int],
    total: int,
    layout: Layout,
) -> bool:
    sheet = rows.sheet.name
    for part, row in placed:
        for place, column in columns.items():
            layout.inputs[part.lines[place].id] = Spot(sheet, rows.top_left(row, column))
        if total:
            layout.result(layout.raw, part.anchor.id, Spot(sheet, rows.top_left(row, total)))
    return bool(placed)
