"""The governance matrix in a real browser: from a red light to its why, and down by areas."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit, settle
from tests.e2e.reading import assert_no_barrier_anywhere
from tests.e2e.tabs import SIZES


def lights(page: Page) -> str:
    """Where the matrix stands on its page, scrolled to."""
    place = ".t-lights"
    page.locator(place).scroll_into_view_if_needed()
    return place


def test_a_red_light_opens_its_why(visit: Visit) -> None:
    page = visit("governance?area=D6101&lang=en")
    page.locator(lights(page)).get_by_role("link", name="Crisis level: Red, 7").first.click()
    ranked = r"/facility\?list=governance\.financial&facility=1120[12]&.*why=crisis\.level&period="
    expect(page).to_have_url(re.compile(ranked))
    settle(page)
    expect(page.locator("details[open]")).to_have_count(1)
    page.go_back()
    expect(page).to_have_url(re.compile(r"/governance\?area=D6101&lang=en$"))
    settle(page)


def test_a_province_leads_down_and_the_breadcrumb_up(visit: Visit) -> None:
    page = visit("governance?lang=en")
    page.get_by_role("region", name="Areas by their red lights").get_by_role(
        "link", name="Uthai Thani"
    ).click()
    expect(page.locator("h1")).to_contain_text("Uthai Thani: 2 of 4 hospitals")
    page.locator(".t-breadcrumb").get_by_role("link", name="Thailand").click()
    expect(page.locator("h1")).to_contain_text("Thailand: 2 of 5 hospitals")


def test_no_barrier_in_any_matrix(look: Visit) -> None:
    assert_no_barrier_anywhere(look, "governance?matrix=governance.efficiency")


def test_on_a_telephone_it_scrolls_in_itself_and_keeps_its_first_column(visit: Visit) -> None:
    page = visit("governance", size="telephone")
    place = page.locator(lights(page))
    main = page.locator("[data-testid='stMain']")
    assert main.evaluate("main => main.scrollWidth <= main.clientWidth")
    first = place.locator("tbody th").first
    before = first.bounding_box()
    place.focus()
    place.evaluate("box => box.scrollTo({left: 200})")
    assert place.evaluate("box => box.scrollLeft") > 100
    after = first.bounding_box()
    assert before is not None
    assert after is not None
    assert after["x"] == pytest.approx(before["x"], abs=1)


def test_title_tiles_and_columns_stand_above_the_fold(visit: Visit) -> None:
    page = visit("governance")
    for part in ("h1", ".t-tiles", ".t-stacks"):
        box = page.locator(part).first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= SIZES["desk"][1], part
