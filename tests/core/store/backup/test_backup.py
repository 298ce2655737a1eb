"""Backups of stores in use, and stores brought back from them."""

import math
import sqlite3
import threading
from contextlib import closing
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Column, Engine, func, insert, select, text
from sqlalchemy.orm import Session

from core.errors import StoreError
from core.scoring.base.states import State
from core.store.audit.listing import Wanted, deeds
from core.store.audit.verifying import verify
from core.store.backup.copying import checksums
from core.store.backup.files import back_up, restore
from core.store.engine.migrate import head, open_database
from core.store.engine.unit_of_work import engine_for, reading, unit_of_work
from core.store.meetings.repository import NewMeeting, StoredEntry, ask, enter_meeting
from core.store.register.repository import enter_areas, enter_facilities
from core.store.results.detail import PartTable
from core.store.results.reading_changes import enter_reading_changes
from core.store.results.repository import details, results
from core.store.results.versions import stamp, take_snapshot
from core.store.schema.metadata import METADATA
from core.store.uploads.accounts import Account, Accounts
from core.store.uploads.document_lines import StoredLine
from core.store.uploads.observations import NewSubmission, Observed
from core.store.uploads.repository import content, uploads, withdraw_upload
from core.text import Text
from tests.core.store.filling import (
    AREAS,
    MONTH,
    a_file,
    a_month,
    cash_that_counts,
    hospital,
    levels,
    send,
    what_counts,
    write,
)

ODD = [0.1 + 0.2, 64.995, -0.0, math.inf, -math.inf, 5e-324, 2.0**53, math.nan]


def fill(engine: Engine) -> None:
    """Something in every table, every odd figure among it."""
    with unit_of_work(engine) as session:
        enter_areas(session, AREAS)
        closed = {"hcode9_new": "EA0011223", "closed_on": date(2022, 9, 30)}
        enter_facilities(session, [hospital("11223", latitude=15.379, island=True, **closed)])
        enter_facilities(session, [hospital("11224", "D6102", beds=30)])
        session.commit()
    figures = [
        Observed(
            f"finance.m{n}", v, State.STALE if math.isnan(v) else State.REPORTED, "การเงิน", "A1"
        )
        for n, v in enumerate(ODD)
    ]
    words = [Observed("facility.hgr", math.nan, State.REPORTED, "", "", "ทั่วไป")]
    accounts = Accounts.of([Account("1101030102.101", *ODD[:2], 2.0, -1.5, "งบทดลอง", "B2")])
    lines = [StoredLine("items", '{"values":{"plan.title":"แผน"}}')]
    told = NewSubmission("11223", MONTH, [*figures, *words], accounts, lines)
    first = send(engine, a_file(b"1" * 100_000), told)
    send(engine, a_file(b"2"), a_month("11223"), a_month("11224", cash=0.1))
    with unit_of_work(engine) as session:
        withdraw_upload(session, first.upload.id, by="an officer", reason="ผิดไฟล์")
        session.commit()
    tests = np.array([ODD])
    parts = PartTable(
        tuple(f"crisis.t{n}" for n in range(len(ODD))),
        tests, tests, tests, tests, np.zeros(tests.shape, dtype=np.int8),
    )  # fmt: skip
    write(engine, levels({f"1000{n}": value for n, value in enumerate(ODD)}))
    version, _ = write(engine, levels({"10000": 1.5}, parts=parts, submissions=[1]))
    with unit_of_work(engine) as session:
        enter_reading_changes(session, version, {"crisis.level": "ni"}, {"crisis.level": "ebitda"})
        take_snapshot(session, "ประชุม", by="a presenter")
        new = NewMeeting(title="ประชุม", area="P61", period=MONTH, rules="", made_by="a presenter")
        entry = StoredEntry("overview", {"area": "P61"}, Text("อุทัยธานี", "Uthai Thani"))
        ask(session, enter_meeting(session, new, [entry]), "หนี้ค้าง", view="", by="ผู้ถาม")
        fill_the_rest(session)
        session.commit()


def fill_the_rest(session: Session) -> None:
    """A row in every table that has none yet: something in each column, keys that are there."""
    for table in METADATA.sorted_tables:
        if not session.scalar(select(func.count()).select_from(table)):
            row = {column.name: something(session, column) for column in table.columns}
            session.execute(insert(table), [row])


def something(session: Session, column: Column[Any]) -> Any:
    for key in column.foreign_keys:
        return session.scalar(select(func.min(key.column)))
    kinds: dict[type, Any] = {
        bool: True, int: 1, float: ODD[1], str: "ก", bytes: b"1",
        date: date(2026, 1, 31), datetime: datetime(2026, 1, 31, 12, tzinfo=UTC),
    }  # fmt: skip
    stored: Any = getattr(column.type, "impl", column.type)
    return kinds[stored.python_type]


