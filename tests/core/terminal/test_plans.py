"""Strategy plans from a terminal."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from core.cli import app
from core.forms.document.filled import filled
from core.store.engine.settings import choose
from core.store.engine.unit_of_work import close_engines
from tests.core.services.strategy.planning import a_plan


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A store of the test's own, with a plan in it."""
    monkeypatch.setenv("TRUAT_VAR_FOLDER", str(tmp_path / "var"))
    monkeypatch.delenv("TRUAT_DATABASE_URL", raising=False)
    choose("own")
    (tmp_path / "plan.xlsx").write_bytes(filled(a_plan()))
    told = run("plan", "import", tmp_path / "plan.xlsx", "--by", "P2", "--lang", "en")
    # The print has a month that cannot be read.
    assert told.exit_code == 1, told.output
    yield
    close_engines()


def run(*words: object) -> Any:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_a_plan_is_listed_and_shown() -> None:
    assert run("plan", "list").stdout == "P61 2566\n"
    told = json.loads(run("plan", "show", "--area", "P61", "--json").stdout)
    assert (told["area"], told["fiscal_year"], len(told["items"]), len(told["kpis"])) == (
        "P61", 2566, 54, 9
    )  # fmt: skip
    assert "1.2.1" in run("plan", "show", "--area", "P61", "--csv").stdout
    assert "activities late" in run("plan", "show", "--lang", "en").stdout


def test_an_item_is_changed_and_the_plan_written_again(tmp_path: Path) -> None:
    words = (
        "plan",
        "change",
        "1.2.1",
        "--set",
        "done_on=31/07/2566",
        "--by",
        "P2",
        "--area",
        "P61",
    )
    assert "2" in run(*words).stdout
    told = json.loads(run("plan", "show", "--area", "P61", "--json").stdout)
    assert [one["done_on"] for one in told["items"] if one["id"] == "1.2.1"] == ["2023-07-31"]
    assert [one["counts"] for one in told["versions"]] == [True, False]
    for name, more in (("form", ("--area", "P61")), ("example", ())):
        out = tmp_path / f"{name}.xlsx"
        assert run("plan", name, "--out", out, *more).exit_code == 0
        assert out.read_bytes()[:2] == b"PK"


def test_an_item_is_put_elsewhere_with_a_reason() -> None:
    asked = ("plan", "place", "1.2", "--below", "3", "--by", "P2", "--area", "P61")
    told = run(*asked, "--reason", "ตามมติ", "--lang", "en")
    assert told.exit_code in (0, 1), told.stdout
    assert "Stored as file no. 2" in told.stdout
    shown = json.loads(run("plan", "show", "--area", "P61", "--json").stdout)
    assert {one["id"]: one["parent"] for one in shown["items"]}["3.4.1"] == "3.4"
    assert shown["version"]["reason"] == "ตามมติ"
    refused = run(*asked[:3], "--below", "9", *asked[5:], "--reason", "ก")
    assert refused.exit_code > 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("plan", "show", "--area", "P10"), "strategy-plan"),
        (("plan", "show", "--area", "P61", "--fiscal-year", "2567"), "2567"),
        (("plan", "change", "9.9", "--set", "note=x", "--by", "P2", "--area", "P61"), "9.9"),
    ],
)
def test_a_wrong_call_is_status_two(words: tuple[str, ...], code: str) -> None:
    done = run(*words)
    assert done.exit_code == 2
    assert code in done.stderr
