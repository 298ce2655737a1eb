"""Screens with one code page together, whatever process they are of; others by themselves."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from core.services.meeting.following import is_code, move, new_code, stand_of
from core.store.engine.migrate import open_database
from core.store.meetings.screens import Stand

ONE_DATABASE = True


def test_whoever_moves_leads_all_with_the_code(engine: Engine) -> None:
    code = new_code()
    assert is_code(code)
    assert stand_of(engine, 1, code) is None
    move(engine, 1, code, Stand(4))
    assert stand_of(engine, 1, code) == Stand(4)
    assert stand_of(engine, 2, code) is None
    assert stand_of(engine, 1, new_code()) is None


def test_two_processes_on_one_store_follow_one_another(tmp_path: Path) -> None:
    file, code = tmp_path / "one.db", new_code()
    ours = open_database(f"sqlite:///{file}")
    theirs = open_database(f"sqlite:///{tmp_path.parent}/./{tmp_path.name}/{file.name}")
    assert theirs is not ours
    move(ours, 3, code, Stand(2))
    assert stand_of(theirs, 3, code) == Stand(2)
    move(theirs, 3, code, Stand(5))
    assert stand_of(ours, 3, code) == Stand(5)


def test_the_leaf_of_a_long_matrix_is_followed_as_well(engine: Engine) -> None:
    code = new_code()
    move(engine, 1, code, Stand(4, 2))
    assert stand_of(engine, 1, code) == Stand(place=4, leaf=2)


def test_a_text_of_other_letters_or_another_length_is_no_code() -> None:
    assert not is_code("")
    assert not is_code("ABCD")
    assert not is_code("O0I1S")
    assert not is_code("ABCDEF")


def test_what_was_never_paged_again_is_forgotten_at_last(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.store.meetings.screens._MOST", 3)
    codes = [new_code() for _ in range(5)]
    for place, code in enumerate(codes, 1):
        move(engine, 9, code, Stand(place))
    assert [stand_of(engine, 9, code) for code in codes] == [
        None, None, Stand(3), Stand(4), Stand(5)
    ]  # fmt: skip
