"""Simulations and forecasts from a terminal, each marked as what it is."""

import json
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
    return CliRunner().invoke(app, ["foresight", *(str(word) for word in words)])


def test_the_smallest_change_and_its_simulation_agree() -> None:
    shown = json.loads(run("change", "11201", "--json").stdout)
    changes = (one["change"] for one in shown["goals"][-1]["levers"])
    change = next(one for one in changes if one)
    ((lever, baht),) = change["amounts"].items()
    after = json.loads(run("whatif", "11201", "--set", f"{lever}={baht}", "--json").stdout)
    assert (shown["kind"], after["kind"]) == ("simulation", "simulation")
    assert after["level"] == {"before": 7.0, "after": change["level"]}
    assert (shown["way"], after["way"], after["in_doubt"]) == ("typed", "typed", [])


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("change", "11201"), 0, "จำลอง ไม่ใช่ผลจริง: ปัจจุบันอยู่ระดับ 7 · กรอกเอง"),
        (("support", "P61"), 0, "จำลอง ไม่ใช่ผลจริง"),
        (("whatif", "11201", "--set", "cash_in=60"), 0, "ระดับเปลี่ยนจาก 7 เป็น 4"),
        (("warn",), 1, "ยังไม่พยากรณ์"),
        (("keep",), 0, "เก็บการพยากรณ์ใหม่ของ"),
        (("ledger",), 0, "ยังไม่เคยเก็บการพยากรณ์"),
        (("change", "19999"), 1, "19999"),
        (("whatif", "19999", "--set", "cash_in=60"), 1, "19999"),
        (("whatif", "11201", "--set", "cash_in"), 2, "cash_in"),
        (("whatif", "--area", "P61", "--set", "cash_in=200"), 0, "เหลือ 0 จาก 4 แห่ง"),
        (("whatif", "11202", "19999", "--set", "cash_in=200"), 0, "จึงไม่รวม: 19999"),
        (("whatif", "--area", "P65", "--set", "cash_in=200"), 1, "ไม่มีอะไรเปลี่ยน"),
        (("whatif", "11201", "--set", "gold=1"), 2, "gold"),
        (("change", "11201", "--period", "2566-X"), 2, "2566-X"),
    ],
)
def test_every_command_says_what_it_shows(words: tuple[str, ...], status: int, said: str) -> None:
    ran = run(*words)
    assert ran.exit_code == status
    assert said in ran.output


def test_forecasts_are_a_document_each() -> None:
    ran = run("warn", "--area", "P61", "--json")
    assert ran.exit_code == 1, "nothing can be foretold yet"
    told = json.loads(ran.stdout)
    assert [one["months_ahead"] for one in told] == [3, 6]
    assert all(one["kind"] == "forecast" and one["refusal"]["th"] for one in told)
