"""Opens a workbook file without trusting it.

Everything is decided before anything is parsed: kind of file, sizes, entities. Raises
`WorkbookError` with the code of the message; never runs, follows or expands what a file contains.
"""

import codecs
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from core.errors import WorkbookError

MEGABYTE: Final = 1024 * 1024
_CHUNK: Final = 256 * 1024
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_XML_PARTS: Final = (".xml", ".rels", ".vml")
# A document type is what carries entities; no workbook needs one. The second is its UTF-16 form.
_DOCTYPES: Final = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
_CELL: Final = re.compile(rb"<(?:\w+:)?c[ >/]")


@dataclass(frozen=True)
class Limits:
    """How much a file may hold."""

    file_bytes: int = 20 * MEGABYTE
    unzipped_bytes: int = 200 * MEGABYTE
    ratio: int = 100
    sheets: int = 200
    cells: int = 1_000_000
    members: int = 5_000


STANDARD: Final = Limits()


@dataclass(frozen=True)
class Package:
    """A file found harmless: what it is, and its bytes."""

    kind: Literal["xlsx", "xls", "csv"]
    data: bytes
    names: frozenset[str] = frozenset()

    @property
    def has_macros(self) -> bool:
        return any(name.endswith("vbaProject.bin") for name in self.names)

    @property
    def has_external_links(self) -> bool:
        return any(name.startswith("xl/externalLinks/") for name in self.names)


def open_package(data: bytes, name: str = "", limits: Limits = STANDARD) -> Package:
    """Decide what a file is and that it is safe to read.

    `name` is used only to tell a text table. Raises `WorkbookError`: F001 empty, F002 too large,
    F003 unpacks too large, F004 damaged, F005 password, F006 no workbook, F007 entities,
    F008 another kind of document, F010 too many cells.
    """
    if not data:
        raise WorkbookError("F001")
    if len(data) > limits.file_bytes:
        raise WorkbookError("F002", size=len(data), limit=limits.file_bytes)
    if data[:4] == b"PK\x03\x04":
        return _open_zip(data, limits)
    if data[:8] == _OLE:
        return _open_ole(data)
    is_text = data.startswith(_UTF16) or b"\x00" not in data[:4096]
    if name.casefold().endswith((".csv", ".tsv", ".txt")) and is_text:
        return Package("csv", data)
    raise WorkbookError("F006")


def _open_ole(data: bytes) -> Package:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise WorkbookError("F005")
    if any(stream.encode("utf-16-le") in data for stream in ("Workbook", "Book")):
        return Package("xls", data)
    raise WorkbookError("F008")


def _open_zip(data: bytes, limits: Limits) -> Package:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = frozenset(archive.namelist())
            _check_sizes(archive, limits)
            _check_kind(names)
            _check_content(archive, limits)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise WorkbookError("F004") from error
    except RuntimeError as error:  # zipfile's word for a member under a password
        raise WorkbookError("F005") from error
    return Package("xlsx", data, names)


def _check_sizes(archive: zipfile.ZipFile, limits: Limits) -> None:
    members = archive.infolist()
    unzipped = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    if unzipped > limits.unzipped_bytes or len(members) > limits.members:
        raise WorkbookError("F003", size=unzipped, limit=limits.unzipped_bytes)
    # Small files of repeated cells pack well too; the ratio says something only of large ones.
    if unzipped > MEGABYTE * 10 and unzipped > limits.ratio * packed:
        raise WorkbookError("F003", size=unzipped, limit=limits.ratio * packed)


def _check_kind(names: frozenset[str]) -> None:
    if "xl/workbook.xml" in names:
        return
    if "xl/workbook.bin" in names or "content.xml" in names or "word/document.xml" in names:
        raise WorkbookError("F008")
    raise WorkbookError("F006")


def _check_content(archive: zipfile.ZipFile, limits: Limits) -> None:
    cells = 0
    for member in archive.infolist():
        if member.filename.endswith(_XML_PARTS):
            is_sheet = member.filename.startswith("xl/worksheets/")
            for chunk in _chunks(archive, member):
                if any(mark in chunk for mark in _DOCTYPES):
                    raise WorkbookError("F007")
                if is_sheet:
                    cells += len(_CELL.findall(chunk))
                    if cells > limits.cells:
                        raise WorkbookError("F010", limit=limits.cells)


def _chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The unpacked bytes in pieces that overlap, so that no mark falls between two."""
    tail = b""
    with archive.open(member) as file:
        while chunk := file.read(_CHUNK):
            yield tail + chunk
            tail = chunk[-32:]
