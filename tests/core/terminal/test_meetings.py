"""Meetings and the files people take away, from a terminal."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
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
    return CliRunner().invoke(app, [str(word) for word in words])


def test_a_meeting_is_made_and_its_slides_are_those_of_its_area(tmp_path: Path) -> None:
    assert run("meeting", "make", "--area", "P61", "--by", "ก").exit_code == 0
    (made,) = json.loads(run("meeting", "list", "--json").stdout)
    assert (made["area"], made["period"], made["made_by"]) == ("P61", "2566-M09", "ก")
    files = {"meeting": tmp_path / "1.pptx", "area": tmp_path / "2.pptx"}
    assert run("report", "deck", "--meeting", 1, "--out", files["meeting"]).exit_code == 0
    assert run("report", "deck", "--area", "P61", "--out", files["area"]).exit_code == 0
    slides = [
        {name for name in zipfile.ZipFile(file).namelist() if name.startswith("ppt/slides/slide")}
        for file in files.values()
    ]
    assert slides[0] == slides[1] != set()


@pytest.mark.parametrize(
    ("kind", "begins"), [("document", b"PK"), ("xlsx", b"PK"), ("pdf", b"%PDF")]
)
def test_every_kind_of_file_is_written(tmp_path: Path, kind: str, begins: bytes) -> None:
    file = tmp_path / f"report.{kind}"
    assert run("report", kind, "--area", "D6102", "--out", file).exit_code == 0
    assert file.read_bytes().startswith(begins)


@pytest.mark.parametrize("area", ["P99", "nowhere", "D9999"])
def test_an_area_without_results_is_named_and_nothing_is_written(tmp_path: Path, area: str) -> None:
    done = run("report", "xlsx", "--area", area, "--out", tmp_path / "x.xlsx")
    assert (done.exit_code, area in done.stderr) == (2, True)
    assert run("meeting", "make", "--area", area, "--by", "ก").exit_code == 2
    assert not (tmp_path / "x.xlsx").exists()


def test_a_meeting_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = run("report", "deck", "--meeting", 9, "--out", tmp_path / "x.pptx")
    assert done.exit_code != 0
    assert "9" in done.stderr
