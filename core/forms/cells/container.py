"""Opens a workbook file without trusting it.

Everything is decided before anything is parsed: kind of file, sizes, entities. Raises
`WorkbookError` with the code of the message; never runs, follows or expands what a file contains.
"""

import codecs
import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from core.errors import WorkbookError
from core.forms.cells.inflate import Member, pieces

MEGABYTE: Final = 1024 * 1024
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_XML_PARTS: Final = (".xml", ".rels", ".vml")
# A document type is what carries entities; no workbook needs one. The others are its UTF-16 forms.
_DOCTYPES: Final = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
_OVERLAP: Final = 32
_BEFORE_XML: Final = b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"
# Documents that Excel opens, or an office suite made, but that are no workbook we can read.
_OTHER_PARTS: Final = (
    "word/document.xml", "ppt/presentation.xml", "content.xml", "xl/workbook.bin",
)  # fmt: skip
_OTHER_TEXTS: Final = (b"<html", b"<!doctype html", b"urn:schemas-microsoft-com:office:spreadsheet")
_SHEETS: Final = "xl/worksheets/"
# The shortest cell is written in four bytes: smaller parts need not be counted.
_SHORTEST_CELL: Final = 4


@dataclass(frozen=True)
class Limits:
    """How much a file may hold."""

    file_bytes: int = 20 * MEGABYTE
    unzipped_bytes: int = 200 * MEGABYTE
    ratio: int = 100
    sheets: int = 200
    cells: int = 1_000_000
    members: int = 5_000
    sheet_bytes: int | None = None
    """How much of each sheet is read; None reads them whole."""
    kept_bytes: int = 8 * MEGABYTE
    """Parts of a file that unpacks to no more are kept, so that nothing is unpacked twice."""


STANDARD: Final = Limits()


@dataclass(frozen=True)
class Package:
    """A file found harmless: what it is, and its bytes.

    Parts of a zipped one go by their names in lower case: names differ in nothing else.
    """

    kind: Literal["xlsx", "xls", "csv"]
    data: bytes
    members: Mapping[str, Member] = field(default_factory=dict)
    kept: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def has_macros(self) -> bool:
        return any(name.endswith("vbaproject.bin") for name in self.members)

    @property
    def sheet_bytes(self) -> int:
        """Unpacked size of all sheets; 0 when nothing was packed."""
        sheets = (part for name, part in self.members.items() if name.startswith(_SHEETS))
        return sum(part.file_size for part in sheets)

    @property
    def has_external_links(self) -> bool:
        return any(name.startswith("xl/externallinks/") for name in self.members)

    def chunks(self, name: str) -> Iterator[bytes]:
        """The unpacked bytes of a part, in one piece when it was kept."""
        key = name.casefold()
        return iter((self.kept[key],)) if key in self.kept else pieces(self.data, self.members[key])

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self.members


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
    head = data[:4096].lower()
    is_text = data.startswith(_UTF16) or b"\x00" not in head
    if name.casefold().endswith((".csv", ".tsv", ".txt")) and is_text:
        return Package("csv", data)
    raise WorkbookError("F008" if any(mark in head for mark in _OTHER_TEXTS) else "F006")


def _open_ole(data: bytes) -> Package:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise WorkbookError("F005")
    if any(stream.encode("utf-16-le") in data for stream in ("Workbook", "Book")):
        return Package("xls", data)
    raise WorkbookError("F008")


def _open_zip(data: bytes, limits: Limits) -> Package:
    members = _members(data)
    unzipped = _check_sizes(members, limits)
    _check_kind(members)
    keep = unzipped <= limits.kept_bytes
    scan = _Scan(limits, counts_cells=unzipped > limits.cells * _SHORTEST_CELL)
    kept = {name: scan.part(name, pieces(data, member), keep) for name, member in members.items()}
    return Package("xlsx", data, members, kept if keep else {})


def _members(data: bytes) -> dict[str, Member]:
    """The directory of an archive; two parts under one name are a trick or damage."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise WorkbookError("F004") from error
    members = {entry.filename.replace("\\", "/").casefold(): entry for entry in entries}
    if len(members) != len(entries):
        raise WorkbookError("F004")
    if any(entry.flag_bits & 1 for entry in entries):
        raise WorkbookError("F005")
    return members


def _check_sizes(members: Mapping[str, Member], limits: Limits) -> int:
    unzipped = sum(member.file_size for member in members.values())
    packed = max(1, sum(member.compress_size for member in members.values()))
    if unzipped > limits.unzipped_bytes or len(members) > limits.members:
        raise WorkbookError("F003", size=unzipped, limit=limits.unzipped_bytes)
    # Small files of repeated cells pack well too; the ratio says something only of large ones.
    if unzipped > MEGABYTE * 10 and unzipped > limits.ratio * packed:
        raise WorkbookError("F003", size=unzipped, limit=limits.ratio * packed)
    return unzipped


def _check_kind(members: Mapping[str, Member]) -> None:
    if "xl/workbook.xml" not in members:
        raise WorkbookError("F008" if any(part in members for part in _OTHER_PARTS) else "F006")


@dataclass
class _Scan:
    """One pass over what the parts contain."""

    limits: Limits
    counts_cells: bool
    cells: int = 0

    def part(self, name: str, chunks: Iterator[bytes], keep: bool) -> bytes:
        """Look through one part; gives its bytes when they are to be kept.

        Pieces are looked at with the end of the one before, so that no mark falls between two.
        """
        tail, whole = b"", []
        is_xml = name.endswith(_XML_PARTS)
        marks = _DOCTYPES[:1]
        for chunk in chunks:
            if not tail:
                is_xml = is_xml or chunk[:16].lstrip(_BEFORE_XML).startswith(b"<")
                marks = marks if chunk[:4].isascii() and b"\x00" not in chunk[:4] else _DOCTYPES
            if is_xml:
                self._look(name, tail + chunk if tail else chunk, marks)
            tail = chunk[-_OVERLAP:]
            if keep:
                whole.append(chunk)
        return b"".join(whole)

    def _look(self, name: str, chunk: bytes, marks: tuple[bytes, ...]) -> None:
        if any(mark in chunk for mark in marks):
            raise WorkbookError("F007")
        if self.counts_cells and name.startswith(_SHEETS):
            self.cells += chunk.count(b"<c")
            if self.cells > self.limits.cells:
                raise WorkbookError("F010", limit=self.limits.cells)
