"""The store from a terminal: receipts, results, their why, backups, and being killed."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from core.cli import app
from core.store.engine.settings import choose, chosen
from core.store.engine.unit_of_work import close_engines
from tests.core.services.sending import (
    BROKE,
    FINANCE,
    FINANCE_BAD,
    SOUND,
    STAR,
    STAR_HALF,
    row,
    table,
)


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A store of the test's own, and no demonstration."""
    monkeypatch.setenv("TRUAT_VAR_FOLDER", str(tmp_path / "var"))
    monkeypatch.delenv("TRUAT_DATABASE_URL", raising=False)
    yield
    close_engines()


def run(*words: object) -> Any:
    return CliRunner().invoke(app, [str(word) for word in words])


def document(*words: object) -> Any:
    done = run(*words, "--json")
    return json.loads(done.stdout)


def test_a_folder_is_imported_with_a_row_for_each_file_and_a_summary(tmp_path: Path) -> None:
    folder = tmp_path / "sent"
    (folder / "ก").mkdir(parents=True)
    (folder / "ก" / "1.csv").write_bytes(table(row("10001", SOUND)))
    (folder / "2.csv").write_bytes(b"nothing known")
    told = document("import", folder, "--by", "Somchai")
    assert [(one["file"], one["outcome"]) for one in told["files"]] == [
        ("2.csv", "refused"),
        ("ก/1.csv", "stored"),
    ]
    assert told["files"][1]["receipt"]["upload"]["by"] == "Somchai"
    again = run("import", folder, "--lang", "en")
    assert again.exit_code == 1
    assert again.stdout.splitlines()[-2:] == [
        "2 files: 0 stored, 0 of them with errors; 1 stored already; 1 not stored",
        "  “Monthly finance”: 1 file",
    ]


def test_a_file_is_imported_and_its_results_are_there() -> None:
    told = document("import", FINANCE, "--by", "Somchai")
    assert (told["stored"], told["form"], len(told["rows"])) == (True, "finance", 5)
    assert (told["receipt"]["action"], told["receipt"]["upload"]["by"]) == ("stored", "Somchai")
    rows = document("results", "--indicator", "crisis.level", "--period", "2566-M09")["results"]
    assert {one["subject"]: one["value"] for one in rows} == {
        one["hcode"]: one["results"]["crisis"]["level"] for one in told["rows"]
    }
    why = document("explain", rows[2]["id"])
    assert (why["subject"], why["value"]) == ("99903", 7)
    cash = next(fact for fact in why["facts"] if fact["measure"] == "finance.cash")
    assert (cash["cell"], why["workbook"]["file_name"]) == ("D5", FINANCE.name)


def test_the_same_file_again_is_the_same_upload() -> None:
    first = document("import", FINANCE)["receipt"]
    again = document("import", FINANCE)["receipt"]
    assert (again["action"], again["upload"]["id"]) == ("same", first["upload"]["id"])


def test_several_files_each_have_their_receipt(tmp_path: Path) -> None:
    rubbish = tmp_path / "rubbish.xlsx"
    rubbish.write_bytes(b"rubbish")
    done = run("import", rubbish, STAR, FINANCE, "--cup", "6101", "--json")
    files = json.loads(done.stdout)["files"]
    assert done.exit_code == 1
    assert [one["stored"] for one in files] == [False, True, True]
    assert [one["code"] for one in files[0]["messages"]] == ["F006"]
    assert files[1]["receipt"]["upload"]["subject"] == "D6101"
    assert len(done.stderr.splitlines()) >= 3


def test_an_error_in_a_cell_is_status_one_and_the_rest_is_stored() -> None:
    done = run("import", FINANCE_BAD, "--json")
    told = json.loads(done.stdout)
    assert (done.exit_code, told["stored"]) == (1, True)
    assert any(message["severity"] == "error" for message in told["messages"])


def test_an_assessment_without_a_cup_is_not_stored() -> None:
    done = run("import", STAR, "--json")
    told = json.loads(done.stdout)
    assert (done.exit_code, told["stored"], told["receipt"]) == (1, False, None)
    assert told["messages"][0]["code"] == "F014"
    assert told["items"], "it is scored all the same"
    assert document("results")["results"] == []


def test_a_cup_that_does_not_exist_is_told() -> None:
    told = document("import", STAR, "--cup", "6199")
    assert told["messages"][0]["code"] == "F015"


def test_two_versions_of_a_cup_are_both_told() -> None:
    first = document("import", STAR_HALF, "--cup", "6101")["receipt"]
    second = document("import", STAR, "--cup", "6101")["receipt"]
    assert [one["id"] for one in second["earlier"]] == [first["upload"]["id"]]
    assert second["upload"]["version"] == 2
    assert second["differences"]
    done = run("import", STAR, "--cup", "6101", "--lang", "en")
    assert "Stored already" in done.stdout


