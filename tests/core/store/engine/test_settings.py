"""Where the store is, and which of the two is open."""

from pathlib import Path

import pytest

from core.errors import StoreError
from core.store.engine.settings import (
    VAR_FOLDER,
    StoreSettings,
    address_of,
    begin,
    choose,
    chosen,
    for_everybody,
    look_for_choice,
)

SERVER = "postgresql://u:p@host/truat"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TRUAT_DATABASE_URL", "TRUAT_VAR_FOLDER"):
        monkeypatch.delenv(name, raising=False)


def test_stores_are_files_of_the_checkout_unless_something_is_set() -> None:
    assert VAR_FOLDER.parts[-2:] == ("data", "var")
    assert address_of("own") == f"sqlite:///{VAR_FOLDER / 'truat.db'}"
    assert address_of("demo") == f"sqlite:///{VAR_FOLDER / 'demo.db'}"


def test_the_environment_names_another_place(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TRUAT_VAR_FOLDER", str(tmp_path))
    assert address_of("own") == f"sqlite:///{tmp_path / 'truat.db'}"
    monkeypatch.setenv("TRUAT_DATABASE_URL", SERVER)
    assert address_of("own") == SERVER


def test_a_variable_that_is_set_to_nothing_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TRUAT_DATABASE_URL", "TRUAT_VAR_FOLDER", "TRUAT_FILL_DEMO"):
        monkeypatch.setenv(name, "")
    assert address_of("own") == f"sqlite:///{VAR_FOLDER / 'truat.db'}"
    assert not StoreSettings().fill_demo


def test_demonstration_data_never_goes_to_ones_own_database() -> None:
    settings = StoreSettings(database_url=SERVER)
    assert address_of("demo", settings) == f"sqlite:///{VAR_FOLDER / 'demo.db'}"


def test_the_demonstration_is_open_until_somebody_chooses(tmp_path: Path) -> None:
    settings = StoreSettings(var_folder=tmp_path / "var")
    assert chosen(settings) == "demo"
    choose("own", settings)
    assert chosen(settings) == "own"
    choose("demo", settings)
    assert chosen(settings) == "demo"


def test_a_database_that_was_named_is_open_until_somebody_chooses(tmp_path: Path) -> None:
    settings = StoreSettings(database_url=SERVER, var_folder=tmp_path)
    assert chosen(settings) == "own"
    choose("demo", settings)
    assert chosen(settings) == "demo"


def test_a_choice_that_makes_no_sense_is_none(tmp_path: Path) -> None:
    settings = StoreSettings(var_folder=tmp_path)
    choose("own", settings)
    (file,) = tmp_path.iterdir()
    file.write_text("???", encoding="utf-8")
    assert chosen(settings) == "demo"


def test_a_choice_that_cannot_be_written_is_an_error_of_ours(tmp_path: Path) -> None:
    file = tmp_path / "var"
    file.write_text("a file where the folder belongs", encoding="utf-8")
    with pytest.raises(StoreError, match="S002"):
        choose("own", StoreSettings(var_folder=file))


def test_what_somebody_began_is_shown_from_the_next_start_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = StoreSettings(var_folder=tmp_path)
    assert for_everybody(settings) == "demo"
    begin(settings)
    # Others go on looking at what they look at.
    assert for_everybody(settings) == "demo"
    monkeypatch.setattr("core.store.engine.settings._BEGUN_AT_START", {})
    assert for_everybody(settings) == "own"


def test_beginning_overrules_no_decision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = StoreSettings(var_folder=tmp_path)
    choose("demo", settings)
    begin(settings)
    monkeypatch.setattr("core.store.engine.settings._BEGUN_AT_START", {})
    assert for_everybody(settings) == "demo"


def test_a_viewer_sees_the_store_they_chose(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.store.engine.settings._FINDERS", [])
    settings = StoreSettings(var_folder=tmp_path)
    look_for_choice(lambda: "own")
    assert (chosen(settings), for_everybody(settings)) == ("own", "demo")
    look_for_choice(lambda: None)
    assert chosen(settings) == "demo"
