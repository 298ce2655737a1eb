"""Many rows at once, in the quickest way each database has."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection, Select, Table, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from core.collector import collector_at_rest

Row = Sequence[Any]

BATCH: Final = 20_000
"""Rows handed to a driver or fetched from it at once."""


def table_of(model: type[SQLModel]) -> Table:
    """The table a model is stored in."""
    return model.metadata.tables[str(model.__tablename__)]


def insert_rows(session: Session, table: Table, rows: Iterable[Row], *, batch: int = BATCH) -> None:
    """Insert rows, their values in the order of the table's columns.

    Values go to the driver as they are: plain numbers, texts, bytes and None, no NaN and no NumPy
    scalars, which a driver may take for bytes.
    """
    session.flush()
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        _copy(connection, table, rows)
        return
    statement = _inserting(table)
    remaining = iter(rows)
    # So many rows at once would have the collector look through all there is, for nothing.
    with collector_at_rest():
        while some := [*map(tuple, islice(remaining, batch))]:
            connection.exec_driver_sql(statement, some)


@cache
def _inserting(table: Table) -> str:
    """The statement that inserts a row into a table of SQLite."""
    return str(table.insert().compile(dialect=sqlite.dialect()))


def _copy(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    quoted = connection.dialect.identifier_preparer
    columns = ", ".join(quoted.format_column(column) for column in table.columns)
    dbapi = connection.dialect.loaded_dbapi
    cursor = connection.connection.cursor()
    try:
        with cursor.copy(f"COPY {quoted.format_table(table)} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    except dbapi.Error as error:
        # SQLAlchemy wraps errors only of statements it executes itself.
        raise DBAPIError.instance(None, None, error, dbapi.Error) from error
    finally:
        cursor.close()


def columns_of(session: Session, query: Select[Any]) -> tuple[tuple[Any, ...], ...]:
    """The columns of a query's rows, values as the driver gives them: NULL is None.

    No object is made of a row, which would cost more than reading it.
    """
    session.flush()
    result = session.connection().execute(query)
    cursor: Any = result.cursor
    with collector_at_rest():
        rows = cursor.fetchall()
        columns = tuple(zip(*rows, strict=True)) if rows else ((),) * len(result.keys())
    result.close()
    return columns


def rows_of(session: Session, query: Select[Any]) -> Iterable[tuple[Any, ...]]:
    """The rows of a query as plain tuples, values as the driver gives them: NULL is None."""
    return zip(*columns_of(session, query), strict=True)


def upsert(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows; where the key exists the other columns take the new values."""
    if not rows:
        return
    insert: Any = (
        sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    )
    statement = insert(table)
    keys = list(table.primary_key.columns.keys())
    others = {c.name: statement.excluded[c.name] for c in table.columns if c.name not in keys}
    session.execute(statement.on_conflict_do_update(index_elements=keys, set_=others), list(rows))


def next_id(session: Session, table: Table) -> int:
    """The next free id; nobody else can take it, because there is one writer at a time."""
    session.flush()
    highest = session.scalar(select(func.max(table.c.id)))
    return int(highest or 0) + 1
