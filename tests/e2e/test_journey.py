"""From the country to the reason and back, by what a reader sees: in sight, without scrolling."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Visit, drawn, settle
from tests.e2e.tabs import SIZES

WORST = "facility?facility=11202&lang=en"
CASH = "crisis.level.liquidity.cash_ratio"
MAIN = "[data-testid='stMain']"


def why(page: Page, name: str) -> Locator:
    return page.locator(f"details[data-why='{name}']").first


def top(page: Page) -> float:
    return float(page.locator(MAIN).evaluate("main => main.scrollTop"))


def in_sight(page: Page, name: str) -> None:
    """The why is open, marked, has the keyboard, and its first lines are on the screen."""
    opened = why(page, name)
    expect(opened).to_have_attribute("open", "")
    expect(opened).to_have_attribute("data-here", "")
    expect(opened.locator("summary").first).to_be_focused()
    expect(opened.locator("summary").first).to_be_in_viewport(ratio=1)
    expect(opened.locator("p").first).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("size", SIZES)
def test_a_why_in_the_address_is_in_sight_and_stays_where_it_is(visit: Visit, size: str) -> None:
    page = visit(f"{WORST}&why={CASH}", size=size)
    in_sight(page, CASH)
    expect(page.locator("details[data-why][open]")).to_have_count(1)
    # Whatever runs later does not take the reader back to it.
    page.locator(MAIN).evaluate("main => main.dispatchEvent(new WheelEvent('wheel'))")
    page.locator(MAIN).evaluate("main => main.scrollTo(0, 0)")
    page.get_by_role("button", name=re.compile("ไทย")).click()
    expect(page.locator("html")).to_have_attribute("lang", "th")
    settle(page)
    expect(page.locator("h1")).to_be_in_viewport()
    expect(why(page, CASH)).to_have_attribute("open", "")
    expect(page).to_have_url(re.compile(f"why={CASH}"))


def test_a_why_opened_by_keyboard_is_in_the_address_and_back_closes_it(visit: Visit) -> None:
    page = visit(WORST)
    why(page, CASH).locator("summary").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"why={CASH}"))
    expect(why(page, CASH)).to_have_attribute("open", "")
    read = top(page)
    in_sight(visit(page.url.split("/", 3)[-1]), CASH)
    page.bring_to_front()
    page.go_back()
    expect(why(page, CASH)).not_to_have_attribute("open", "")
    expect(page).not_to_have_url(re.compile("why="))
    assert top(page) == pytest.approx(read, abs=2)


def test_a_stranger_comes_to_the_reason_in_three_clicks(visit: Visit) -> None:
    """From the start page to why the worst hospital of Uthai Thani is where it is."""
    page = visit()
    page.locator(".t-map-chart [role='button'][data-code='P61']").click()
    expect(page.locator(".t-breadcrumb li").last).to_have_text("อุทัยธานี")
    settle(page)
    page.locator(".t-map-list button[data-code]").first.click()
    expect(page).to_have_url(re.compile("/facility"))
    settle(page)
    tile = page.locator(".t-tile a.t-link").first
    expect(tile).to_be_in_viewport(ratio=1)
    tile.click()
    in_sight(page, "crisis.level")
    for _ in range(2):
        page.go_back()
    expect(page.locator(".t-breadcrumb li").last).to_have_text("อุทัยธานี")


def test_back_returns_to_where_one_read(visit: Visit) -> None:
    page = visit("crisis?area=P61")
    mark = page.locator(".t-matrix a.t-link[href*='11204'][href*='why=']").first
    mark.scroll_into_view_if_needed()
    drawn(page)
    read = top(page)
    assert read > 0
    mark.click()
    expect(page.locator("details[data-here]")).to_be_in_viewport()
    page.go_back()
    expect(page).to_have_url(re.compile(r"/crisis\?area=P61$"))
    settle(page)
    expect(mark).to_be_in_viewport()
    page.wait_for_function(
        "([main, read]) => Math.abs(document.querySelector(main).scrollTop - read) < 40",
        arg=[MAIN, read],
    )


def test_the_menu_leads_to_the_area_and_beside_a_hospital_stands_the_next(visit: Visit) -> None:
    page = visit("facility?facility=11202&area=P61&lang=en")
    following = page.locator(".t-neighbours a").last
    expect(following).to_be_in_viewport()
    following.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("facility=11201.*area=P61|area=P61.*facility=11201"))
    settle(page)
    expect(page.locator(".t-neighbours")).to_contain_text("2 of 4 in Uthai Thani")
    page.locator(".t-menu a[data-page='crisis']").click()
    expect(page.locator(".t-breadcrumb li").last).to_have_text("Uthai Thani")
