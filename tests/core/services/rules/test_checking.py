"""A file is checked while it is edited: all its faults at once, each with its line."""

import json
from pathlib import Path
from shutil import copy, copytree

import pytest
from typer.testing import CliRunner

from core.cli import app
from core.criteria.load import CRITERIA_FOLDER, DATA_FOLDER
from core.services.rules.checking import check_file

# File -> what is changed into what, and a word of what is allowed there instead.
CHANGES = {
    "criteria/star/star.a.01.yaml": [
        ("unit: percent", "unit: percents", "points"),
        ("round_to: 2", "round_too: 2", "round_to"),
        ("denominator: star.tambons", "denominator: star.tambon", "star.tambons"),
        ("below: 65, points: 2", "below: 65, points: two", "two"),
    ],
    "criteria/transfer/transfer.area.yaml": [
        ('document: "004"', 'document: "044"', "044"),
        ("of: transfer.level", "of: transfer.levels", "transfer.levels"),
    ],
    "criteria/coverage/coverage.thai.yaml": [
        ("share: coverage.thai_insured", "share: coverage.thai_insurd", "coverage.thai_insured"),
        ("per: round", "per: rounds", "month, round"),
    ],
    "criteria/coverage/coverage.fss.yaml": [
        ("id: coverage.fss\n", "id: coverage.fss\nid: coverage.fs\n", "id"),
        ("per: round", "per: round\n    per: month", "per"),
    ],
    "criteria/crisis/crisis.planfin.cases.yaml": [
        ("- [2566, {values: [1]}, {no_risk: 100}, type 1", "- [2566, {values: [1]}, type 1", "4"),
        ("- [2566, {values: [4]}", "- [2536, {values: [4]}", "2536"),
    ],
    "measures.yaml": [
        ("Tambons in the district}, unit: count", "Tambons in the district}, unit: counts", "days"),
    ],
    "themes.yaml": [
        ("id: overview", "id: overviews", "pages/overviews.py"),
        ("[msss.area]", "[msss.areas]", "msss.areas"),
    ],
    "forms/sproi.yaml": [
        ("layout: table", "layout: tables", "table"),
    ],
    "forms/compensation.yaml": [
        ("    type: number", "    type: numbers", "number, answer"),
        ("version: ", "versions: ", "version"),
    ],
}  # fmt: skip


def copied(tmp_path: Path, name: str) -> Path:
    """A file of the data folder beside the one it belongs to, outside of the folder."""
    path = DATA_FOLDER / name
    folder = tmp_path / path.parent.name
    folder.mkdir()
    stem = path.name.removesuffix(".yaml").removesuffix(".cases")
    for beside in path.parent.glob(f"{stem}.*yaml"):
        copy(beside, folder)
    return folder / path.name


@pytest.mark.parametrize("name", CHANGES)
def test_every_fault_is_told_with_its_line_and_what_is_allowed(tmp_path: Path, name: str) -> None:
    path = copied(tmp_path, name)
    text = path.read_text("utf-8")
    for old, new, _ in CHANGES[name]:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, "utf-8")
    told = {one.line: one.reason for one in check_file(path).faults}
    for _, new, allowed in CHANGES[name]:
        line = text[: text.index(new)].count("\n") + new.count("\n") + 1
        reason = told[line - new.endswith("\n")]
        assert allowed in reason.en
        assert allowed in reason.th


def test_a_theme_without_a_name_is_a_fault(tmp_path: Path) -> None:
    path = copied(tmp_path, "criteria/star/star.a.01.yaml")
    moved = path.parent.rename(tmp_path / "stars") / path.name
    (fault,) = check_file(moved).faults
    assert "stars" in fault.reason.en


def test_failing_cases_and_untried_edges_are_told(tmp_path: Path) -> None:
    path = copied(tmp_path, "criteria/star/star.a.01.yaml")
    path.write_text(path.read_text("utf-8").replace("below: 65", "below: 66"), "utf-8")
    cases = path.with_name("star.a.01.cases.yaml")
    for edited in (path, cases):
        report = check_file(edited)
        assert report.faults == ()
        assert [(line, one.case.value) for line, one in report.failures] == [
            (cases.read_text("utf-8").split("- [2561, 65,")[0].count("\n") + 1, 65)
        ]
        assert any("66" in gap.en and "66" in gap.th for gap in report.uncovered)


