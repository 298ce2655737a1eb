"""Reads old .xls workbooks without trusting them.

olefile takes the workbook stream out of its container, xlrd reads it. Before that the stream is
walked once: its cells are counted, and every record no reader of ours needs is blanked, so that
nothing else of it is ever looked at. Docs: [MS-XLS].
"""

import io
import re
import struct
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import olefile
import xlrd

from core.errors import WorkbookError
from core.forms.cells.container import STANDARD, Limits, Package
from core.forms.cells.workbook import Cell, CellValue, Merge, Place, Sheet, Workbook

_STREAMS: Final = ("Workbook", "Book")
_BOF, _EOF, _BOUNDSHEET, _PASSWORD, _SST = 0x0809, 0x000A, 0x0085, 0x002F, 0x00FC
_MULTIPLE_NUMBERS: Final = 0x00BD
_ONE_CELL: Final = frozenset(
    {0x0006, 0x0203, 0x0204, 0x0205, 0x0206, 0x027E, 0x00D6, 0x00FD, 0x0406}
)
# Texts and ranges of formulas, continued texts, code page, date mode.
_HARMLESS: Final = frozenset(
    {_BOF, _EOF, _SST, 0x003C, 0x0207, 0x0021, 0x0221, 0x0236, 0x04BC, 0x0042, 0x0022}
)
# Number formats, cell styles, merged ranges: few in an honest file, costly in any.
_COSTLY: Final = {0x041E: 5_000, 0x00E0: 5_000, 0x00E5: 1_000, _BOUNDSHEET: 1_000}
_BLANKED: Final = b"\xef\xbe"
_QUOTED: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_SOLID: Final = 1
_WHITE: Final = frozenset({1, 9, 65})


class _Record(NamedTuple):
    position: int
    kind: int
    length: int


def read_xls(package: Package, limits: Limits = STANDARD) -> Workbook:
    """Every sheet's cells; defined names are not read.

    A formula's value is the one saved with it. `WorkbookError` F004 damaged, F005 password,
    F009 too many sheets, F010 too many cells (empty ones before a row's last count).
    """
    stream = _stream(package.data)
    _Walk(stream, limits).check()
    try:
        book = xlrd.book.open_workbook_xls(
            file_contents=bytes(stream),
            logfile=io.StringIO(),
            formatting_info=True,
            on_demand=True,
            ragged_rows=True,
        )
        return Workbook([_sheet(book, number) for number in range(book.nsheets)])
    except Exception as error:
        raise WorkbookError("F004") from error


def _stream(data: bytes) -> bytearray:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            for name in _STREAMS:
                if container.exists(name):
                    return bytearray(container.openstream(name).read())
    except Exception as error:
        raise WorkbookError("F004") from error
    raise WorkbookError("F008")


def _records(stream: bytearray) -> Iterator[_Record]:
    position = 0
    while position + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, position)
        if position + 4 + length > len(stream):
            return
        yield _Record(position, kind, length)
        position += 4 + length


@dataclass
class _Walk:
    """One pass over the records: counts what costs, blanks what is not needed."""

    stream: bytearray
    limits: Limits
    counts: Counter[int] = field(default_factory=Counter)
    widths: dict[int, int] = field(default_factory=dict)
    """Row of the sheet being walked -> its cells up to the last used one."""
    cells: int = 0
    depth: int = 0
    begins: set[int] = field(default_factory=set)
    """Where sheets may begin: outside of one another, or one cell would be read many times."""
    sheets: list[int] = field(default_factory=list)

    def check(self) -> None:
        for record in _records(self.stream):
            self._take(record)
        self._end_sheet()
        if not self.begins or len(set(self.sheets)) != len(self.sheets):
            raise WorkbookError("F004")  # nothing, or one sheet offered many times
        if not self.begins.issuperset(self.sheets):
            raise WorkbookError("F004")
        if len(self.sheets) > self.limits.sheets:
            raise WorkbookError("F009", limit=self.limits.sheets)

    def _take(self, record: _Record) -> None:
        kind = record.kind
        if kind in _ONE_CELL:
            self._count(record, 0)
        elif kind == _MULTIPLE_NUMBERS:
            self._count(record, max(0, (record.length - 6) // 6 - 1))
        elif kind in _COSTLY or kind in _HARMLESS or kind == _PASSWORD:
            self._take_other(record)
        else:
            self.stream[record.position : record.position + 2] = _BLANKED

    def _take_other(self, record: _Record) -> None:
        kind, start = record.kind, record.position + 4
        self.counts[kind] += 1
        if kind == _PASSWORD:
            raise WorkbookError("F005")
        if self.counts[kind] > _COSTLY.get(kind, self.limits.cells):
            raise WorkbookError("F010", limit=self.limits.cells)
        if kind == _BOF:
            self._begin(record)
        elif kind == _EOF:
            self.depth = max(0, self.depth - 1)
        elif kind == _BOUNDSHEET and record.length >= 4:
            self.sheets.append(self._number("<I", start))
        elif (
            kind == _SST
            and record.length >= 8
            and self._number("<i", start + 4) > self.limits.cells
        ):
            raise WorkbookError("F010", limit=self.limits.cells)

    def _count(self, record: _Record, more: int) -> None:
        if record.length < 4:
            raise WorkbookError("F004")
        row, column = struct.unpack_from("<HH", self.stream, record.position + 4)
        before = self.widths.get(row, 0)
        width = max(before, column + more + 1)
        self.widths[row] = width
        # A cell typed over many times costs its time each time.
        self.cells += max(1, width - before)
        self._check_cells()

    def _begin(self, record: _Record) -> None:
        self._end_sheet()
        if not self.depth:
            self.begins.add(record.position)
        self.depth += 1

    def _end_sheet(self) -> None:
        self.cells += max(self.widths, default=-1) + 1
        self.widths.clear()
        self._check_cells()

    def _check_cells(self) -> None:
        if self.cells > self.limits.cells:
            raise WorkbookError("F010", limit=self.limits.cells)

    def _number(self, shape: str, position: int) -> int:
        number: int = struct.unpack_from(shape, self.stream, position)[0]
        return number


def _sheet(book: Any, number: int) -> Sheet:
    source = book.sheet_by_index(number)
    sheet = Sheet(source.name, is_hidden=bool(source.visibility))
    styles = [_style(book, xf) for xf in book.xf_list]
    for row in range(source.nrows):
        values = source.row_values(row)
        for column, kind in enumerate(source.row_types(row)):
            if kind not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                percent, filled = styles[source.cell_xf_index(row, column)]
                sheet.cells[Place(row + 1, column + 1)] = Cell(
                    _value(kind, values[column]),
                    is_error=kind == xlrd.XL_CELL_ERROR,
                    is_percent=percent,
                    is_date=kind == xlrd.XL_CELL_DATE,
                    is_filled=filled,
                )
    sheet.merges.extend(
        Merge(Place(top + 1, left + 1), Place(bottom, right))
        for top, bottom, left, right in source.merged_cells
    )
    book.unload_sheet(number)
    return sheet


def _style(book: Any, xf: Any) -> tuple[bool, bool]:
    """Percent, filled."""
    code = _QUOTED.sub("", book.format_map[xf.format_key].format_str)
    fill = xf.background
    filled = fill.fill_pattern == _SOLID and fill.pattern_colour_index not in _WHITE
    return "%" in code, filled


def _value(kind: int, raw: Any) -> CellValue:
    if kind == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(raw, raw))
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(raw)
    return str(raw) or None if kind == xlrd.XL_CELL_TEXT else float(raw)
