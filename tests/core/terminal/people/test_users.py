"""People from a terminal, and commands with no more rights than somebody has."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from core.access.settings import VARIABLE
from core.cli import app
from core.store.engine.unit_of_work import close_engines
from tests.people import PASSWORD, place_of_people


@pytest.fixture(autouse=True)
def people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    place_of_people(tmp_path, monkeypatch)
    (tmp_path / "open.txt").write_text("own\n", encoding="utf-8")
    monkeypatch.setenv(VARIABLE, "local")
    run("users", "add", "chief", "--administrator", typed=PASSWORD)
    run("users", "add", "cup", "--name", "คปสอ.", typed=PASSWORD)
    run("users", "grant", "cup", "cup", "D6101")
    yield
    close_engines()


def run(*words: str, typed: str = "") -> Any:
    return CliRunner().invoke(app, list(words), input=f"{typed}\n")


def test_people_are_listed_with_their_rights() -> None:
    told = json.loads(run("users", "list", "--json").stdout)
    assert [(one["subject"], one["grants"]) for one in told] == [
        ("chief", [{"role": "administrator", "area": "TH"}]),
        ("cup", [{"role": "cup", "area": "D6101"}]),
    ]


def test_what_is_wrong_is_said() -> None:
    assert run("users", "add", "new", typed="short").exit_code == 2
    assert run("users", "grant", "nobody", "cup", "D6101").exit_code == 2
    assert run("users", "revoke", "chief", "administrator", "TH").exit_code == 2


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("results", "--area", "P61", "--json"), 0),
        (("results", "--area", "P65", "--json"), 3),
        (("results", "--json"), 3),
        (("users", "list"), 3),
        (("users", "grant", "cup", "administrator", "TH"), 3),
        (("backup", "copy.db"), 3),
    ],
)
def test_a_command_as_somebody_does_no_more_than_they_may(
    words: tuple[str, ...], status: int
) -> None:
    done = run("--as", "cup", *words)
    assert done.exit_code == status, done.output


def test_nobody_acts_as_somebody_who_is_not_there_or_disabled() -> None:
    assert run("--as", "nobody", "results").exit_code == 2
    run("users", "disable", "cup")
    assert run("--as", "cup", "results").exit_code == 2
