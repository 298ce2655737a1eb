"""What needs attention on the first page, over all themes: few lines, each leading to its place."""

import re
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.scoring.base.states import State
from core.services.deadlines.setting import set_deadline
from core.services.stores import open_store
from tests.components.drawn import html_of
from tests.core.services.lit import MONTH, MONTH_BEFORE, ROUND, Part, tell, tell_parts, tell_shares
from tests.country import small_store
from tests.paths import ROOT

APP = ROOT / "app.py"
PASSED: Part = (0.0, 0.0, 1.0, 1.0, State.REPORTED)
FAILED: Part = (3.0, 0.0, 0.0, 1.0, State.REPORTED)
MISSED = {
    "revenue.area": (3, 6),
    "msss.area": (2, 6),
    "payables.area_2": (1, 6),
    "sproi.covid_area": (5, 6),
}


@pytest.fixture(autouse=True)
def country(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The small country, in which four targets are missed and claims got worse."""
    monkeypatch.setenv("TRUAT_VAR_FOLDER", str(tmp_path))
    engine = small_store(tmp_path)
    for criterion, counts in MISSED.items():
        tell_shares(engine, criterion, ROUND, {"TH": counts, "P61": (1, 4)})
    tell(engine, "msss.score", ROUND, {"11201": 95})
    tell_parts(engine, "revenue.defects", MONTH_BEFORE, {"11201": {"delayed": PASSED}})
    tell_parts(engine, "revenue.defects", MONTH, {"11201": {"delayed": FAILED}})


def open_view(**address: str) -> str:
    app = AppTest.from_file(APP, default_timeout=30)
    for name, value in {"lang": "en", **address}.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    html = html_of(app)
    return html[html.index("What needs attention") :]


def lines(html: str) -> list[str]:
    """The labels of the lines, those on the page and those behind one line apart by None."""
    shown, more = html.split("<details", 1) if "<details" in html else (html, "")
    matches = re.findall(r"<li><span[^>]*><b[^>]*>.</b>(.*?)</span>", shown.split("</ul>")[0])
    return [*matches, "…", *re.findall(r"<li><span[^>]*><b[^>]*>.</b>(.*?)</span>", more)]


def test_eight_lines_are_shown_the_most_pressing_first() -> None:
    shown = lines(open_view())
    assert shown[:10] == [
        "At level 6–7: 2",
        "Risen to or within level 4–7 in a month: 1",
        "Lights turned red since the period before: 1",
        "Hospitals with a new claim defect: 1",
        "Areas missing the target for crisis levels: 1 of 2",
        "Payables, round 2: off the target by 5",
        "Medical supplies (4S4P): off the target by 4",
        "Revenue centre (4S4C): off the target by 3",
        "…",
        "Return on COVID-19: off the target by 1",
    ]
    assert "Facilities that told nothing of a theme" in shown[10:]


def test_what_is_past_its_last_day_leads_to_who_has_not_sent_it() -> None:
    engine = open_store()
    assert "past their last day" not in open_view()
    set_deadline(engine, "finance", MONTH, date(2023, 7, 15), area="TH", by="ผู้ดูแล")
    shown = open_view()
    assert "Reports past their last day, not sent: 1<" in shown
    assert "late=finance+2566-M09" in shown
    assert "Jun 2566 · FY 2566: 1 of 6" in shown
    assert "past their last day" not in open_view(area="P61"), "all of that province sent it"


def test_few_lines_need_nothing_to_open() -> None:
    assert lines(open_view(area="P65"))[-1] == "…"


def test_a_missed_target_leads_to_its_theme_and_keeps_the_area() -> None:
    html = open_view(area="P61")
    assert "1 of 4 hospitals, target above 90%" in html
    assert 'href="supplies?lang=en&amp;area=P61"' in html
    assert 'href="payables?lang=en&amp;area=P61&amp;criterion=payables.area_2"' in html


def test_silence_lights_and_defects_lead_to_their_places() -> None:
    html = open_view()
    assert re.search(r'href="supplies\?lang=en"[^>]*>Medical supplies \(4S4P\) \(5 places\)<', html)
    assert 'href="governance?lang=en&amp;matrix=governance.financial"' in html
    why = "why=revenue.defects.delayed&amp;period=2566-M09&amp;facility=11201"
    assert f'href="facility?lang=en&amp;{why}"' in html
