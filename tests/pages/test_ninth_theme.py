"""A further inspection theme is the data files and the page of `docs/adding.md`, nothing else."""

import json
import re
from pathlib import Path

import pytest

from tests.adding import commands, copy_of_the_program, run, sections, write

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

handbook = shown("criteria", why="waste.sorted")
print(json.dumps([shown("waste"), shown("facility", area="11202"), handbook]))
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program as it is, and the files of a ninth theme as the document shows them."""
    house = copy_of_the_program(tmp_path_factory.mktemp("house") / "truat")
    for title in ("A form", "An indicator", "A theme", "A page"):
        write(house, sections()[title])
    (house / "register.csv").write_text(REGISTER, encoding="utf-8")
    (house / "report.csv").write_text(REPORT, encoding="utf-8")
    return house


@pytest.fixture(scope="module")
def reported(house: Path) -> Path:
    """The same with three hospitals in the register, two of which reported."""
    run(house, "-m", "core", "import", "register.csv", "--by", "test")
    run(house, "-m", "core", "import", "report.csv", "--by", "test")
    return house


@pytest.mark.parametrize("title", ["A form", "A theme", "A page"])
def test_what_the_document_tells_to_type_finds_nothing_wrong(house: Path, title: str) -> None:
    calls = list(commands(sections()[title]))
    assert calls
    for call in calls:
        run(house, *call)


def test_its_form_has_a_blank_and_is_scored(house: Path) -> None:
    run(house, "-m", "core", "template", "waste", "--out", "blank.xlsx")
    scored = json.loads(run(house, "-m", "core", "score", "report.csv", "--json"))
    assert scored["form"] == "waste"
    results = [row["results"]["waste.sorted"] for row in scored["rows"]]
    assert [(one["value"], one["verdict"]) for one in results] == [(61, "pass"), (60, "fail")]


def test_areas_are_held_against_its_target(reported: Path) -> None:
    command = ("results", "--indicator", "waste.area", "--json")
    rows = json.loads(run(reported, "-m", "core", *command))["results"]
    by_area = {row["subject"]: (row["points"], row["full"], row["verdict"]) for row in rows}
    assert by_area["TH"] == (1, 3, "fail")
    assert by_area["P61"] == (1, 2, "pass")


def test_its_page_the_facility_and_the_handbook_show_it(reported: Path) -> None:
    drawn = json.loads(run(reported, "-c", PAGES).splitlines()[-1])
    page, facility, handbook = (re.sub("<[^>]+>", "", one) for one in drawn)
    assert "ร้อยละของขยะที่คัดแยก (สมมติ)" in page
    assert "โรงพยาบาลสาม" in page
    assert "60.00" in facility
    assert "ขยะ (สมมติ)" in facility
    assert "สมมติขึ้นเพื่อทดสอบ" in handbook
