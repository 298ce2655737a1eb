"""What can be wrong with a database is told by code, and never by a traceback of a library."""

import errno
import os
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from core.errors import StoreError
from core.forms.model.issues import messages
from core.store.engine.migrate import open_database
from core.store.engine.unit_of_work import (
    close_engines,
    engine_for,
    reading,
    store_url,
    unit_of_work,
)
from core.store.uploads.repository import store_upload, uploads
from tests.core.store.conftest import postgresql
from tests.core.store.filling import a_file, a_month, send

NOBODY = 65534


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    close_engines()


@contextmanager
def without_rights() -> Iterator[None]:
    """As a user whom modes of files concern; nothing stops the administrator of a machine."""
    if not hasattr(os, "geteuid"):
        pytest.skip("modes of files mean something else here")
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may enter and nobody but its owner may write to."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    "content",
    [
        b"not a database, only a text that is long enough to have a header of one" * 20,
        b"PK\x03\x04",
    ],
    ids=["text", "short"],
)
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "truat.db"
    file.write_bytes(content)
    with pytest.raises(StoreError, match="S001") as caught:
        open_database(f"sqlite:///{file}")
    assert caught.value.params["store"] == str(file)
    assert file.read_bytes() == content


def test_a_store_whose_pages_are_damaged(tmp_path: Path) -> None:
    file = tmp_path / "truat.db"
    engine = open_database(f"sqlite:///{file}")
    for number in range(20):
        send(engine, a_file(bytes([number])), a_month("11223", cash=number))
    close_engines()
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(StoreError, match="S001"):
        open_database(f"sqlite:///{file}")


