"""Citizen numbers in evidence: nobody's may be stored, so files are searched before they are.

Searched are workbooks and tables, Word documents, PDF files with text, and files of plain text. A
picture, and a PDF that is one, cannot be searched.
"""

import io
import zipfile
from collections.abc import Collection, Iterator
from itertools import chain
from threading import Lock
from typing import TYPE_CHECKING, Final

import pypdfium2

from core.errors import WorkbookError
from core.forms.cells.open import read_workbook
from core.forms.cells.personal import citizen_number, holds_citizen_number
from core.forms.trial_balance.accounts import chart
from core.text import Text, say

if TYPE_CHECKING:
    from docx.document import Document

_PDFIUM: Final = Lock()
"""The library is not made for several threads."""
_CODINGS: Final = ("utf-8-sig", "utf-16", "cp874")


def place_of_citizen_number(name: str, data: bytes) -> Text | None:
    """Where the first citizen number of a file stands, in words; None where none was found."""
    if data.startswith(b"%PDF"):
        return _first(_pdf(data))
    if data.startswith(b"PK") and name.lower().endswith(".docx"):
        return _first(_word(data))
    try:
        workbook, _package = read_workbook(data, name)
    except WorkbookError as error:
        if error.code in ("F030", "F061"):
            return say("a table of it")
        return _first(_plain(data))
    found_at = citizen_number(workbook, _accounts)
    if found_at is None:
        return None
    return say("sheet “{sheet}”, cell {cell}", sheet=found_at.sheet, cell=found_at.cell)


def _accounts() -> Collection[str]:
    return chart().accounts


def _first(pieces: Iterator[tuple[Text, str]]) -> Text | None:
    return next((place for place, text in pieces if holds_citizen_number(text)), None)


def _pdf(data: bytes) -> Iterator[tuple[Text, str]]:
    try:
        with _PDFIUM:
            document = pypdfium2.PdfDocument(data)
            texts = [page.get_textpage().get_text_bounded() for page in document]
            document.close()
    except pypdfium2.PdfiumError:
        # One that cannot be opened has no text to be read by anybody.
        return
    for number, text in enumerate(texts, 1):
        yield say("page {number}", number=number), text


def _word(data: bytes) -> Iterator[tuple[Text, str]]:
    import docx  # noqa: PLC0415 - takes long to load, and few files are Word's
    from docx.opc.exceptions import PackageNotFoundError  # noqa: PLC0415

    try:
        document = docx.Document(io.BytesIO(data))
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile):
        return
    for number, paragraph in enumerate(document.paragraphs, 1):
        yield say("paragraph {number}", number=number), paragraph.text
    for number, table in enumerate(document.tables, 1):
        for row in table.rows:
            # A row at a time: merged cells repeat, which does no harm here.
            yield say("table {number}", number=number), "\n".join(c.text for c in row.cells)
    yield say("head or foot of a page"), "\n".join(_margins(document))


def _margins(document: "Document") -> Iterator[str]:
    for section in document.sections:
        for paragraph in chain(section.header.paragraphs, section.footer.paragraphs):
            yield paragraph.text


def _plain(data: bytes) -> Iterator[tuple[Text, str]]:
    """Lines of plain text, in whichever coding they are; of a picture there are none."""
    if b"\x00" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return
    for coding in _CODINGS:
        try:
            lines = data.decode(coding).splitlines()
        except UnicodeError:
            continue
        for number, line in enumerate(lines, 1):
            yield say("line {number}", number=number), line
        return
