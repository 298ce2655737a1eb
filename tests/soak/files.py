"""A draft as the bytes of a file: an Excel workbook, or text with separators."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any, Final

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.soak.draft import Draft, Entry

Grid = list[list[Entry]]


def grid(draft: Draft) -> tuple[Grid, int]:
    """The cells of a sheet row by row, and the row (from 0) its titles stand in."""
    rows = [[Entry(v) for v in line] for line in draft.above]
    if any(s.over for s in draft.strips):
        rows.append([Entry(s.over or None) for s in draft.strips])
    titles = len(rows)
    body = [[Entry(s.title or None) for s in draft.strips]]
    if any(s.below for s in draft.strips):
        body.append([Entry(s.below or None) for s in draft.strips])
    body += [list(row) for row in zip(*(s.entries for s in draft.strips), strict=True)]
    if draft.table.turned:
        body = [list(row) for row in zip(*body, strict=True)]
    rows += body + [[_entry(v) for v in line] for line in draft.under]
    return [[Entry()] * draft.left + row for row in rows], titles


def _entry(value: Any) -> Entry:
    return value if isinstance(value, Entry) else Entry(value)


def xlsx(draft: Draft) -> bytes:
    """The workbook of a draft and of the sheets beside it."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for one in (draft, *draft.others):
        name = re.sub(r"[\\/*?:\[\]]", " ", one.name)[:28]
        _fill(book.create_sheet(name), one)
    buffer = io.BytesIO()
    book.save(buffer)
    file = _formulas(buffer.getvalue(), draft)
    return PACKAGES[draft.package](file) if draft.package else file


def _fill(sheet: Worksheet, draft: Draft) -> None:
    rows, titles = grid(draft)
    for r, row in enumerate(rows, 1):
        for c, entry in enumerate(row, 1):
            if entry.value is not None:
                _put(sheet.cell(r, c), entry)
    for first_row, first, last_row, last in draft.merges:
        sheet.merge_cells(
            start_row=titles + first_row + 1, end_row=titles + last_row + 1,
            start_column=draft.left + first + 1, end_column=draft.left + last + 1,
        )  # fmt: skip
    _hide(sheet, draft, titles)


def _put(cell: Cell, entry: Entry) -> None:
    cell.value = entry.value
    if not (cell.is_date and entry.format == "General"):
        cell.number_format = entry.format
    if isinstance(entry.value, str) and entry.value.startswith("="):
        cell.data_type = "s"


def _hide(sheet: Worksheet, draft: Draft, titles: int) -> None:
    shift = titles + (3 if any(s.below for s in draft.strips) else 2)
    for row in draft.hidden_rows:
        sheet.row_dimensions[row + shift].hidden = True
    for place, strip in enumerate(draft.strips, draft.left + 1):
        if strip.is_hidden:
            sheet.column_dimensions[get_column_letter(place)].hidden = True
    sheet.sheet_state = "hidden" if draft.is_hidden else "visible"


def _formulas(file: bytes, draft: Draft) -> bytes:
    """The workbook with formulas whose results were saved, where the draft has some."""
    rows, _ = grid(draft)
    names = {
        f"{get_column_letter(c)}{r}"
        for r, row in enumerate(rows, 1)
        for c, entry in enumerate(row, 1)
        if entry.is_formula
    }
    if not names:
        return file

    def put(match: re.Match[str]) -> str:
        return match[0].replace("<v>", "<f>1+1</f><v>") if match[1] in names else match[0]

    return repacked(
        file,
        "xl/worksheets/sheet1.xml",
        lambda text: re.sub(r'<c r="([A-Z]+\d+)"[^>]*><v>', put, text),
    )


def repacked(
    file: bytes, part: str, change: Callable[[str], str], encoding: str = "utf-8"
) -> bytes:
    """The package with one part changed."""
    return rebuilt(
        file,
        lambda name, data: (name, change(data.decode()).encode(encoding) if name == part else data),
    )


