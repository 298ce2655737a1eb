"""Locates one section of a form on one sheet: the cells of inputs and results, item by item."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final

from core.forms.assessment.columns import Columns, expected_full, places_of
from core.forms.assessment.lines import Row, match_lines
from core.forms.assessment.plan import Anchor, Item
from core.forms.assessment.sheet_rows import SheetRows, item_number, number
from core.forms.cells.workbook import Place
from core.forms.model.layout import Layout, Spot
from core.forms.model.titles import ALIKE, bare, best_likeness

_FITS: Final = 6
_NUMBERED: Final = 6
_SURE: Final = 110
_DIGITS: Final = 6
_LONG: Final = 600
"""Rows; the printed form has 250."""
_TALLEST: Final = 400
"""Rows searched for the lines of one item, far more than are printed."""


class SectionRows:
    """The rows of a sheet in the columns of one section; `titles` are those of the whole form."""

    def __init__(
        self, rows: SheetRows, columns: Columns, titles: Collection[str] = frozenset()
    ) -> None:
        self._titles = titles
        self.sheet = rows
        self.columns = columns
        labels = rows.percent_rows.keys() | rows.sum_rows.keys()
        self.rows = {
            row: Row(
                row,
                rows.words(row, columns.title, columns.score),
                item_number(rows.at(row, columns.number)) if columns.number else "",
                number(rows.at(row, columns.full)) if columns.full else None,
                row in labels,
            )
            for row in rows.texts
        }

    @cached_property
    def _rows_by_mark(self) -> Mapping[float | str, Sequence[Row]]:
        """Full marks, and item numbers -> the rows that show them, from the top."""
        rows: dict[float | str, list[Row]] = {}
        for row in self.rows.values():
            if row.full is not None:
                rows.setdefault(round(row.full, _DIGITS), []).append(row)
            if row.number:
                rows.setdefault(row.number, []).append(row)
        return rows

    def _likely(self, item: Item, expected: float) -> Iterable[Row]:
        """Rows that may be an item's head; on a long sheet only those with its marks or number."""
        if len(self.rows) < _LONG:
            return self.rows.values()
        numbered = self._rows_by_mark.get(item.no, ()) if item.no else ()
        return (*self._rows_by_mark.get(round(expected, _DIGITS), ()), *numbered)

    def head_of(self, item: Item) -> tuple[float, int]:
        """The certainty and number of the likeliest head row of an item; row 0: none."""
        expected = expected_full(item)
        for place in places_of(self.sheet, item.head):
            row = self.rows.get(place.row)
            if (
                row
                and place.column != self.columns.score
                and (row.full is None or row.shows(expected))
            ):
                return _SURE, row.row
        best = (0.0, 0)
        for row in self._likely(item, expected):
            best = max(best, (self._sureness(item, row, expected), -row.row))
        sure, at = best
        return (sure, -at) if sure >= ALIKE + _FITS or sure == ALIKE else (0.0, 0)

    @cached_property
    def strange(self) -> Mapping[int, Sequence[str]]:
        """Row -> its texts that are not exactly a title, and so may be a misspelt one."""
        return {
            row: [word for word in own.words if bare(word) not in self._titles]
            for row, own in self.rows.items()
        }

    def _sureness(self, item: Item, row: Row, expected: float) -> float:
        fits, numbered = row.shows(expected), bool(item.no) and row.number == item.no
        sure = best_likeness(item.head.titles, self.strange[row.row])
        sure += _FITS * fits + _NUMBERED * numbered
        if fits and numbered and item.section.head_rows:
            sure = max(sure, ALIKE)
        return sure

    def heads(self, items: Sequence[Item]) -> dict[str, int]:
        """Item id -> head row; a row is the head of its most certain item only."""
        rows: dict[str, tuple[float, int]] = {}
        owner: dict[int, str] = {}
        for item in items:
            sure, row = self.head_of(item)
            if not row or (row in owner and rows[owner[row]][0] >= sure):
                continue
            if row in owner:
                del rows[owner[row]]
            owner[row], rows[item.id] = item.id, (sure, row)
        return {item: row for item, (_, row) in rows.items()}

    def place(self, item: Item, head: int, end: int, layout: Layout) -> None:
        """Place the inputs and results in an item's rows, head … end - 1."""
        end = min(end, head + _TALLEST)
        block = [row for row in self.rows.values() if head <= row.row < end]
        layout.items[item.id] = Spot(self.sheet.sheet.name, Place(head, self.columns.title or 1))
        if item.section.head_rows:
            layout.result(layout.weighted, item.id, self.score(head))
        elif not item.head.takes:
            layout.result(layout.raw, item.id, self.score(head))
        if item.head.takes:
            self._place_single(item, head, block, layout)
        else:
            self._place_lines(item, block, layout)
        if item.unit_lines:
            self.place_units(item, block[1:], layout)
        self._place_sums(item, head, block, layout)

    def score(self, row: int) -> Spot:
        """The cell of a row that holds its points."""
        return Spot(self.sheet.sheet.name, self.sheet.top_left(row, self.columns.score))

    def _place_single(self, item: Item, head: int, block: Sequence[Row], layout: Layout) -> None:
        below = [row for row in block if row.row != head]
        if item.head.takes == "percent":
            rule = next((row for row in below if row.full is not None and not row.is_label), None)
            if rule is not None:
                layout.result(layout.raw, item.id, self.score(rule.row))
            self._place_percent(item.head, head, [row.row for row in block], layout)
        elif item.section.head_rows:
            full = [row.row for row in below if row.shows(item.head.full)]
            typed = [row.row for row in below if self._is_input(row.row)]
            for row in (full or typed)[:1]:
                self._place_input(item.head, row, layout)
        else:
            self._place_input(item.head, head, layout)

    def _place_lines(self, item: Item, block: Sequence[Row], layout: Layout) -> None:
        placed = match_lines(item.lines, block[1:])
        begins = sorted(placed.values())
        last = block[-1].row + 1
        for line in item.lines:
            if line.id not in placed:
                continue
            row = placed[line.id]
            if line.takes == "points":
                self._place_input(line, row, layout)
                continue
            layout.result(layout.raw, line.id, self.score(row))
            if line.takes == "percent":
                end = next((other for other in begins if other > row), last)
                self._place_percent(line, row, range(row, end), layout)

    def _place_percent(
        self, anchor: Anchor, first: int, rows: Iterable[int], layout: Layout
    ) -> None:
        """Place the input: the cell beside `percentage achieved`, else the first yellow cell."""
        labelled = [row for row in rows if row in self.sheet.percent_rows]
        free = [row for row in rows if row != first and self._is_input(row)]
        for row in (labelled or free)[:1]:
            self._place_input(anchor, row, layout)

    def _place_input(self, anchor: Anchor, row: int, layout: Layout) -> None:
        """Place the input in a row, and the counts beside it that it may be computed from."""
        layout.inputs[anchor.id] = self.score(row)
        for column, places in (
            (self.columns.numerator, layout.numerators),
            (self.columns.denominator, layout.denominators),
        ):
            if column:
                spot = Spot(self.sheet.sheet.name, self.sheet.top_left(row, column))
                layout.result(places, anchor.id, spot)

    def _is_input(self, row: int) -> bool:
        cell = self.sheet.at(row, self.columns.score)
        return cell.is_filled or (cell.value is not None and not cell.is_formula)

    def _place_sums(self, item: Item, head: int, block: Sequence[Row], layout: Layout) -> None:
        """Place the item's own result: its raw points are in the row of its full marks."""
        inputs = set(layout.inputs.values())
        for row in block:
            spot = self.score(row.row)
            if row.row == head or spot in inputs or item.head.takes:
                continue
            if row.row in self.sheet.sum_rows:
                layout.structure.add(spot)
            if row.shows(item.head.full) and spot not in layout.raw.values():
                layout.result(layout.raw, item.id, spot)

    def place_units(self, item: Item, rows: Sequence[Row], layout: Layout) -> None:
        """Place one column per unit, from the score column on, where any line is filled in."""
        known = layout.structure | set(layout.inputs.values())
        placed = match_lines(item.unit_lines, [r for r in rows if self.score(r.row) not in known])
        typed = {n.id: placed[n.id] for n in item.unit_lines if n.takes and n.id in placed}
        cells = self.sheet.cells
        used = {
            column
            for row in typed.values()
            for column, cell in cells[row].items()
            if column > self.columns.score and isinstance(cell.value, float)
        }
        columns = sorted({self.columns.score, *(used - self.columns.others)})
        for line, row in typed.items():
            spots = tuple(Spot(self.sheet.sheet.name, Place(row, column)) for column in columns)
            layout.unit_lines[line] = spots
            layout.structure |= set(spots)
