"""Opening a database, and units of work in it.

Readers see one moment and never wait. There is one writer at a time on every database: results of a
peer group must not be recomputed while another change of the same group is going on. Both open for
nobody who has not come through a door (`core.access.doors`).
"""

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session

from core.access.doors import refuse_outside
from core.errors import StoreError
from core.store.audit import leaving
from core.store.engine.failures import as_store_errors, shown
from core.store.engine.one_view import ask_anew, once
from core.store.engine.sqlite_file import connect, refuse_emptied
from core.store.schema.moment import AS_OF_NOW

BUSY_SECONDS: Final = 60
"""How long a writer waits for its turn before it fails with S003: twenty imports take some."""

_DRIVERS: Final = {
    "sqlite": "sqlite+pysqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
}
_PAUSE: Final = 0.02
_ENGINES: Final[dict[URL, Engine]] = {}
_LEFT_BEHIND: Final[list[Engine]] = []
_TURNS: Final[dict[URL, threading.Lock]] = {}
_OPENING: Final = threading.Lock()


def store_url(address: str) -> URL:
    """The database of an address; `StoreError` S006 for one that cannot hold a store."""
    try:
        url = make_url(address)
    except (ArgumentError, ValueError) as error:
        raise StoreError("S006") from error
    url = url.set(drivername=_DRIVERS.get(url.drivername, url.drivername))
    if url.drivername not in _DRIVERS.values() or not url.database or ":memory:" in url.database:
        raise StoreError("S006")
    return url


def engine_for(address: str) -> Engine:
    """The engine of a database address, one for each; a SQLite file and its folder are created.

    Raises `StoreError`: S001 no database, S002 not writable, S005 not reachable, S006 no address,
    S020 a file without content.
    """
    url = store_url(address)
    if url.get_backend_name() == "sqlite":
        refuse_emptied(url)
    with _OPENING:
        engine = _ENGINES.get(url) or _ENGINES.setdefault(url, _new_engine(url))
    return once(engine, partial(_reached, engine))


def _reached(engine: Engine) -> Engine:
    with as_store_errors(engine.url), engine.connect():
        return engine


def close_engines() -> None:
    """Close every connection of this program; the next use opens new ones."""
    with _OPENING:
        for engine in _ENGINES.values():
            engine.dispose()
        _ENGINES.clear()


def _leave_behind() -> None:
    """A copy of this process opens what it needs: connections belong to the one that made them.

    They are kept from being closed here, which would end what the other process has of the file.
    """
    _LEFT_BEHIND.extend(_ENGINES.values())
    _ENGINES.clear()
    _TURNS.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_leave_behind)


def _new_engine(url: URL, journal: str = "WAL") -> Engine:
    if url.get_backend_name() == "sqlite":
        _make_folder(Path(str(url.database)), url)
        engine = create_engine(url, creator=partial(connect, url, BUSY_SECONDS))
        event.listen(engine, "connect", partial(_set_pragmas, journal))
        event.listen(engine, "begin", _begin_sqlite)
    else:
        engine = create_engine(url, pool_pre_ping=True)
        event.listen(engine, "begin", _begin_postgresql)
    return engine


@contextmanager
def file_engine(file: Path) -> Iterator[Engine]:
    """The engine of a SQLite file without a write-ahead log beside it, as for a backup."""
    url = URL.create("sqlite+pysqlite", database=str(file))
    engine = _new_engine(url, journal="DELETE")
    try:
        with as_store_errors(url):
            yield engine
    finally:
        engine.dispose()


def _make_folder(file: Path, url: URL) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError("S002", store=shown(url), reason=error.strerror or "") from error


def _set_pragmas(journal: str, connection: sqlite3.Connection, _record: object) -> None:
    # `_begin_sqlite` begins transactions: the driver itself would begin them too late.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    if not connection.execute("PRAGMA query_only").fetchone()[0]:
        _set_journal(connection, journal)
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")


def _set_journal(connection: sqlite3.Connection, journal: str) -> None:
    """Set the journal mode; retried, since SQLite does not wait when two open a new file."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute(f"PRAGMA journal_mode = {journal}").fetchone()
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE)


def _patience(connection: Connection) -> int | None:
    """How many seconds a writer waits for its turn; None for a reader."""
    seconds: int | None = connection.get_execution_options().get("truat_writer")
    return seconds


def _begin_sqlite(connection: Connection) -> None:
    seconds = _patience(connection)
    if seconds is None:
        connection.exec_driver_sql("BEGIN")
        return
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {seconds * 1000}")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")


def _begin_postgresql(connection: Connection) -> None:
    seconds = _patience(connection)
    if seconds is None:
        return
    # A limit of 0 is none: a millisecond is the shortest.
    connection.execute(text(f"SET LOCAL lock_timeout = '{max(seconds * 1000, 1)}ms'"))
    lock = "SELECT pg_advisory_xact_lock(hashtext('truat'), hashtext(current_schema()))"
    connection.execute(text(lock))
    if not seconds:
        connection.execute(text(f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'"))


def writer(engine: Engine, seconds: int | None = None) -> Engine:
    """The same engine, its transactions those of the one writer, who waits for a turn so long."""
    patience = BUSY_SECONDS if seconds is None else seconds
    return engine.execution_options(truat_writer=patience, **AS_OF_NOW)


@contextmanager
def _turn(engine: Engine, seconds: int) -> Iterator[None]:
    """The turn of one writer of this program: others wait in line, and need not ask again."""
    with _OPENING:
        turn = _TURNS.setdefault(engine.url, threading.Lock())
    if not turn.acquire(timeout=seconds):
        raise StoreError("S003", store=shown(engine.url), reason="")
    try:
        yield
    finally:
        turn.release()


@contextmanager
def unit_of_work(engine: Engine, seconds: int | None = None) -> Iterator[Session]:
    """A session of the one writer that rolls back unless `.commit()` was called.

    What it changes leaves a deed: `core.store.audit.leaving.leave` says which.
    `seconds` it waits for its turn, 0 not at all. Raises `StoreError`: S003 when other writers take
    longer, S007 when the disk is full.
    """
    refuse_outside(changing=True)
    patience = BUSY_SECONDS if seconds is None else seconds
    with (
        _turn(engine, patience),
        as_store_errors(engine.url),
        Session(writer(engine, patience), expire_on_commit=False) as session,
    ):
        leaving.begin(session)
        event.listen(session, "before_commit", leaving.settle)
        try:
            yield session
        finally:
            ask_anew()


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that sees the store at one moment and changes nothing."""
    refuse_outside()
    options: dict[str, Any] = {}
    if engine.dialect.name == "postgresql":
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with as_store_errors(engine.url), Session(engine.execution_options(**options)) as session:
        yield session
