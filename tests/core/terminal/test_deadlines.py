"""Deadlines, from a terminal."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from core.cli import app
from core.store.engine.unit_of_work import close_engines
from tests.country import small_store


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("TRUAT_VAR_FOLDER", str(tmp_path))
    monkeypatch.delenv("TRUAT_DATABASE_URL", raising=False)
    small_store(tmp_path, "own")
    (tmp_path / "open.txt").write_text("own\n", encoding="utf-8")
    yield
    close_engines()


def run(*words: object) -> Any:
    return CliRunner().invoke(app, ["deadlines", *map(str, words)])


def test_a_day_is_set_listed_and_held_against_what_was_sent(tmp_path: Path) -> None:
    assert "ยังไม่ได้ตั้งกำหนดส่ง" in run("list").stderr
    done = run("set", "finance", "2566-M09", "2566-07-15", "--by", "ผู้ดูแล", "--area", "P65")
    assert (done.exit_code, "15 ก.ค. 2566" in done.stdout) == (0, True)
    (one,) = json.loads(run("list", "--json").stdout)["deadlines"]
    assert (one["due"], one["total"]) == (None, 6)
    assert sum(one["counts"].values()) == 6

    out = tmp_path / "late.csv"
    late = run("late", "finance", "2566-M09", "--area", "P65", "--json", "--out", out)
    assert late.exit_code == 1
    told = json.loads(late.stdout)
    assert [(p["code"], p["state"]) for p in told["places"]] == [
        ("11302", "overdue"), ("11301", "late"),
    ]  # fmt: skip
    assert told["due"] == "2023-07-15"
    assert "11302" in out.read_text(encoding="utf-8-sig")
    lines = run("late", "finance", "2566-M09", "--area", "P61", "--lang", "en").stdout
    assert lines.count("\n") == 1
    assert "sent, no last day set: 4" in lines

    assert run("set", "finance", "2566-M09", "none", "--by", "ก", "--area", "P65").exit_code == 0
    assert json.loads(run("list", "--json").stdout) == {"deadlines": []}


@pytest.mark.parametrize(
    "words",
    [("set", "finance", "2566-M09", "15/7/66", "--by", "ก"),
     ("set", "finance", "2566", "2566-07-15", "--by", "ก"), ("late", "nothing", "2566"),
     ("list", "--area", "X9")],
)  # fmt: skip
def test_what_makes_no_sense_is_wrong_usage(words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2
