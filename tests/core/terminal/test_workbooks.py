"""The terminal: one JSON document and nothing else, exit status that programs can trust."""

import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from core.cli import app
from tests import paths

SAMPLES = paths.SAMPLES / "star"
FILLED = SAMPLES / "star-2561-printed-filled.xlsx"
BLANK = SAMPLES / "star-2561-printed-blank.xlsx"


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def wrong(tmp_path):
    """A workbook with one cell in error."""
    book = openpyxl.load_workbook(FILLED)
    book.active["E12"] = 108
    path = tmp_path / "wrong.xlsx"
    book.save(path)
    return path


def test_one_file_is_one_document():
    result = run("score", FILLED, "--json")
    document = json.loads(result.stdout)
    assert (result.exit_code, document["form"], document["fiscal_year"]) == (0, "star-2561", 2561)
    assert document["completeness"] == {"filled": 100, "inputs": 100}
    assert document["totals"]["a"]["out_of"] == 35
    assert document["totals"]["c"]["score"] is None
    assert document["items"][0]["cells"] == ["E8"]


def test_several_files_are_one_document_in_the_order_given():
    result = run("score", FILLED, BLANK, "--json")
    files = json.loads(result.stdout)["files"]
    assert [Path(one["file"]).name for one in files] == [FILLED.name, BLANK.name]
    assert "1" in result.stderr


def test_an_error_in_a_cell_is_status_one_and_the_rest_is_scored(wrong):
    result = run("score", wrong, "--json")
    document = json.loads(result.stdout)
    item = next(item for item in document["items"] if item["id"] == "star.a.02")
    assert result.exit_code == 1
    assert (item["raw"], item["weighted"], item["status"]) == (None, None, "error")
    (message,) = [m for m in document["messages"] if m["severity"] == "error"]
    assert (message["code"], message["cell"], message["found"]) == ("W101", "E12", "108")
    assert message["expected"] == "0–100"
    assert "E12" in message["text"]["th"]
    assert "E12" in message["text"]["en"]


def test_a_refused_file_is_status_one_with_its_reason(tmp_path):
    path = tmp_path / "rubbish.xlsx"
    path.write_bytes(b"rubbish")
    result = run("score", path, "--json")
    document = json.loads(result.stdout)
    assert (result.exit_code, document["form"], document["items"]) == (1, None, [])
    assert [message["code"] for message in document["messages"]] == ["F006"]


def test_a_reading_is_chosen_by_name():
    result = run("score", BLANK, "--reading", "star.a.05=printed", "--json")
    totals = json.loads(result.stdout)["totals"]
    assert totals["a"]["weighted"] == pytest.approx(5.30)


@pytest.mark.parametrize(
    "words",
    [
        ("score", FILLED, "--reading", "star.a.05=no_such"),
        ("score", FILLED, "--reading", "nonsense"),
        ("score", FILLED, "--form", "no-such-form"),
        ("score", "no such file.xlsx"),
        ("score",),
        ("template", "no-such-form", "--out", "x.xlsx"),
        ("no-such-command",),
    ],
)
def test_wrong_usage_is_status_two_and_prints_no_document(words):
    result = run(*words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr


@pytest.mark.parametrize(("language", "word"), [("th", "คะแนน"), ("en", "raw")])
def test_for_people_in_their_language(language, word):
    result = run("score", FILLED, "--lang", language)
    lines = result.stdout.splitlines()
    assert result.exit_code == 0
    assert len(lines) > 40
    assert "19.43" in result.stdout
    if language == "th":
        assert word in result.stdout
        assert "raw" not in result.stdout


@pytest.mark.parametrize("form", ["star-2561", "finance"])
def test_a_blank_is_recognised_by_the_program_that_wrote_it(tmp_path, form):
    out = tmp_path / "blank.xlsx"
    assert run("template", form, "--out", out, "--cup", "6101").exit_code == 0
    document = json.loads(run("score", out, "--json").stdout)
    assert document["form"] == form
    assert not [m for m in document["messages"] if m["severity"] == "error"]


def test_a_blank_carries_its_cup_and_year(tmp_path):
    out = tmp_path / "blank.xlsx"
    run("template", "star-2561", "--out", out, "--cup", "6101", "--fiscal-year", "2562")
    document = json.loads(run("score", out, "--json").stdout)
    assert document["subject"]["cup"] == "6101"
    assert document["completeness"]["filled"] == 0


def test_the_marked_copy_points_at_the_cell(tmp_path, wrong):
    out = tmp_path / "marked.xlsx"
    assert run("mark", wrong, "--out", out, "--lang", "en").exit_code == 1
    book = openpyxl.load_workbook(out)
    sheet = next(s for s in book if s["E12"].value == 108)
    assert "108" in sheet["E12"].comment.text
    listed = [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
    assert any("W101" in str(value) for value in listed)


def test_the_criteria_hold():
    result = run("criteria", "check", "--json")
    report = json.loads(result.stdout)
    assert (result.exit_code, report["failures"], report["uncovered"]) == (0, [], [])
    assert report["cases"] > 1500


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_handbook_has_every_rule_with_its_source(tmp_path, language):
    out = tmp_path / "handbook.md"
    assert run("criteria", "handbook", "--out", out, "--lang", language).exit_code == 0
    text = out.read_text(encoding="utf-8")
    for rule in ("star.a.01", "star.c.05", "star.form", "crisis.level", "tps.score"):
        assert f"`{rule}`" in text
    assert "⚠" in text
    assert "∅" in text


def test_the_doctor_finds_this_machine_well():
    result = run("doctor", "--json")
    findings = json.loads(result.stdout)
    assert result.exit_code == 0, [f for f in findings if not f["well"]]


def test_as_a_program_it_starts_without_the_screen_libraries():
    """A scheduled job pays for what it uses: no chart, no app server, no data frames."""
    code = (
        "import sys; from core.services.intake.examine import examine; "
        f"examine(open({str(FILLED)!r}, 'rb').read(), 'x.xlsx'); "
        "print([m for m in ('streamlit', 'plotly', 'altair', 'pandas') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
