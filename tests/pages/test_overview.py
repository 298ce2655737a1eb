"""The first page, without a browser: the figures of the store, links down, and how to begin."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.reader.store import find_by_view
from core.store.engine.settings import choose, chosen
from tests.components.drawn import html_of
from tests.country import small_store
from tests.paths import ROOT

APP = ROOT / "app.py"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TRUAT_VAR_FOLDER", str(tmp_path))
    find_by_view()
    return tmp_path


@pytest.fixture
def country(folder: Path) -> Path:
    small_store(folder)
    return folder


def open_view(**address: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=30)
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def text(app: AppTest) -> str:
    return re.sub(r"<[^>]+>", " ", html_of(app))


@pytest.mark.usefixtures("country")
def test_the_key_message_has_figure_target_and_verdict() -> None:
    page_text = text(open_view(lang="en"))
    assert (
        "Thailand: 2 of 5 hospitals are at level 4–7 (40.0%) · Level 7: 2 hospitals (target none)"
        " · Levels 4–6: 0.0% (target at most 2%) · Fail" in page_text
    )
    assert "5 of 6 reported" in page_text
    assert "40.0 (2/5)" not in page_text, "the ranking of provinces is the map's"
    assert "50.0 (2/4)" in page_text


@pytest.mark.usefixtures("country")
def test_the_month_before_is_another_view() -> None:
    app = open_view(period="2566-M08")
    assert "โรงพยาบาล 2 จาก 6 แห่ง" in text(app)
    app.selectbox(key="period").set_value("2566-M09").run()
    assert "โรงพยาบาล 2 จาก 5 แห่ง" in text(app)
    assert "period" not in app.query_params


@pytest.mark.usefixtures("country")
def test_a_region_is_chosen_and_stands_in_the_address() -> None:
    app = open_view()
    app.selectbox(key="filters.region").set_value("R03").run()
    assert app.query_params["area"] == "R03"
    app.selectbox(key="filters.region").set_value("TH").run()
    assert "area" not in app.query_params


@pytest.mark.usefixtures("country")
def test_every_place_named_is_a_link_that_keeps_the_filters() -> None:
    html = html_of(open_view(area="P61", period="2566-M08", lang="en"))
    assert 'href="./?area=R03&amp;period=2566-M08&amp;lang=en"' in html
    assert 'href="./?period=2566-M08&amp;lang=en"' in html
    assert 'href="facility?facility=11201&amp;area=P61&amp;period=2566-M08&amp;lang=en"' in html


@pytest.mark.usefixtures("country")
def test_invented_figures_are_called_so_until_one_begins_with_ones_own() -> None:
    app = open_view()
    assert "ข้อมูลสาธิต" in text(app)
    app.button(key="begin").click().run()
    # Own data from now on, and for this viewer alone.
    assert app.query_params["store"] == "own"
    assert "There are no results" in text(app) or "ยังไม่มีผล" in text(app)
    assert chosen() == "demo"
    assert "ข้อมูลสาธิต: " not in text(open_view(store="own"))


def test_an_empty_store_says_what_to_do_first(folder: Path) -> None:
    small_store(folder)
    choose("own")
    app = open_view(lang="en")
    assert "There are no results yet" in text(app)
    assert 'href="upload?lang=en"' in html_of(app)
    app.button(key="demonstration").click().run()
    assert "2 of 5 hospitals" in text(app)
