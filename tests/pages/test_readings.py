"""The page of readings, without a browser: who would change, and switching."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.facility.behind import behind
from components.parts.behind import detail_html
from core.criteria.catalog import catalog
from core.periods import parse_period
from core.services.rereading.compare import switch
from core.services.stores import open_store as store
from core.store.engine.unit_of_work import reading
from core.store.results.repository import results_about
from core.store.results.versions import latest_version
from tests.components.drawn import html_of
from tests.pages.conftest import DATA, drop, in_english, text
from tests.pages.conftest import all_text as everything_said
from tests.paths import ROOT

PAGE = ROOT / "pages" / "readings.py"
TARGET = "crisis.area=levels_6_and_7"

pytestmark = pytest.mark.usefixtures("folder")


def open_view(page: Path = PAGE, **address: str) -> AppTest:
    return in_english(page, **address)


def headline(app: AppTest) -> str:
    matches = re.search(r"<h1[^>]*>(.*?)</h1>", html_of(app))
    assert matches
    return re.sub(r"<[^>]+>", "", matches[1])


@pytest.mark.usefixtures("country")
def test_the_key_message_says_how_many_would_change() -> None:
    app = open_view(reading="crisis.level=ebitda")
    assert headline(app) == (
        "Thailand: 5 of 5 hospitals would change: 0 better, 0 worse, 5 without a result any more"
    )
    page_text = text(app)
    assert "Financial crisis level: from what to what" in page_text
    assert "Health region 3" in page_text
    assert f"facility?{'lang=en'}" in html_of(app)
    assert "no result any more" in page_text


@pytest.mark.usefixtures("country")
def test_areas_are_told_where_only_their_target_is_read_otherwise() -> None:
    app = open_view(reading=TARGET, period="2566-M08")
    assert re.match(r"Thailand: (none|\d+) of \d+ areas would change", headline(app))
    assert "Facilities in financial crisis: from what to what" in text(app)


@pytest.mark.usefixtures("country")
def test_an_area_and_a_period_narrow_what_is_compared() -> None:
    app = open_view(reading="crisis.level=ebitda", area="P65", period="2566-M08")
    assert headline(app).startswith("Phitsanulok: 2 of 2 hospitals would change")
    everything = open_view(reading="crisis.level=ebitda", period="all")
    assert headline(everything).startswith("Thailand: 11 of 11 results would come out otherwise")


@pytest.mark.usefixtures("country")
@pytest.mark.parametrize("asked", ["", "nonsense", "crisis.level=nonsense", "=", "revenue.score"])
def test_an_address_that_asks_for_nothing_there_is_still_opens(asked: str) -> None:
    assert "would" in headline(open_view(reading=asked, area="X1", period="last week"))


@pytest.mark.usefixtures("country")
def test_every_contradiction_stands_with_note_source_and_the_reading_in_force() -> None:
    page_text = text(open_view())
    count = len(catalog().switches)
    assert f"Every contradiction of the rules ({count})" in page_text
    assert page_text.count("in force") >= count
    assert page_text.count("Source: ") >= count
    assert "by_cash_ratio" not in page_text


@pytest.mark.usefixtures("country")
def test_what_nothing_is_stored_of_says_so() -> None:
    app = open_view(reading="sproi.roi")
    assert headline(app) == "Nothing is stored yet that this rule is about"
    assert len(app.text_input) == 2


def test_an_empty_store_shows_the_contradictions() -> None:
    app = open_view()
    assert headline(app) == "Nothing is stored yet that this rule is about"
    assert "Every contradiction of the rules" in text(app)


@pytest.mark.usefixtures("country")
def test_choosing_writes_the_address() -> None:
    app = open_view(reading="crisis.level=ebitda")
    app.selectbox(key="rereading.option").select("ni_plus_depreciation").run()
    assert app.query_params["reading"] == "crisis.level=ni_plus_depreciation"
    app.selectbox(key="rereading.switch").select("tps.management").run()
    assert app.query_params["reading"] == "tps.management"
    assert not app.exception
    assert "Total Performance Score" in text(app)


@pytest.mark.usefixtures("country")
def test_looking_stores_nothing() -> None:
    open_view(reading="crisis.level=ebitda", period="all")
    with reading(store()) as session:
        assert latest_version(session) == 1


# Switching


def typed(app: AppTest, by: str, reason: str, *, sure: bool = True) -> AppTest:
    app.text_input(key="switching.by").input(by)
    app.text_input(key="switching.reason").input(reason)
    if sure:
        app.checkbox[0].check()
    return app.run()


@pytest.mark.usefixtures("country")
def test_switching_asks_for_name_reason_and_confirmation() -> None:
    app = open_view(reading=TARGET)
    assert not app.button
    assert not typed(app, "Somchai", "").button
    assert not typed(open_view(reading=TARGET), "Somchai", "a letter", sure=False).button
    assert [b.key for b in typed(app, "Somchai", "a letter").button] == ["switching.go"]


@pytest.mark.usefixtures("country")
def test_switching_recomputes_shows_a_receipt_and_can_be_taken_back() -> None:
    app = typed(open_view(reading=TARGET), "Somchai", "a letter")
    app.button(key="switching.go").click().run()
    assert not app.exception
    assert "All results were recomputed as version 2" in app.success[0].value
    assert headline(app).startswith("This is how the rule is read now")
    page_text = text(app)
    assert "Somchai switched from" in page_text
    assert "a letter" in page_text
    assert "chosen here" in page_text
    back = open_view(reading="crisis.area=levels_4_to_6_and_7")
    typed(back, "Somchai", "taken back").button(key="switching.go").click().run()
    assert "version 3" in back.success[0].value
    with reading(store()) as session:
        assert latest_version(session) == 3


@pytest.mark.usefixtures("country")
def test_other_pages_follow_the_reading_in_force() -> None:
    switch(store(), {"crisis.area": "levels_6_and_7"}, by="Somchai", reason="a letter")
    pages = PAGE.parent
    page_text = text(open_view(pages / "crisis.py"))
    assert (
        "Level 7: 40.0% (target at most 2%) · Level 6: 0.0% (target at most 4%) · Fail" in page_text
    )
    assert "Levels 4–6 9 (this period)" not in page_text
    handbook = text(open_view(pages / "criteria.py", q="crisis.area"))
    assert "In force: Level 6 at most 4 %, level 7 at most 2 %" in handbook


@pytest.mark.usefixtures("country")
def test_scores_lead_here_with_their_contradiction_chosen() -> None:
    assert "readings?lang=en&amp;reading=crisis.area" in html_of(
        open_view(PAGE.parent / "crisis.py")
    )
    left_open = detail_html(behind, "area=11201&lang=en&period=2566-M09&why=open")
    assert "reading=crisis.level" in left_open
    assert "reading=tps.peer_value" in left_open


@pytest.mark.usefixtures("country")
def test_a_profile_says_that_another_reading_moved_it() -> None:
    switch(store(), {"crisis.level": "ebitda"}, by="Somchai", reason="a letter")
    with reading(store()) as session:
        moved = results_about(session, "11201", parse_period("2566-M09"))["crisis.level"]
    assert moved.since == 2
    shown = {"area": "11201", "period": "2566-M09", "why": "crisis.level"}
    page_text = text(open_view(PAGE.parent / "facility.py", **shown))
    assert "because a rule is read otherwise since then: “a letter”, Somchai." in page_text


def test_a_dropped_workbook_keeps_the_defaults_and_says_where_the_store_differs() -> None:
    app = AppTest.from_file(PAGE.parent / "upload.py", default_timeout=30)
    app.query_params["lang"] = "en"
    table = DATA / "finance" / "finance-good.csv"
    drop(app.run(), (table.name, table.read_bytes()))
    before = html_of(app)
    switch(store("own"), {"crisis.level": "ebitda"}, by="Somchai", reason="a letter")
    app.run()
    assert html_of(app) == before
    look = next(b for b in app.button if b.key and b.key.startswith("storing.look"))
    look.click().run()
    assert not app.exception
    assert (
        "follow the readings in force, which differ from those of this page: EBITDA"
        in everything_said(app)
    )


@pytest.mark.usefixtures("country")
def test_what_no_criterion_is_about_leads_to_the_page_that_judges_it() -> None:
    app = open_view(reading="pmqa.advanced=project")
    assert headline(app) == "PMQA 4.0 status: read by the table of indicators"
    assert "performance?" in everything_said(app)
    assert any("From now on “by the project”" in one.value for one in app.markdown)


@pytest.mark.usefixtures("country")
def test_who_changes_is_filtered_and_put_in_order_over_all_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("components.criteria.rereading_tables.VIEW", 2)
    whole = open_view(reading="crisis.level=ebitda", period="all")
    of = int(re.search(r"of (\d+) results", headline(whole))[1])  # type: ignore[index]
    assert of > 2
    ordered = open_view(reading="crisis.level=ebitda", period="all", order="-before")
    shown = html_of_table(ordered)
    assert shown.count("<tr>") == 1 + 2, "a head and as many rows as are shown at once"
    assert 'aria-sort="descending"' in shown
    assert "highest first" in shown
    none = open_view(reading="crisis.level=ebitda", period="all", column="name", filter="nobody")
    assert "No row of" in everything_said(none)


@pytest.mark.usefixtures("country")
def test_areas_have_an_order_and_a_filter_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("components.criteria.rereading_tables.VIEW", 2)
    asked = {"reading": "crisis.level=ebitda", "period": "all", "order": "name"}
    plain = open_view(**asked)
    assert 'aria-sort="ascending"' in html_of_table(plain)
    areas = html_of_table(plain, "Areas that would come out otherwise")
    assert areas.count("<tr>") == 1 + 2, "there are more of them than are shown at once"
    assert "aria-sort" not in areas
    ordered = open_view(**asked, areas_order="-name", areas_column="name", areas_filter="a")
    areas = html_of_table(ordered, "Areas that would come out otherwise")
    assert 'aria-sort="descending"' in areas
    # Whoever puts one table in order keeps what was asked of the other.
    assert "areas_order=-name" in html_of_table(ordered)
    assert re.search(r'href="[^"]*[?&;]order=name', areas)
    none = open_view(**asked, areas_column="name", areas_filter="nobody")
    assert "No row of" in everything_said(none)
    assert html_of_table(none).count("<tr>") == 1 + 2, "the other table keeps its rows"


def html_of_table(app: AppTest, caption: str = "Who would come out otherwise") -> str:
    """The table of who changes, or that of a caption."""
    _before, _, after = html_of(app).partition(f"<caption>{caption}")
    return after.partition("</table>")[0]
