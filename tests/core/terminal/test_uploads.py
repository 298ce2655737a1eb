"""Files that were sent, from a terminal."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from core.cli import app
from core.store.engine.unit_of_work import close_engines
from tests.core.services.sending import BROKE, SOUND, row, table


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("TRUAT_VAR_FOLDER", str(tmp_path / "var"))
    monkeypatch.delenv("TRUAT_DATABASE_URL", raising=False)
    for name, figures in (("ก.csv", SOUND), ("ข.csv", BROKE)):
        file = tmp_path / name
        file.write_bytes(table(row("11201", figures)))
        assert run("import", file, "--by", "ผู้ส่ง").exit_code in (0, 1)
    yield
    close_engines()


def run(*words: object) -> Any:
    return CliRunner().invoke(app, [str(word) for word in words])


def level() -> float:
    rows = json.loads(run("results", "--indicator", "crisis.level", "--json").stdout)["results"]
    return next(one["value"] for one in rows if one["subject"] == "11201")


def states() -> dict[int, str]:
    told = json.loads(run("uploads", "list", "--json").stdout)["uploads"]
    return {one["id"]: one["state"] for one in told}


def test_a_file_is_taken_back_and_restored_and_the_level_follows() -> None:
    assert states() == {2: "active", 1: "superseded"}
    assert level() == 7
    done = run("uploads", "withdraw", 2, "--by", "ก", "--reason", "ส่งผิด")
    assert done.exit_code == 0
    assert (states(), level()) == ({2: "withdrawn", 1: "active"}, 0)
    run("uploads", "restore", 2, "--by", "ก", "--reason", "ถูกแล้ว")
    assert (states(), level()) == ({2: "active", 1: "superseded"}, 7)
    shown = json.loads(run("uploads", "show", 2, "--json").stdout)
    assert [one["reason"] for one in shown["history"]] == ["", "ส่งผิด", "ถูกแล้ว"]


@pytest.mark.parametrize("deed", ["withdraw", "restore"])
def test_nothing_is_changed_without_a_reason(deed: str) -> None:
    before = states()
    assert run("uploads", deed, 2, "--by", "ก").exit_code == 2
    assert run("uploads", deed, 2, "--by", "ก", "--reason", "  ").exit_code == 2
    assert states() == before


def test_a_file_comes_back_as_it_was_sent(tmp_path: Path) -> None:
    copy = tmp_path / "copy.csv"
    assert run("uploads", "show", 2, "--out", copy).exit_code == 0
    assert copy.read_bytes() == table(row("11201", BROKE))


def test_two_files_are_compared() -> None:
    told = json.loads(run("uploads", "compare", 1, 2, "--json").stdout)["differences"]
    cash = next(one for one in told if one["measure"] == "finance.cash")
    assert (cash["before"]["value"], cash["after"]["value"]) == (90, 10)
    assert "→" in run("uploads", "compare", 1, 2).stdout


def test_what_is_not_there_is_named() -> None:
    done = run("uploads", "show", 99)
    assert done.exit_code == 2
    assert "99" in done.stderr
    assert run("uploads", "list", "--find", "ไม่มี").stdout == ""