def test_real_figures_never_go_into_the_demonstration() -> None:
    choose("demo")
    done = run("import", FINANCE, "--json")
    assert done.exit_code == 0
    assert chosen() == "own"
    assert "สาธิต" in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("import", "no such file.xlsx"),
        ("import", FINANCE, "no such file.xlsx"),
        ("import", FINANCE, "--form", "no-such"),
        ("results", "--indicator", "no.such"),
        ("results", "--area", "nowhere"),
        ("results", "--period", "yesterday"),
        ("explain", "one"),
    ],
)
def test_wrong_usage_is_status_two_and_stores_nothing(words: tuple[object, ...]) -> None:
    done = run(*words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr
    assert document("results")["results"] == []


def test_a_result_that_does_not_exist_is_wrong_usage() -> None:
    done = run("explain", 999999, "--lang", "en")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "There is no result 999999." in done.stderr


def test_a_setting_that_says_nothing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUAT_FILL_DEMO", "maybe")
    done = run("results", "--lang", "en")
    assert (done.exit_code, done.stdout) == (3, "")
    assert "“maybe” is not understood as TRUAT_FILL_DEMO: set it to true or false" in done.stderr


def test_a_table_without_rows_is_not_imported(tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_bytes(table(row("11223", SOUND)).splitlines()[0])
    done = run("import", empty, "--lang", "en")
    assert done.exit_code == 1
    assert "Not stored." in done.stdout
    assert "[F024] There is nothing to store: no row stands under the titles" in done.stdout
    assert (
        "Nothing was read: “Monthly finance” has no row"
        in run("score", empty, "--lang", "en").stdout
    )


def test_an_empty_store_has_nothing_to_compare_with_the_ministry() -> None:
    done = run("agreement", "--lang", "en")
    assert done.exit_code == 0
    assert done.stdout.startswith("There is nothing to compare: no results of the ministry")
    assert len(done.stdout.splitlines()) == 1
    as_json = run("agreement", "--json", "--lang", "en")
    assert json.loads(as_json.stdout)["hospital_months"] == 0
    assert "There is nothing to compare" in as_json.stderr


@pytest.mark.parametrize("words", [("restore", FINANCE)])
def test_what_the_store_cannot_do_is_status_three(words: tuple[object, ...]) -> None:
    done = run(*words)
    assert (done.exit_code, done.stdout) == (3, "")
    assert done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="file names are Unicode elsewhere")
def test_a_file_name_that_is_no_unicode_is_stored_and_answered(tmp_path: Path) -> None:
    file = tmp_path / os.fsdecode(b"a\xff.csv")
    file.write_bytes(FINANCE.read_bytes())
    answer = document("import", file)
    assert (answer["stored"], Path(answer["file"]).name) == (True, "a\ufffd.csv")
    assert "a\ufffd.csv" in run("import", file).stdout
    assert "a\ufffd.csv" in run("score", file, FINANCE, "--json").stdout


def test_results_as_a_table_and_for_people() -> None:
    run("import", FINANCE)
    lines = run("results", "--indicator", "tps.grade", "--csv").stdout.splitlines()
    assert lines[0].startswith("\ufeffid,indicator,subject")  # the mark tells Excel it is UTF-8
    assert len(lines) == 6
    assert ",A," in lines[1]
    shown = run("results", "--indicator", "crisis.level", "--lang", "en").stdout
    assert "99903" in shown
    number = shown.split(":")[0]
    assert "Cash" in run("explain", number, "--lang", "en").stdout
    assert "ระดับวิกฤต" in run("explain", number).stdout


def test_a_backup_brings_the_same_figures_back(tmp_path: Path) -> None:
    run("import", FINANCE)
    before = document("results")
    assert run("backup", tmp_path / "kept.db").exit_code == 0
    changed = tmp_path / "f.csv"
    changed.write_bytes(table(row("99901", BROKE)))
    run("import", changed)
    assert document("results") != before
    assert run("restore", tmp_path / "kept.db").exit_code == 0
    assert document("results") == before


def test_a_backup_brings_the_claim_ledger_back_as_well(tmp_path: Path) -> None:
    claims, file = tmp_path / "claims.csv", tmp_path / "kept.db"
    head = "hcode,fund,SEQ,end,claimed,sent_on"
    claims.write_text(f"{head}\n99901,UCS,1,2023-06-05,100,2023-06-20\n", "utf-8")
    run("import", FINANCE)
    assert run("claims", "add", claims).exit_code == 0
    before = document("claims", "report")
    told = run("backup", file, "--lang", "en").stderr
    assert f"{file}.claims.zip" in told
    assert "the claim ledger" in told
    claims.write_text(f"{head}\n99901,UCS,2,2023-06-06,900,\n", "utf-8")
    run("claims", "add", claims)
    assert document("claims", "report") != before
    left = run("restore", file, "--no-claims", "--lang", "en").stderr
    assert "stays as it is" in left
    assert document("claims", "report") != before
    assert "kept.db.claims.zip" in run("restore", file, "--lang", "en").stderr
    assert document("claims", "report") == before
    without = run("backup", tmp_path / "small.db", "--no-claims", "--lang", "en").stderr
    assert "MB were left out" in without
    assert not (tmp_path / "small.db.claims.zip").exists()
    (tmp_path / "kept.db.claims.zip").write_bytes(b"no archive")
    refused = run("restore", file, "--lang", "en")
    assert (refused.exit_code, "list of hashes" in refused.stderr) == (3, True)


def test_a_backup_names_its_store_and_is_none_of_an_empty_demonstration(tmp_path: Path) -> None:
    run("import", FINANCE)
    file, var = tmp_path / "kept.db", Path(os.environ["TRUAT_VAR_FOLDER"])
    assert str(var / "truat.db") in run("backup", file).stderr
    file.unlink()
    choose("demo")
    refused = run("backup", file, "--lang", "en")
    assert (refused.exit_code, file.exists()) == (3, False)
    assert str(var / "truat.db") in refused.stderr
    assert run("backup", file, "--own").exit_code == 0
    close_engines()
    (var / "truat.db").write_bytes(b"damaged " * 512)
    assert run("backup", file, "--own").exit_code == 3
    assert run("backup", file).exit_code == 3


def test_a_store_is_migrated_once() -> None:
    first, again = run("migrate", "--lang", "en"), run("migrate", "--lang", "en")
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert "now" in first.stdout
    assert "already" in again.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="processes are not forked there")
