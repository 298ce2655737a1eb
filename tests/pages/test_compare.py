"""The page of comparisons, without a browser: cells that lead on, boxes that write the address."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.components.drawn import html_of
from tests.pages.conftest import in_english, text
from tests.paths import ROOT

PAGE = ROOT / "pages" / "compare.py"


def open_view(**address: str) -> AppTest:
    return in_english(PAGE, **address)


def chosen(app: AppTest) -> list[str]:
    return [box.value for box in app.selectbox if str(box.key).startswith("compare.area")]


@pytest.mark.usefixtures("country")
def test_the_key_message_says_where_the_first_area_is_ahead() -> None:
    page_text = text(open_view(areas="P61,P65"))
    assert (
        "Uthai Thani: targets met in 0 of 2 indicators · best in 0 and worst in 1 of 2 indicators"
        in page_text
    )
    assert "Phitsanulok: targets met 1 of 2 indicators best in 1, worst in 0" in page_text


@pytest.mark.usefixtures("country")
def test_each_share_stands_with_counts_silence_verdict_and_rank_in_words() -> None:
    page_text = text(open_view(areas="P61,P65"))
    assert "Crisis levels 4–7 Level 7: none, Levels 4–6: at most 2% Jun 2566" in page_text
    assert "✕ 50.0% 2/4 · reported 4/4 ▼ worst" in page_text
    assert "✓ 0.0% 0/1 · reported 1/2 still open: Pass or Fail ▲ best" in page_text


@pytest.mark.usefixtures("country")
def test_a_cell_leads_to_its_theme_with_area_and_period() -> None:
    html = html_of(open_view(areas="P61,TH", period="2566-M08"))
    filters = "areas=P61%2CTH&amp;period=2566-M08"
    assert f'href="crisis?lang=en&amp;{filters}&amp;area=P61"' in html
    assert f'href="crisis?lang=en&amp;{filters}"' in html
    assert 'aria-label="Uthai Thani, Crisis levels 4–7: 50.0%, Fail"' in html


@pytest.mark.usefixtures("country")
def test_boxes_write_the_address_and_the_last_two_may_be_empty() -> None:
    app = open_view(area="P61", lang="th")
    assert chosen(app) == ["P61", "P65", "", ""]
    app.selectbox(key="compare.area.2").set_value("TH").run()
    assert app.query_params["areas"] == "P61,P65,TH"
    app.selectbox(key="compare.area.0").set_value("R03").run()
    assert chosen(app) == ["R03", "P65", "TH", ""]
    assert app.query_params["area"] == "P61"
    assert "" not in app.selectbox(key="compare.area.1").options


@pytest.mark.usefixtures("country")
def test_districts_of_the_provinces_looked_at_can_be_chosen() -> None:
    options = open_view(areas="P61,R02").selectbox(key="compare.area.0").options
    assert "Thap Than" in options
    assert "Mueang Phitsanulok" not in options
    assert "Health region 2" not in options, "it stands in the other box"


@pytest.mark.usefixtures("country")
def test_now_and_before_are_told_as_better_or_worse_with_the_verdicts() -> None:
    page_text = text(open_view(by="periods", area="D6101", before="2566-M08"))
    assert "Mueang Uthai Thani: 0 of 2 indicators are better, 2 worse" in page_text
    assert "verdicts changed: 0" in page_text
    assert "✕ 50.0% 1/2 · reported 2/2 May 2566 ✕ 100.0% 2/2 · reported 2/2 Jun 2566" in page_text
    assert "+50.0 ▼ worse ✕ Fail" in page_text


@pytest.mark.usefixtures("country")
def test_a_turned_verdict_is_shown_as_both() -> None:
    page_text = text(open_view(by="periods", area="D6102"))
    assert "2 of 2 indicators are better, 0 worse · verdicts changed: 2" in page_text
    assert "−50.0 ▲ better ✕ Fail → ✓ Pass" in page_text
    assert "now passing: 2, now failing: 0" in page_text


@pytest.mark.usefixtures("country")
def test_the_kind_the_area_and_the_moment_before_stand_in_the_address() -> None:
    app = open_view(areas="P61,P65", lang="th")
    app.selectbox(key="by").set_value("periods").run()
    assert app.query_params["by"] == "periods"
    assert chosen(app) == ["P61"], "the first of those side by side"
    app.selectbox(key="compare.area").set_value("R02").run()
    assert app.query_params["area"] == "R02"
    app.selectbox(key="period").set_value("2566-M08").run()
    assert "ไม่มีช่วงก่อนหน้านี้ให้เทียบ" in [one.value for one in app.caption]


@pytest.mark.usefixtures("country")
def test_the_figure_says_in_words_what_it_shows() -> None:
    app = open_view(areas="P61,P65")
    assert "Where they differ most" in text(app)
    charts = app.get("vega_lite_chart")
    assert len(charts) == 1
    assert "No indicator differs." in [one.value for one in open_view(areas="P61,R03").caption]


@pytest.mark.usefixtures("folder")
def test_an_empty_store_says_what_to_do_first() -> None:
    assert "There are no results yet" in text(open_view())
