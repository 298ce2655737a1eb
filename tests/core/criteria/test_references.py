"""An edge is written once: who refers to it follows, in every year, text and light."""

import re
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from babel.messages.pofile import read_po

from core.criteria.catalog import Catalog, catalog
from core.criteria.corpus import read_corpus
from core.criteria.faults import FaultyFileError
from core.criteria.load import CRITERIA_FOLDER
from core.criteria.model import AreaShare, LightMatrix
from core.scoring.examples import example_outcome
from core.services.handbook.entries import handbook
from core.services.rules.cases.report import check_corpus
from core.services.rules.finance import edges
from core.text import LOCALE_FOLDER

GRADES = """\
  - fiscal_years: [2570, null]
    source: {document: "004", where: an invented place}
    of: tps.score
    grades:
      - {at_least: 13, grade: A, name: {th: ดีมาก, en: very good}, verdict: pass}
      - {at_least: 11.25, grade: B, name: {th: ดี, en: good}, verdict: pass}
      - {at_least: 9, grade: C, name: {th: พอใช้, en: fair}, verdict: watch}
      - {at_least: 6.75, grade: D, name: {th: ต้องปรับปรุง, en: must improve}, verdict: watch}
      - {grade: F, name: {th: ไม่ผ่าน, en: fail}, verdict: fail}
    assumptions: []
    readings: {}
"""
CASES = """\
  - [2570, {score: 13}, {grade: A}, edge]
  - [2570, {score: 12.99}, {grade: B}, below the edge]
  - [2570, {score: 11.25}, {grade: B}, edge]
  - [2570, {score: 11.24}, {grade: C}, below the edge]
  - [2570, {score: 9}, {grade: C}, edge]
  - [2570, {score: 8.99}, {grade: D}, below the edge]
  - [2570, {score: 6.75}, {grade: D}, edge]
  - [2570, {score: 6.74}, {grade: F}, below the edge]
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The criteria with other cut-offs of TPS grades from fiscal year 2570 on."""
    copied = tmp_path_factory.mktemp("data") / "criteria"
    copytree(CRITERIA_FOLDER, copied)
    rule, cases = (copied / "tps" / f"tps.grade{end}.yaml" for end in ("", ".cases"))
    text = rule.read_text("utf-8")
    written = text.index("  - fiscal_years: ")
    first, rest = text[written:].split("\n", 1)
    closed = first[: first.rindex(",")] + ", 2569]"
    rule.write_text(f"{text[:written]}{closed}\n{rest.rstrip()}\n{GRADES}", "utf-8")
    cases.write_text(cases.read_text("utf-8").rstrip() + "\n" + CASES, "utf-8")
    return copied


@pytest.fixture(scope="module")
def books(folder: Path) -> Catalog:
    return Catalog(folder)


def test_new_cutoffs_are_one_edition_with_its_cases(books: Catalog) -> None:
    report = check_corpus(books)
    assert [failure.text.en for failure in report.failures] == []
    assert [gap.en for gap in report.uncovered] == []


@pytest.mark.parametrize(
    ("fiscal_year", "green", "yellow"), [(2566, 10.5, 7.5), (2569, 10.5, 7.5), (2570, 11.25, 6.75)]
)
def test_the_matrix_follows(books: Catalog, fiscal_year: int, green: float, yellow: float) -> None:
    rule = books.ruleset(fiscal_year).rules["governance.financial"]
    assert isinstance(rule, LightMatrix)
    lit = [
        example_outcome(rule, {"tps": score})["tps"]
        for score in (green, green - 0.01, yellow, yellow - 0.01)
    ]
    assert lit == ["green", "yellow", "yellow", "red"]
    hint = next(part.hint for part in rule.parts if part.id.endswith(".tps"))
    for text in (hint.th, hint.en) if hint else ("", ""):
        assert f"{green:g}" in text
        assert f"{yellow:g}" in text


@pytest.mark.parametrize(("fiscal_year", "passing"), [(2569, 10.5), (2570, 11.25)])
def test_the_area_measure_and_the_screens_follow(
    books: Catalog, fiscal_year: int, passing: float
) -> None:
    rules = books.ruleset(fiscal_year)
    rule = rules.rules["crisis.efficiency"]
    assert isinstance(rule, AreaShare)
    counted = [
        example_outcome(rule, {"values": [score]})["passing"] for score in (passing, passing - 0.01)
    ]
    assert counted == [100, 0]
    for text in (rule.name, rule.parts[0].name):
        assert f"{passing:g}" in text.th
        assert f"{passing:g}" in text.en
    assert edges(rules).passing == passing


