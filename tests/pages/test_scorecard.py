"""The page of the scorecard, without a browser: what is sent, filters that write the address."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import all_text, in_english, text

PAGE = "scorecard"


def sent(app: AppTest) -> dict[str, Any]:
    """What the browser is sent to draw."""
    (element,) = app.get("bidi_component")
    data: dict[str, Any] = json.loads(element.proto.json)
    return data


def cells(data: dict[str, Any], column: str) -> dict[str, list[Any]]:
    place = [one["name"] for one in data["columns"]].index(column)
    return {code or "TH": row[place] for code, _name, row in [*data["whole"], *data["rows"]]}


@pytest.mark.usefixtures("country")
def test_the_key_message_counts_targets_and_rows() -> None:
    app = in_english(PAGE)
    assert "Thailand: targets met: 0 of 2 · Provinces: 2" in text(app)
    assert "Uthai Thani: targets met: 0 of 2 · Districts: 2" in text(in_english(PAGE, area="P61"))


@pytest.mark.usefixtures("country")
def test_a_cell_holds_its_look_figure_past_and_highest_level() -> None:
    levels = cells(sent(in_english(PAGE)), "Crisis levels 4–7")
    assert levels["P61"] == ["fail", "50.0", [50.0, 50.0], 7]
    assert levels["P65"] == ["pass", "0.0", [0.0, 0.0], 0]
    assert levels["TH"][:2] == ["fail", "40.0"]


@pytest.mark.usefixtures("country")
def test_hospitals_show_levels_by_their_digit_and_say_what_they_lack() -> None:
    data = sent(in_english(PAGE, rows="hospitals"))
    levels = cells(data, "Financial crisis level")
    assert levels["11201"][:3] == ["level", "7", [7.0, 7.0]]
    assert levels["11302"] == ["not_reported", "–", [0.0, None]]
    assert data["gaps"]["not_reported"] == "Not reported"
    assert data["whole"] == []


@pytest.mark.usefixtures("country")
def test_cells_and_rows_lead_on_with_period_language_and_area() -> None:
    data = sent(in_english(PAGE, period="2566-M08", name="thani", sort="crisis.area"))
    assert data["columns"][0]["leads"].startswith("crisis?lang=en&period=2566-M08")
    down = data["name"]["leads"]
    assert down.startswith("scorecard?lang=en&period=2566-M08&sort=crisis.area")
    assert "name=" not in down, "below, other names are looked for"
    hospitals = sent(in_english(PAGE, rows="hospitals"))
    assert "why=crisis.level" in hospitals["columns"][0]["leads"]
    assert hospitals["columns"][0]["leads"].startswith("facility?")
    assert hospitals["name"]["leads"].startswith("facility?")


@pytest.mark.usefixtures("country")
def test_a_head_sorts_by_need_and_turns_when_it_does() -> None:
    data = sent(in_english(PAGE, sort="crisis.area"))
    first, second = data["columns"][:2]
    assert (first["sorted"], second["sorted"]) == ("descending", "")
    assert "sort=-crisis.area" in first["sort"]
    assert "sort=crisis.budgeting" in second["sort"]
    turned = sent(in_english(PAGE, sort="-crisis.area"))["columns"][0]
    assert turned["sorted"] == "ascending"
    assert "sort=crisis.area" in turned["sort"]


@pytest.mark.usefixtures("country")
def test_filters_stand_in_the_address() -> None:
    app = in_english(PAGE, lang="th")
    app.selectbox(key="rows").set_value("hospitals").run()
    assert app.query_params["rows"] == "hospitals"
    app.text_input(key="name").set_value("11203").run()
    assert app.query_params["name"] == "11203"
    assert [row[0] for row in sent(app)["rows"]] == ["11203"]
    app.selectbox(key="period").set_value("2566-M08").run()
    assert app.query_params["period"] == "2566-M08"
    assert [row[0] for row in sent(app)["rows"]] == ["11203"]


@pytest.mark.usefixtures("country")
@pytest.mark.parametrize("first", ["51", "0", "rubbish"])
def test_a_place_beyond_the_rows_shows_the_first_ones(first: str) -> None:
    assert len(sent(in_english(PAGE, **{"from": first}))["rows"]) == 2


@pytest.mark.usefixtures("country")
def test_a_name_nobody_has_is_said_without_a_table() -> None:
    app = in_english(PAGE, name="<b>nobody</b>")
    assert "No row is called “<b>nobody</b>”" in all_text(app)
    assert len(app.get("bidi_component")) == 0


@pytest.mark.usefixtures("folder")
def test_an_empty_store_says_what_to_do_first() -> None:
    assert "There are no results yet" in text(in_english(PAGE))
