"""Locates the input cells of an assessment form by the words around them.

No place is fixed: columns are recognised by their titles or their cells, and items by their titles,
even when moved, merged, retyped or without tone marks. What cannot be placed is reported.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from core.forms.assessment.columns import Columns, find_columns, headers, titled_columns
from core.forms.assessment.matrix import place_matrix
from core.forms.assessment.plan import Item
from core.forms.assessment.section_rows import SectionRows
from core.forms.assessment.sheet_rows import SheetRows
from core.forms.cells.workbook import Cell, Place, Sheet, Workbook
from core.forms.model.form import AssessmentForm, Section
from core.forms.model.layout import Layout, Spot
from core.forms.model.titles import PREFIX, likeness
from core.text import fold

_SEARCHED: Final = 30_000
"""Cells searched at most: a form has some two thousand, and titles are compared one by one."""


@dataclass
class _SheetLayout:
    """The layout of the form's items on one sheet."""

    sheet: Sheet
    rows: SheetRows
    layout: Layout

    def filled(self, item: Item) -> int:
        """Number of inputs of an item that are filled."""
        spots = (self.layout.inputs.get(line.id) for line in item.inputs)
        return sum(spot is not None and _is_typed(self.sheet.at(spot.place)) for spot in spots)

    def placed(self, item: Item) -> int:
        return sum(line.id in self.layout.inputs for line in item.inputs)


def locate(form: AssessmentForm, items: Sequence[Item], workbook: Workbook) -> Layout:
    """The layout of a workbook: on its visible sheets, else with the hidden ones."""
    sheets = _searched(workbook)
    visible = [sheet for sheet in sheets if not sheet.is_hidden]
    return _locate(form, items, visible) or _locate(form, items, sheets) or Layout()


def _searched(workbook: Workbook) -> list[Sheet]:
    """The sheets in order, without the largest, which are tables of another kind."""
    sizes = [sum(c.value is not None for c in sheet.cells.values()) for sheet in workbook.sheets]
    left, long = _SEARCHED, set()
    for number in sorted(range(len(sizes)), key=sizes.__getitem__):
        left -= sizes[number]
        if left < 0:
            long.add(number)
    return [sheet for number, sheet in enumerate(workbook.sheets) if number not in long]


def _locate(form: AssessmentForm, items: Sequence[Item], sheets: Iterable[Sheet]) -> Layout | None:
    sheet_layouts = [_on_sheet(form, items, sheet) for sheet in sheets]
    layout = Layout()
    for item in items:
        _take_fullest(item, sheet_layouts, layout)
    if not layout.items:
        return None
    _take_matrices(form, items, sheet_layouts, layout)
    _take_units(items, sheet_layouts, layout)
    for one in sheet_layouts:
        layout.structure |= one.layout.structure
        for own, theirs in ((layout.totals, one.layout.totals), (layout.scores, one.layout.scores)):
            own.update({key: spot for key, spot in theirs.items() if key not in own})
    layout.strays = tuple(_strays(layout, sheet_layouts))
    return layout


def _on_sheet(form: AssessmentForm, items: Sequence[Item], sheet: Sheet) -> _SheetLayout:
    rows, layout = SheetRows(form, sheet), Layout()
    known = headers(rows)
    heads: dict[str, tuple[SectionRows, int]] = {}
    members = [tuple(own) for _, own in groupby(items, key=lambda item: item.section.id)]
    sure_columns = [find_columns(rows, own, known) for own in members]
    # A section without an exact title shares the columns of another.
    shared = next(filter(None, sure_columns), None) or titled_columns(rows, known)
    titles = frozenset[str]().union(*(item.titles for item in items))
    read: dict[Columns, SectionRows] = {}
    for own, sure in zip(members, sure_columns, strict=True):
        if columns := sure or shared:
            if columns not in read:
                read[columns] = SectionRows(rows, columns, titles)
            section = read[columns]
            heads |= {item: (section, row) for item, row in section.heads(own).items()}
            _place_total(own[0].section, section, layout)
    for item in items:
        if item.id in heads:
            section, head = heads[item.id]
            end = min((r for _, r in heads.values() if r > head), default=rows.last_row + 1)
            section.place(item, head, end, layout)
    return _SheetLayout(sheet, rows, layout)


