"""Whole stores: copied table by table into another database, and compared."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
import orjson
from sqlalchemy import Column, LargeBinary, Select, String, Table, delete, insert, select
from sqlalchemy.orm import Session

from core.store.bulk import BATCH, insert_rows
from core.store.columns import UtcTime
from core.store.tables import About, Stored

_BLOBS: Final = 4
"""Uploads fetched at once: they may be large."""


def tables() -> tuple[Table, ...]:
    """All tables that hold data, each after those it refers to."""
    return tuple(t for t in Stored.metadata.sorted_tables if t.name != About.__tablename__)


def empty(session: Session) -> None:
    """Delete every row of every table."""
    for table in reversed(tables()):
        session.execute(delete(table))


def copy_all(source: Session, target: Session) -> None:
    """Copy every row of every table into empty tables."""
    for table in tables():
        if _has_moments(table):
            # Databases write moments differently: these few rows go by way of their types.
            rows = [dict(row) for row in source.execute(select(table)).mappings()]
            if rows:
                target.execute(insert(table), rows)
        else:
            batches = _batches(source, select(table), _batch_of(table))
            insert_rows(target, table, (r for b in batches for r in b), batch=_batch_of(table))


def checksums(session: Session) -> Mapping[str, str]:
    """A checksum of every table's rows, the same on every database that holds the same."""
    return {table.name: _checksum(session, table) for table in tables()}


def _checksum(session: Session, table: Table) -> str:
    digest, count = hashlib.sha256(), 0
    for batch in _ordered(session, table):
        count += len(batch)
        for column, values in zip(table.columns, zip(*batch, strict=True), strict=True):
            digest.update(_as_bytes(column, values))
    return f"{count}:{digest.hexdigest()}"


def _ordered(session: Session, table: Table) -> Iterator[Sequence[Any]]:
    """All rows in the order of their keys, in batches of one size."""
    keys = list(table.primary_key.columns)
    if any(isinstance(key.type, String) for key in keys):
        # Databases sort texts differently.
        rows = session.execute(select(table)).all()
        yield from ([sorted(map(tuple, rows))] if rows else [])
    elif _has_moments(table):
        rows = session.execute(select(table).order_by(*keys)).all()
        yield from ([rows] if rows else [])
    else:
        yield from _batches(session, select(table).order_by(*keys), _batch_of(table))


def _batches(session: Session, query: Select[Any], size: int) -> Iterator[Sequence[Any]]:
    """Rows as the driver gives them, never all of them in memory."""
    result = session.connection().execute(query, execution_options={"stream_results": True})
    cursor: Any = result.cursor
    while rows := cursor.fetchmany(size):
        yield rows
    result.close()


def _as_bytes(column: Column[Any], values: Sequence[Any]) -> bytes:
    if isinstance(column.type, LargeBinary):
        return b"".join(hashlib.sha256(value).digest() for value in values)
    if isinstance(column.type, String | UtcTime):
        return orjson.dumps(values)
    # Numbers and yes/no; NULL becomes NaN, of one bit pattern.
    return np.array(values, dtype=np.float64).tobytes()


def _has_moments(table: Table) -> bool:
    return any(isinstance(column.type, UtcTime) for column in table.columns)


def _batch_of(table: Table) -> int:
    blobs = any(isinstance(column.type, LargeBinary) for column in table.columns)
    return _BLOBS if blobs else BATCH
