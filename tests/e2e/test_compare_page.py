"""Comparing in a real browser: from a cell to its theme, areas chosen by typing, no barrier."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.e2e.conftest import SCHEMES, SIZES, Visit, settle

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
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", SIZES)
def test_no_barrier_in_figure_and_table(visit: Visit, path: str, size: str, scheme: str) -> None:
    page = visit(path, size=size, scheme=scheme)
    height = page.locator("[data-testid='stMain']").evaluate("main => main.scrollHeight")
    page.set_viewport_size({"width": SIZES[size][0], "height": height})
    found = Axe().run(page)
    assert not found.response["violations"], found.generate_report()


@pytest.mark.parametrize("path", PATHS)
def test_title_tiles_and_figure_stand_above_the_fold(visit: Visit, path: str) -> None:
    page = visit(path)
    for part in ("h1", ".t-tiles", ".js-plotly-plot"):
        box = page.locator(part).first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= SIZES["desk"][1], part
