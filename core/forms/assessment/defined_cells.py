"""Locates the cells of a workbook made from our own blank form by its defined names."""

from collections.abc import Sequence
from typing import Final

from core.forms.assessment.plan import Item
from core.forms.cells.workbook import Sheet, Workbook
from core.forms.model.identity import IDENTITY_SHEET, Role, parse_name
from core.forms.model.layout import Layout, Spot

_ENOUGH: Final = 0.5
_LONG: Final = 12
"""Letters of words that no other sheet has by chance."""


def layout_from_names(workbook: Workbook, items: Sequence[Item]) -> Layout | None:
    """The layout by defined names; None when fewer than half of the inputs still have one.

    Inputs without a name (of a deleted row) are reported as missing, like any other line.
    """
    layout = Layout()
    units: dict[str, dict[int, Spot]] = {}
    places: dict[Role, dict[str, Spot]] = {
        "input": layout.inputs,
        "numerator": layout.numerators,
        "denominator": layout.denominators,
        "weighted": layout.weighted,
        "raw": layout.raw,
        "total": layout.totals,
        "score": layout.scores,
        "spoke": layout.spokes,
    }
    for name, (sheet, place) in workbook.names.items():
        label = parse_name(name)
        held = workbook.sheet(sheet)
        if label is None or held is None:
            continue
        spot = Spot(sheet, held.top_left(place))
        if label.role == "unit":
            units.setdefault(label.id, {})[label.unit] = spot
        else:
            places[label.role][label.id] = spot
    _take_units(layout, units)
    _take_items(layout, items)
    wanted = [line.id for item in items for line in item.inputs]
    known = sum(line in layout.inputs for line in wanted)
    if known < _ENOUGH * len(wanted):
        return None
    _note_copies(layout, items, workbook)
    return layout


def _note_copies(layout: Layout, items: Sequence[Item], workbook: Workbook) -> None:
    """Note the items of sheets that stand in the workbook once more, filled in as well.

    Names stay with the first: what was typed into the copy would be lost without a word.
    """
    spots = (*layout.inputs.values(), *(s for spots in layout.unit_lines.values() for s in spots))
    own_names = {spot.sheet for spot in spots}
    others = [one for one in workbook.sheets if one.name not in {*own_names, IDENTITY_SHEET}]
    for other in others:
        for name in own_names:
            own = [spot for spot in spots if spot.sheet == name]
            sheet = workbook.sheet(name)
            if sheet and _is_copy(other, sheet) and _is_filled(other, own):
                for item in items:
                    if item.id in layout.items and layout.items[item.id].sheet == name:
                        layout.repeated[item.id] = Spot(other.name, layout.items[item.id].place)


def _is_copy(other: Sheet, sheet: Sheet) -> bool:
    """Whether a sheet has most long words of another."""
    words, theirs = (
        {text for text in one.folded.values() if len(text) >= _LONG} for one in (sheet, other)
    )
    return len(words & theirs) >= max(1, _ENOUGH * len(words))


def _is_filled(sheet: Sheet, spots: Sequence[Spot]) -> bool:
    """Whether a number was typed into a column in which the form has its inputs."""
    columns = {spot.place.column for spot in spots}
    return any(
        isinstance(cell.value, float) and not cell.is_formula
        for place, cell in sheet.cells.items()
        if place.column in columns
    )


def _take_units(layout: Layout, units: dict[str, dict[int, Spot]]) -> None:
    for line, spots in units.items():
        layout.unit_lines[line] = tuple(spots[unit] for unit in sorted(spots))


def _take_items(layout: Layout, items: Sequence[Item]) -> None:
    for item in items:
        cells = [layout.inputs[line.id] for line in item.inputs if line.id in layout.inputs]
        if cells:
            layout.items[item.id] = layout.weighted.get(item.id, cells[0])
    for places in (layout.weighted, layout.raw, layout.totals, layout.scores, layout.spokes):
        layout.structure |= set(places.values())
    for places in (layout.numerators, layout.denominators):
        layout.structure |= set(places.values())
    layout.structure |= {spot for spots in layout.unit_lines.values() for spot in spots}
