"""Comparing in a real browser: from a cell to its theme, areas chosen by typing, no barrier."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visit, settle
from tests.e2e.reading import assert_no_barrier_anywhere
from tests.e2e.tabs import SIZES

PATHS = ("compare?areas=P61,P65", "compare?by=periods&area=D6102")


def test_a_cell_leads_to_its_theme_and_back(visit: Visit) -> None:
    page = visit("compare?areas=P61,P65")
    page.locator(".t-compared a").first.click()
    expect(page).to_have_url(re.compile(r"/crisis\?.*area=P61"))
    settle(page)
    page.go_back()
    expect(page).to_have_url(re.compile(r"/compare\?areas=P61,P65$"))


def test_an_area_is_found_by_typing_and_stands_in_the_address(visit: Visit) -> None:
    page = visit("compare?areas=P61,P65")
    box = page.get_by_role("combobox", name="พื้นที่ที่ 3")
    box.click()
    box.fill("ทัพทัน")
    page.get_by_role("option", name="ทัพทัน").click()
    expect(page).to_have_url(re.compile(r"areas=P61(,|%2C)P65(,|%2C)D6102"))
    settle(page)
    expect(page.get_by_role("columnheader", name="ทัพทัน")).to_be_visible()


@pytest.mark.parametrize("path", PATHS)
def test_figure_and_table_have_no_barrier_and_stand_above_the_fold(look: Visit, path: str) -> None:
    page = look(path)
    for part in ("h1", ".t-tiles", ".vega-embed svg"):
        box = page.locator(part).first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= SIZES["desk"][1], part
    assert_no_barrier_anywhere(look, path)