def test_the_handbook_follows(books: Catalog) -> None:
    for fiscal_year, passing in ((2569, "10.5"), (2570, "11.25")):
        chapters = {one.entry.id: one for one in handbook(fiscal_year, source=books)}
        assert passing in chapters["crisis.efficiency"].entry.name.en
        assert passing in " ".join(str(rung) for rung in chapters["tps.grade"].entry.rungs)


def test_screens_name_the_levels_of_the_rule() -> None:
    found = edges(catalog().ruleset(2566))
    assert (found.first, found.grave, found.worst, found.passing) == (4, 6, 7, 10.5)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("{grade_of: tps.grade, grade: B}", "{grade_of: tps.grades, grade: B}", "no rule"),
        ("{grade_of: tps.grade, grade: B}", "{grade_of: tps.grade, grade: G}", "A, B, C, D"),
        ("{grade_of: tps.grade, grade: B}", "{grade_of: tps.grade}", "grade_of, grade"),
        ("{grade_of: tps.grade, grade: B}", "{grade_of: tps.score, grade: B}", "no edge"),
        ("{good_of: msss.score}", "{good_of: msss.defects}", "not one edge"),
        ("{cutoff_of: payables.round_1.paid}", "{cutoff_of: payables.round_1.pay}", "no part"),
        ("{good_of: revenue.score}", "{cutoff_of: governance.financial.tps}", "refers back"),
        ("{grade_d} คะแนน", "{grade_e} คะแนน", "{grade_b}, {grade_d}"),
        ("grade_d: {grade_of: tps.grade, grade: D}", "grade_d: 7.5", "no reference"),
    ],
)  # fmt: skip
def test_a_reference_to_nothing_is_a_fault_with_its_line(
    tmp_path: Path, old: str, new: str, reason: str
) -> None:
    text = (CRITERIA_FOLDER / "governance" / "governance.financial.yaml").read_text("utf-8")
    place = text.rindex(old)
    path = tmp_path / "governance" / "governance.financial.yaml"
    path.parent.mkdir()
    path.write_text(text[:place] + new + text[place + len(old) :], "utf-8")
    with pytest.raises(FaultyFileError) as caught:
        Catalog(beside=path)
    line = text[:place].count("\n") + 1
    assert any(reason in one.reason.en and one.line == line for one in caught.value.faults)
    assert {one.file for one in caught.value.faults} == {path.name}


def test_a_rule_must_be_in_force_where_it_is_referred_to(folder: Path, tmp_path: Path) -> None:
    text = (folder / "governance" / "governance.financial.yaml").read_text("utf-8")
    path = tmp_path / "governance" / "governance.financial.yaml"
    path.parent.mkdir()
    path.write_text(text.replace("[2566, null]", "[2560, null]"), "utf-8")
    with pytest.raises(FaultyFileError) as caught:
        Catalog(folder, beside=path)
    assert "has no rule in fiscal year" in caught.value.faults[0].reason.en


def within_a_year(folder: Path, tmp_path: Path, *, closed: str) -> Path:
    """The grades with other cut-offs from quarter 3 of 2569 on, the old ones ended by `closed`."""
    text = (folder / "tps" / "tps.grade.yaml").read_text("utf-8")
    ended, new = text.split("  - fiscal_years: [2570, null]\n")
    old = ended.replace("[2564, 2569]\n", f"[2564, {closed}\n", 1)
    path = tmp_path / "tps" / "tps.grade.yaml"
    path.parent.mkdir()
    path.write_text(f"{old}  - fiscal_years: [2569, null]\n    from_month: 7\n{new}", "utf-8")
    return path


def test_an_edition_follows_an_edge_that_moves_within_the_year(
    folder: Path, tmp_path: Path
) -> None:
    path = within_a_year(folder, tmp_path, closed="2569]\n    through_month: 6")
    books = Catalog(folder, beside=path)
    for month, passing in ((6, 10.5), (7, 11.25), (12, 11.25)):
        rules = books.ruleset(2569, month=month)
        assert edges(rules).passing == passing
        rule = rules.rules["governance.financial"]
        assert example_outcome(rule, {"tps": 10.5})["tps"] == ("green" if month < 7 else "yellow")
        assert f"{passing:g}" in rules.rule("crisis.efficiency").name.en
    assert edges(books.ruleset(2568)).passing == 10.5


def test_a_score_of_before_quarter_3_of_2564_is_graded_by_its_own_edges() -> None:
    for month, edge in ((6, 7), (7, 10.5)):
        rule = catalog().ruleset(2564, month=month).rules["tps.grade"]
        assert example_outcome(rule, {"score": edge})["grade"] == "B"
        assert example_outcome(rule, {"score": edge - 0.01})["grade"] == "C"


