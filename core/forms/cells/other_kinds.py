"""Names what a file is that holds tables, or something else, in a way that is not read here."""

import re
from collections.abc import Iterable
from typing import Final

from core.errors import WorkbookError
from core.text import Text, say

_WORKBOOKS: Final = (".xlsx", ".xlsm", ".xls", ".csv")
_DATABASES: Final = (".mdb", ".accdb")
_HIDDEN: Final = "__macosx/"
"""Where archives made on a Mac repeat the names of their files."""
_EARLIEST_EXCEL: Final = re.compile(rb"\x09[\x00\x02\x04\x08][\x04-\x10]\x00")
_ARCHIVES: Final = {b"Rar!": "RAR", b"7z\xbc\xaf": "7-Zip", b"\x1f\x8b": "gzip"}


def open_document() -> Text:
    """What LibreOffice and OpenOffice save."""
    return say("an OpenDocument spreadsheet of LibreOffice or OpenOffice")


def only_database(names: Iterable[str]) -> str | None:
    """The database of an archive, by names in lower case; None where it holds none.

    `WorkbookError` F021 where another database or a workbook lies beside it.
    """
    tables = sorted(
        name
        for name in names
        if name.endswith((*_DATABASES, *_WORKBOOKS)) and not name.startswith(_HIDDEN)
    )
    databases = [name for name in tables if name.endswith(_DATABASES)]
    if databases and len(tables) > 1:
        raise WorkbookError("F021", found=", ".join(tables[:5]))
    return databases[0] if databases else None


def refuse_zip(names: Iterable[str]) -> WorkbookError:
    """Why an archive without a workbook part is refused; names of parts in lower case."""
    parts = frozenset(names)
    if kind := _kind_of_zip(parts):
        return WorkbookError("F008", kind=kind)
    inside = sorted(part for part in parts if part.endswith(_WORKBOOKS))
    return WorkbookError("F016", inside=inside[0]) if inside else WorkbookError("F006")


def _kind_of_zip(parts: frozenset[str]) -> Text | None:
    kinds = {
        "content.xml": open_document(),
        "xl/workbook.bin": say("a binary Excel workbook (.xlsb)"),
        "word/document.xml": say("a Word document"),
        "ppt/presentation.xml": say("a PowerPoint presentation"),
    }
    if any(part.endswith((".iwa", "index.zip")) for part in parts):
        return say("a document of Apple Numbers or Pages")
    return next((kind for part, kind in kinds.items() if part in parts), None)


def refuse_binary(head: bytes) -> WorkbookError:
    """Why bytes that are neither archive nor text are refused."""
    if _EARLIEST_EXCEL.match(head):
        return WorkbookError("F008", kind=say("a workbook of Excel 4 or earlier"))
    archive = next((name for mark, name in _ARCHIVES.items() if head.startswith(mark)), "")
    return WorkbookError("F016", inside=archive) if archive else WorkbookError("F006")


def refuse_container(lowered: bytes) -> WorkbookError:
    """Why an old container without a workbook is refused; its bytes in lower case."""
    if "worddocument".encode("utf-16-le") in lowered:
        return WorkbookError("F008", kind=say("a Word document"))
    if "powerpoint document".encode("utf-16-le") in lowered:
        return WorkbookError("F008", kind=say("a PowerPoint presentation"))
    return WorkbookError("F008", kind=say("a document of another program"))


def markup_kind(text: str) -> Text | None:
    """What a text is that is markup and no table of fields; None for any other text."""
    head = text[:4096].lstrip("\ufeff \t\r\n").casefold()
    if head.startswith("mime-version:"):
        return say("a web archive (.mht)")
    if head.startswith("{\\rtf"):
        return say("a Word document")
    if not re.match(r"<[a-z!?]", head):
        return None
    if "urn:schemas-microsoft-com:office:spreadsheet" in head:
        return say("an XML spreadsheet of Excel 2003")
    if "<office:document" in head:
        return open_document()
    return (
        say("an XML document")
        if head.startswith("<?xml") and "<html" not in head
        else say("a web page (HTML)")
    )
