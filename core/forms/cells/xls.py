"""Reads old .xls workbooks without trusting them.

olefile takes the workbook stream out of its container, xlrd reads it. Before that the stream is
walked once: its cells are counted, and every record no reader of ours needs is blanked, so that
nothing else of it is ever looked at. Docs: [MS-XLS].
"""

import io
import struct
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import olefile
import xlrd

from core.errors import WorkbookError
from core.forms.cells.container import STANDARD, Limits, Package
from core.forms.cells.number_format import Formats, built_in, formats_of
from core.forms.cells.other_kinds import refuse_container
from core.forms.cells.protection import without_default_password
from core.forms.cells.workbook import Cell, CellValue, Merge, Place, Sheet, Workbook

_STREAMS: Final = ("workbook", "book")
_BOF, _EOF, _BOUNDSHEET, _PASSWORD, _SST = 0x0809, 0x000A, 0x0085, 0x002F, 0x00FC
_FORMULA, _SHARED_TEXT, _ROW, _COLUMNS = 0x0006, 0x00FD, 0x0208, 0x007D
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
    try:
        return _read(package.data, limits)
    except WorkbookError as error:
        if error.code != "F005":
            raise
    return _read(without_default_password(package.data), limits)


def _read(data: bytes, limits: Limits) -> Workbook:
    stream = _stream(data)
    walk = _Walk(stream, limits)
    walk.check()
    try:
        book = xlrd.book.open_workbook_xls(
            file_contents=bytes(stream),
            logfile=io.StringIO(),
            formatting_info=True,
            on_demand=True,
            ragged_rows=True,
        )
        return Workbook([_sheet(book, number, walk) for number in range(book.nsheets)])
    except Exception as error:
        raise WorkbookError("F004") from error


def _stream(data: bytes) -> bytearray:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            streams = {path[0].casefold(): path for path in container.listdir() if len(path) == 1}
            for name in _STREAMS:
                if name in streams:
                    return bytearray(container.openstream(streams[name]).read())
    except Exception as error:
        raise WorkbookError("F004") from error
    raise refuse_container(data.lower())


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
    begin: int = -1
    """Where the sheet being walked begins; the next three go by it."""
    hidden_rows: dict[int, set[int]] = field(default_factory=dict)
    hidden_columns: dict[int, set[int]] = field(default_factory=dict)
    formulas: dict[int, set[Place]] = field(default_factory=dict)
    texts: int = -1
    """Where the number of shared texts stands."""
    last_text: int = -1

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
        if self.texts >= 0:  # Some writers count wrongly; the reader believes them.
            struct.pack_into("<i", self.stream, self.texts, self.last_text + 1)

    def _take(self, record: _Record) -> None:
        kind = record.kind
        if kind in _ONE_CELL:
            self._count(record, 0)
            self._note(record)
        elif kind == _MULTIPLE_NUMBERS:
            self._count(record, max(0, (record.length - 6) // 6 - 1))
        elif kind in _COSTLY or kind in _HARMLESS or kind == _PASSWORD:
            self._take_other(record)
        else:
            if kind in (_ROW, _COLUMNS):
                self._hide(record)
            self.stream[record.position : record.position + 2] = _BLANKED

    def _note(self, record: _Record) -> None:
        """What the reader does not tell of a cell: whether it is a formula."""
        start = record.position + 4
        if record.kind == _FORMULA:
            row, column = struct.unpack_from("<HH", self.stream, start)
            self.formulas.setdefault(self.begin, set()).add(Place(row + 1, column + 1))
        elif record.kind == _SHARED_TEXT and record.length >= 10:
            self.last_text = max(self.last_text, self._number("<i", start + 6))

    def _hide(self, record: _Record) -> None:
        start = record.position + 4
        if record.kind == _ROW and record.length >= 16:
            if self._number("<H", start + 12) & 0x20:
                self.hidden_rows.setdefault(self.begin, set()).add(self._number("<H", start) + 1)
        elif record.kind == _COLUMNS and record.length >= 10 and self._number("<H", start + 8) & 1:
            first, last = struct.unpack_from("<HH", self.stream, start)
            columns = range(first + 1, min(last, 255) + 2)
            self.hidden_columns.setdefault(self.begin, set()).update(columns)

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
        elif kind == _SST and record.length >= 8:
            if self._number("<i", start + 4) > self.limits.cells:
                raise WorkbookError("F010", limit=self.limits.cells)
            self.texts = start + 4

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
            self.begin = record.position
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


def _sheet(book: Any, number: int, walk: "_Walk") -> Sheet:
    source = book.sheet_by_index(number)
    begin = walk.sheets[number] if number < len(walk.sheets) else -1
    sheet = Sheet(
        source.name,
        is_hidden=bool(source.visibility),
        hidden_rows=walk.hidden_rows.get(begin, set()),
        hidden_columns=walk.hidden_columns.get(begin, set()),
    )
    styles = [_style(book, xf) for xf in book.xf_list]
    formulas = walk.formulas.get(begin, set())
    for row in range(source.nrows):
        values = source.row_values(row)
        for column, kind in enumerate(source.row_types(row)):
            if kind not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                formats, filled = styles[source.cell_xf_index(row, column)]
                place = Place(row + 1, column + 1)
                is_formula = place in formulas
                value = _value(kind, values[column], is_formula)
                shows = formats.of(value) if isinstance(value, float) else formats.first
                is_error = kind == xlrd.XL_CELL_ERROR
                is_percent = shows.kind == "percent"
                sheet.cells[place] = Cell(
                    value, is_error, is_percent, shows.is_date, is_formula, filled, shows
                )
    sheet.merges.extend(
        Merge(Place(top + 1, left + 1), Place(bottom, right))
        for top, bottom, left, right in source.merged_cells
    )
    book.unload_sheet(number)
    return sheet


def _style(book: Any, xf: Any) -> tuple[Formats, bool]:
    """Number format, filled."""
    known = book.format_map.get(xf.format_key)
    formats = formats_of(known.format_str) if known else built_in(xf.format_key)
    fill = xf.background
    filled = fill.fill_pattern == _SOLID and fill.pattern_colour_index not in _WHITE
    return formats, filled


def _value(kind: int, raw: Any, is_formula: bool) -> CellValue:
    if kind == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(raw, raw))
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(raw)
    if kind == xlrd.XL_CELL_TEXT:
        return str(raw) or ("" if is_formula else None)
    return float(raw)
