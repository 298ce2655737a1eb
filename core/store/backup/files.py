"""Backups: a whole store in one file, written from a database in use and restored into one.

A backup is a SQLite file of the same tables whatever the database, so it can also move a store from
one database to another. What was written is compared before a backup or restore succeeds.
"""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from core.errors import StoreError
from core.store.audit.carrying import carry, compare_trails
from core.store.audit.chain import end_of
from core.store.audit.leaving import NewDeed, leave, no_deed
from core.store.backup.copying import checksums, copy_all, empty, tables
from core.store.engine.failures import shown
from core.store.engine.migrate import migrate
from core.store.engine.unit_of_work import file_engine, reading, unit_of_work
from core.store.schema.about import KIND, enter, kind_of, renew


@dataclass(frozen=True, slots=True)
class Copied:
    """How many rows of each table a backup or a restored store holds."""

    rows: Mapping[str, int]


def back_up(engine: Engine, file: Path) -> Copied:
    """Write a backup of a store, also while it is in use; an older file of the name is replaced.

    Raises `StoreError`: S002 where the file cannot be written, S009 when what was written differs
    from the store, S016 when the file is the store itself.
    """
    if _is_file_of(engine, file):
        raise StoreError("S016", file=file.name)
    with _beside(file) as draft:
        with reading(engine) as session:
            expected = checksums(session)
            _copy_out(session, draft)
        with file_engine(draft) as copy, reading(copy) as session:
            _compare(expected, session, file)
            copied = _counted(session)
        draft.replace(file)
    return copied


def restore(file: Path, engine: Engine, by: str = "") -> Copied:
    """Replace the content of a store by that of a backup, but no deed: those stay, with a new one.

    In one transaction: readers see the old content until all is compared, and a failure keeps it.
    Raises `StoreError`: S004 for a backup of a newer program, S008 for a file that is no
    whole backup, S009 when what was written differs, S013 for the other kind of data.
    """
    with (
        tempfile.TemporaryDirectory() as folder,
        _upgraded_copy(file, Path(folder)) as backup,
        reading(backup) as source,
        unit_of_work(engine) as target,
    ):
        _refuse_other_kind(source, target, engine)
        empty(target)
        copy_all(source, target)
        _compare(checksums(source), target, file)
        renew(target)
        copied = _counted(target)
        carry(source, target)
        _leave(source, target, file, by)
        target.commit()
    return copied


def _leave(source: Session, target: Session, file: Path, by: str) -> None:
    deeds, end = end_of(source)
    copied, last = end_of(target)
    before, after = {"deeds": copied, "end": last}, {"file": file.name, "deeds": deeds, "end": end}
    leave(target, NewDeed("store_restored", "store", by, before=before, after=after))


def _refuse_other_kind(source: Session, target: Session, engine: Engine) -> None:
    if kind_of(source) != kind_of(target):
        raise StoreError("S013", store=shown(engine.url))


def _copy_out(session: Session, draft: Path) -> None:
    """Copy what a session sees into a new file."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        driver: Any = connection.connection.driver_connection
        with closing(sqlite3.connect(draft)) as copy:
            driver.backup(copy)
        return
    with file_engine(draft) as engine:
        migrate(engine)
        with unit_of_work(engine) as copy:
            copy_all(session, copy)
            carry(session, copy)
            compare_trails(session, copy, draft.name)
            no_deed(copy, "a backup has the deeds of its store and no other")
            enter(copy, KIND, kind_of(session) or "own")
            copy.commit()


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """A draft in the same folder, so that it can be renamed to the file atomically."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        folder = tempfile.mkdtemp(prefix=".backup-", dir=file.parent)
    except OSError as error:
        raise StoreError("S002", store=str(file), reason=error.strerror or "") from error
    try:
        yield Path(folder) / file.name
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _upgraded_copy(file: Path, folder: Path) -> Iterator[Engine]:
    """A copy of a backup, its tables brought up to date; the backup itself stays as it is."""
    copy = folder / "backup.db"
    try:
        shutil.copyfile(file, copy)
        _check_whole(copy)
    except (OSError, sqlite3.Error) as error:
        raise StoreError("S008", file=file.name) from error
    with file_engine(copy) as engine:
        migrate(engine)
        yield engine


def _check_whole(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection:
        integrity = connection.execute("PRAGMA integrity_check(1)").fetchone()
        orphan = connection.execute("PRAGMA foreign_key_check").fetchone()
        connection.execute("SELECT version_num FROM alembic_version")
    if integrity != ("ok",) or orphan is not None:
        raise sqlite3.DatabaseError


def _compare(expected: Mapping[str, str], session: Session, file: Path) -> None:
    written = checksums(session)
    for table in expected:
        if written[table] != expected[table]:
            raise StoreError("S009", file=file.name, table=table)


def _counted(session: Session) -> Copied:
    counts = {t.name: session.scalar(select(func.count()).select_from(t)) or 0 for t in tables()}
    return Copied(counts)


def _is_file_of(engine: Engine, file: Path) -> bool:
    if engine.dialect.name != "sqlite" or not file.exists():
        return False
    return file.samefile(str(engine.url.database))
