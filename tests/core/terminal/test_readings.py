"""Other readings from a terminal: who would change, and switching. All figures are invented."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from core.cli import app
from core.store.engine.unit_of_work import close_engines
from tests.country import small_store
from tests.paths import SAMPLES

READ = ("--reading", "crisis.level=ebitda")
TARGET = ("--reading", "crisis.area=levels_6_and_7")


@pytest.fixture(autouse=True)
def _small_country(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("TRUAT_VAR_FOLDER", str(tmp_path))
    monkeypatch.delenv("TRUAT_DATABASE_URL", raising=False)
    small_store(tmp_path)
    yield
    close_engines()


def run(*words: object) -> Any:
    return CliRunner().invoke(app, [str(word) for word in words])


def document(*words: object) -> Any:
    done = run(*words, "--json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def test_who_would_change_is_told_as_one_document() -> None:
    told = document("criteria", "rescore", *READ, "--period", "2566-M09")
    assert (told["area"], told["periods"]) == ("TH", ["2566-M09"])
    assert [(r["switch"], r["before"], r["after"]) for r in told["readings"]] == [
        ("crisis.level", "ni", "ebitda")
    ]
    counts = told["counts"]
    # Nobody told depreciation, so nobody keeps a level.
    assert (counts["lost"], counts["turned"], counts["all"], told["counted"]) == (5, 5, 5, 5)
    change = next(
        c for c in told["changes"] if (c["subject"], c["indicator"]) == ("11201", "crisis.level")
    )
    assert change["before"]["value"] == 7
    assert change["rests_on"] == {"way": "typed", "in_doubt": []}
    assert (change["after"]["value"], change["after"]["state"]) == (None, "not_reported")
    assert (change["way"], change["after"]["verdict"]) == ("lost", "not_judged")
    assert document("explain", change["id"])["value"] == 7


def test_an_area_and_all_periods_may_be_asked_for() -> None:
    told = document("criteria", "rescore", *READ, "--area", "P61")
    assert told["periods"] == ["2566-M08", "2566-M09"]
    assert {part["area"] for part in told["parts"]} == {"D6101", "D6102"}
    assert {change["subject"] for change in told["changes"]} >= {"11201", "P61", "D6101"}
    assert "11301" not in {change["subject"] for change in told["changes"]}


@pytest.mark.parametrize("language", ["th", "en"])
def test_people_are_told_in_their_language(language: str) -> None:
    done = run("criteria", "rescore", *TARGET, "--period", "2566-M09", "--lang", language)
    assert done.exit_code == 0
    first, message, *_ = done.stdout.splitlines()
    assert first.startswith("crisis.area")
    assert ("areas" in message) == (language == "en")


def test_nothing_is_stored_by_asking() -> None:
    before = document("results")
    document("criteria", "rescore", *READ)
    assert document("results") == before


def test_switching_and_switching_back() -> None:
    before = document("results", "--indicator", "crisis.level")
    done = document("criteria", "switch", *READ, "--by", "Somchai", "--reason", "a letter")
    assert done["results"]["replaced"] > 0
    again = document("criteria", "switch", *READ, "--by", "Somchai", "--reason", "a letter")
    assert (again["results_version"], again["results"]) == (None, {})
    now = document("results", "--indicator", "crisis.level")["results"]
    assert {row["value"] for row in now} == {None}
    why = document("explain", now[0]["id"])
    assert (why["version"]["why"], why["version"]["reason"]) == ("readings", "a letter")
    assert why["version"]["by"] == "Somchai"
    back = ("--reading", "crisis.level=ni", "--by", "Somchai", "--reason", "taken back")
    document("criteria", "switch", *back)
    numbers = ("id", "version")
    assert [
        {k: v for k, v in row.items() if k not in numbers}
        for row in document("results", "--indicator", "crisis.level")["results"]
    ] == [{k: v for k, v in row.items() if k not in numbers} for row in before["results"]]


@pytest.mark.parametrize(
    "words",
    [
        ("rescore", "--reading", "crisis.level=gross"),
        ("rescore", "--reading", "nothing"),
        ("rescore",),
        ("rescore", *READ, "--period", "last week"),
        ("rescore", *READ, "--area", "somewhere"),
        ("switch", *READ, "--by", "Somchai"),
        ("switch", "--reading", "crisis=ni", "--reason", "a letter"),
    ],
)
def test_a_wrong_call_is_status_two_and_changes_nothing(words: tuple[str, ...]) -> None:
    before = document("results")
    done = run("criteria", *words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.strip()
    assert document("results") == before


def test_score_keeps_the_criterias_own_readings() -> None:
    finance = SAMPLES / "finance" / "finance-good.csv"
    before = document("score", finance)
    document("criteria", "switch", *READ, "--reason", "a letter")
    assert document("score", finance) == before
