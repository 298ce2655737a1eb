"""Reads tables kept as text: .csv and .tsv in the encodings and with the separators met here."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, takewhile
from typing import Final

from core.errors import WorkbookError
from core.forms.cells.container import STANDARD, Limits, Package
from core.forms.cells.encoding import LOST, decoded
from core.forms.cells.text.separators import separator_of
from core.forms.cells.text.sheet import TextSheet
from core.forms.cells.text.table import text_table
from core.forms.cells.workbook import Loss, Place, Workbook

SHEET_NAME: Final = "CSV"
# Empty fields cost a pointer each while their row is read, and nothing after.
_SEPARATORS_PER_CELL: Final = 3
_LOST_THAI: Final = re.compile(r"[?\s.()/_-]*\?{3}[?\s.()/_-]*")
_TOP: Final = 20
_SHOWN: Final = 40
_END_OF_FILE: Final = "\x1a"


def read_delimited(package: Package, limits: Limits = STANDARD) -> Workbook:
    """One sheet of text cells; empty fields are left out.

    Encoding: by byte order mark, by where zeros stand, else UTF-8, else Thai Windows (cp874, which
    holds TIS-620). `WorkbookError` F004 damaged, F010 too many cells.
    """
    text, lost = decoded(package.data)
    separator, body, skipped = separator_of(text.rstrip(_END_OF_FILE + "\x00\r\n "))
    most = limits.cells * _SEPARATORS_PER_CELL
    if text.count(separator) + text.count("\n") + text.count("\r") > most:
        raise WorkbookError("F010", limit=limits.cells)
    try:
        table = text_table(body, separator)
    except csv.Error as error:
        raise WorkbookError("F004") from error
    if sum(table.lengths) > limits.cells and _filled(table.rows) > limits.cells:
        raise WorkbookError("F010", limit=limits.cells)
    sheet = TextSheet(SHEET_NAME, table, 1 + skipped)
    return Workbook([sheet], losses=_losses(sheet, lost))


def _filled(fields: Iterable[Sequence[str]]) -> int:
    """How many fields say something."""
    return sum(sum(map(bool, map(str.strip, row))) for row in fields)


def _losses(sheet: TextSheet, lost: int) -> list[Loss]:
    """What was lost of the letters: bytes that mean nothing here, Thai ones before it was saved."""
    losses = []
    if lost:
        spoiled = ((place, text) for place, text in _texts(sheet) if LOST in text)
        losses += [Loss("W018", sheet.name, p.name, t[:_SHOWN]) for p, t in islice(spoiled, 1)]
    top = takewhile(lambda one: one[0].row <= _TOP, _texts(sheet))
    lost_thai = ((place, text) for place, text in top if _LOST_THAI.fullmatch(text))
    losses += [Loss("W019", sheet.name, p.name, t[:_SHOWN]) for p, t in islice(lost_thai, 1)]
    return losses


def _texts(sheet: TextSheet) -> Iterator[tuple[Place, str]]:
    """Every text that is no blank, row by row."""
    for row, cells in sheet.rows.items():
        for column, cell in cells.items():
            yield Place(row, column), str(cell.value)
