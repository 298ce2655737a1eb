"""Reads tables kept as text: .csv and .tsv in the encodings and with the separators met here."""

import csv
import re
from typing import Final

from core.errors import WorkbookError
from core.forms.cells.container import STANDARD, Limits, Package
from core.forms.cells.encoding import LOST, decoded
from core.forms.cells.separators import rows_of, separator_of
from core.forms.cells.workbook import Cell, Loss, Place, Sheet, Workbook

SHEET_NAME: Final = "CSV"
# Empty fields cost a pointer each while their row is read, and nothing after.
_SEPARATORS_PER_CELL: Final = 3
_KEPT_AS_TEXT: Final = re.compile(r'="(.*)"', re.DOTALL)
"""How a code is written so that Excel keeps its zeros."""
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
    sheet = Sheet(SHEET_NAME)
    # Most fields of a long file say what others say: one cell stands in all their places.
    known: dict[str, Cell] = {}
    try:
        for row, fields in enumerate(rows_of(body, separator), 1 + skipped):
            sheet.lengths[row] = len(fields)
            for column, field in enumerate(fields, 1):
                if field and not field.isspace():
                    cell = known.get(field)
                    if cell is None:
                        cell = known[field] = Cell(_plain(field))
                    sheet.cells[Place(row, column)] = cell
            if len(sheet.cells) > limits.cells:
                raise WorkbookError("F010", limit=limits.cells)
    except csv.Error as error:
        raise WorkbookError("F004") from error
    return Workbook([sheet], losses=_losses(sheet, lost))


def _plain(field: str) -> str:
    if field[0] != "=" or not (match := _KEPT_AS_TEXT.fullmatch(field.strip())):
        return field
    return match[1].replace('""', '"')


def _losses(sheet: Sheet, lost: int) -> list[Loss]:
    """What was lost of the letters: bytes that mean nothing here, Thai ones before it was saved."""
    losses = []
    for place, cell in sheet.cells.items():
        text = str(cell.value)
        if lost and LOST in text:
            losses.append(Loss("W018", sheet.name, place.name, text[:_SHOWN]))
            break
    for place, cell in sheet.cells.items():
        if place.row > _TOP:
            break
        if _LOST_THAI.fullmatch(str(cell.value)):
            losses.append(Loss("W019", sheet.name, place.name, str(cell.value)[:_SHOWN]))
            break
    return losses
