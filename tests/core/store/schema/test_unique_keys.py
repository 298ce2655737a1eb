"""Nothing doubles: the database itself refuses what would count twice."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine, text

from core.errors import StoreError
from core.store.engine.unit_of_work import unit_of_work
from core.store.register.repository import enter_areas, enter_facilities
from core.store.register.row import FacilityRow
from core.store.results.versions import take_snapshot
from tests.core.store.filling import AREAS, a_file, a_month, levels, send, write


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """A store with one row of each kind."""
    with unit_of_work(engine) as session:
        enter_areas(session, AREAS)
        names = "โรงพยาบาล", "Hospital"
        enter_facilities(session, [FacilityRow("11223", "001122300", *names, "hospital", "D6101")])
        session.commit()
    send(engine, a_file(), a_month("11223"))
    write(engine, replace(levels({"11223": 4}), notes=[{"reading": "ni"}]))
    with unit_of_work(engine) as session:
        take_snapshot(session, "round 1", by="a presenter")
        session.commit()
    return engine


@pytest.mark.parametrize(
    ("table", "changed"),
    [
        ("region", {}),
        ("province", {}),
        ("district", {}),
        ("facility", {"hcode": "'11224'"}),
        ("facility_state", {"beds": "99"}),
        ("period", {"id": "7"}),
        ("measure", {"id": "7"}),
        ("upload", {"id": "7", "version": "2"}),
        ("upload", {"id": "7", "sha256": "'other bytes'"}),
        ("submission", {"id": "7"}),
        ("observation", {"value": "99"}),
        ("result", {"id": "7"}),
        ("result", {"id": "7", "until": "1"}),
        ("result_detail", {"detail": "'other'"}),
        ("snapshot", {"id": "7"}),
    ],
)
def test_a_second_row_of_the_same_is_refused(
    filled: Engine, table: str, changed: dict[str, str]
) -> None:
    columns = columns_of(filled, table)
    values = ", ".join(changed.get(column, f'"{column}"') for column in columns)
    insert = f"INSERT INTO {table} SELECT {values} FROM {table} LIMIT 1"
    with pytest.raises(StoreError, match="S014") as caught:
        execute(filled, insert)
    assert "unique" in str(caught.value.params["reason"]).lower()


@pytest.mark.parametrize(
    ("table", "changed"),
    [
        ("submission", {"id": "7", "upload_id": "1", "period_id": "256609", "current": "FALSE"}),
        ("result", {"id": "7", "since": "2", "until": "3"}),
    ],
)
def test_what_counts_no_longer_may_stand_beside_what_counts(
    filled: Engine, table: str, changed: dict[str, str]
) -> None:
    write(filled, levels({"11224": 4}))
    write(filled, levels({"11224": 5}))
    if table == "submission":
        send(filled, a_file(b"2"), a_month("11224"))
        changed = changed | {"upload_id": "2"}
    columns = columns_of(filled, table)
    values = ", ".join(changed.get(column, f'"{column}"') for column in columns)
    before = ids(filled, table)
    execute(filled, f"INSERT INTO {table} SELECT {values} FROM {table} WHERE id = 1")
    assert ids(filled, table) == before | {7}


def ids(engine: Engine, table: str) -> set[int]:
    with engine.connect() as connection:
        return set(connection.execute(text(f"SELECT id FROM {table}")).scalars())


def columns_of(engine: Engine, table: str) -> list[str]:
    with engine.connect() as connection:
        return list(connection.execute(text(f"SELECT * FROM {table}")).keys())


def execute(engine: Engine, statement: str) -> None:
    with unit_of_work(engine) as session:
        session.execute(text(statement))
        session.commit()
