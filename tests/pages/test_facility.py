"""One hospital on its page: how it stands, every light with its why, and what to do first."""

import gzip
import json
import re
from pathlib import Path

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from components.facility.behind import behind
from components.parts.behind import detail_html
from core.periods import Period
from core.store.engine.migrate import open_database
from core.store.engine.settings import StoreSettings, address_of
from tests.components.drawn import html_of
from tests.core.services.recompute.test_indicators import PAID, PAYABLES, hand_in, report
from tests.country import small_store
from tests.pages.conftest import Open


@pytest.fixture(autouse=True)
def country(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUAT_VAR_FOLDER", str(tmp_path))
    small_store(tmp_path)


def store(folder: Path) -> Engine:
    settings = StoreSettings(var_folder=folder, database_url=None)
    return open_database(address_of("demo", settings), "demo")


def text(app: AppTest) -> str:
    return re.sub(r"<[^>]+>", " ", html_of(app))


def test_the_key_message_has_level_change_and_score(open_page: Open) -> None:
    page_text = text(open_page("facility.py", area="11202", lang="en"))
    assert "Hospital 11202: crisis level 7 in Jun 2566 · risen from 0 · TPS" in page_text
    assert "Net working capital: 0 → 1 point of risk" in page_text


def test_a_tile_shows_its_course_and_says_it(open_page: Open) -> None:
    html = html_of(open_page("facility.py", area="11202", lang="en"))
    courses = re.findall(r'class="t-spark" role="img" aria-label="([^"]+)"', html)
    level = "Jan 2566 –, Feb 2566 –, Mar 2566 –, Apr 2566 –, May 2566 0, Jun 2566 7"
    assert level in courses
    assert len(courses) == 3, "of the score there is no course: not all of its items are judged"


def test_the_breadcrumb_leads_up_and_keeps_the_month(open_page: Open) -> None:
    html = html_of(open_page("facility.py", area="11202", period="2566-M08", lang="en"))
    assert 'href="./?period=2566-M08&amp;lang=en&amp;area=D6101"' in html
    assert "crisis level 0 in May 2566" in html


def test_every_light_opens_rule_figures_cell_workbook_and_source(open_page: Open) -> None:
    html = html_of(open_page("facility.py", area="11202", lang="en"))
    tables = html.split('class="t-items"')[1:]
    row = tables[0].split(">Cash ratio<")[1].split("</tbody>")[0]
    assert 'data-why="crisis.level.liquidity.cash_ratio" data-behind="1"' in row
    behind_it = detail_html(behind, "area=11202&lang=en&why=crisis.level.liquidity.cash_ratio")
    for part in (
        "below 0.8",
        "must rise by 0.7 times to pass",
        "cell A2",
        "การเงิน.xlsx",
        "upload 1",
        "Source",
    ):
        assert part in behind_it, part
    # Of the level, of the score, and of all themes.
    assert len(tables) == 3
    own = tables[:2]
    rows = [row for table in own for row in table.split("<tbody>")[1:] if "t-status" in row]
    assert len(rows) == 6 + 20
    assert all("t-behind" in row and "t-more" in row for row in rows)


def test_every_why_bears_the_name_that_an_address_opens_it_by(open_page: Open) -> None:
    html = html_of(open_page("facility.py", area="11202", lang="en"))
    named = 'data-why="crisis.level.liquidity.cash_ratio"'
    assert html.count(named) == 1
    row = next(row for row in html.split("<tbody>") if named in row)
    assert ">Cash ratio<" in row
    assert html.count('data-why="crisis.level"') == html.count('data-why="tps.score"') == 1
    assert 'href="facility?lang=en&amp;facility=11202&amp;why=crisis.level"' in html, "by its tile"


def test_a_why_that_is_not_there_is_told(open_page: Open) -> None:
    told = text(open_page("facility.py", area="11202", why="crisis.level.luck", lang="en"))
    assert "“crisis.level.luck”: not to be found here" in told


def test_the_trends_and_their_table_say_the_same(open_page: Open) -> None:
    app = open_page("facility.py", area="11202", lang="en")
    trends = json.loads(gzip.decompress(app.get("bidi_component")[1].proto.bytes))["figures"]
    table = detail_html(behind, "area=11202&lang=en&why=months")
    assert table.count("not reported") == 22 * 4
    assert len(trends) == 4
    for one in trends:
        said = re.search(r"<desc[^>]*>(.*)</desc>", one["svg"])[1].split(one["between"])
        assert sum(phrase.endswith(": not reported") for phrase in said) == 22
        for _x, _y, place in one["marks"]:
            month, _, value = said[place].partition(": ")
            line = table.split(f">{month}<")[1].split("</tr>")[0]
            # What the level rests on stands behind it.
            assert re.search(rf">{re.escape(value)}[ <]", line), said[place]


def test_a_silent_month_says_so_and_leads_to_the_last_one_told(open_page: Open) -> None:
    html = html_of(open_page("facility.py", area="11302", lang="en"))
    assert "nothing reported for Jun 2566, last for May 2566" in html
    assert 'href="facility?lang=en&amp;facility=11302&amp;period=2566-M08"' in html
    assert "t-items" not in html


@pytest.mark.parametrize(("area", "named"), [("", "Thailand"), ("P61", "Uthai Thani")])
def test_without_a_hospital_the_page_says_how_to_choose_one(
    open_page: Open, area: str, named: str
) -> None:
    app = open_page("facility.py", lang="en", **({"area": area} if area else {}))
    assert "Choose a hospital first" in text(app)
    assert f"Highest crisis levels: {named}" in text(app)
    assert 'href="facility?' in html_of(app)
    assert "facility=11201" in html_of(app)


def test_a_code_nobody_knows_is_named(open_page: Open) -> None:
    assert "No hospital has the code 99999" in text(
        open_page("facility.py", area="99999", lang="en")
    )


@pytest.mark.parametrize("asked", [{}, {"period": "2566-R2"}, {"period": "2566-M09"}])
def test_the_month_shown_is_the_month_chosen(
    open_page: Open, tmp_path: Path, asked: dict[str, str]
) -> None:
    hand_in(store(tmp_path), "compensation", report("11202", PAID, Period(2566, "M", 10)))
    app = open_page("facility.py", area="11202", lang="en", **asked)
    assert app.selectbox[0].value == "2566-M09"
    assert "crisis level 7 in Jun 2566" in text(app)


def test_a_round_without_a_level_opens_with_its_why(open_page: Open, tmp_path: Path) -> None:
    hand_in(store(tmp_path), "payables", report("11202", PAYABLES, Period(2567, "R", 1)))
    asked = {"period": "2567-R1", "why": "payables.paid"}
    app = open_page("facility.py", area="11202", lang="en", **asked)
    assert app.selectbox[0].value == "2567-M06"
    assert "Payables paid" in text(app)
