"""After storing, what the next click shows is read ahead: the click asks the store for nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from components.starts import ahead
from components.starts.ahead import read_ahead_of
from core.periods import Period, parse_period
from core.services.importing.receipts import Receipt
from core.services.overview.month import month
from core.services.overview.view import view
from core.services.profiles.facility import profile
from core.services.profiles.themes import facility_themes
from core.store.engine.migrate import open_database
from core.store.engine.unit_of_work import close_engines
from tests.core.services.sending import BROKE, SOUND, hospital, register, row, send

NOW = parse_period("2566-M09")


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "_CALM", 0)


@pytest.fixture
def country(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{tmp_path / 'truat.db'}")
    register(engine, hospital("11201"), hospital("11202", "D6102"))
    send(engine, row("11201", SOUND, month=8), row("11202", SOUND, month=8))
    yield engine
    close_engines()


@pytest.fixture
def statements(country: Engine) -> Iterator[list[str]]:
    """What the store is asked for."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        # The version of what is stored is looked up by every view.
        if statement.startswith("SELECT") and "FROM about" not in statement:
            found.append(statement)

    event.listen(country, "before_cursor_execute", note)
    yield found
    event.remove(country, "before_cursor_execute", note)


def clicked(engine: Engine, period: Period = NOW) -> None:
    """What the pages behind a receipt ask for."""
    profile(engine, "11201", period)
    facility_themes(engine, "11201", period)
    month(engine, period)
    view(engine, period="", area="", with_themes=True)


def stored(engine: Engine) -> Receipt:
    return send(engine, row("11201", BROKE))


def test_the_next_click_reads_nothing_that_was_read_ahead(
    country: Engine, statements: list[str]
) -> None:
    done = stored(country)
    statements.clear()
    clicked(country)
    cold = len(statements)
    assert cold > 10, "without reading ahead whoever looks first waits for all of it"

    done = send(country, row("11201", SOUND))
    statements.clear()
    read_ahead_of(country, done).result()
    assert len(statements) > 10
    statements.clear()
    clicked(country)
    assert len(statements) <= cold / 10, statements


def test_nobody_waits_for_it_and_the_last_file_counts(
    country: Engine, statements: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    done = stored(country)
    statements.clear()
    monkeypatch.setattr(ahead, "_newest", 0)
    ahead._read(country, done, number=-1)
    assert not statements, "an older file's months are not read any more"
