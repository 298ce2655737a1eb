"""Cache of layouts: files of one form share their words, and only inputs differ."""

from collections import deque
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Final, NamedTuple

from core.forms.cells.workbook import CellValue, Merge, Place, Sheet, Workbook
from core.forms.model.layout import Layout

_CACHED: Final = 32
_LARGEST: Final = 20_000
"""Cells of the largest workbook in the cache."""

_Frame = Mapping[Place, CellValue]


class _Shape(NamedTuple):
    """The content of a workbook outside of its inputs and its own results."""

    key: str
    sheets: tuple[tuple[str, bool, list[Merge], frozenset[Place], _Frame], ...]
    layout: Layout


_shapes: deque[_Shape] = deque(maxlen=_CACHED)
_lock = Lock()
"""Guards the list of shapes: files are read in several threads."""


def forget() -> None:
    """Empty the cache, to measure the cost of an unknown layout."""
    with _lock:
        _shapes.clear()


def layout_of(key: str, workbook: Workbook, find: Callable[[], Layout]) -> Layout:
    """The cached layout of a workbook that is equal outside of its inputs, else that of `find`.

    `key` is the form's id. Numbers, words and merged ranges must be equal cell by cell; values of
    formulas may differ.
    """
    with _lock:
        known = tuple(_shapes)
    for shape in known:
        if shape.key == key and _is_same(shape, workbook):
            return shape.layout
    layout = find()
    if layout.items and sum(len(sheet.cells) for sheet in workbook.sheets) <= _LARGEST:
        shape = _shape(key, workbook, layout)
        with _lock:
            _shapes.appendleft(shape)
    return layout


def _is_same(shape: _Shape, workbook: Workbook) -> bool:
    if len(shape.sheets) != len(workbook.sheets):
        return False
    return all(
        sheet.name == name
        and sheet.is_hidden == is_hidden
        and sheet.merges == merges
        and _frames(sheet, inputs, frame)
        for sheet, (name, is_hidden, merges, inputs, frame) in zip(
            workbook.sheets, shape.sheets, strict=True
        )
    )


def _frames(sheet: Sheet, inputs: frozenset[Place], frame: _Frame) -> bool:
    """Whether the cells of a sheet outside of its inputs are exactly those of `frame`."""
    seen = 0
    for place, cell in sheet.cells.items():
        value = None if cell.is_formula else cell.value
        if (value is not None or cell.is_formula) and place not in inputs:
            if place not in frame or frame[place] != value:
                return False
            seen += 1
    return seen == len(frame)


def _shape(key: str, workbook: Workbook, layout: Layout) -> _Shape:
    typed: dict[str, set[Place]] = {sheet.name: set() for sheet in workbook.sheets}
    units = (spot for spots in layout.unit_lines.values() for spot in spots)
    counts = (*layout.numerators.values(), *layout.denominators.values())
    for spot in (*layout.inputs.values(), *counts, *units, *layout.structure):
        typed[spot.sheet].add(spot.place)
    return _Shape(
        key,
        tuple(
            (
                sheet.name,
                sheet.is_hidden,
                sheet.merges,
                frozenset(typed[sheet.name]),
                _frame(sheet, typed[sheet.name]),
            )
            for sheet in workbook.sheets
        ),
        layout,
    )


def _frame(sheet: Sheet, typed: set[Place]) -> _Frame:
    return {
        place: None if cell.is_formula else cell.value
        for place, cell in sheet.cells.items()
        if (cell.value is not None or cell.is_formula) and place not in typed
    }
