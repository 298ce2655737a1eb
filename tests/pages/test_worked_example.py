"""The hospital of the worked example on its page: what a hand worked out can be read there."""

import re
from pathlib import Path

import pytest

from core.services.importing import store
from core.services.intake import examine
from core.services.opened import own_store
from core.store.engine import close_engines
from tests.components.drawn import html_of
from tests.pages.conftest import Open
from tests.worked import sections, workbook

HOSPITAL = "99911"


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_page: Open) -> str:
    """The page's HTML, from a store that holds what the document says was reported."""
    monkeypatch.setenv("TRUAT_VAR_FOLDER", str(tmp_path))
    engine, _ = own_store()
    for form in {one.form for one in sections()}:
        data = workbook(form)
        store(engine, examine(data, f"{form}.csv"), data, by="office")
    close_engines()
    html = html_of(open_page("facility.py", area=HOSPITAL, period="2566-M09", lang="en"))
    close_engines()
    return html


def test_the_page_says_what_the_hand_worked_out(page: str) -> None:
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    values = {row["Indicator"]: row["Value"] for one in sections() for row in one.rows("Result")}
    assert f"crisis level {values['crisis.level']} in Jun 2566" in said
    assert f"TPS {values['tps.score']} of 15, grade {values['tps.grade']}" in said


def test_every_cut_off_of_the_hand_stands_beside_its_test(page: str) -> None:
    level, score = page.split('class="t-items"')[1:3]
    for html, section in zip((level, score), sections(), strict=False):
        rows = [row for row in html.split("<tbody>")[1:] if "t-status" in row]
        tests = section.rows("Test")
        assert len(rows) == len(tests)
        for row, test in zip(rows, tests, strict=True):
            assert test["Asked"].replace("-", "−") in row.replace("-", "−"), test
