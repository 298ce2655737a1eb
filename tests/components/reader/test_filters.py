"""A filter is what the address says, and the address says what was chosen."""

# ruff: noqa: PLC0415 - a little page is run by itself and brings its imports along.

import pytest

from tests.components.drawn import draw


def page() -> None:
    import streamlit as st

    from components.reader import filters

    years = ["2567", "2566", "2565"]
    year = filters.choice("fiscal_year", "Year", years, label_of="FY {}".format, default="2566")
    words = filters.search("find", "Find")
    st.text(f"{year} {words!r}")


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ({}, "2566 ''"),
        ({"fiscal_year": "2565"}, "2565 ''"),
        ({"fiscal_year": "1999"}, "2566 ''"),
        ({"fiscal_year": "2567", "find": "ยา"}, "2567 'ยา'"),
    ],
)
def test_the_address_opens_the_same_view(address: dict[str, str], shown: str) -> None:
    assert draw(page, **address).text[0].value == shown


def test_a_choice_goes_into_the_address_and_the_default_out_of_it() -> None:
    app = draw(page, lang="en")
    app.selectbox(key="fiscal_year").select("2565").run()
    app.text_input(key="find").input("ยา").run()
    assert app.text[0].value == "2565 'ยา'"
    assert dict(app.query_params) == {"lang": "en", "fiscal_year": "2565", "find": "ยา"}
    app.selectbox(key="fiscal_year").select("2566").run()
    app.text_input(key="find").input("").run()
    assert app.text[0].value == "2566 ''"
    assert dict(app.query_params) == {"lang": "en"}


def test_options_are_shown_by_their_names() -> None:
    assert draw(page).selectbox(key="fiscal_year").options == ["FY 2567", "FY 2566", "FY 2565"]
