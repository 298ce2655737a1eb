"""Verifying a self-assessment at a terminal: exit statuses, JSON, and what a lock refuses."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from core.cli import app
from core.store.engine.unit_of_work import close_engines
from tests.core.forms.table.theme_samples import DATA
from tests.country import small_store

KEY = ("revenue-4s4c", "99901", "2566-R1")
FILE = DATA / "revenue-4s4c" / "revenue-4s4c-good.xlsx"


@pytest.fixture(autouse=True)
def _country(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("TRUAT_VAR_FOLDER", str(tmp_path / "var"))
    monkeypatch.delenv("TRUAT_DATABASE_URL", raising=False)
    small_store(tmp_path / "var", "own")
    assert run("import", FILE, "--by", "รพ.").exit_code in (0, 1)
    yield
    close_engines()


def run(*words: object) -> Any:
    return CliRunner().invoke(app, [str(word) for word in words])


def whole() -> Any:
    return json.loads(run("verify", "show", *KEY, "--json").stdout)


def test_verified_item_by_item_then_locked_against_files(tmp_path: Path) -> None:
    before = whole()
    assert (before["state"], before["revision"]) == ("unverified", 0)
    item = next(one for one in before["scores"] if one["self"])["item"]
    proof = tmp_path / "หลักฐาน.pdf"
    proof.write_bytes(b"%PDF")
    assert run("verify", "set", *KEY, item, "0", "--by", "ก").exit_code == 2
    assert run("verify", "set", *KEY, item, "many", "--by", "ก").exit_code == 2
    by = ("--by", "ก", "--reason", "ไม่พบ")
    assert run("verify", "set", *KEY, item, "0", *by, "--file", proof).exit_code == 0
    after = whole()
    assert (after["state"], after["verified"], after["differing"]) == ("under_way", 1, 1)
    (verified,) = (one for one in after["scores"] if one["is_verified"])
    assert verified["evidence"][0]["file_name"] == "หลักฐาน.pdf"
    (total,) = (one for one in after["totals"] if one["indicator"] == "revenue.score")
    assert total["verified"] < total["self"]
    assert run("verify", "accept", *KEY, "--by", "ก", "--role", "cup").exit_code == 2
    assert run("verify", "accept", *KEY, "--by", "ก").exit_code == 0
    assert run("verify", "lock", *KEY, "--by", "ก").exit_code == 0
    listed = json.loads(run("verify", "list", "--state", "locked", "--json").stdout)
    assert [(one["subject"], one["by"]) for one in listed["assessments"]] == [("99901", "ก")]
    withdrawn = run("uploads", "withdraw", 2, "--by", "รพ.", "--reason", "ผิด")
    assert (withdrawn.exit_code, "สสจ." in withdrawn.stderr) == (2, True)
    assert run("verify", "reopen", *KEY, "--by", "ก").exit_code == 2
    reopened = run("verify", "reopen", *KEY, "--by", "ก", "--reason", "ขอแก้")
    assert (reopened.exit_code, "ขอแก้" in reopened.stdout) == (0, True)
    assert run("uploads", "withdraw", 2, "--by", "รพ.", "--reason", "ผิด").exit_code == 0
    assert run("verify", "show", *KEY).exit_code == 2
    assert run("audit", "verify").exit_code == 0
