"""Commands of the claim ledger from a file to a report, as JSON and as lines."""

import json

import pytest
from typer.testing import CliRunner

from core.cli import app

ROWS = "hcode,fund,SEQ,end,booked_on,sent_on,claimed\n11201,UCS,1,2023-06-05,2023-06-06,,100"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("TRUAT_VAR_FOLDER", str(tmp_path / "var"))

    def call(*words, status=0):
        done = CliRunner().invoke(app, ["claims", *words])
        assert done.exit_code == status, done.output
        return done.stdout

    return call


def test_a_file_is_added_listed_reported_and_withdrawn(run, tmp_path):
    file = tmp_path / "a.csv"
    file.write_text(ROWS, encoding="utf-8")
    run("report", status=1)
    checked = json.loads(run("add", str(file), "--dry-run", "--json"))
    assert (checked["stored"], checked["rows"]["read"]) == (False, 1)
    added = json.loads(run("add", str(file), "--by", "tester", "--json"))
    assert (added["upload"], added["months"], added["personal_dropped"]) == (
        1,
        ["2566-M09"],
        ["SEQ"],
    )
    assert "11201-2566" in added["handed_on"]["hospital_years"]
    run("add", str(file), status=1)
    report = json.loads(run("report", "--json"))
    assert (report["visits"], report["unsent"]["0"]) == (1, {"count": 1, "baht": 100.0})
    assert report["owed"] is None
    complete = json.loads(run("completeness", "--json"))
    assert complete["admissions"] == 0
    (row,) = json.loads(run("rows", "--which", "unsent", "--json"))["rows"]
    assert (row["file"], row["row"], row["claimed"]) == ("a.csv", 2, 100.0)
    assert "a.csv" in run("list")
    CliRunner().invoke(app, ["backup", str(tmp_path / "night.db"), "--own"])
    assert (tmp_path / "night.db.claims.zip").is_file(), "the ledger is a part of a backup"
    run("withdraw", "1", "--reason", "wrong")
    run("withdraw", "1", "--reason", "wrong", status=2)
    run("rows", "--which", "nothing", status=2)
    assert json.loads(run("list", "--json"))["uploads"][0]["state"] == "withdrawn"
