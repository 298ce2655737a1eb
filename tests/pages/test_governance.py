"""The page of governance matrices, without a browser."""

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from core.scoring.base.states import State
from core.store.engine.settings import choose
from tests.components.drawn import html_of
from tests.core.services.lit import ROUND, ROUND_BEFORE, nan, tell
from tests.country import small_store
from tests.pages.conftest import in_english, text
from tests.paths import ROOT

PAGE = ROOT / "pages" / "governance.py"


def open_view(**address: str) -> AppTest:
    return in_english(PAGE, **address)


@pytest.fixture
def country(folder: Path) -> Path:
    """Two of five hospitals are at level 7; some scores of both rounds."""
    engine = small_store(folder)
    tell(engine, "revenue.score", ROUND_BEFORE, {"11202": 95, "11204": 95})
    tell(engine, "revenue.score", ROUND, {"11201": 95, "11202": 79.99, "11203": 85})
    states = {"11201": State.NOT_APPLICABLE}
    tell(engine, "sproi.covid", ROUND, {"11201": nan, "11202": 3}, states=states)
    return folder


@pytest.mark.usefixtures("country")
def test_the_key_message_says_how_many_are_red_and_where_most() -> None:
    page_text = text(open_view())
    assert (
        "Thailand: 2 of 5 hospitals have a red light in Financial risk"
        " · most of them: Crisis level (2)" in page_text
    )
    assert "✕ With a red light 2 hospitals 5 of 6 reported" in page_text
    course = '<span class="t-spark" role="img" aria-label="Mar 2566 0, May 2566 3, Jun 2566 2">'
    assert course in html_of(open_view())
    assert "Lights turned red 2 lights no longer red: 1" in page_text


@pytest.mark.usefixtures("country")
def test_columns_and_areas_are_counted() -> None:
    page_text = text(open_view())
    # The signs of the bar stand between the name and red, yellow, green, none.
    assert re.search(r"Crisis level [✕!✓– ]+2 0 3 1", page_text)
    assert re.search(r"Revenue \(4S4C\) [✕!✓– ]+1 1 1 3", page_text)
    earlier = "Told of an earlier round only, without a light: Revenue (4S4C) (1 place)"
    assert earlier in page_text
    assert "Uthai Thani 3 2/4 Phitsanulok 0 0/2" in page_text


@pytest.mark.usefixtures("country")
def test_every_light_says_its_column_and_opens_its_why() -> None:
    html = html_of(open_view(area="D6101"))
    hrefs = map(parse_qs, map(unescape, re.findall(r'href="facility\?([^"]*)"', html)))
    why = {"why": ["revenue.score"], "period": ["2566-R2"], "list": ["governance.financial"]}
    assert {"facility": ["11202"], "lang": ["en"], "area": ["D6101"], **why} in list(hrefs)
    page_text = "Revenue (4S4C): Red, 79.99 · turned red since the period before"
    assert f'aria-label="{page_text}"' in html


@pytest.mark.usefixtures("country")
def test_an_older_light_is_drawn_and_not_lit() -> None:
    html = html_of(open_view(area="D6102"))
    assert "t-status t-pass t-faded" in html
    assert "Revenue (4S4C): not reported; Green in Round 1 · FY 2566, 95.0" in html


@pytest.mark.usefixtures("country")
def test_another_matrix_is_chosen_and_stands_in_the_address() -> None:
    app = open_view(area="D6101", lang="th")
    app.selectbox(key="matrix").set_value("governance.funds").run()
    assert app.query_params["matrix"] == "governance.funds"
    assert "เมืองอุทัยธานี: โรงพยาบาล 1 จาก 1 แห่งมีไฟแดงด้านการบริหารกองทุน" in text(app)
    page_text = text(open_view(area="D6101", matrix="governance.funds"))
    assert "COVID-19, ROI (%) does not apply: 1" in page_text
    assert "Does not apply" in page_text


@pytest.mark.usefixtures("country")
def test_places_lead_down_and_up_and_keep_the_filters() -> None:
    html = html_of(open_view(area="P61", matrix="governance.funds"))
    filters = "matrix=governance.funds"
    assert f'href="governance?lang=en&amp;area=D6101&amp;{filters}"' in html
    assert f'href="governance?lang=en&amp;area=R03&amp;{filters}"' in html
    assert f'href="governance?lang=en&amp;{filters}"' in html


@pytest.mark.usefixtures("country")
def test_a_column_leads_to_the_page_of_its_theme() -> None:
    html = html_of(open_view(area="P61"))
    assert 'href="crisis?lang=en&amp;area=P61&amp;period=2566-M09"' in html
    assert 'href="revenue?lang=en&amp;area=P61&amp;criterion=revenue.area' in html
    # Accounting quality has none of its own.
    assert '<th scope="row">Accounting quality (%)</th>' in html


@pytest.mark.usefixtures("country")
def test_where_nothing_is_lit_it_says_so() -> None:
    assert "Phitsanulok: Fund management has no light in" in text(
        open_view(area="P65", matrix="governance.funds")
    )
    assert "none of 1 hospital has a red light" in text(open_view(area="P65"))


@pytest.mark.usefixtures("country")
def test_the_rule_of_every_light_can_be_read() -> None:
    assert re.search(r"Revenue \(4S4C\) above 90 at least 80 the rest", text(open_view()))


def test_an_empty_store_says_what_to_do_first(folder: Path) -> None:
    small_store(folder)
    choose("own")
    assert "There are no results yet" in text(open_view())
