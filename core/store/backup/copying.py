"""Copying whole stores table by table into another database, and comparing them."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

import numpy as np
import orjson
from sqlalchemy import Column, Table, delete, insert, select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import NullType

from core.store.audit.chain import DEED
from core.store.schema.bulk import BATCH, insert_rows
from core.store.schema.metadata import METADATA
from core.store.schema.tables import About

_APART: Final = (About.__tablename__, DEED.name)
_BLOBS: Final = 4
"""Uploads fetched at once: they may be large."""


def tables() -> tuple[Table, ...]:
    """All tables that hold data, each after those it refers to.

    The trail of deeds is none of them: it is carried by `core.store.audit.carrying`.
    """
    return tuple(t for t in METADATA.sorted_tables if t.name not in _APART)


def empty(session: Session) -> None:
    """Delete every row of every table."""
    for table in reversed(tables()):
        session.execute(delete(table))


def copy_all(source: Session, target: Session) -> None:
    """Copy every row of every table into empty tables."""
    for table in tables():
        if _has_moments(table):
            # Databases store times differently: these few rows are converted by their types.
            rows = [dict(row) for row in source.execute(select(table)).mappings()]
            if rows:
                target.execute(insert(table), rows)
        else:
            batches = _batches(source, table, ordered=False)
            insert_rows(target, table, (r for b in batches for r in b), batch=_batch_of(table))


def checksums(session: Session) -> Mapping[str, str]:
    """A checksum of every table's rows, the same on every database for the same rows."""
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
    if any(_stored_type(key) is str for key in keys):
        # Databases collate texts differently.
        rows = session.execute(select(table)).all()
        yield from ([sorted(map(tuple, rows))] if rows else [])
    elif _has_moments(table):
        rows = session.execute(select(table).order_by(*keys)).all()
        yield from ([rows] if rows else [])
    else:
        yield from _batches(session, table, ordered=True)


def _batches(session: Session, table: Table, *, ordered: bool) -> Iterator[Sequence[Any]]:
    """Rows as the driver gives them, never all of them in memory."""
    query = select(*(type_coerce(column, NullType()) for column in table.columns))
    if ordered:
        query = query.order_by(*table.primary_key.columns)
    options = {"yield_per": _batch_of(table)}
    with session.connection().execute(query, execution_options=options) as result:
        yield from result.partitions()


def _as_bytes(column: Column[Any], values: Sequence[Any]) -> bytes:
    if _stored_type(column) is bytes:
        return b"".join(hashlib.sha256(value).digest() for value in values)
    if _stored_type(column) in (str, datetime, date):
        return orjson.dumps(values)
    # Numbers and yes/no; NULL becomes NaN, of one bit pattern.
    return np.array(values, dtype=np.float64).tobytes()


def _has_moments(table: Table) -> bool:
    return any(_stored_type(column) is datetime for column in table.columns)


def _batch_of(table: Table) -> int:
    return _BLOBS if any(_stored_type(column) is bytes for column in table.columns) else BATCH


def _stored_type(column: Column[Any]) -> type:
    """The Python type that the database stores, below any type of ours or of SQLModel's."""
    kind: type = getattr(column.type, "impl_instance", column.type).python_type
    return kind