def sums(engine: Engine) -> dict[str, str]:
    with reading(engine) as session:
        return dict(checksums(session))


def levels_of(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return [repr(value) for value in results(session, "crisis.level", MONTH).value.tolist()]


def test_a_backup_holds_everything(engine: Engine, tmp_path: Path) -> None:
    fill(engine)
    copied = back_up(engine, tmp_path / "backups" / "today.db")
    assert min(copied.rows.values()) > 0, "a table without rows proves nothing"
    with closing(sqlite3.connect(tmp_path / "backups" / "today.db")) as connection:
        counted = {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in copied.rows
        }
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (head(),)
    assert counted == copied.rows
    assert [file.name for file in (tmp_path / "backups").iterdir()] == ["today.db"]


def test_figures_are_equal_after_restoring(engine: Engine, other: Engine, tmp_path: Path) -> None:
    fill(engine)
    before, shown, counted = sums(engine), levels_of(engine), what_counts(engine)
    file = tmp_path / "today.db"
    back_up(engine, file)
    send(engine, a_file(b"3"), a_month("11223", cash=99))
    write(engine, levels({"10000": 7, "99999": 7}))
    assert sums(engine) != before
    for store in (engine, other):
        restore(file, store)
        assert sums(store) == before
        assert levels_of(store) == shown
        stored = what_counts(store)
        assert stored.subjects == counted.subjects
        for measure, column in counted.columns.items():
            np.testing.assert_array_equal(stored.columns[measure].values, column.values)
            np.testing.assert_array_equal(stored.columns[measure].states, column.states)
    with reading(engine) as here, reading(other) as there:
        assert uploads(here) == uploads(there)
        assert [content(there, upload.id) for upload in uploads(here)] == [b"2", b"1" * 100_000]
        explained = details(here, range(20)), details(there, range(20))
    assert repr(explained[0]) == repr(explained[1]) != "{}"


def test_a_store_goes_from_one_database_to_another_and_back(
    engine: Engine, other: Engine, tmp_path: Path
) -> None:
    fill(engine)
    before = sums(engine)
    back_up(engine, tmp_path / "one.db")
    restore(tmp_path / "one.db", other)
    back_up(other, tmp_path / "two.db")
    restore(tmp_path / "two.db", engine)
    assert sums(engine) == before


def test_work_goes_on_after_restoring(engine: Engine, tmp_path: Path) -> None:
    fill(engine)
    back_up(engine, tmp_path / "today.db")
    restore(tmp_path / "today.db", engine)
    assert send(engine, a_file(b"4"), a_month("11225", cash=5)).is_new
    assert cash_that_counts(engine)["11225", "2566-M09"] == 5


def test_caches_notice_that_a_store_was_restored(engine: Engine, tmp_path: Path) -> None:
    fill(engine)
    back_up(engine, tmp_path / "today.db")
    with reading(engine) as session:
        before = stamp(session)
    restore(tmp_path / "today.db", engine)
    with reading(engine) as session:
        assert stamp(session) != before


def test_a_store_in_use_is_backed_up_as_it_was_at_one_moment(
    engine: Engine, tmp_path: Path
) -> None:
    stop = threading.Event()

    def write_on() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            send(engine, a_file(str(number).encode()), a_month("11223", cash=number))

    thread = threading.Thread(target=write_on)
    thread.start()
    try:
        for number in range(5):
            copied = back_up(engine, tmp_path / f"{number}.db").rows
            assert copied["upload"] == copied["upload_content"] == copied["submission"]
            assert copied["observation"] == copied["submission"]
    finally:
        stop.set()
        thread.join()
    copy = engine_for(f"sqlite:///{tmp_path / '4.db'}")
    assert cash_that_counts(copy) == {("11223", "2566-M09"): copied["upload"]}
    assert copied["upload"] > 0


def test_readers_see_the_old_store_until_the_new_one_is_whole(
    engine: Engine, tmp_path: Path
) -> None:
    fill(engine)
    back_up(engine, tmp_path / "today.db")
    send(engine, a_file(b"3"), a_month("11223", cash=99))
    with reading(engine) as session:
        query = text("SELECT count(*) FROM upload")
        assert session.execute(query).scalar_one() == 3
        restore(tmp_path / "today.db", engine)
        assert session.execute(query).scalar_one() == 3
    with reading(engine) as session:
        assert session.execute(query).scalar_one() == 2


def damaged(file: Path, how: str) -> None:
    """Damage a backup in one of the ways met."""
    if how == "missing":
        file.unlink()
    elif how == "no database":
        file.write_bytes(b"PK\x03\x04" * 500)
    elif how == "empty":
        file.write_bytes(b"")
    elif how == "cut off":
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    elif how == "overwritten":
        whole = bytearray(file.read_bytes())
        middle = len(whole) // 2
        whole[middle : middle + 20_000] = b"\xff" * 20_000
        file.write_bytes(whole)
    else:
        with closing(sqlite3.connect(file)) as connection:
            connection.execute(how)
            connection.commit()


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ("missing", "S008"),
        ("no database", "S008"),
        ("empty", "S008"),
        ("cut off", "S008"),
        ("overwritten", "S008"),
        ("DELETE FROM upload WHERE id = 1", "S008"),
        ("DROP TABLE alembic_version", "S008"),
        ("UPDATE alembic_version SET version_num = '9999'", "S004"),
        ("UPDATE about SET value = 'demo' WHERE key = 'kind'", "S013"),
    ],
)
def test_a_file_that_is_no_whole_backup_changes_nothing(
    engine: Engine, tmp_path: Path, how: str, code: str
) -> None:
    fill(engine)
    file = tmp_path / "today.db"
    back_up(engine, file)
    send(engine, a_file(b"3"), a_month("11223", cash=99))
    before = sums(engine)
    damaged(file, how)
    with pytest.raises(StoreError, match=code):
        restore(file, engine)
    assert sums(engine) == before


