"""The ledger in one file, for backups: the files in force, their list, the secret of visit keys.

A zip whose entries are not packed again (Parquet is), with the SHA-256 of each in `hashes.sha256`,
as `sha256sum -c` reads it, and that of the database's backup it was written with.
"""

import hashlib
import os
import re
import secrets
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from core.claims.catalogue import DATABASE, Catalogue
from core.claims.keys import SECRET
from core.errors import StoreError

HASHES: Final = "hashes.sha256"
_ENTRY: Final = re.compile(
    rf"{re.escape(DATABASE)}|{re.escape(SECRET)}"
    r"|(parts|ledger|events|denials|monthly)/\w+/[\w-]+\.parquet"
)
_PIECE: Final = 1 << 20


@dataclass(frozen=True)
class Archived:
    """An archive of a ledger: its file, how many files it holds, and its bytes."""

    file: Path
    files: int
    size: int


def archive_of(backup: Path) -> Path:
    """Where the ledger lies that belongs to a backup of the database."""
    return backup.with_name(f"{backup.name}.claims.zip")


def hash_of(file: Path) -> str:
    """The SHA-256 of a file."""
    with file.open("rb") as stream:
        return _hashed(stream)


def size_of(folder: Path) -> int:
    """Bytes of the files in force of a ledger."""
    return sum((folder / name).stat().st_size for name in _members(Catalogue(folder)))


def pack(folder: Path, backup: Path) -> Archived:
    """Write a ledger, also one in use, beside the backup it belongs to, and read it back.

    `StoreError`: S002 where it cannot be written, S085 when what was written differs.
    """
    target = archive_of(backup)
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with tempfile.TemporaryDirectory(dir=backup.parent, prefix=".claims-") as place:
            hashes = _written(folder, Path(place) / DATABASE, draft, backup)
        _verify(draft, hashes, target.name)
        draft.replace(target)
    except OSError as error:
        raise StoreError("S002", store=str(target), reason=error.strerror or "") from error
    finally:
        draft.unlink(missing_ok=True)
    return Archived(target, len(hashes), target.stat().st_size)


def _written(folder: Path, database: Path, draft: Path, backup: Path) -> Mapping[str, str]:
    """Write all entries; the list of files first, so that all it names are there still."""
    with (
        closing(sqlite3.connect(folder / DATABASE)) as connection,
        closing(sqlite3.connect(database)) as copy,
    ):
        connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        names = [name for (name,) in copy.execute("SELECT name FROM file ORDER BY name")]
    sources = {DATABASE: database} | {name: folder / name for name in names}
    if (folder / SECRET).exists():
        sources[SECRET] = folder / SECRET
    # It holds the secret: for its owner alone, as the secret is.
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as stream, zipfile.ZipFile(stream, "w") as archive:
        hashes = {name: _add(archive, name, source) for name, source in sources.items()}
        lines = {**hashes, backup.name: hash_of(backup)}
        archive.writestr(HASHES, "".join(f"{digest}  {name}\n" for name, digest in lines.items()))
    return hashes


def _add(archive: zipfile.ZipFile, name: str, source: Path) -> str:
    digest = hashlib.sha256()
    with source.open("rb") as stream, archive.open(name, "w", force_zip64=True) as entry:
        while piece := stream.read(_PIECE):
            digest.update(piece)
            entry.write(piece)
    return digest.hexdigest()


def _members(catalogue: Catalogue) -> list[str]:
    roles = ("part", "ledger", "events", "denials", "monthly")
    return [one.name for role in roles for one in catalogue.files(role)]


def _hashed(stream: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while piece := stream.read(_PIECE):
        digest.update(piece)
    return digest.hexdigest()


def _verify(file: Path, hashes: Mapping[str, str], name: str) -> None:
    with zipfile.ZipFile(file) as archive:
        for entry, digest in hashes.items():
            with archive.open(entry) as stream:
                if _hashed(stream) != digest:
                    raise StoreError("S085", file=name, entry=entry)


@contextmanager
def unpacked(backup: Path, folder: Path) -> Iterator["Unpacked"]:
    """The ledger of a backup, checked and laid beside the one it will replace.

    Nothing is replaced yet: `put_in_place` does. `StoreError`: S085 for an archive that is damaged
    or does not hold what its list says, S086 for one of another backup.
    """
    archive = archive_of(backup)
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".restore-"))
    try:
        try:
            files = _laid_out(archive, backup, draft)
        except (zipfile.BadZipFile, OSError, KeyError, ValueError, RuntimeError) as error:
            raise StoreError("S085", file=archive.name, entry=type(error).__name__) from error
        yield Unpacked(draft, folder, Archived(archive, files, archive.stat().st_size))
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _laid_out(archive_file: Path, backup: Path, draft: Path) -> int:
    with zipfile.ZipFile(archive_file) as archive:
        lines = archive.read(HASHES).decode().splitlines()
        hashes = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
        if hashes.pop(backup.name, "") != hash_of(backup):
            raise StoreError("S086", file=archive_file.name, backup=backup.name)
        for name, digest in hashes.items():
            if not _ENTRY.fullmatch(name) or _laid(archive, name, draft) != digest:
                raise StoreError("S085", file=archive_file.name, entry=name[:80])
    if {DATABASE, *_members(Catalogue(draft))} - set(hashes):
        raise StoreError("S085", file=archive_file.name, entry=DATABASE)
    return len(hashes)


def _laid(archive: zipfile.ZipFile, name: str, draft: Path) -> str:
    target = draft / name
    target.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(
        target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if name == SECRET else 0o666
    )
    digest = hashlib.sha256()
    with os.fdopen(handle, "wb") as file, archive.open(name) as stream:
        while piece := stream.read(_PIECE):
            digest.update(piece)
            file.write(piece)
    return digest.hexdigest()


@dataclass(frozen=True)
class Unpacked:
    """A ledger that was checked and waits to replace the one in `folder`."""

    draft: Path
    folder: Path
    archived: Archived

    def put_in_place(self) -> None:
        """Replace the ledger; figures of either are not taken for those of the other."""
        old = Catalogue(self.folder)
        if old.is_begun:
            with old.changing():  # Whoever is changing it ends first.
                pass
        self._go_on_from(old.generation())
        away = self.draft.with_name(f"{self.draft.name}-before")
        with suppress(FileNotFoundError):
            self.folder.rename(away)
        self.draft.rename(self.folder)
        shutil.rmtree(away, ignore_errors=True)

    def _go_on_from(self, generation: int) -> None:
        """Number the ledger's changes past those of the one it replaces: results go by them."""
        behind = max(generation - Catalogue(self.draft).generation(), 0) + 1
        with closing(sqlite3.connect(self.draft / DATABASE)) as connection, connection:
            connection.executemany("INSERT INTO generation VALUES (?)", [(1,)] * behind)
