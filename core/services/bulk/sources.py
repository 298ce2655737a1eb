"""The files of a folder or an archive, each read when its turn comes."""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, Final

from core.errors import UsageError, WorkbookError
from core.forms.cells.container import DAMAGED, MEGABYTE, STANDARD

MOST_FILES: Final = 1_000
_ZIP: Final = b"PK\x03\x04"
_PARTS_OF_DOCUMENTS: Final = ("[content_types].xml", "_rels/.rels", "content.xml", "mimetype")
_DATABASES: Final = (".mdb", ".accdb")
_TABLES: Final = (".xlsx", ".xlsm", ".xls", ".csv", ".tsv", *_DATABASES)
_OF_PROGRAMS: Final = ("thumbs.db", "desktop.ini")
"""What Windows leaves in folders; names with a dot before them, and Excel's locks, are no files."""
_UNPACKED: Final = 4_000 * MEGABYTE
_UTF_8: Final = 0x800


@dataclass(frozen=True)
class Source:
    """A file by its name within its folder or archive; `read` gives its bytes.

    No more than one byte beyond the largest file accepted is read.
    """

    name: str
    read: Callable[[], bytes]


def sources_in(path: Path) -> tuple[Source, ...] | None:
    """The files of a folder and its folders, or of an archive of workbooks; None for a file.

    Raises `UsageError` U004 for what cannot be opened, U012 for more files than are taken at once,
    `WorkbookError` for a damaged or hostile archive.
    """
    try:
        if path.is_dir():
            return _checked(_in_folder(path))
        return archive_sources(path.open("rb"))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError("U004", file=str(path), reason=reason) from error


def all_sources(places: Iterable[Path]) -> tuple[Source, ...] | None:
    """The files of several folders, archives and files; None where all of them are files."""
    listed: list[Source] = []
    is_many = False
    for place in places:
        inside = sources_in(place)
        is_many |= inside is not None
        listed += inside if inside is not None else [Source(place.name, partial(file_bytes, place))]
    return _checked(listed) if is_many else None


def file_sources(paths: Iterable[Path]) -> tuple[Source, ...]:
    """Files by themselves, as they would be within a folder."""
    return tuple(Source(path.name, partial(file_bytes, path)) for path in paths)


def dropped_sources(data: bytes) -> tuple[Source, ...] | None:
    """The files of an archive of workbooks; None for bytes of any other kind. Raises as above.

    What it unpacks to fits into memory.
    """
    is_zip = data[: len(_ZIP)] == _ZIP
    return archive_sources(io.BytesIO(data), STANDARD.unzipped_bytes) if is_zip else None


def archive_sources(file: IO[bytes], most: int = _UNPACKED) -> tuple[Source, ...] | None:
    """The files of an open archive, which stays open for them; None where it is none of ours."""
    if file.read(len(_ZIP)) != _ZIP:
        file.close()
        return None
    try:
        archive = zipfile.ZipFile(file)
        entries = [one for one in archive.infolist() if not one.is_dir()]
    except DAMAGED:
        file.close()
        return None  # As a file of its own it is refused, with the reason.
    if not _holds_workbooks(entries):
        file.close()
        return None
    files = [one for one in entries if not _is_of_a_program(one.filename)]
    _check(files, most)
    ordered = sorted(files, key=_name)
    return _checked(Source(_name(one), partial(_member, archive, one)) for one in ordered)


def _holds_workbooks(entries: Iterable[zipfile.ZipInfo]) -> bool:
    """Whether it is an archive of files, and neither a document nor a D-file alone."""
    names = [one.filename.casefold() for one in entries]
    if any(name in _PARTS_OF_DOCUMENTS for name in names):
        return False
    tables = [n for n in names if n.endswith((*_TABLES, ".zip")) and not _is_of_a_program(n)]
    return len(tables) > 1 or any(not name.endswith(_DATABASES) for name in tables)


def _check(entries: Iterable[zipfile.ZipInfo], most: int) -> None:
    """`WorkbookError` F003 for an archive that unpacks to an abnormal size, F005 for a password."""
    listed = list(entries)
    unpacked = sum(one.file_size for one in listed)
    packed = max(1, sum(one.compress_size for one in listed))
    if unpacked > most or (unpacked > 10 * MEGABYTE and unpacked > STANDARD.ratio * packed):
        raise WorkbookError("F003", size=unpacked, limit=most)
    if any(one.flag_bits & 1 for one in listed):
        raise WorkbookError("F005")


def _name(entry: zipfile.ZipInfo) -> str:
    """The name of a file in an archive; Windows in Thai writes it in its own letters."""
    if entry.flag_bits & _UTF_8:
        return entry.filename
    raw = entry.filename.encode("cp437", errors="replace")
    for letters in ("utf-8", "cp874"):
        try:
            return raw.decode(letters)
        except UnicodeDecodeError:
            continue
    return entry.filename


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    try:
        with archive.open(entry) as file:
            return file.read(STANDARD.file_bytes + 1)
    except DAMAGED:
        return b"PK"  # What is left of it is refused as damaged.


def _in_folder(folder: Path) -> Iterator[Source]:
    files = (path for path in folder.rglob("*") if path.is_file())
    for path in sorted(files, key=lambda one: one.relative_to(folder).as_posix()):
        name = path.relative_to(folder).as_posix()
        if not _is_of_a_program(name):
            yield Source(name, partial(file_bytes, path))


def file_bytes(path: Path) -> bytes:
    """The bytes of a file, or one more than are accepted; `UsageError` U004 if it is not there."""
    try:
        with path.open("rb") as file:
            return file.read(STANDARD.file_bytes + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError("U004", file=str(path), reason=reason) from error


def _checked(sources: Iterable[Source]) -> tuple[Source, ...]:
    listed = tuple(sources)
    if len(listed) > MOST_FILES:
        raise UsageError("U012", count=len(listed), most=MOST_FILES)
    return listed


def _is_of_a_program(name: str) -> bool:
    parts = PurePosixPath(name.casefold()).parts
    return (
        "__macosx" in parts
        or any(part.startswith((".", "~$")) for part in parts)
        or parts[-1] in _OF_PROGRAMS
    )
