"""Puts the results of formulas back into a saved workbook.

openpyxl saves formulas without what they came to. Without it a copy would look empty wherever
nothing is computed, and our own reader would miss what was there.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Final
from xml.sax.saxutils import escape

from core.forms.cells.workbook import Cell, Sheet, Workbook, place_of

_FORMULA: Final = re.compile(
    rb'<c r="(?P<place>[A-Z]+\d+)"(?P<rest>[^>]*)>(?P<formula><f\b(?:[^>]*/>|.*?</f>))'
    rb"<v\s*(?:/>|></v>)</c>",
    re.DOTALL,
)


def with_results(data: bytes, cells: Workbook, paths: Mapping[str, str]) -> bytes:
    """The saved workbook with the results `cells` has of its formulas.

    `paths` gives the part each of the sheets of `cells` was saved in.
    """
    by_path = {
        paths[sheet.name]: sheet
        for sheet in cells.sheets
        if sheet.name in paths and any(cell.is_formula for cell in sheet.cells.values())
    }
    if not by_path:
        return data
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for member in source.infolist():
            part = source.read(member)
            sheet = by_path.get(member.filename)
            target.writestr(member, _filled(part, sheet) if sheet else part)
    return buffer.getvalue()


def _filled(part: bytes, sheet: Sheet) -> bytes:
    def result(match: re.Match[bytes]) -> bytes:
        cell = sheet.cells.get(place_of(match["place"].decode()))
        if cell is None or cell.value is None:
            return match.group()
        kind, text = _as_xml(cell)
        return (
            b'<c r="%b"%b%b>' % (match["place"], match["rest"], kind)
            + match["formula"]
            + b"<v>%b</v></c>" % text.encode()
        )

    return _FORMULA.sub(result, part)


def _as_xml(cell: Cell) -> tuple[bytes, str]:
    """The type of a cell as an attribute, and its value."""
    if cell.is_error:
        return b' t="e"', escape(str(cell.value))
    if isinstance(cell.value, bool):
        return b' t="b"', str(int(cell.value))
    if isinstance(cell.value, str):
        return b' t="str"', escape(cell.value)
    return b"", repr(cell.value)
