"""A further inspection theme is data files and one page of the usual shape, and nothing else."""

import json
import os
import subprocess
import sys
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

from tests.paths import ROOT

NEW_FILES = {
    "data/criteria/waste/waste.sorted.yaml": """\
id: waste.sorted
kind: indicator
no: "9"
name: {th: ร้อยละของขยะที่คัดแยก (สมมติ), en: Share of waste sorted (invented)}
unit: percent
better: higher
editions:
  - fiscal_years: [2566, null]
    source: {document: "004", where: an invented place}
    value: figure
    per: round
    parts:
      - id: share
        kind: shown
        name: {th: ขยะที่คัดแยก ÷ ขยะทั้งหมด, en: Waste sorted ÷ all waste}
        figure: {share: waste.sorted_kilos, of: waste.all_kilos}
    good: {above: 60}
    assumptions:
      - text: {th: สมมติขึ้นเพื่อทดสอบ, en: Invented for a test}
    readings: {}
""",
    "data/criteria/waste/waste.sorted.cases.yaml": """\
columns: [fiscal_year, value, points, why]
rows:
  - [2566, {waste.sorted_kilos: 60, waste.all_kilos: 100}, {value: 60, verdict: fail}, edge]
  - [2566, {waste.sorted_kilos: 60.01, waste.all_kilos: 100}, {verdict: pass}, above the edge]
  - [2566, {waste.sorted_kilos: 59.99, waste.all_kilos: 100}, {verdict: fail}, below the edge]
  - [2566, {waste.sorted_kilos: 0, waste.all_kilos: 0}, {state: not_applicable}, no waste]
  - [2566, {waste.sorted_kilos: 1, waste.all_kilos: 0}, {state: error}, cannot be]
  - [2566, {}, {value: null, verdict: not_judged, state: not_reported}, not reported]
""",
    "data/criteria/waste/waste.area.yaml": """\
id: waste.area
kind: area_share
no: "9"
name: {th: ร้อยละของโรงพยาบาลที่คัดแยกขยะดี (สมมติ), en: Hospitals sorting waste well (invented)}
unit: share
better: higher
editions:
  - fiscal_years: [2566, null]
    source: {document: "004", where: an invented place}
    of: waste.sorted
    over: expected
    headline: good
    parts:
      - id: good
        kind: share_line
        name: {th: คัดแยกขยะดี, en: Sorting waste well}
        targets: [{at_least: 50}]
    assumptions: []
    readings: {}
""",
    "data/criteria/waste/waste.area.cases.yaml": """\
columns: [fiscal_year, value, points, why]
rows:
  - [2566, {values: [1, 0]}, {good: 50, verdict: pass}, edge]
  - [2566, {passed: 499, failed: 501}, {good: 49.9, verdict: fail}, below the edge]
  - [2566, {passed: 501, failed: 499}, {good: 50.1, verdict: pass}, above the edge]
  - [2566, {values: [1, null]}, {good: 50, reporting: 1, expected: 2, worst: pass}, one silent]
  - [2566, {values: []}, {good: null, verdict: not_judged}, nobody]
  - [2566, null, {good: null, verdict: not_judged}, not reported]
""",
    "data/forms/waste.yaml": """\
layout: table
id: waste
version: 1
fiscal_year: 2566
name: {th: ขยะของโรงพยาบาล (สมมติ), en: Hospital waste (invented)}
sheet: {th: ขยะ, en: Waste}
instruction: {th: กรอกหนึ่งแถวต่อหนึ่งโรงพยาบาลและหนึ่งรอบ, en: One row per hospital and round}
columns:
  - hcode
  - fiscal_year
  - round
  - measure: waste.sorted_kilos
    type: number
    required: true
    valid_range: [0, null]
  - measure: waste.all_kilos
    type: number
    required: true
    valid_range: [0, null]
""",
    "pages/themes/waste.py": """\
\"\"\"How well hospitals sort their waste.\"\"\"

from components.theme import page as theme

theme.show("waste")
""",
}
ADDED_LINES = {
    "data/measures.yaml": """\
  waste.sorted_kilos: {name: {th: ขยะที่คัดแยก (สมมติ), en: Waste sorted (invented)}, unit: count}
  waste.all_kilos: {name: {th: ขยะทั้งหมด (สมมติ), en: All waste (invented)}, unit: count}
""",
    "data/criteria/_themes.yaml": "  waste: {th: ขยะ (สมมติ), en: Waste (invented)}\n",
    "data/themes.yaml": """\
  - title: {th: ทดลอง, en: Trial}
    pages:
      - id: waste
        icon: ':material/recycling:'
        title: {th: การคัดแยกขยะ (สมมติ), en: Waste sorting (invented)}
        indicators: [waste.area]
""",
}
REGISTER = """\
hcode,facility.name_th,facility.kind,facility.district
11201,โรงพยาบาลหนึ่ง,hospital,6101
11202,โรงพยาบาลสอง,hospital,6101
11203,โรงพยาบาลสาม,hospital,6502
"""
REPORT = """\
hcode,fiscal_year,round,waste.sorted_kilos,waste.all_kilos
11201,2566,1,61,100
11202,2566,1,60,100
"""
PAGES = """\
import json
from streamlit.testing.v1 import AppTest
from components.frame.navigation import page_file

def shown(page, **asked):
    app = AppTest.from_file("app.py", default_timeout=60)
    for name, value in {"period": "2566-R1", **asked}.items():
        app.query_params[name] = value
    app.run().switch_page(str(page_file(page))).run()
    assert not app.exception, app.exception
    return " ".join(element.value for element in app.get("html"))

print(json.dumps([shown("waste"), shown("facility", area="11202"), shown("criteria")]))
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program as it is, and the files of a ninth theme."""
    house = tmp_path_factory.mktemp("house") / "truat"
    house.mkdir()
    for folder in ("components", "core", "pages", "static", ".streamlit"):
        copytree(ROOT / folder, house / folder, ignore=ignore_patterns("__pycache__"))
    copytree(ROOT / "data", house / "data", ignore=ignore_patterns("var", "__pycache__"))
    (house / "app.py").write_text((ROOT / "app.py").read_text(encoding="utf-8"), encoding="utf-8")
    for name, content in NEW_FILES.items():
        (house / name).parent.mkdir(exist_ok=True)
        (house / name).write_text(content, encoding="utf-8")
    for name, lines in ADDED_LINES.items():
        with (house / name).open("a", encoding="utf-8") as file:
            file.write(lines)
    (house / "register.csv").write_text(REGISTER, encoding="utf-8")
    (house / "report.csv").write_text(REPORT, encoding="utf-8")
    return house