def test_an_import_killed_at_any_moment_leaves_whole_uploads_only(tmp_path: Path) -> None:
    """Killed like a machine that loses its power; what was told as done is there."""
    files = []
    for number in range(FILES):
        path = tmp_path / f"{number}.csv"
        codes = range(10001 + ROWS * number, 10001 + ROWS * (number + 1))
        path.write_bytes(table(*(row(str(code), SOUND | {"facility.hgr": "M2"}) for code in codes)))
        files.append(path)
    choose("own")
    run("migrate")
    close_engines()
    var = Path(os.environ["TRUAT_VAR_FOLDER"])
    call = [sys.executable, "-c", KILLING, str(KILLS), str(var), *map(str, files)]
    done = subprocess.run(call, capture_output=True, check=True)
    kills = json.loads(done.stdout)
    assert len(kills) == KILLS
    found = [(_checked(Path(kill["store"]) / "truat.db"), kill["told"]) for kill in kills]
    assert all(told <= uploads <= FILES for uploads, told in found), found
    assert {uploads for uploads, _ in found} >= set(range(FILES)), "not killed at every stage"


KILLS, FILES, ROWS = 12, 3, 100
# Imports the files in a child that kills itself, each time in a copy of the empty store and at
# another of its moments: before and after a statement, in the midst of one, before and after a
# commit. The first child is let live and counts them. No moment depends on how fast the machine is.
KILLING = """
import json, os, shutil, signal, sys
from pathlib import Path
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session
from core.cli import app
# What every child needs is loaded once.
from core.criteria.catalog import catalog
from core.services.importing import files as import_files
from core.services.intake import examine as intake
from core.services import stores
from core.store.engine import migrate

catalog().ruleset(2566)
migrate.head()
kills, empty, files = int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]
passed, last = 0, None

def moment(*_):
    global passed
    passed += 1
    if passed == last:
        os.kill(os.getpid(), signal.SIGKILL)

for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
    event.listen(Engine, name, moment)
event.listen(Session, "after_commit", moment)
event.listen(Engine, "connect", lambda to, _: to.set_progress_handler(moment, 5_000))

def lines_of_child(var):
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.environ["TRUAT_VAR_FOLDER"] = str(var)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(writer, 2)
        try:
            app(["import", *files, "--by", "office"])
        finally:
            if last is None:
                os.write(2, f"{passed}\\n".encode())
            os._exit(0)
    os.close(writer)
    lines = Path(f"/dev/fd/{reader}").read_text().splitlines()
    os.close(reader)
    ended = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(ended) == (last is not None)
    return lines

killed = []
for number in range(kills + 1):
    var = empty.with_name(f"killed-{number}")
    shutil.copytree(empty, var)
    lines = lines_of_child(var)
    if last is None:
        *lines, whole = lines
        assert len(lines) == len(files), lines
    else:
        killed.append({"store": str(var), "moment": last, "told": len(lines)})
    last = 1 + number * int(whole) // kills
print(json.dumps(killed))
"""


def _checked(store: Path) -> int:
    """How many uploads there are; each is whole and has its results."""
    with closing(sqlite3.connect(store)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []

        def one(query: str) -> int:
            return int(connection.execute(query).fetchone()[0])

        uploads = one("SELECT count(*) FROM upload")
        assert one("SELECT count(*) FROM upload_content") == uploads
        assert one("SELECT count(*) FROM submission WHERE current") == ROWS * uploads
        assert one("SELECT count(*) FROM observation") == ROWS * 8 * uploads
        standing = "SELECT count(*) FROM result WHERE until IS NULL AND criterion ="
        assert one(f"{standing} 'crisis.level'") == ROWS * uploads
        assert one("SELECT count(*) FROM results_version") == uploads
    return uploads


def test_nothing_that_fits_is_said_beside_the_empty_list() -> None:
    listed = run("results", "--area", "P99", "--lang", "en")
    assert (listed.exit_code, listed.stdout) == (0, "")
    assert "No stored result" in listed.stderr
