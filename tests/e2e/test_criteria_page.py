"""The handbook in a real browser: searched by typing, opened by keyboard, read on a telephone."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit, settle
from tests.e2e.reading import assert_no_barrier_anywhere


def test_typing_narrows_the_list_and_stays_in_the_address(visit: Visit) -> None:
    page = visit("criteria")
    box = page.get_by_role("textbox", name="ค้นหาเกณฑ์")
    box.fill("วัณโรค")
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("เกณฑ์ 1 ข้อ"))
    expect(page).to_have_url(re.compile(r"\?q="))
    expect(page.get_by_text("ช่องว่างได้ 0.25").first).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(re.compile("เกณฑ์ 1 ข้อ"))


def test_a_rule_opens_by_keyboard(visit: Visit) -> None:
    page = visit("criteria?theme=tps")
    summary = page.locator("summary").first
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator("details[open] .t-sources").first).to_be_visible()


def test_the_handbook_is_taken_away_in_the_language_of_the_page(visit: Visit) -> None:
    page = visit("criteria?lang=en")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download the handbook").click()
    text = waiting.value.path().read_text(encoding="utf-8")
    assert '<html lang="en">' in text
    assert "below 60" in text
    assert '<details class="t-more">' not in text, "what is closed would not be printed"


def open_all(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    settle(page)


def test_opened_rules_have_no_barrier(visit: Visit) -> None:
    assert_no_barrier_anywhere(visit, "criteria?theme=tps", open_all)
