"""Builds .xlsx packages part by part: honest ones, and ones no program would write."""

import io
import zipfile
from collections.abc import Mapping

import pytest

from core.forms.cells.open import read_workbook
from core.forms.cells.workbook import Cell, Workbook
from core.forms.cells.xlsx import sheet as xlsx_sheet

SHEET = "xl/worksheets/sheet1.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PERCENT, DATE, YELLOW = 1, 2, 3
"""Cell styles of the packages built here."""
STYLES = f"""<styleSheet {MAIN}>
<numFmts count="1"><numFmt numFmtId="164" formatCode="[$-D00041E]d/mm/yyyy"/></numFmts>
<fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="solid">
<fgColor rgb="FFFFFF00"/></patternFill></fill></fills>
<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>
<cellXfs><xf/><xf numFmtId="10"/><xf numFmtId="164"/><xf fillId="1"/></cellXfs></styleSheet>"""


def package(
    table: str,
    strings: str = "",
    after: str = "",
    before: str = "",
    calculation: str = "",
    others: Mapping[str, str | bytes | None] | None = None,
) -> bytes:
    """A workbook of one sheet whose rows are `table`; `others` replace or add parts."""
    parts: dict[str, str | bytes | None] = {
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{RELATION}"><sheets>'
        '<sheet name="One" sheetId="1" r:id="rId1"/></sheets>'
        f"{calculation}</workbook>",
        "xl/_rels/workbook.xml.rels": "<Relationships>"
        f'<Relationship Id="rId1" Type="{RELATION}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{RELATION}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="rId3" Type="{RELATION}/styles" Target="/xl/styles.xml"/>'
        "</Relationships>",
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": f"<sst {MAIN}>{strings}</sst>",
        SHEET: f"<worksheet {MAIN}>{before}<sheetData>{table}</sheetData>{after}</worksheet>",
    }
    parts.update(others or {})
    return zipped({name: content for name, content in parts.items() if content is not None})


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def cells(file: bytes) -> dict[str, Cell]:
    book, _ = read_workbook(file)
    return {place.name: cell for place, cell in book.sheets[0].cells.items()}


def values(file: bytes) -> dict[str, object]:
    return {name: cell.value for name, cell in cells(file).items()}


def slowly(file: bytes, monkeypatch: pytest.MonkeyPatch) -> Workbook:
    """The same file read element by element."""

    def unusual(*_: object) -> None:
        raise xlsx_sheet.UnusualError

    with monkeypatch.context() as patched:
        patched.setattr(xlsx_sheet, "_read_quickly", unusual)
        return read_workbook(file)[0]