@pytest.mark.parametrize(
    ("closed", "reason"),
    [
        ("2569]\n    through_month: 7", "both hold in 2569-M07"),
        ("null]", "both hold in 2569-M07"),
        ("2569]\n    through_month: 6", None),
        ("2564]\n    through_month: 6", "ends before it begins"),
    ],
)
def test_editions_that_overlap_are_a_fault_with_file_and_line(
    folder: Path, tmp_path: Path, closed: str, reason: str | None
) -> None:
    path = within_a_year(folder, tmp_path, closed=closed)
    lines = path.read_text("utf-8").split("\n")
    found = read_corpus(folder, path).faults
    own = [(one.file, one.line, one.reason.en) for one in found if not one.follows]
    if reason is None:
        assert own == []
        return
    (file, line, said), *_others = own
    assert file == "tps.grade.yaml"
    assert lines[line - 1].startswith("  - fiscal_years:")
    assert reason in said
    if "both" in reason:
        assert lines[line - 1] == "  - fiscal_years: [2569, null]"
        first = next(n for n, text in enumerate(lines, 1) if text.startswith("  - fiscal_years:"))
        assert f"line {first} " in said


OTHER = r"{\w*}|\d+[ -]digits?|\d+/\d+/\d+"
"""Places of a message, lengths of codes, dates."""

NUMBERS_OF_OTHER_THINGS = {
    "quarters, such as 2 4; empty where every month counts",
    "the name of a month, or 1–12 counted from January",
    "the name of a month, or 1–12 counted from October",
    (
        "The coordinates are not degrees in Thailand."
        " Export the file in WGS 84 (EPSG:4326), longitude before latitude."
    ),
    "The last 24 months",
    "It has sent no figures in the last 24 months.",
    "Crisis level through 24 months",
    (
        "A missing figure is an empty cell, and what needs it is not judged; it is never taken for"
        " 0. Beside it stands why it is missing. States in the grey columns: 0 reported, 1 not"
        " reported, 2 does not apply, 3 too old, 4 contradictory, 5 error."
    ),
    "24 months",
    "Stars (of 5)",
    "a workbook of Excel 4 or earlier",
    "1 or 2",
    "1–4, or with its fiscal year: 2566-Q2",
    "the name of a hospital group, as F2 P<=30,000",
    "100 × {part} ÷ {whole}",
    "100 × ({part} − {whole}) ÷ {whole}",
    "100 × |{part} − {whole}| ÷ {whole}",
    "Score out of 4 (computed)",
    "numbers are asked for as in ≥ 5 or ≤ 5",
    "A part of the text, or ≥ 5, ≤ 5",
    "PMQA 4.0 and awards",
    "PMQA 4.0 by category",
    "Supplies processes relieved (of 9)",
    "Points (assumed): {points} of 100",
    "Points out of 100 (assumed)",
    "a number such as 1.1.2, kept as text",
    "diamond: the day it was done · dashed: end of {month} · shaded: quarters 2 and 4",
    "Write digits alone, as 5,000,000; nothing was simulated.",
    "  Handed on to the 4S4C defects: {count} hospital-years.",
    "Results for DHIS2 (ADX)",
    "Results for DHIS2 (JSON)",
    "TH, R03, P61, D6101 or the code of a facility",
}
"""Messages with a number that happens to be a cut-off as well."""


def cutoffs() -> set[float]:
    """Every edge of every rule; 0 and 1 are counts and answers everywhere."""

    def edges_in(raw: object) -> Iterator[float]:
        entries = raw.items() if isinstance(raw, dict) else enumerate(raw)  # type: ignore[var-annotated, arg-type]
        for key, value in entries:
            if key in {"below", "up_to", "at_least", "above", "within"}:
                yield from (value,) if isinstance(value, int | float) else ()
            elif isinstance(value, dict | list | tuple):
                yield from edges_in(value)

    rules = (e.rule for one in catalog().criteria.values() for e in one.editions)
    return {edge for rule in rules for edge in edges_in(rule.model_dump())} - {0, 1}


def test_no_message_names_a_cutoff() -> None:
    """A cut-off in an interface sentence would stay behind when its rule changes."""
    with (LOCALE_FOLDER / "th" / "LC_MESSAGES" / "truat.po").open("rb") as file:
        messages = [str(message.id) for message in read_po(file, locale="th")]
    known = cutoffs()
    named = {
        message
        for message in messages
        for number in re.findall(r"\d+(?:\.\d+)?", re.sub(OTHER, "", message))
        if float(number) in known
    }
    assert named == NUMBERS_OF_OTHER_THINGS