def rebuilt(file: bytes, change: Callable[[str, bytes], tuple[str, bytes]]) -> bytes:
    """The package with its parts renamed or changed."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(file)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(*change(name, source.read(name)))
    return buffer.getvalue()


_SHARED: Final = "xl/sharedStrings.xml"
_SHEET: Final = "xl/worksheets/sheet1.xml"


def _prefixed(file: bytes) -> bytes:
    def change(text: str) -> str:
        text = re.sub(r"<(/?)(sst|si|t|r|rPr)\b", r"<\1x:\2", text)
        return text.replace("xmlns=", "xmlns:x=")

    return repacked(file, _SHARED, change)


def _utf_16(file: bytes) -> bytes:
    def change(text: str) -> str:
        text = re.sub(r"^<\?xml[^>]*\?>", "", text)
        return f'<?xml version="1.0" encoding="UTF-16"?>{text}'

    return repacked(file, _SHARED, change, "utf-16")


def _elsewhere(file: bytes) -> bytes:
    """The workbook part under another name."""

    def change(name: str, data: bytes) -> tuple[str, bytes]:
        if name in ("_rels/.rels", "[Content_Types].xml"):
            data = data.replace(b"xl/workbook.xml", b"xl/book7.xml")
        return name.replace("xl/workbook.xml", "xl/book7.xml").replace(
            "xl/_rels/workbook.xml.rels", "xl/_rels/book7.xml.rels"
        ), data

    return rebuilt(file, change)


def _backslash(file: bytes) -> bytes:
    return repacked(
        file,
        "xl/_rels/workbook.xml.rels",
        lambda t: t.replace("/xl/worksheets/", "\\xl\\worksheets\\"),
    )


def _without_places(file: bytes) -> bytes:
    """Rows that do not say their number; their cells still say theirs."""
    return repacked(file, _SHEET, lambda t: re.sub(r'<row r="\d+"', "<row", t))


def _no_dimension(file: bytes) -> bytes:
    return repacked(file, _SHEET, lambda t: re.sub(r"<dimension[^>]*/>", "", t))


def _false_dimension(file: bytes) -> bytes:
    return repacked(
        file, _SHEET, lambda t: re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1"', t)
    )


def _to_calculate(file: bytes) -> bytes:
    return repacked(
        file,
        "xl/workbook.xml",
        lambda t: re.sub("<calcPr[^>]*/>", '<calcPr fullCalcOnLoad="1"/>', t),
    )


PACKAGES: Final[dict[str, Callable[[bytes], bytes]]] = {
    "shared strings with a prefix": _prefixed,
    "shared strings in UTF-16": _utf_16,
    "workbook part elsewhere": _elsewhere,
    "backslash in a target": _backslash,
    "rows without numbers": _without_places,
    "no dimension": _no_dimension,
    "false dimension": _false_dimension,
    "formulas to be calculated": _to_calculate,
}


def text(draft: Draft) -> bytes:
    """The sheet as text with separators."""
    how = {
        "delimiter": ",",
        "encoding": "utf-8-sig",
        "quoting": csv.QUOTE_MINIMAL,
    } | draft.text_file
    rows, titles = grid(draft)
    if slipped := how.get("slipped"):
        first = titles + (2 if any(s.below for s in draft.strips) else 1)
        slipped[1](rows[first + slipped[0]])
    buffer = io.StringIO()
    writer = csv.writer(
        buffer, delimiter=how["delimiter"], quoting=how["quoting"],
        lineterminator=how.get("end", "\r\n"),
    )  # fmt: skip
    if how.get("raw"):
        buffer.write("".join(f"{line}\r\n" for line in _raw(rows, how["delimiter"])))
    else:
        writer.writerows([_typed(e) for e in row] for row in rows)
    body = how.get("first", "") + buffer.getvalue() + how.get("last", "")
    return body.encode(how["encoding"], "replace")


def _raw(rows: Grid, delimiter: str) -> Iterator[str]:
    """Lines whose fields nobody quoted."""
    return (delimiter.join(str(_typed(e)).replace("\n", " ") for e in row) for row in rows)


def _typed(entry: Entry) -> Any:
    value = entry.value
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.10f}".rstrip("0").rstrip(".")
    return value.strftime("%d/%m/%Y") if hasattr(value, "strftime") else value
