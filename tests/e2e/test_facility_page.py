"""A hospital's page in a browser: what stands behind a line comes when it is opened."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.reading import assert_no_barrier_in_both_sizes
from tests.e2e.tabs import SIZES

HOSPITAL = "facility?area=11202&lang=en"
CASH = "details[data-why='crisis.level.liquidity.cash_ratio']"


def test_a_hospital_at_a_glance_then_by_keyboard_and_by_pointer(visit: Visit) -> None:
    page = visit(HOSPITAL)
    title_tiles_and_chart_stand_above_the_fold(page)
    line = page.locator(CASH)
    expect(line).not_to_contain_text("Source")
    line.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(line).to_contain_text("Source")
    expect(line).to_contain_text("cell A2")
    point_at_newest(page, ".st-key-facility-trends .t-dots >> nth=0")
    expect(page.locator(".t-tip")).to_have_text(re.compile(r"Jun 2566: 7"))
    assert_no_barrier_in_both_sizes(page)


def title_tiles_and_chart_stand_above_the_fold(page: Page) -> None:
    expect(page.locator(".st-key-facility-steps .t-drawing")).to_be_visible()
    for part in (".t-headline", ".t-tiles", ".st-key-facility-steps .t-drawing"):
        box = page.locator(part).first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= SIZES["desk"][1], part


def test_what_cannot_be_loaded_says_so_and_is_tried_again(visit: Visit) -> None:
    page = visit(HOSPITAL)
    line = page.locator("details[data-why='tps.score']")
    page.route("**/behind/**", lambda route: route.fulfill(status=200, body="no data"))
    line.locator("summary").click()
    expect(line.get_by_role("status")).to_contain_text("could not be loaded")
    page.unroute("**/behind/**")
    line.locator("summary").click()
    line.locator("summary").click()
    expect(line).to_contain_text("Source")
    expect(line.get_by_role("status")).to_have_count(0)


def point_at_newest(page: Page, dots: str) -> None:
    """The last of the points of a trend."""
    target = page.locator(dots)
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] - 2, box["y"] + box["height"] / 2)