@pytest.mark.skipif(os.name == "nt", reason="modes of files mean something else here")
def test_a_folder_that_cannot_be_written(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    with without_rights(), pytest.raises(StoreError, match="S002") as caught:
        open_database(f"sqlite:///{open_folder / 'truat.db'}")
    assert caught.value.params["store"] == str(open_folder / "truat.db")


@pytest.mark.skipif(os.name == "nt", reason="modes of files mean something else here")
def test_a_folder_that_cannot_be_made(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    with without_rights(), pytest.raises(StoreError, match="S002"):
        open_database(f"sqlite:///{open_folder / 'further' / 'truat.db'}")


@pytest.mark.skipif(os.name == "nt", reason="modes of files mean something else here")
def test_a_store_that_cannot_be_written(open_folder: Path) -> None:
    file = open_folder / "truat.db"
    open_database(f"sqlite:///{file}")
    close_engines()
    file.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
    open_folder.chmod(0o555)
    with without_rights(), pytest.raises(StoreError, match="S002"):
        send(engine_for(f"sqlite:///{file}"), a_file(), a_month("11223"))


@pytest.mark.skipif(os.name == "nt", reason="modes of files mean something else here")
@pytest.mark.parametrize("is_in_use", [False, True], ids=["closed", "in use"])
def test_a_store_that_cannot_be_written_can_be_read(open_folder: Path, is_in_use: bool) -> None:
    address = f"sqlite:///{open_folder / 'truat.db'}"
    send(open_database(address), a_file(), a_month("11223"))
    close_engines()
    other = sqlite3.connect(open_folder / "truat.db")
    if is_in_use:  # By somebody who may write: the log of the store lies beside it.
        other.execute("UPDATE upload SET uploaded_by = 'somebody else'")
        other.commit()
    for file in open_folder.iterdir():
        file.chmod(0o444)
    open_folder.chmod(0o555)
    with without_rights():
        engine = open_database(address)
        with reading(engine) as session:
            (stored,) = uploads(session)
        with pytest.raises(StoreError, match="S002"), unit_of_work(engine):
            pytest.fail("written to what cannot be written")
        close_engines()
    other.close()
    assert stored.uploaded_by == ("somebody else" if is_in_use else "a CUP team")


def test_a_file_of_no_bytes_is_no_new_store(tmp_path: Path) -> None:
    file = tmp_path / "truat.db"
    file.touch()
    os.utime(file, (0, 0))
    with pytest.raises(StoreError, match="S020") as caught:
        open_database(f"sqlite:///{file}")
    assert caught.value.params["store"] == str(file)
    assert file.stat().st_size == 0


def test_a_server_that_stops_in_the_midst_loses_nothing_and_is_used_again(address: str) -> None:
    if address.startswith("sqlite"):
        pytest.skip("a file has no server")
    engine = open_database(address)

    def interrupted() -> None:
        with unit_of_work(engine) as session:
            store_upload(session, a_file(), [a_month("11223")])
            ours = session.execute(text("SELECT pg_backend_pid()")).scalar_one()
            with engine.connect() as other:
                other.execute(text("SELECT pg_terminate_backend(:ours)"), {"ours": ours})
            session.commit()

    with pytest.raises(StoreError, match="S005"):
        interrupted()
    with reading(engine) as session:
        assert uploads(session) == ()
    assert send(engine, a_file(), a_month("11223")).is_new


def test_a_folder_where_a_file_belongs(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="S002"):
        open_database(f"sqlite:///{tmp_path}")


def test_a_full_disk_stores_nothing(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'truat.db'}")
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    with pytest.raises(StoreError, match="S007"), unit_of_work(engine) as session:
        fill(session, pages)
    with unit_of_work(engine) as session:
        assert session.execute(text("SELECT count(*) FROM region")).scalar_one() == 0


def fill(session: object, pages: int) -> None:
    """Write until a file of so many pages is full."""
    session.execute(text(f"PRAGMA max_page_count = {pages}"))  # type: ignore[attr-defined]
    for number in range(1000):
        row = {"code": f"R{number}", "name": "เขต" * 1000}
        session.execute(text("INSERT INTO region VALUES (:code, :name, :name)"), row)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "address",
    ["", "truat.db", "mysql://somebody@host/truat", "sqlite://", "sqlite:///:memory:",
     "postgresql://host", "oracle:thing", "http://host/truat"],
)  # fmt: skip
def test_an_address_that_names_no_database_of_ours(address: str) -> None:
    with pytest.raises(StoreError, match="S006"):
        engine_for(address)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_ways_to_write_an_address(scheme: str) -> None:
    assert store_url(f"{scheme}://u:p@host/truat").drivername == "postgresql+psycopg"


def test_a_server_that_does_not_answer_is_told_without_the_password() -> None:
    with pytest.raises(StoreError, match="S005") as caught:
        engine_for("postgresql://somebody:secret@127.0.0.1:9/truat?connect_timeout=2")
    assert "somebody" in str(caught.value.params["store"])
    assert "secret" not in str(caught.value)
    assert "secret" not in str(caught.value.params)


def test_a_database_that_is_not_on_the_server() -> None:
    url = postgresql()
    if url is None:
        pytest.skip("no PostgreSQL is reachable")
    missing = url.set(database="no_such_database").render_as_string(hide_password=False)
    with pytest.raises(StoreError, match="S005"):
        engine_for(missing)


def test_every_code_has_its_sentence_and_takes_what_the_error_tells(tmp_path: Path) -> None:
    file = tmp_path / "truat.db"
    file.write_bytes(b"x" * 5000)
    with pytest.raises(StoreError) as caught:
        open_database(f"sqlite:///{file}")
    text_ = messages()[caught.value.code].text.fill(**caught.value.params)
    assert str(file) in text_.th
    assert str(file) in text_.en


def test_the_store_is_one_file_when_it_is_closed(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'truat.db'}")
    send(engine, a_file(), a_month("11223"))
    close_engines()
    assert [file.name for file in tmp_path.iterdir()] == ["truat.db"]
    with closing(sqlite3.connect(tmp_path / "truat.db")) as connection:
        assert connection.execute("SELECT count(*) FROM upload").fetchone() == (1,)


def test_a_folder_that_cannot_be_looked_into_is_told_as_not_writable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(StoreError, match="S002") as caught:
        open_database(f"sqlite:///{tmp_path / 'truat.db'}")
    assert caught.value.params["reason"] == "Read-only file system"
