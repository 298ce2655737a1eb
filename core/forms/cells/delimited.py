"""Reads tables kept as text: .csv and .tsv in the encodings and with the separators met here."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Final

from core.errors import WorkbookError
from core.forms.cells.container import STANDARD, Limits, Package
from core.forms.cells.workbook import Cell, Place, Sheet, Workbook

SHEET_NAME: Final = "CSV"
_SEPARATORS: Final = (",", ";", "\t", "|")
_SAMPLE_LINES: Final = 50
_SAMPLE_CHARACTERS: Final = 64 * 1024
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Empty fields cost a pointer each while their row is read, and nothing after.
_SEPARATORS_PER_CELL: Final = 3
_CONTROLS: Final = frozenset(map(chr, range(32))) - frozenset("\t\n\r\f")


def read_delimited(package: Package, limits: Limits = STANDARD) -> Workbook:
    """One sheet of text cells; empty fields are left out.

    Encoding: by byte order mark, else UTF-8, else Thai Windows (cp874, which holds TIS-620).
    `WorkbookError` F004 damaged, F006 no text at all, F010 too many cells.
    """
    text = _text(package.data)
    separator, body, skipped = _separator(text)
    most = limits.cells * _SEPARATORS_PER_CELL
    if text.count(separator) + text.count("\n") + text.count("\r") > most:
        raise WorkbookError("F010", limit=limits.cells)
    sheet = Sheet(SHEET_NAME)
    try:
        for row, fields in enumerate(_rows(body, separator), 1 + skipped):
            for column, field in enumerate(fields, 1):
                if field and not field.isspace():
                    sheet.cells[Place(row, column)] = Cell(field)
            if len(sheet.cells) > limits.cells:
                raise WorkbookError("F010", limit=limits.cells)
    except csv.Error as error:
        raise WorkbookError("F004") from error
    return Workbook([sheet])


def _text(data: bytes) -> str:
    marked = (encoding for mark, encoding in _MARKS if data.startswith(mark))
    for encoding in (*marked, "utf-8", "cp874"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROLS.isdisjoint(text[:_SAMPLE_CHARACTERS]):
            break
        return text
    raise WorkbookError("F006")


def _separator(text: str) -> tuple[str, str, int]:
    """What parts the fields, the text without a line that only says so, and how many such lines."""
    first, _, rest = text.partition("\n")
    if first.casefold().startswith("sep=") and len(first.strip("\r")) == 5:
        return first[4], rest, 1
    return max(_SEPARATORS, key=lambda separator: _evenness(text, separator)), text, 0


def _evenness(text: str, separator: str) -> tuple[float, int]:
    """How many of the first rows have as many fields as most have, and how many those are.

    The right separator makes rows of one length; a comma inside numbers makes uneven ones.
    """
    try:
        lengths = [
            len(fields)
            for fields in islice(_rows(text[:_SAMPLE_CHARACTERS], separator), _SAMPLE_LINES)
            if any(fields)
        ]
    except csv.Error:
        return 0, 0
    counted = Counter(length for length in lengths if length > 1)
    if not counted:
        return 0, 0
    length, rows = max(counted.items(), key=lambda item: (item[1], item[0]))
    return rows / len(lengths), length


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)