def _place_total(section: Section, rows: SectionRows, layout: Layout) -> None:
    """Place a section's score and, in the row below, its sum; pages may repeat both."""
    labels = [fold(section.total_label.th), fold(section.total_label.en)]
    for row in rows.rows.values():
        if any(likeness(label, word) >= PREFIX for label in labels for word in row.words):
            layout.result(layout.scores, section.group, rows.score(row.row))
            if row.row + 1 in rows.sheet.sum_rows:
                layout.result(layout.totals, section.group, rows.score(row.row + 1))


def _take_fullest(item: Item, sheets: Sequence[_SheetLayout], layout: Layout) -> None:
    """Take the copy of an item with most filled inputs; of equals the most complete, or first."""
    copies = [one for one in sheets if item.id in one.layout.items]
    if not copies:
        return
    chosen = max(copies, key=lambda one: (one.filled(item), one.placed(item)))
    nodes = {item.id, *(line.id for line in (*item.lines, *item.unit_lines))}
    layout.take(chosen.layout, nodes)
    others = [one for one in copies if one is not chosen and one.filled(item)]
    if others:
        layout.repeated[item.id] = others[0].layout.items[item.id]


def _take_matrices(
    form: AssessmentForm,
    items: Sequence[Item],
    sheets: Sequence[_SheetLayout],
    layout: Layout,
) -> None:
    """Place items that are mostly missing so far from tables of their own."""
    by_id = {item.id: item for item in items}
    for matrix in form.matrices:
        item = by_id.get(matrix.item)
        if item and 2 * sum(line.id in layout.inputs for line in item.inputs) < len(item.inputs):
            for one in sheets:
                if place_matrix(one.rows, matrix, item, layout):
                    layout.items.setdefault(item.id, layout.inputs[item.inputs[0].id])
                    break


def _take_units(items: Sequence[Item], sheets: Sequence[_SheetLayout], layout: Layout) -> None:
    """Place checklists of units from sheets of their own."""
    for item in (item for item in items if item.unit_lines and item.id in layout.items):
        if any(line.id in layout.unit_lines for line in item.unit_lines):
            continue
        lines = replace(item, lines=item.unit_lines)
        for one in sheets:
            columns = find_columns(one.rows, (lines,), headers(one.rows))
            if columns and columns.score:
                section = SectionRows(one.rows, columns)
                section.place_units(item, tuple(section.rows.values()), layout)


def _is_typed(cell: Cell) -> bool:
    return cell.value is not None or cell.is_error or cell.is_formula


def _strays(layout: Layout, sheets: Sequence[_SheetLayout]) -> Iterator[Spot]:
    """Cells with a typed figure in an input column that belong to no item."""
    known = layout.structure | set(layout.inputs.values())
    columns: dict[str, dict[int, int]] = {}
    for spot in layout.inputs.values():
        rows = columns.setdefault(spot.sheet, {})
        rows[spot.place.column] = min(spot.place.row, rows.get(spot.place.column, spot.place.row))
    for one in (one for one in sheets if one.sheet.name in columns):
        for place, cell in _placed_in(one.sheet, columns[one.sheet.name]):
            if Spot(one.sheet.name, place) not in known and _looks_typed(cell):
                yield Spot(one.sheet.name, place)


def _placed_in(sheet: Sheet, columns: Mapping[int, int]) -> Iterator[tuple[Place, Cell]]:
    """Cells of a sheet below the first row of their column; `columns`: column -> first row."""
    for place, cell in sheet.cells.items():
        if place.row >= columns.get(place.column, place.row + 1):
            yield place, cell


def _looks_typed(cell: Cell) -> bool:
    typed = not cell.is_formula and not isinstance(cell.value, str)
    return cell.value is not None and (typed or cell.is_filled)
