"""A database as it is opened, and units of work in it."""

import threading
import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from core.errors import StoreError
from core.store.engine.failures import as_store_errors
from core.store.engine.migrate import open_database
from core.store.engine.unit_of_work import (
    BUSY_SECONDS,
    close_engines,
    engine_for,
    reading,
    unit_of_work,
    writer,
)
from core.store.schema.tables import Province, Region, ResultsVersion


def a_region() -> Region:
    return Region(code="R03", name_th="เขต 3", name_en="Region 3")


def save(engine: Engine, row: SQLModel) -> None:
    with unit_of_work(engine) as session:
        session.add(row)
        session.commit()


def save_and_fail(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        session.add(a_region())
        session.flush()
        raise ZeroDivisionError


def regions(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return list(session.scalars(select(Region.code)))


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("busy_timeout", 60_000), ("foreign_keys", 1), ("synchronous", 1)],
)
def test_every_connection_of_sqlite_is_set_right(
    tmp_path: Path, pragma: str, value: object
) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'truat.db'}")
    with engine.connect() as one, engine.connect() as other:
        stored = {c.exec_driver_sql(f"PRAGMA {pragma}").scalar() for c in (one, other)}
    close_engines()
    assert stored == {value}


def test_a_reference_to_nothing_is_refused(engine: Engine) -> None:
    nowhere = Province(code="P61", name_th="อุทัยธานี", name_en="Uthai Thani", region="R99")
    with pytest.raises(StoreError, match="S014"):
        save(engine, nowhere)
    assert regions(engine) == []


def test_a_unit_of_work_rolls_back_unless_committed(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        session.add(a_region())
        session.flush()
    assert regions(engine) == []
    with unit_of_work(engine) as session:
        session.add(a_region())
        session.commit()
    assert regions(engine) == ["R03"]


def test_a_unit_of_work_rolls_back_when_it_fails(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError):
        save_and_fail(engine)
    assert regions(engine) == []


def test_a_reader_sees_one_moment_and_does_not_hold_up_the_writer(engine: Engine) -> None:
    with reading(engine) as before:
        assert list(before.scalars(select(Region.code))) == []
        with unit_of_work(engine) as session:
            session.add(a_region())
            session.commit()
        assert list(before.scalars(select(Region.code))) == []
    assert regions(engine) == ["R03"]


def test_a_reader_does_not_wait_for_the_writer(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        session.add(a_region())
        session.flush()
        # Whoever waited for this writer would wait in vain, and be told that the store is busy.
        assert regions(engine) == []


def test_a_second_writer_waits_its_turn(engine: Engine) -> None:
    order: list[str] = []
    first_is_in = threading.Event()

    def first() -> None:
        with unit_of_work(engine) as session:
            first_is_in.set()
            time.sleep(0.3)
            order.append("first done")
            session.commit()

    thread = threading.Thread(target=first)
    thread.start()
    assert first_is_in.wait(BUSY_SECONDS)
    with unit_of_work(engine):
        order.append("second in")
    thread.join()
    assert order == ["first done", "second in"]


def test_a_writer_that_waited_too_long_is_told_that_the_store_is_busy(engine: Engine) -> None:
    with (
        unit_of_work(engine),
        pytest.raises(StoreError, match="S003"),
        unit_of_work(engine, seconds=0),
    ):
        pytest.fail("two writers at once")


def test_a_writer_of_another_program_is_waited_for_as_long(engine: Engine) -> None:
    with (
        unit_of_work(engine),
        pytest.raises(StoreError, match="S003"),
        as_store_errors(engine.url),
        writer(engine, 0).begin(),
    ):
        pytest.fail("two writers at once")


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2023, 6, 30, 8, 15, 30, 123456),  # noqa: DTZ001
        datetime(2023, 6, 30, 8, 15, 30, 123456, tzinfo=UTC),
        datetime(2023, 6, 30, 15, 15, 30, 123456, tzinfo=timezone(timedelta(hours=7))),
    ],
    ids=["naive", "UTC", "of Thailand"],
)
def test_moments_come_back_aware_and_in_utc(engine: Engine, moment: datetime) -> None:
    with unit_of_work(engine) as session:
        session.add(ResultsVersion(id=1, made_at=moment, made_by="a test", why="test"))
        session.commit()
    with reading(engine) as session:
        stored = session.scalars(select(ResultsVersion.made_at)).one()
    assert stored == datetime(2023, 6, 30, 8, 15, 30, 123456, tzinfo=UTC)
    assert stored.utcoffset() == timedelta(0)


def test_one_address_is_one_engine_however_it_is_written(address: str) -> None:
    assert engine_for(address) is engine_for(address.replace("postgresql:", "postgres:"))


def test_sql_of_ones_own_is_rolled_back_too(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        session.execute(text("INSERT INTO region VALUES ('R01', 'เขต 1', 'Region 1')"))
    assert regions(engine) == []


def test_the_same_row_twice_is_refused(engine: Engine) -> None:
    save(engine, a_region())
    with pytest.raises(StoreError, match="S014") as caught:
        save(engine, a_region())
    assert isinstance(caught.value.__cause__, IntegrityError)
