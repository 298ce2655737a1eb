"""Bringing a store's tables up to the program's revision."""

from functools import cache, partial
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from core.errors import StoreError
from core.store.audit.leaving import no_deed
from core.store.engine.failures import as_store_errors, shown
from core.store.engine.one_view import once
from core.store.engine.settings import Kind
from core.store.engine.unit_of_work import engine_for, reading, unit_of_work, writer
from core.store.schema.about import KIND, enter, kind_of, renew
from core.store.schema.views import create_views, drop_views

_FOLDER: Final = Path(__file__).resolve().parents[1] / "migrations"
_REVISION_AND_KIND: Final = text(
    f"SELECT version_num, (SELECT value FROM about WHERE key = '{KIND}') AS value"  # noqa: S608
    " FROM alembic_version"
)


def open_database(address: str, kind: Kind = "own") -> Engine:
    """The store at an address, created or brought up to date where needed.

    Raises `StoreError`: S004 when a newer program wrote it, S013 when it holds demonstration data
    and should not, or the other way round, and what `engine_for` raises.
    """
    engine = engine_for(address)
    stored_kind = once((engine, "kind"), partial(_kind_if_current, engine))
    if stored_kind is None:
        migrate(engine)
        with reading(engine) as session:
            stored_kind = kind_of(session)
    if (stored_kind or _enter_kind(engine, kind)) != kind:
        raise StoreError("S013", store=shown(engine.url))
    return engine


def _kind_if_current(engine: Engine) -> str | None:
    """The kind of a store whose tables are at our newest revision; None for any other.

    One query, where Alembic needs several: every view of a page opens the store.
    """
    try:
        with engine.connect() as connection:
            row = connection.execute(_REVISION_AND_KIND).first()
    except DBAPIError:
        return None
    return row.value if row and row.version_num == head() else None


def _enter_kind(engine: Engine, kind: Kind) -> str:
    """Set the kind of a new store, unless another program just did; the kind it has now."""
    with unit_of_work(engine) as session:
        stored_kind = kind_of(session)
        if stored_kind is None:
            enter(session, KIND, kind)
            renew(session)
            no_deed(session, "a new store is marked as what it is")
            session.commit()
        return stored_kind or kind


def migrate(engine: Engine, revision: str = "head") -> tuple[str | None, str | None]:
    """Bring the tables to a revision, in one transaction; the revisions before and after.

    Nothing happens to a store that is at it already; `StoreError` S004 for a newer program's.
    """
    with as_store_errors(engine.url):
        # As a reader: a store that is up to date can be opened while somebody writes.
        with engine.connect() as connection:
            before = revision_of(connection)
            if before == (head() if revision == "head" else revision):
                return before, before
            _refuse_foreign(connection, before)
        with writer(engine).connect() as connection:
            return before, _upgrade(connection, revision)


def _upgrade(connection: Connection, revision: str) -> str | None:
    on_sqlite = connection.dialect.name == "sqlite"
    if on_sqlite:
        # Rebuilding a table drops the old one, which must not cascade to its children.
        _set_foreign_keys(connection, on=False)
    try:
        with connection.begin():
            config = _config()
            config.attributes["connection"] = connection
            drop_views(connection)
            command.upgrade(config, revision)
            reached = revision_of(connection)
            if reached == head():
                create_views(connection)
            return reached
    finally:
        if on_sqlite:
            _set_foreign_keys(connection, on=True)


def _set_foreign_keys(connection: Connection, *, on: bool) -> None:
    driver = connection.connection.driver_connection
    if driver is not None:
        driver.execute(f"PRAGMA foreign_keys = {'ON' if on else 'OFF'}")


def revision_of(connection: Connection) -> str | None:
    """The revision of a store's tables; None while it has none."""
    return MigrationContext.configure(connection).get_current_revision()


@cache
def head() -> str | None:
    """The newest revision the program knows."""
    return _scripts().get_current_head()


@cache
def revisions() -> tuple[str, ...]:
    """All revisions, oldest first."""
    return tuple(script.revision for script in reversed(list(_scripts().walk_revisions())))


def _refuse_foreign(connection: Connection, revision: str | None) -> None:
    url = connection.engine.url
    if revision is not None and revision not in revisions():
        raise StoreError("S004", store=shown(url), found=revision, known=head())
    if (
        revision is None
        and url.get_backend_name() == "sqlite"
        and inspect(connection).get_table_names()
    ):
        raise StoreError("S001", store=shown(url))


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    config = Config()
    # Alembic reads % as the beginning of a placeholder.
    config.set_main_option("recursive_version_locations", "true")
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    return config
