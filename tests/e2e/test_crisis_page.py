"""The matrix of tests in a real browser: from a red mark to its why."""

import re

from playwright.sync_api import expect

from tests.e2e.conftest import Visit, settle
from tests.e2e.reading import assert_no_barrier_anywhere
from tests.e2e.tabs import SIZES


def test_a_red_mark_opens_the_why_of_its_test(visit: Visit) -> None:
    page = visit("crisis?area=D6101")
    page.locator("[data-testid='stMain']").get_by_role("link", name="Cash Ratio").first.click()
    expect(page).to_have_url(re.compile(r"/facility\?facility=11202.*why=crisis.level.liquidity"))
    settle(page)
    expect(page.locator("details[open]")).to_have_count(1)
    page.go_back()
    expect(page).to_have_url(re.compile(r"/crisis\?area=D6101$"))
    settle(page)


def test_no_barrier_where_there_is_much_to_show(look: Visit) -> None:
    assert_no_barrier_anywhere(look, "crisis?area=P61")


def test_title_tiles_and_levels_stand_above_the_fold(look: Visit) -> None:
    page = look("crisis")
    for part in ("h1", ".t-tiles", ".t-levels"):
        box = page.locator(part).first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= SIZES["desk"][1], part
