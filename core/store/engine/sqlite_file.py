"""Connections to the file of a SQLite store, also to one that can only be read."""

import os
import sqlite3
import time
from pathlib import Path
from typing import Final

from sqlalchemy import URL

from core.errors import StoreError

_BEING_MADE: Final = 30
"""Seconds for which an empty file may be one that another program is just making."""


def connect(url: URL, busy_seconds: int) -> sqlite3.Connection:
    """Open a store's file; where it or its folder cannot be written, for reading alone.

    Such a connection says so by `PRAGMA query_only`; writing fails as in any file one may not
    write to.
    """
    file = Path(str(url.database))
    options = {"timeout": busy_seconds, "check_same_thread": False}
    if not _is_read_only(file):
        return sqlite3.connect(file, **options)  # type: ignore[call-overload, no-any-return]
    # Nobody who may write has it open: then no log lies beside it, and none could be made.
    unchanging = "" if _has_log(file) else "&immutable=1"
    address = f"{file.resolve().as_uri()}?mode=ro{unchanging}"
    connection: sqlite3.Connection = sqlite3.connect(address, uri=True, **options)  # type: ignore[call-overload]
    connection.execute("PRAGMA query_only = ON")
    return connection


def refuse_emptied(url: URL) -> None:
    """`StoreError` S020 for a file of no bytes: what was in it is lost, and it is no new store."""
    file = Path(str(url.database))
    try:
        known = file.stat()
    except OSError:
        return
    if known.st_size == 0 and file.is_file() and time.time() - known.st_mtime > _BEING_MADE:
        raise StoreError("S020", store=str(file))


def _is_read_only(file: Path) -> bool:
    if not file.is_file():
        return False
    as_we_act = os.access in os.supports_effective_ids
    return not all(
        os.access(place, os.W_OK, effective_ids=as_we_act) for place in (file, file.parent)
    )


def _has_log(file: Path) -> bool:
    return file.with_name(f"{file.name}-wal").exists()