@pytest.mark.parametrize(
    "name",
    [
        "criteria/star/star.a.01.yaml",
        "criteria/governance/governance.financial.yaml",
        "criteria/governance/governance.financial.cases.yaml",
        "criteria/_themes.yaml",
        "criteria/_sources.yaml",
        "forms/star-2561.yaml",
        "forms/_keys.yaml",
        "measures.yaml",
        "themes.yaml",
    ],
)
def test_a_file_as_it_ships_is_sound(name: str) -> None:
    assert check_file(DATA_FOLDER / name).holds


def test_the_command_tells_all_and_its_status_is_one(tmp_path: Path) -> None:
    path = copied(tmp_path, "forms/compensation.yaml")
    path.write_text(path.read_text("utf-8").replace("layout: table", "layout: tables"), "utf-8")
    sound = CRITERIA_FOLDER / "star" / "star.a.01.yaml"
    done = CliRunner().invoke(app, ["criteria", "check", str(sound), str(path), "--json"])
    told = json.loads(done.stdout)
    assert (done.exit_code, told["holds"]) == (1, False)
    first, second = told["files"]
    assert (first["holds"], first["faults"], second["holds"]) == (True, [], False)
    (fault,) = second["faults"]
    assert (fault["file"], fault["line"], fault["code"]) == ("compensation.yaml", 2, "C002")
    read = CliRunner().invoke(app, ["criteria", "check", str(path), "--lang", "th"])
    assert (read.exit_code, "compensation.yaml บรรทัด 2" in read.stdout) == (1, True)
    assert CliRunner().invoke(app, ["criteria", "check", str(sound)]).exit_code == 0
    assert CliRunner().invoke(app, ["criteria", "check", "nowhere.yaml"]).exit_code == 2


def _edited(tmp_path: Path, name: str, before: str, after: str) -> str:
    """What is said in English of a copy of a file in which something is changed."""
    path = copied(tmp_path, name)
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return "\n".join(line.en for line in check_file(path).lines())


@pytest.mark.parametrize(
    ("name", "before", "after", "reason"),
    [
        ("themes.yaml", "icon: ':material/map:'", "icons: ':material/map:'", "“icon” is missing."),
        ("themes.yaml", "{th: เปรียบเทียบ, en: Compare}", "{th: เปรียบเทียบ}", "exactly the keys"),
        ("forms/compensation.yaml", "[0, null]", "[0]", "This list needs at least 2 values."),
    ],
)
def test_a_key_or_value_too_few_is_named(
    tmp_path: Path, name: str, before: str, after: str, reason: str
) -> None:
    assert reason in _edited(tmp_path, name, before, after)


def test_of_a_failing_case_only_what_came_out_otherwise_is_shown(tmp_path: Path) -> None:
    case = "{good: 91, target.good: 90, expected: 100"
    wrong = _edited(tmp_path, "criteria/msss/msss.area.cases.yaml", case, case.replace("91", "92"))
    assert "should give {good: 92} but gives {good: 91} (91 %)" in wrong


def test_an_outcome_that_no_case_can_expect_is_named_with_those_it_can(tmp_path: Path) -> None:
    case = "{good: 91, target.good: 90, expected: 100"
    wrong = _edited(tmp_path, "criteria/msss/msss.area.cases.yaml", case, case.replace("ex", "un"))
    assert "a case cannot expect “unpected”. Known: good, target.good, expected" in wrong


def test_a_criteria_file_is_named_after_its_id(tmp_path: Path) -> None:
    folder = tmp_path / "criteria"
    copytree(CRITERIA_FOLDER, folder)
    path = (folder / "msss" / "msss.area.yaml").rename(folder / "msss" / "msss.areas.yaml")
    (fault,) = check_file(path).faults
    assert "msss.area.yaml" in fault.reason.en
