"""The returned copy: the workbook that was sent in, every problem marked where it stands.

Problem cells are coloured and carry a comment; a sheet in front lists everything. Macros, links to
other files and pictures in unusual formats are left out; a file that cannot be carried over, or is
too large for it, comes back as the list alone.
"""

import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from core.errors import WorkbookError
from core.forms.cells.container import Package
from core.forms.cells.open import read_workbook
from core.forms.cells.workbook import Workbook, place_of
from core.forms.marked.cells import mark_cells, unmark
from core.forms.marked.formula_results import with_results
from core.forms.marked.summary import write_summary
from core.forms.marked.value_copy import value_copy
from core.forms.model.issues import CellIssue
from core.forms.model.sheet_style import saved
from core.text import Language, Text, say

MOST_CELLS: Final = 200_000
"""Cells of a workbook that is still carried over; more would cost too much memory and time."""
_MOST_OTHER_BYTES: Final = 16 * 1024 * 1024
_COUNTED: Final = re.compile(rb"<(?:\w+:)?(?:c|row|col)[ >/]")
_LINKED: Final = re.compile(rb'<(?:\w+:)?hyperlink\b[^>]*\bref="([A-Za-z]+\d+):([A-Za-z]+\d+)"')
_PICTURES: Final = frozenset({"gif", "jpeg", "png"})


@dataclass(frozen=True)
class _Copy:
    """A workbook ready to be marked; its sheets by the name they have in the file."""

    book: Any
    sheets: Mapping[str, Worksheet]
    note: Text | None = None


def mark_copy(
    data: bytes, issues: Sequence[CellIssue], language: Language = "th", *, name: str = ""
) -> bytes:
    """A workbook with its problems marked, always as .xlsx.

    `name` only tells a text table. Never raises for what the file contains: one that cannot be
    read, or holds more than `MOST_CELLS` cells, gives the list of problems alone.
    """
    try:
        cells, package = read_workbook(data, name)
    except WorkbookError:
        return _listed(issues, language)
    for make in _ways(cells, package):
        try:
            return _marked(make, cells, issues, language)
        except WorkbookError:
            continue
    return _listed(issues, language)


def _ways(cells: Workbook, package: Package) -> Iterator[Callable[[], _Copy]]:
    """How a workbook can be carried over, the most faithful way first."""
    if package.kind == "xlsx" and _fits(cells, package):
        yield lambda: _loaded(package)
    if sum(len(sheet.cells) for sheet in cells.sheets) <= MOST_CELLS:
        yield lambda: _copied(cells)


def _fits(cells: Workbook, package: Package) -> bool:
    """Whether openpyxl can load a workbook within bounds: it unfolds ranges that cost one line."""
    merged = sum(_area(*merge) for sheet in cells.sheets for merge in sheet.merges)
    count, others = merged, 0
    for name, member in package.members.items():
        if name in package.sheet_parts:
            for chunk in package.chunks(name):
                count += len(_COUNTED.findall(chunk))
                count += sum(_linked(match) for match in _LINKED.finditer(chunk))
        elif name.endswith(".xml"):
            others += member.file_size
    return count <= MOST_CELLS and others <= _MOST_OTHER_BYTES


def _linked(match: re.Match[bytes]) -> int:
    return _area(place_of(match[1].decode()), place_of(match[2].decode()))


def _area(first: tuple[int, int], last: tuple[int, int]) -> int:
    return (abs(last[0] - first[0]) + 1) * (abs(last[1] - first[1]) + 1)


def _loaded(package: Package) -> _Copy:
    book = openpyxl.load_workbook(io.BytesIO(package.data), rich_text=True, keep_links=False)
    for sheet in book.worksheets:
        # Others would be unpacked to be converted.
        sheet._images = [image for image in sheet._images if image.format in _PICTURES]
    note = say("Macros were left out of this copy.") if package.has_macros else None
    return _Copy(book, {sheet.title: sheet for sheet in book.worksheets}, note)


def _copied(cells: Workbook) -> _Copy:
    book, sheets = value_copy(cells)
    return _Copy(book, sheets, say("This copy holds the values of the cells, not their looks."))


def _marked(
    make: Callable[[], _Copy], cells: Workbook, issues: Sequence[CellIssue], language: Language
) -> bytes:
    """A marked copy made in one way; `WorkbookError` when that way does not work."""
    try:
        copy = make()
        unmark(copy.book)
        mark_cells(copy.book, copy.sheets, issues, language)
        write_summary(copy.book, issues, language, note=copy.note, sheets=copy.sheets)
        # To our reader a 0 in a workbook still to be calculated is no result.
        copy.book.calculation.fullCalcOnLoad = not _is_calculated(cells)
        data = saved(copy.book)
        paths = {name: sheet.path.lstrip("/") for name, sheet in copy.sheets.items()}
        return with_results(data, cells, paths)
    except Exception as error:  # openpyxl has no common class for what it cannot carry over
        raise WorkbookError("F004") from error


def _is_calculated(cells: Workbook) -> bool:
    """Whether every formula has a result."""
    everything = (cell for sheet in cells.sheets for cell in sheet.cells.values())
    return not any(cell.is_formula and cell.value is None for cell in everything)


def _listed(issues: Sequence[CellIssue], language: Language) -> bytes:
    """The list of problems without the workbook."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    note = say("The file itself could not be copied; this is the list of its problems.")
    write_summary(book, issues, language, note=note, sheets={})
    return saved(book)
