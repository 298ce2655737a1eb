"""Files nobody sends by mistake, and some that people do. Each is made when it is needed."""

import io
import random
import struct
import zipfile
from collections.abc import Callable, Mapping
from typing import Final

from tests.core.forms.assessment import star_books as star

SHEET: Final = "xl/worksheets/sheet1.xml"
_HEAD: Final = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
_BOMB: Final = "<!DOCTYPE lolz [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]>"


def with_part(name: str, content: bytes) -> bytes:
    """The filled sample with one part replaced or added."""
    parts = {}

    def change(part: str, old: bytes) -> bytes:
        parts[part] = True
        return content if part == name else old

    file = star.repacked(star.sample(), change)
    if name in parts:
        return file
    buffer = io.BytesIO(file)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


def with_table(rows: bytes) -> bytes:
    return with_part(SHEET, _HEAD + b"<sheetData>" + rows + b"</sheetData></worksheet>")


def bomb(size: int, name: str = SHEET) -> bytes:
    return with_part(name, b"<a>" + b" " * size + b"</a>")


def many_bombs() -> bytes:
    buffer = io.BytesIO(star.sample())
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        for number in range(60):
            archive.writestr(f"xl/media/{number}.xml", b"0" * 4_000_000)
    return buffer.getvalue()


def nested_bomb() -> bytes:
    """Zips in a zip: nobody unpacks them."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b"\0" * 50_000_000)
    return with_part("xl/embeddings/inner.xlsx", inner.getvalue())


def lying(declared: int) -> bytes:
    """A sheet of ten million bytes whose directory and header declare another size."""
    file = bytearray(with_table(b"<row/>" * 1_600_000))
    with zipfile.ZipFile(io.BytesIO(bytes(file))) as archive:
        member = archive.getinfo(SHEET)
        real = struct.pack("<L", member.file_size)
    lie = struct.pack("<L", declared)
    begin = member.header_offset + 22
    assert file[begin : begin + 4] in (real, b"\0\0\0\0")
    file[begin : begin + 4] = lie
    directory = file.index(struct.pack("<L", member.CRC) + file[begin - 4 : begin] + real)
    file[directory + 8 : directory + 12] = lie
    return bytes(file)


def crowded(cells: int) -> bytes:
    """So many cells in one sheet, each with another number."""
    rows = io.BytesIO()
    for row in range(1, cells // 100 + 1):
        rows.write(b'<row r="%d">' % row)
        rows.write(
            b"".join(b'<c r="%s%d"><v>%d.5</v></c>' % (column, row, row) for column in _COLUMNS)
        )
        rows.write(b"</row>")
    return with_table(rows.getvalue())


_COLUMNS: Final = [
    (chr(65 + n // 26 - 1) if n >= 26 else "").encode() + chr(65 + n % 26).encode()
    for n in range(100)
]


def wordy(rows: int) -> bytes:
    """Rows of words that begin like the form's own."""
    row = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>ร้อยละของผู้ป่วย {0} ที่</t></is></c></row>'
    return with_table("".join(row.format(number) for number in range(1, rows + 1)).encode())


def nearly(sheets_: int, rows: int) -> bytes:
    """Sheets that show two of the form's titles and thousands of words nearly like the others."""
    titles = [row[1].value for row in star.pages()[0].rows if row[0].value and row[1].value]
    shown = [[star.Box(n), star.Box(title)] for n, title in enumerate(titles[:3])]
    near = [
        [star.Box(), star.Box(f"{t[n % 7 : -(n % 5) - 9]} {n}")]
        for n in range(rows)
        for t in titles
    ]
    return star.data([star.Page(f"s{n}", [*shown, *near[:rows]]) for n in range(sheets_)])


def far_cell() -> bytes:
    return with_part(
        SHEET,
        _HEAD + b'<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>',
    )


def far_cell_beside_the_form() -> bytes:
    """The form itself, with one cell and merged ranges where nobody looks."""

    def change(name: str, content: bytes) -> bytes:
        if name != SHEET:
            return content
        row = b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData>'
        merges = b"".join(b'<mergeCell ref="G%d:XFD1048576"/>' % n for n in range(200, 2200))
        content = content.replace(b"</sheetData>", row)
        return content.replace(
            b"</worksheet>", b"<mergeCells>" + merges + b"</mergeCells></worksheet>"
        )

    return star.repacked(star.sample(), change)


