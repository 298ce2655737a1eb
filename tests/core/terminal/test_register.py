"""The register begun from a terminal."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from core.cli import app
from core.store.engine.unit_of_work import close_engines
from tests.core.services.sending import BROKE, SOUND, row, table


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("TRUAT_VAR_FOLDER", str(tmp_path / "var"))
    monkeypatch.delenv("TRUAT_DATABASE_URL", raising=False)
    sent = tmp_path / "ก.csv"
    sent.write_bytes(table(row("11201-รพ.ก", SOUND), row("11202", BROKE)))
    yield sent
    close_engines()


def run(*words: object) -> Any:
    return CliRunner().invoke(app, [str(word) for word in words])


def areas() -> set[str]:
    rows = json.loads(run("results", "--area", "TH", "--json").stdout)["results"]
    return {one["subject"] for one in rows if len(one["subject"]) < 5}


def test_nothing_is_entered_before_it_is_confirmed(file: Path) -> None:
    assert run("register", "begin", file).exit_code == 1
    listed = run("register", "begin", file, "--district", "6101")
    assert listed.exit_code == 1
    assert "11201 รพ.ก: เมืองอุทัยธานี" in listed.stdout
    # Nor is a list that lacks a district.
    assert run("register", "begin", file, "--district", "11201=6101", "--yes").exit_code == 1
    again = run("register", "begin", file, "--district", "6101", "--json")
    assert json.loads(again.stdout)["receipts"] == []


def test_figures_sent_before_count_in_their_areas_once_it_is_begun(file: Path) -> None:
    run("import", file)
    assert areas() == set()
    done = run("register", "begin", file, "--district", "6101", "--yes", "--by", "ก", "--json")
    assert done.exit_code == 0
    (receipt,) = json.loads(done.stdout)["receipts"]
    assert receipt["upload"]["by"] == "ก"
    assert areas() >= {"TH", "P61"}
    again = run("register", "begin", file)
    assert (again.exit_code, "U117" in again.stderr or "ทะเบียน" in again.stderr) == (2, True)


def test_a_wrong_code_is_left_out_and_a_list_completed_elsewhere_is_taken(
    file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "list.xlsx"
    told = run("register", "begin", file, "--district", "6101", "--without", "11202", "--out", out)
    assert "11202" not in told.stdout
    done = run("register", "begin", out, "--yes")
    assert done.exit_code == 0, done.stdout
    assert "11201" in done.stdout


def test_files_that_name_nobody_begin_nothing(tmp_path: Path, file: Path) -> None:
    other = tmp_path / "x.csv"
    other.write_text("a,b\n1,2\n")
    assert file.exists()
    assert run("register", "begin", other, "--yes").exit_code == 1
