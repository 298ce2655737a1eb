"""Opens a workbook file without trusting it.

Everything is decided before anything is parsed: kind of file, sizes, entities. Raises
`WorkbookError` with the code of the message; never runs, follows or expands what a file contains.
"""

import codecs
import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from core.errors import WorkbookError
from core.forms.cells.encoding import decoded
from core.forms.cells.inflate import Member, pieces
from core.forms.cells.other_kinds import (
    markup_kind,
    only_database,
    refuse_binary,
    refuse_container,
    refuse_zip,
)
from core.forms.cells.protection import without_default_password
from core.forms.cells.text.separators import SAMPLE, is_table

MEGABYTE: Final = 1024 * 1024
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP: Final = b"PK\x03\x04"
_DATABASE: Final = b"\x00\x01\x00\x00Standard "
_PDF: Final = b"%PDF"
_XML_PARTS: Final = (".xml", ".rels", ".vml")
# A document type is what carries entities; no workbook needs one. The others are its UTF-16 forms.
_DOCTYPES: Final = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
_OVERLAP: Final = 32
_BEFORE_XML: Final = b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"
_TABLES: Final = (".csv", ".tsv", ".txt")
# Tabs, ends of lines and pages, and the mark of old programs for the end of a file are text.
_CONTROLS: Final = frozenset(map(chr, range(32))) - frozenset("\t\n\r\f\x1a")
_SHEETS: Final = "xl/worksheets/"
_SHEET_ROOT: Final = b"worksheet"
_ROOT_WITHIN: Final = 2048
_USUAL: Final = "xl/workbook.xml"
_RELATIONS: Final = "_rels/.rels"
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
    memory_bytes: int = 8 * MEGABYTE
    """A file that unpacks to no more stays in memory, so that nothing is unpacked twice."""


STANDARD: Final = Limits()

DAMAGED: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError,
)  # fmt: skip
"""What is raised for an archive that is none, or damaged."""


Kind = Literal["xlsx", "xls", "csv", "mdb"]


@dataclass(frozen=True)
class Package:
    """A file that is safe to read: its kind and its bytes.

    Parts of a zipped one go by their names in lower case: names differ in nothing else. `unpacked`
    holds the parts of a small one, `sheet_parts` the names of its sheets. A database that was
    zipped is the one inside; `name` is that of its file.
    """

    kind: Kind
    data: bytes
    members: Mapping[str, Member] = field(default_factory=dict)
    unpacked: Mapping[str, bytes] = field(default_factory=dict)
    sheet_parts: frozenset[str] = frozenset()
    name: str = ""

    @property
    def has_macros(self) -> bool:
        return any(name.endswith("vbaproject.bin") for name in self.members)

    @property
    def sheet_bytes(self) -> int:
        """Unpacked size of all sheets; 0 when nothing was packed."""
        return sum(self.members[name].file_size for name in self.sheet_parts)

    @property
    def has_external_links(self) -> bool:
        return any("externallinks/" in name for name in self.members)

    def chunks(self, name: str) -> Iterator[bytes]:
        """The unpacked bytes of a part, in one piece when it is in memory."""
        key = name.casefold()
        return (
            iter((self.unpacked[key],))
            if key in self.unpacked
            else pieces(self.data, self.members[key])
        )

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self.members


def open_package(data: bytes, name: str = "", limits: Limits = STANDARD) -> Package:
    """Decide what a file is and that it is safe to read.

    `name` is used only for databases and for a text that does not look like a table. Raises
    `WorkbookError`: F001 empty, F002 too large, F003 unpacks too large, F004 damaged, F005
    password, F006 no workbook, F007 entities, F008 another kind of document, F010 too many cells,
    F016 an archive, F021 an archive with more than a database.
    """
    if not data:
        raise WorkbookError("F001")
    if len(data) > limits.file_bytes:
        raise WorkbookError("F002", size=len(data), limit=limits.file_bytes)
    bare = data.removeprefix(codecs.BOM_UTF8)
    if bare[:4] == _ZIP:
        return _open_zip(bare, limits)
    if data[:8] == _OLE:
        return _open_ole(data, limits)
    if data[: len(_DATABASE)] == _DATABASE:
        return Package("mdb", data, name=name)
    return _open_text(data, name)


def _open_text(data: bytes, name: str) -> Package:
    text = decoded(data[: SAMPLE * 2]).text[:SAMPLE]
    if data.startswith(_PDF) or not _CONTROLS.isdisjoint(text):
        raise refuse_binary(data[:8])
    if kind := markup_kind(text):
        raise WorkbookError("F008", kind=kind)
    if name.casefold().endswith(_TABLES) or is_table(text):
        return Package("csv", data)
    raise WorkbookError("F006")


def _open_ole(data: bytes, limits: Limits) -> Package:
    lowered = data.lower()  # Names in a container differ in nothing else.
    if "encryptedpackage".encode("utf-16-le") in lowered:
        return _open_zip(without_default_password(data), limits)
    if any(stream.encode("utf-16-le") in lowered for stream in ("workbook", "book")):
        return Package("xls", data)
    raise refuse_container(lowered)


def _open_zip(data: bytes, limits: Limits) -> Package:
    members = _members(data)
    unzipped = _check_sizes(members, limits)
    if database := only_database(members):
        inside = b"".join(pieces(data, members[database]))
        return Package("mdb", inside, name=members[database].filename)
    if (_USUAL not in members and _RELATIONS not in members) or "content.xml" in members:
        raise refuse_zip(members)
    keep = unzipped <= limits.memory_bytes
    scan = _Scan(limits, counts_cells=unzipped > limits.cells * _SHORTEST_CELL)
    unpacked = {
        name: scan.part(name, pieces(data, member), keep) for name, member in members.items()
    }
    return Package("xlsx", data, members, unpacked if keep else {}, frozenset(scan.sheets))


def _members(data: bytes) -> dict[str, Member]:
    """The directory of an archive; two parts under one name are a trick or damage."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except DAMAGED as error:
        raise WorkbookError("F004") from error
    members = {entry.filename.replace("\\", "/").lstrip("/").casefold(): entry for entry in entries}
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


@dataclass
class _Scan:
    """One pass over what the parts contain."""

    limits: Limits
    counts_cells: bool
    cells: int = 0
    sheets: set[str] = field(default_factory=set)

    def part(self, name: str, chunks: Iterator[bytes], keep: bool) -> bytes:
        """Look through one part; gives its bytes when `keep`.

        Pieces are looked at with the end of the one before, so that no mark falls between two.
        """
        tail, whole = b"", []
        is_xml = name.endswith(_XML_PARTS)
        marks = _DOCTYPES[:1]
        for chunk in chunks:
            if not tail:
                if name.startswith(_SHEETS) or _SHEET_ROOT in chunk[:_ROOT_WITHIN]:
                    self.sheets.add(name)
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
        if self.counts_cells and name in self.sheets:
            self.cells += chunk.count(b"<c")
            if self.cells > self.limits.cells:
                raise WorkbookError("F010", limit=self.limits.cells)