def sheets(count: int, same: bool = False) -> bytes:
    """A workbook of so many sheets; all the same part when `same`."""
    listed = "".join(
        f'<sheet name="s{n}" sheetId="{n + 1}" r:id="rId{0 if same else n}"/>' for n in range(count)
    )
    book = (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        f"<sheets>{listed}</sheets></workbook>"
    )
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="x/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(count)
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", book)
        archive.writestr(
            "xl/_rels/workbook.xml.rels", f"<Relationships>{relations}</Relationships>"
        )
        for n in range(count):
            row = b'<row r="1"><c r="A1"><v>1</v></c></row>'
            archive.writestr(
                f"xl/worksheets/sheet{n}.xml",
                _HEAD + b"<sheetData>" + row + b"</sheetData></worksheet>",
            )
    return buffer.getvalue()


def ole(*streams: str) -> bytes:
    """An OLE container that names these streams: a directory is all that is looked at."""
    sector = b"\xff" * 512
    names = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + b"\x3e\0\x03\0\xfe\xff\x09\0\x06\0"
    return header.ljust(512, b"\0") + sector + names.ljust(512, b"\0") + b"\0" * 4096


def office(part: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, "<document/>")
    return buffer.getvalue()


def twice() -> bytes:
    """Two parts of one name: readers differ in which they take."""
    buffer = io.BytesIO(star.sample())
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("XL/worksheets/SHEET1.xml", _HEAD + b"</worksheet>")
    return buffer.getvalue()


def locked_member() -> bytes:
    """A member under a password, by its flag."""
    file = bytearray(star.sample())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = file.index(mark)
        file[at + offset] |= 1
    return bytes(file)


def without(part: str) -> bytes:
    return star.repacked(star.sample(), lambda name, content: None if name == part else content)


def broken(part: str, find: bytes, put: bytes) -> bytes:
    def change(name: str, content: bytes) -> bytes:
        return content.replace(find, put, 1) if name == part else content

    return star.repacked(star.sample(), change)


def rubbish(size: int, head: bytes = b"") -> bytes:
    return head + random.Random(size).randbytes(size)


def flipped() -> bytes:
    """A byte of packed content changed: the checksum tells."""
    file = bytearray(star.sample())
    with zipfile.ZipFile(io.BytesIO(bytes(file))) as archive:
        at = archive.getinfo(SHEET).header_offset + 2_000
    file[at] ^= 0xFF
    return bytes(file)


def doctype(part: str, encoding: str = "utf-8") -> bytes:
    return with_part(part, f"{_BOMB}<a>&b;</a>".encode(encoding))


def many_parts() -> bytes:
    buffer = io.BytesIO(star.sample())
    with zipfile.ZipFile(buffer, "a") as archive:
        for number in range(6_000):
            archive.writestr(f"x/{number}", b"")
    return buffer.getvalue()


