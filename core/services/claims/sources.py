"""Files of claims as tables of cells: text with any separator, Excel, Parquet; not judged yet."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import PurePath
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from core.errors import WorkbookError
from core.forms.cells.container import MEGABYTE, Limits
from core.forms.cells.encoding import decoded
from core.forms.cells.open import read_workbook
from core.forms.cells.workbook import Cell, Place, Sheet
from core.forms.table.moments import day_of

Value = str | float | date | None
TEXTS: Final = (".csv", ".txt", ".tsv")
MOST_BYTES: Final = 200 * MEGABYTE
_WORKBOOK: Final = Limits(file_bytes=60 * MEGABYTE, cells=6_000_000, unzipped_bytes=600 * MEGABYTE)
_HEAD_ROWS: Final = 40
_SEPARATORS: Final = "|,\t;"
_PARQUET: Final = b"PAR1"


@dataclass(frozen=True)
class Grid:
    """A table of cells: `rows[0]` is row `first` of its sheet; rows may be of different lengths.

    `text`: whether it was text, where a row with another number of fields has shifted columns.
    """

    sheet: str
    rows: Sequence[Sequence[Value]]
    first: int = 1
    text: bool = False


def grids(data: bytes, name: str) -> list[Grid]:
    """The tables of a file; `WorkbookError` where it is none that can be read.

    F050: XML of a fund's own program. F051: larger than may be. F052: damaged Parquet.
    """
    if len(data) > MOST_BYTES:
        raise WorkbookError("F051", size=f"{len(data) / MEGABYTE:,.0f}")
    if is_xml(data, name):
        raise WorkbookError("F050", file=PurePath(name).name)
    if data.startswith(_PARQUET):
        return [_of_parquet(data)]
    if PurePath(name).suffix.casefold() in TEXTS:
        return [_of_text(data)]
    workbook, _package = read_workbook(data, name, _WORKBOOK)
    return [_of_sheet(sheet) for sheet in workbook.sheets if not sheet.is_blank]


def is_xml(data: bytes, name: str) -> bool:
    """Whether a file is XML, as CSOP, SSOP, CIPN and AIPN are."""
    return name.casefold().endswith(".xml") or data[:200].lstrip(b"\xef\xbb\xbf \r\n").startswith(
        b"<?xml"
    )


def _of_text(data: bytes) -> Grid:
    text = decoded(data).text
    separator = max(_SEPARATORS, key=text[: 1 << 14].count)
    return Grid("", list(csv.reader(io.StringIO(text, newline=""), delimiter=separator)), text=True)


def _of_parquet(data: bytes) -> Grid:
    try:
        table = pq.read_table(pa.BufferReader(data))
    except pa.ArrowException as error:
        raise WorkbookError("F052", reason=str(error)[:200]) from error
    columns = [_plain(table[name]) for name in table.column_names]
    return Grid("", [table.column_names, *zip(*columns, strict=True)])


def _plain(column: pa.ChunkedArray) -> list[Value]:
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.date32(), safe=False)
    if pa.types.is_decimal(column.type) or pa.types.is_integer(column.type):
        return [None if one is None else float(one) for one in column.to_pylist()]
    return list(column.to_pylist())


def _of_sheet(sheet: Sheet) -> Grid:
    """A sheet with the words of merged titles in each of their columns."""
    last = max((place.column for place in sheet.cells), default=0)
    return Grid(sheet.name, list(_sheet_rows(sheet, last)))


def _sheet_rows(sheet: Sheet, last: int) -> Iterator[Sequence[Value]]:
    rows = sheet.rows
    for number in range(1, sheet.last_row + 1):
        if number <= _HEAD_ROWS:
            cells = [sheet.at(Place(number, column)) for column in range(1, last + 1)]
            yield [_value(cell) for cell in cells]
            continue
        here = rows.get(number, {})
        yield [_value(here[column]) if column in here else None for column in range(1, last + 1)]


def _value(cell: Cell) -> Value:
    if cell.is_error or cell.value is None:
        return None
    if cell.is_date:
        return day_of(cell) or _time(cell)
    if isinstance(cell.value, bool):
        return str(cell.value)
    return cell.value


def _time(cell: Cell) -> Value:
    """A time of day; of no use, and no number either."""
    return str(timedelta(days=cell.value)) if isinstance(cell.value, float) else None
