"""The scorecard in a real browser: sorted and followed by keyboard, scrolled inside its own box."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit, settle
from tests.e2e.reading import assert_fits, assert_no_barrier_anywhere


def ready(page: Page) -> None:
    settle(page)
    expect(page.locator(".t-scorecard tbody tr").first).to_be_visible()


def test_sorting_keeps_the_place_and_the_keyboard_where_they_were(visit: Visit) -> None:
    page = visit("scorecard?rows=hospitals&lang=en")
    ready(page)
    head = page.get_by_role("columnheader", name="Financial crisis level").get_by_role("link")
    head.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("sort=crisis.level"))
    expect(page.locator("th[aria-sort=descending]")).to_contain_text("Financial crisis level")
    expect(page.locator(".t-scorecard tbody th").first).to_have_text("Hospital 11201")
    expect(head).to_be_focused()
    page.go_back()
    expect(page.locator("th[aria-sort]")).to_have_count(0)


def test_a_cell_leads_to_its_why_and_a_row_one_level_down(visit: Visit) -> None:
    page = visit("scorecard?area=P61&period=2566-M08")
    ready(page)
    # A head is narrow, and browsers would end a line within ร้อยละ.
    word = page.locator(".t-scorecard thead .t-word", has_text="ร้อยละ").first
    assert word.evaluate("word => word.getClientRects().length") == 1
    page.get_by_role("row", name="ทัพทัน").get_by_role("link", name="ทัพทัน", exact=True).click()
    expect(page).to_have_url(re.compile(r"/scorecard\?period=2566-M08&area=D6102$"))
    expect(page.locator(".t-scorecard tbody tr")).to_have_count(2)
    level = "โรงพยาบาล 11204, ระดับวิกฤตทางการเงิน: ระดับ 7"
    page.get_by_role("link", name=level).click()
    expect(page).to_have_url(re.compile(r"/facility\?.*why=crisis.level.*facility=11204$"))
    settle(page)
    expect(page.locator("details[open]").first).to_be_visible()
    page.go_back()
    expect(page).to_have_url(re.compile("/scorecard"))
    ready(page)


def test_the_table_scrolls_inside_its_box_with_its_first_column_fixed(visit: Visit) -> None:
    page = visit("scorecard?lang=en", size="telephone")
    ready(page)
    # Two columns alone fit a telephone.
    page.set_viewport_size({"width": 320, "height": 640})
    assert_fits(page)
    box = page.locator(".t-scorecard")
    name = page.locator(".t-scorecard tbody th").nth(1)
    before = name.bounding_box()
    box.evaluate("box => { box.scrollLeft = 60 }")
    assert box.evaluate("box => box.scrollLeft") > 0
    assert name.bounding_box() == before
    expect(page.get_by_role("columnheader").first).to_be_in_viewport()


def test_both_kinds_of_rows_have_no_barrier(look: Visit) -> None:
    assert_no_barrier_anywhere(look, "scorecard?rows=hospitals", ready)
