"""Which files of the ledger are in force: a small database beside them.

A change writes new files and then names them here in one transaction: after a crash the files of
before are in force. Readers take the list once and read those files; files that are no longer
named stay for a while for those who still read them.
"""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from core.claims.columns import Kind
from core.errors import StoreError

DATABASE: Final = "claims.db"
_SECONDS: Final = 60
_KEPT_SECONDS: Final = 3600
"""How long a file that was replaced stays for readers that began before."""
_VERSION: Final = 1
"""Of the tables; in a ledger of version 0 rows lie in their own month wherever their claim is."""
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS upload (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, file_name TEXT NOT NULL, sha256 TEXT NOT NULL,
  rows INTEGER NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL, state TEXT NOT NULL,
  replaces INTEGER NOT NULL, reason TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS spoken (
  upload INTEGER NOT NULL, hcode TEXT NOT NULL, month INTEGER NOT NULL, rows INTEGER NOT NULL,
  PRIMARY KEY (upload, hcode, month));
CREATE TABLE IF NOT EXISTS file (
  name TEXT PRIMARY KEY, role TEXT NOT NULL, bucket INTEGER NOT NULL, month INTEGER,
  upload INTEGER, rows INTEGER NOT NULL, own_month INTEGER);
CREATE TABLE IF NOT EXISTS loose (
  bucket INTEGER NOT NULL, month INTEGER NOT NULL, hcode TEXT NOT NULL,
  PRIMARY KEY (bucket, month, hcode));
CREATE TABLE IF NOT EXISTS generation (number INTEGER NOT NULL);
"""


@dataclass(frozen=True)
class ClaimUpload:
    """A file of claims that was sent; `state` is stored or withdrawn, `at` is UTC in ISO form."""

    id: int
    kind: Kind
    file_name: str
    sha256: str
    rows: int
    by: str
    at: str
    state: str
    replaces: bool
    reason: str = ""


@dataclass(frozen=True)
class NewClaims:
    """Rows to be stored; `rows` has the columns of `PART`, whose `upload` and `kind` are set here.

    `replaces`: whether earlier rows of its kind, hospitals and months are out from now on.
    """

    kind: Kind
    file_name: str
    sha256: str
    by: str
    rows: pa.Table
    replaces: bool = False


@dataclass(frozen=True)
class LedgerFile:
    """A Parquet file in force; `month` is None for the figures of all months of a bucket."""

    name: str
    role: str
    bucket: int
    month: int | None
    upload: int | None
    rows: int


def _upload_of(row: tuple[Any, ...]) -> ClaimUpload:
    number, kind, file_name, sha256, rows, by, at, state, replaces, reason = row
    return ClaimUpload(number, kind, file_name, sha256, rows, by, at, state, bool(replaces), reason)


def _renew_tables(connection: sqlite3.Connection) -> None:
    """Bring the tables of an older program up to date; `is_unsettled` is true until it is."""
    columns = [row[1] for row in connection.execute("PRAGMA table_info(file)")]
    if "own_month" not in columns:
        connection.execute("ALTER TABLE file ADD COLUMN own_month INTEGER")
        connection.execute("UPDATE file SET own_month = month WHERE role = 'part'")


def is_unsettled(connection: sqlite3.Connection) -> bool:
    """Whether rows may lie elsewhere than their claims, as an older program left them."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0]) < _VERSION


def enter_settled(connection: sqlite3.Connection) -> None:
    """Note, within a change, that every row lies where its claim is."""
    connection.execute(f"PRAGMA user_version = {_VERSION}")


def enter_file(
    connection: sqlite3.Connection,
    name: str,
    role: str,
    of: tuple[int, int | None, int | None, int],
    own_month: int | None = None,
) -> None:
    """Name a file as one in force; `of`: bucket, month, upload and rows.

    `own_month` is the month that rows of a part speak of, wherever they lie.
    """
    connection.execute(
        "INSERT INTO file (name, role, bucket, month, upload, rows, own_month)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (name, role, *of, own_month),
    )


class Catalogue:
    """The list of files of one ledger."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def is_begun(self) -> bool:
        return (self.folder / DATABASE).is_file()

    @contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """One change at a time; what it names is in force only when all of it is written.

        `StoreError` S081 when another process is changing the ledger, or it cannot be written.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with closing(self._connect()) as connection:
            try:
                connection.executescript(_TABLES)
                connection.execute("BEGIN IMMEDIATE")
                _renew_tables(connection)
            except sqlite3.Error as error:
                raise StoreError("S081", folder=str(self.folder), reason=str(error)) from error
            try:
                yield connection
                connection.execute("INSERT INTO generation VALUES (1)")
                connection.execute("COMMIT")
            except BaseException:
                connection.execute("ROLLBACK")
                raise
        self._tidy()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.folder / DATABASE, timeout=_SECONDS, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        return connection

    def generation(self) -> int:
        """How often the ledger was changed; 0 where there is none. Figures kept go by it."""
        return int(self._all("SELECT count(*) FROM generation")[0][0]) if self.is_begun else 0

    def files(self, role: str, buckets: Sequence[int] | None = None) -> list[LedgerFile]:
        """The files of a role (part, ledger, events, monthly, denials) that are in force."""
        if not self.is_begun:
            return []
        rows = self._all(
            "SELECT name, role, bucket, month, upload, rows FROM file WHERE role = ?"
            " ORDER BY bucket, month, upload",
            role,
        )
        files_ = [LedgerFile(*row) for row in rows]
        return files_ if buckets is None else [one for one in files_ if one.bucket in buckets]

    def uploads(self) -> list[ClaimUpload]:
        """All files that were sent, newest first."""
        if not self.is_begun:
            return []
        rows = self._all(
            "SELECT id, kind, file_name, sha256, rows, by, at, state, replaces, reason FROM upload"
            " ORDER BY id DESC"
        )
        return [_upload_of(row) for row in rows]

    def spoken(self, upload: int | None = None) -> list[tuple[int, str, int, int]]:
        """Which hospitals and months uploads speak of: upload, hcode, month, rows."""
        where = "" if upload is None else " WHERE upload = ?"
        keys = () if upload is None else (upload,)
        return self._all(f"SELECT upload, hcode, month, rows FROM spoken{where}", *keys)  # noqa: S608

    def _all(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with closing(self._connect()) as connection:
            return connection.execute(query, values).fetchall()

    def _tidy(self) -> None:
        """Delete files that are named nowhere and that nobody can be reading any more."""
        in_force = {name for (name,) in self._all("SELECT name FROM file")}
        for path in self.folder.rglob("*.parquet"):
            name = path.relative_to(self.folder).as_posix()
            if name not in in_force and time.time() - path.stat().st_mtime > _KEPT_SECONDS:
                path.unlink(missing_ok=True)
