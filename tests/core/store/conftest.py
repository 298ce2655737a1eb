"""A fresh store for each test, on SQLite and, where one is reachable, on PostgreSQL."""

import os
import shutil
import uuid
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import URL, Engine, make_url

from core.store.engine.migrate import migrate, open_database
from core.store.engine.unit_of_work import close_engines, engine_for, file_engine

USUAL_PLACES = [f"postgresql://{user}@127.0.0.1:5432/test" for user in ("postgres", "root")]


@cache
def postgresql() -> URL | None:
    """The PostgreSQL that tests may use: the one that is named, else one on this machine."""
    named = os.environ.get("TRUAT_TEST_DATABASE_URL")
    for address in [named] if named else USUAL_PLACES:
        url = make_url(address).set(drivername="postgresql")
        try:
            psycopg.connect(url.render_as_string(hide_password=False), connect_timeout=2).close()
        except psycopg.OperationalError:
            if named:
                raise
            continue
        return url
    return None


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'truat.db'}"
        close_engines()
    else:
        yield from schema_of_its_own()


def schema_of_its_own() -> Iterator[str]:
    url = postgresql()
    if url is None:
        pytest.skip("no PostgreSQL is reachable")
    schema = f"truat_test_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as server:
        server.execute(f"CREATE SCHEMA {schema}")
        try:
            stored = url.update_query_dict({"options": f"-csearch_path={schema}"})
            yield stored.render_as_string(hide_password=False)
        finally:
            close_engines()
            server.execute("SET client_min_messages = warning")
            server.execute(f"DROP SCHEMA {schema} CASCADE")


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables and nothing in them, made once."""
    file = tmp_path_factory.mktemp("empty") / "truat.db"
    with file_engine(file) as engine:
        migrate(engine)
    return file


@pytest.fixture
def engine(address: str, empty_file: Path) -> Engine:
    """An empty store."""
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        shutil.copyfile(empty_file, str(url.database))
    return open_database(address)


@pytest.fixture
def other(tmp_path: Path, empty_file: Path) -> Iterator[Engine]:
    """Another empty store, a SQLite file."""
    yield open_database(f"sqlite:///{shutil.copyfile(empty_file, tmp_path / 'other.db')}")
    close_engines()


@pytest.fixture
def bare(address: str) -> Engine:
    """A database without tables."""
    return engine_for(address)
