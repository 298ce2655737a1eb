"""Errors of databases as `StoreError` with a stable code."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError

from core.errors import StoreError

_SQLITE: Final[Mapping[int, str]] = {
    sqlite3.SQLITE_NOTADB: "S001",
    sqlite3.SQLITE_CORRUPT: "S001",
    sqlite3.SQLITE_READONLY: "S002",
    sqlite3.SQLITE_CANTOPEN: "S002",
    sqlite3.SQLITE_PERM: "S002",
    sqlite3.SQLITE_BUSY: "S003",
    sqlite3.SQLITE_LOCKED: "S003",
    sqlite3.SQLITE_FULL: "S007",
}
_PRIMARY: Final = 0xFF  # The last byte of an extended SQLite code is the primary code.

# SQLSTATE codes of the standard and of PostgreSQL: whole codes, and classes by two letters.
_SQLSTATES: Final[Mapping[str, str]] = {
    "25006": "S002",  # read-only transaction
    "42501": "S002",  # no right to
    "55P03": "S003",  # lock not available
    "57014": "S003",  # took too long
    "40": "S003",  # two at once; one has to come again
    "53100": "S007",  # disk full
    "53": "S005",  # too many connections, no memory
    "08": "S005",  # connection lost
    "28": "S005",  # wrong name or password
    "3D": "S005",  # no such database
    "57": "S005",  # shut down by its operator
}


def shown(url: URL) -> str:
    """The file of a database, or its address without the password."""
    if url.get_backend_name() == "sqlite":
        return url.database or ""
    return url.render_as_string(hide_password=True)


def store_error(error: BaseException, url: URL) -> StoreError:
    """The `StoreError` for what a driver raised; S014 with the driver's message when none fits."""
    cause = getattr(error, "orig", None) or error
    return StoreError(_code(cause, url), store=shown(url), reason=_first_line(cause))


def _code(cause: BaseException, url: URL) -> str:
    number = getattr(cause, "sqlite_errorcode", None)
    if number is not None:
        return _SQLITE.get(number & _PRIMARY, "S014")
    if url.get_backend_name() == "sqlite":
        return "S014"
    state = getattr(cause, "sqlstate", None)
    if state is None:  # No server answered.
        return "S005"
    return _SQLSTATES.get(state) or _SQLSTATES.get(state[:2]) or "S014"


def _first_line(cause: BaseException) -> str:
    return (str(cause).strip().splitlines() or [type(cause).__name__])[0]


@contextmanager
def as_store_errors(url: URL) -> Iterator[None]:
    """A block in which errors of the database become `StoreError`."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        raise store_error(error, url) from error