def test_a_copy_that_differs_is_not_used(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(engine)
    file = tmp_path / "today.db"
    back_up(engine, file)
    kept, before = file.read_bytes(), sums(engine)
    sums_of_others = count()
    monkeypatch.setattr(
        "core.store.backup.files.checksums", lambda _: {"result": str(next(sums_of_others))}
    )
    with pytest.raises(StoreError, match="S009"):
        back_up(engine, file)
    with pytest.raises(StoreError, match="S009"):
        restore(file, engine)
    assert file.read_bytes() == kept
    assert [name.name for name in tmp_path.glob(".backup-*")] == []
    assert sums(engine) == before


def test_demonstration_data_is_not_restored_over_ones_own(engine: Engine, tmp_path: Path) -> None:
    demo = open_database(f"sqlite:///{tmp_path / 'demo.db'}", "demo")
    back_up(demo, tmp_path / "demo-backup.db")
    with pytest.raises(StoreError, match="S013"):
        restore(tmp_path / "demo-backup.db", engine)
    restore(tmp_path / "demo-backup.db", demo)


def test_the_backup_is_left_as_it_was(engine: Engine, other: Engine, tmp_path: Path) -> None:
    fill(engine)
    file = tmp_path / "folder" / "today.db"
    back_up(engine, file)
    kept = file.read_bytes()
    restore(file, other)
    assert file.read_bytes() == kept
    assert list(file.parent.iterdir()) == [file]


def test_the_store_itself_is_no_place_for_its_backup(tmp_path: Path) -> None:
    file = tmp_path / "truat.db"
    store = open_database(f"sqlite:///{file}")
    with pytest.raises(StoreError, match="S016"):
        back_up(store, file)


def test_a_backup_that_cannot_be_written_is_an_error_of_ours(
    engine: Engine, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("a file where the folder belongs", encoding="utf-8")
    with pytest.raises(StoreError, match="S002"):
        back_up(engine, tmp_path / "file" / "today.db")


def test_deeds_go_into_a_backup_and_no_restore_takes_one_out(
    engine: Engine, other: Engine, tmp_path: Path
) -> None:
    file = tmp_path / "today.db"
    send(engine, a_file(b"1"), a_month("11223"))
    back_up(engine, file)
    send(engine, a_file(b"2"), a_month("11223", cash=2.0))
    restore(file, engine, "an officer")
    with reading(engine) as session:
        kept = deeds(session, Wanted())
        assert verify(session).broken is None
    assert [one.action for one in kept] == ["store_restored", *["unnamed"] * (len(kept) - 1)]
    assert kept[0].who == "an officer"
    # Another machine, after the first was lost: the trail goes on there.
    restore(file, other)
    with reading(other) as session:
        carried = deeds(session, Wanted())
        assert verify(session, carried[1].hash).broken is None
    assert carried[1:] == kept[-len(carried) + 1 :]
    # A store with a trail of its own keeps it.
    back_up(engine, file)
    restore(file, other)
    with reading(other) as session:
        assert deeds(session, Wanted())[1:] == carried
        assert verify(session).broken is None
