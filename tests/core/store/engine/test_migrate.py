"""Tables brought up to date, from nothing and from every revision."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from core.errors import StoreError
from core.store.engine.migrate import head, migrate, open_database, revision_of, revisions
from core.store.engine.unit_of_work import (
    close_engines,
    engine_for,
    reading,
    unit_of_work,
)
from core.store.schema.about import kind_of
from core.store.schema.tables import Stored


def differences(engine: Engine) -> list[object]:
    """What autogenerate would change to make the tables those of the models."""
    options = {"compare_type": True, "compare_server_default": True}
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, Stored.metadata))


def test_a_fresh_database_gets_exactly_the_tables_of_the_models(bare: Engine) -> None:
    assert differences(bare) != []
    assert migrate(bare) == (None, head())
    assert differences(bare) == []


@pytest.mark.parametrize("revision", revisions())
def test_every_revision_can_be_brought_up_to_date(bare: Engine, revision: str) -> None:
    assert migrate(bare, revision) == (None, revision)
    assert migrate(bare) == (revision, head())
    assert differences(bare) == []


def test_partial_indexes_are_partial(engine: Engine) -> None:
    stored = {
        index["name"]: index["dialect_options"]
        for table in ("submission", "result")
        for index in inspect(engine).get_indexes(table)
    }
    where = f"{engine.dialect.name}_where"
    assert "current" in str(stored["uq_submission_current"][where])
    assert "until IS NULL" in str(stored["uq_result_current"][where])


def test_figures_of_a_submission_lie_together_on_sqlite(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'truat.db'}")
    with engine.connect() as connection:
        query = "SELECT sql FROM sqlite_master WHERE name = 'observation'"
        made = connection.exec_driver_sql(query).scalar_one()
    close_engines()
    assert made.strip().endswith("WITHOUT ROWID")


def test_migrating_again_changes_nothing(engine: Engine) -> None:
    assert migrate(engine) == (head(), head())


def test_foreign_keys_are_watched_again_after_migrating(tmp_path: Path) -> None:
    engine = engine_for(f"sqlite:///{tmp_path / 'truat.db'}")
    migrate(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    close_engines()


def test_a_store_of_a_newer_program_is_refused_and_left_alone(engine: Engine, address: str) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="S004") as caught:
        open_database(address)
    assert caught.value.params["found"] == "9999"
    assert caught.value.params["known"] == head()
    with engine.connect() as connection:
        assert revision_of(connection) == "9999"


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'other.db'}"
    with engine_for(address).begin() as connection:
        connection.execute(text("CREATE TABLE somebody (name TEXT)"))
    with pytest.raises(StoreError, match="S001"):
        open_database(address)
    assert inspect(engine_for(address)).get_table_names() == ["somebody"]
    close_engines()


def test_a_migration_that_fails_leaves_nothing(
    bare: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("core.store.engine.migrate.revision_of", Steps(None, fail))
    with pytest.raises(ZeroDivisionError):
        migrate(bare)
    assert inspect(bare).get_table_names() == []


class Steps:
    """Stands for a function: gives one thing the first time, does another the next."""

    def __init__(self, first: object, then: object) -> None:
        self.first, self.then, self.called = first, then, False

    def __call__(self, argument: object) -> object:
        if not self.called:
            self.called = True
            return self.first
        return self.then(argument)  # type: ignore[operator]


def test_two_who_open_a_fresh_store_at_once_both_get_it(address: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        engines = list(pool.map(open_database, [address] * 4))
    assert differences(engines[0]) == []


def test_a_store_knows_whether_it_holds_demonstration_data(address: str) -> None:
    engine = open_database(address, "demo")
    with reading(engine) as session:
        assert kind_of(session) == "demo"
    assert open_database(address, "demo") is engine
    with pytest.raises(StoreError, match="S013"):
        open_database(address, "own")


def test_a_store_is_opened_while_somebody_writes(engine: Engine, address: str) -> None:
    with unit_of_work(engine):
        # Whoever waited for this writer would wait in vain, and be told that the store is busy.
        assert open_database(address) is engine