def run(house: Path, *call: str) -> str:
    settings = {"TRUAT_VAR_FOLDER": str(house / "var"), "PYTHONPATH": str(house)}
    done = subprocess.run(
        [sys.executable, *call],
        cwd=house,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def reported(house: Path) -> Path:
    """The same with three hospitals in the register, two of which reported."""
    run(house, "-m", "core", "import", "register.csv", "--by", "test")
    run(house, "-m", "core", "import", "report.csv", "--by", "test")
    return house


def test_its_rules_hold_against_their_cases(house: Path) -> None:
    assert "waste" in run(house, "-m", "core", "criteria", "check")


def test_it_has_a_blank_form_and_is_scored(house: Path) -> None:
    run(house, "-m", "core", "template", "waste", "--out", "waste.xlsx")
    scored = json.loads(run(house, "-m", "core", "score", "report.csv", "--json"))
    assert scored["form"] == "waste"
    matches = [row["results"]["waste.sorted"] for row in scored["rows"]]
    assert [(one["value"], one["verdict"]) for one in matches] == [(61, "pass"), (60, "fail")]


def test_areas_are_held_against_its_target(reported: Path) -> None:
    command = ("results", "--indicator", "waste.area", "--json")
    rows = json.loads(run(reported, "-m", "core", *command))["results"]
    by_area = {row["subject"]: (row["points"], row["full"], row["verdict"]) for row in rows}
    assert by_area["TH"] == (1, 3, "fail")
    assert by_area["P61"] == (1, 2, "pass")


def test_its_page_the_facility_and_the_handbook_show_it(reported: Path) -> None:
    page, facility, handbook = json.loads(run(reported, "-c", PAGES).splitlines()[-1])
    assert "ร้อยละของขยะที่คัดแยก (สมมติ)" in page.replace('<span class="t-word">', "").replace(
        "</span>", ""
    )
    assert "โรงพยาบาลสาม" in page
    assert "60.00" in facility
    assert "ขยะ (สมมติ)" in facility
    assert "สมมติขึ้นเพื่อทดสอบ" in handbook