def noisy(unit: bytes, size: int) -> bytes:
    """So many bytes of one element again and again, with what keeps them from packing too well."""
    draw = random.Random(size)
    block = unit * (4_000 // len(unit))
    return b"".join(
        b"%s<!--%s-->" % (block, draw.randbytes(30).hex().encode())
        for _ in range(size // (len(block) + 67))
    )


def endless_text(size: int) -> bytes:
    """One shared text longer than any cell holds."""
    draw = random.Random(size)
    letters = b"".join(
        b"0" * 4_000 + draw.randbytes(30).hex().encode() for _ in range(size // 4_060)
    )
    return relating("sharedStrings", b"<sst><si><t>" + letters + b"</t></si></sst>")


def relating(kind: str, content: bytes) -> bytes:
    """The sample with another part of a kind."""
    relation = f'<Relationship Id="x" Type="/{kind}" Target="x.xml"/></Relationships>'.encode()
    file = broken("xl/_rels/workbook.xml.rels", b"</Relationships>", relation)
    buffer = io.BytesIO(file)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/x.xml", content)
    return buffer.getvalue()


def styles(size: int) -> bytes:
    kinds = noisy(b'<xf numFmtId="10"/>', size)
    return relating("styles", b"<styleSheet><cellXfs>" + kinds + b"</cellXfs></styleSheet>")


PNG: Final = b"\x89PNG\r\n\x1a\n" + b"\0" * 500
PDF: Final = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
HTML: Final = b"<html><body><table><tr><td>1</td></tr></table></body></html>"

REFUSED: Final[Mapping[str, tuple[Callable[[], bytes], str]]] = {
    "empty": (lambda: b"", "F001"),
    "50 MB of rubbish": (lambda: rubbish(50_000_000), "F002"),
    "19 MB of rubbish": (lambda: rubbish(19_000_000), "F006"),
    "rubbish that begins like a zip": (lambda: rubbish(1_000_000, b"PK\x03\x04"), "F004"),
    "rubbish that begins like an old workbook": (
        lambda: rubbish(1_000_000, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        "F008",
    ),
    "one bomb": (lambda: bomb(180_000_000), "F003"),
    "one bomb above the limit": (lambda: bomb(250_000_000), "F003"),
    "many bombs": (many_bombs, "F003"),
    "a size too small": (lambda: lying(1_000), "F004"),
    "a size too large": (lambda: lying(100_000_000), "F003"),
    "many parts": (many_parts, "F003"),
    "a flipped byte": (flipped, "F004"),
    "two parts of one name": (twice, "F004"),
    "a document type in the sheet": (lambda: doctype(SHEET), "F007"),
    "a document type in UTF-16": (lambda: doctype(SHEET, "utf-16"), "F007"),
    "a document type in UTF-16 without mark": (lambda: doctype(SHEET, "utf-16-be"), "F007"),
    "a document type in a part nobody reads": (lambda: doctype("customXml/item1.xml"), "F007"),
    "a document type in a part of another name": (lambda: doctype("xl/a.bin"), "F007"),
    "a far cell": (far_cell, "F011"),
    "a million and a hundred cells": (lambda: crowded(1_000_100), "F010"),
    "a million cells": (lambda: crowded(999_900), "F011"),
    "thirty thousand rows of words": (lambda: wordy(30_000), "F011"),
    "words nearly like the form's": (lambda: nearly(20, 2_000), "F011"),
    "rows without end": (lambda: with_table(noisy(b'<row r="1"/>', 60_000_000)), "F012"),
    "one endless text": (lambda: endless_text(60_000_000), "F004"),
    "too many styles": (lambda: styles(30_000_000), "F003"),
    "three hundred sheets": (lambda: sheets(300), "F009"),
    "one part as many sheets": (lambda: sheets(100, same=True), "F004"),
    "a password": (lambda: ole("EncryptionInfo", "EncryptedPackage"), "F005"),
    "a member under a password": (locked_member, "F005"),
    "Word, old": (lambda: ole("WordDocument"), "F008"),
    "Word": (lambda: office("word/document.xml"), "F008"),
    "PowerPoint": (lambda: office("ppt/presentation.xml"), "F008"),
    "OpenDocument": (lambda: office("content.xml"), "F008"),
    "a binary workbook": (lambda: office("xl/workbook.bin"), "F008"),
    "any other zip": (lambda: office("a.txt"), "F006"),
    "PDF": (lambda: PDF, "F006"),
    "PNG": (lambda: PNG, "F006"),
    "a web page called .xls": (lambda: HTML, "F008"),
    "no workbook part": (lambda: without("xl/workbook.xml"), "F006"),
    "no relations": (lambda: without("xl/_rels/workbook.xml.rels"), "F004"),
    "no sheet part": (lambda: without(SHEET), "F004"),
    "XML cut off": (lambda: broken(SHEET, b"</worksheet>", b""), "F004"),
    "XML crossed": (lambda: broken(SHEET, b"</row>", b"</c>"), "F004"),
    "an unknown entity": (lambda: broken(SHEET, b"<v>35</v>", b"<v>&x;</v>"), "F004"),
    "no text at all": (lambda: with_table(b""), "F012"),
}
"""Files refused: how they are made, and the message that says why."""
