"""Findings from a terminal: from a red light to a closed one."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from core.cli import app
from core.store.engine.unit_of_work import close_engines
from tests.country import small_store


@pytest.fixture(autouse=True)
def _country(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("TRUAT_VAR_FOLDER", str(tmp_path / "var"))
    monkeypatch.delenv("TRUAT_DATABASE_URL", raising=False)
    small_store(tmp_path / "var")
    yield
    close_engines()


def run(*words: object) -> Any:
    return CliRunner().invoke(app, ["findings", *map(str, words)])


def test_the_loop_from_closing_a_month_to_accepting_evidence(tmp_path: Path) -> None:
    closed = json.loads(run("close-round", "2566-M08", "--by", "ก", "--json").stdout)
    assert (closed["period"], closed["area"], closed["closed"]) == ("2566-M08", "TH", 0)
    found = json.loads(run("list", "--json").stdout)
    first = next(
        one for one in found["findings"]
        if (one["subject"], one["criterion"]) == ("11204", "crisis.level")
    )  # fmt: skip
    assert (first["kind"], first["state"], first["value"]) == ("red", "open", 7.0)
    number = first["id"]
    planned = ("--cause", "income", "--measure", "ก", "--owner", "director", "--unit", "รพ.")
    assert run("report", number, "--by", "ข", "--link", "https://a").exit_code == 2
    assert run("plan", number, "--by", "ข", *planned, "--due", "2030-01-31").exit_code == 0
    assert run("report", number, "--by", "ข", "--link", "https://a.example").exit_code == 0
    run("close-round", "2566-M09", "--by", "ก")
    assert run("accept", number, "--by", "ข", "--role", "cup").exit_code == 2
    assert "ปิดแล้ว" in run("accept", number, "--by", "ก").stdout
    whole = json.loads(run("show", number, "--json").stdout)
    assert whole["state"] == "closed"
    assert [one["action"] for one in whole["history"]] == [
        "opened", "planned", "reported", "green", "accepted_closed",
    ]  # fmt: skip
    assert whole["evidence"][0]["link"] == "https://a.example"
    out = tmp_path / "findings.xlsx"
    assert run("list", "--state", "all", "--out", out).exit_code == 0
    sheet = load_workbook(out).active
    numbers = [cell.value for cell in sheet["A"] if isinstance(cell.value, int)]  # type: ignore[index]
    assert number in numbers


def test_others_changes_are_told_and_bad_words_refused() -> None:
    run("close-round", "2566-M09", "--by", "ก")
    done = run("withdraw", 1, "--by", "ก", "--reason", "ผิด", "--known", 1)
    assert done.exit_code == 0
    assert run("list", "--state", "nonsense").exit_code == 2
    assert run("close-round", "2566-M08", "--by", "ก").exit_code == 2
    assert run("watch", "D6101", "--by", "ก").exit_code == 2
    assert run("watch", "P61", "--by", "ก").exit_code == 0
    assert (
        run("narrate", "P61", "2566-M09", "c_operators", "--words", "ก", "--by", "ก").exit_code == 0
    )
