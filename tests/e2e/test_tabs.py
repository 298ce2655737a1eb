"""A tab that is used again meets nothing of the test before it, whatever that test did."""

import re
from functools import partial

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Guard, Watched
from tests.e2e.tabs import THEIRS, Tabs
from tests.e2e.test_upload import FILLED, STAR, UPLOAD, drop
from tests.waiting import wait_until

BEGINNING = f"""() => ({{
  history: history.length,
  kept: Object.keys({{ ...localStorage, ...sessionStorage }}).filter((key) => !{THEIRS}.test(key)),
  cookies: document.cookie.split("; ").filter((one) => !one.startsWith("_streamlit_xsrf=")),
  name: window.name,
  mark: window.mark ?? null,
  top: document.querySelector("[data-testid='stMain']").scrollTop,
  size: [innerWidth, innerHeight],
  dark: matchMedia("(prefers-color-scheme: dark)").matches,
  print: matchMedia("print").matches,
}})"""
NEW = {
    "history": 1, "kept": [], "cookies": [], "name": "", "mark": None, "top": 0,
    "size": [1280, 720], "dark": False, "print": False,
}  # fmt: skip
MESS = """() => {
  localStorage.mark = sessionStorage.mark = document.cookie = "mark=1";
  window.name = window.mark = "mark";
}"""


def act_in_every_way(page: Page) -> None:
    """Leave something in each place where a page, a browser or the app remembers."""
    drop(page, STAR / FILLED)
    page.evaluate(MESS)
    page.route("**/*.json", lambda route: route.abort())
    page.get_by_role("button", name="ซ่อนเมนู").click()
    page.get_by_role("button", name="English").click()
    expect(page).to_have_url(re.compile("lang=en"))
    page.locator("[data-testid='stMain']").evaluate("main => main.scrollTo(0, 300)")
    page.set_viewport_size({"width": 500, "height": 500})
    page.emulate_media(color_scheme="dark", media="print")


def test_a_tab_acted_in_is_as_good_as_new(address: str, tabs: Tabs) -> None:
    page = tabs.act(f"{address}/{UPLOAD}")
    assert page.evaluate(BEGINNING) == NEW
    act_in_every_way(page)
    tabs.rest()
    again = tabs.act(f"{address}/{UPLOAD}")
    assert again is page
    assert again.evaluate(BEGINNING) == NEW
    expect(again.locator("html")).to_have_attribute("lang", "th")
    expect(again.get_by_role("button", name="ซ่อนเมนู")).to_be_visible()
    # The session that held the file is gone as well.
    expect(again.locator("h1")).to_be_visible()
    expect(again.locator(".t-tiles")).to_have_count(0)
    assert again.evaluate("fetch('search/index.json').then(({ ok }) => ok)")


def test_tabs_left_open_are_closed_and_none_is_in_two_hands(address: str, tabs: Tabs) -> None:
    one, other = tabs.act(f"{address}/criteria"), tabs.empty(address)
    assert one is not other
    one.evaluate("open('criteria')")
    expect(one.locator("h1")).to_be_visible()
    tabs.rest()
    again = {tabs.empty(address), tabs.empty(address)}
    assert again == {one, other}
    assert {page.url for page in again} == {f"{address}/_stcore/health"}


def read(page: Page) -> str:
    return page.locator("[data-testid='stApp']").inner_text()


def alike(one: Page, other: Page) -> bool:
    return read(one) == read(other)


def test_looking_shows_what_loading_shows_wherever_one_looked_before(
    address: str, tabs: Tabs
) -> None:
    before = ("criteria?q=tps", "?area=R03&period=2566-M08&lang=en", "crisis?area=P61&present=1")
    for path in ("", "scorecard?rows=hospitals", "facility?area=11202"):
        loaded = tabs.act(f"{address}/{path}")
        for other in before:
            tabs.look(f"{address}/{other}")
        page = tabs.look(f"{address}/{path}")
        assert page.url == f"{address}/{path}"
        assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 0
        # What is added once a page stands, as the ways to take a figure away, comes to both.
        wait_until(partial(alike, page, loaded), or_else=partial(read, page))


def test_looking_loads_one_document_for_many_pages(address: str, tabs: Tabs) -> None:
    page = tabs.look(f"{address}/criteria")
    tabs.rest()
    page.evaluate("window.here = 1")
    for path in ("", "crisis", "?lang=en", "crisis?lang=en"):
        assert tabs.look(f"{address}/{path}").evaluate("window.here") == 1
        expect(page.locator("html")).to_have_attribute("lang", "en" if "lang" in path else "th")
    assert tabs.loaded_to_look == 0


def test_what_was_written_into_a_page_goes_with_its_test(address: str, tabs: Tabs) -> None:
    for path in ("crisis", "criteria"):
        page = tabs.look(f"{address}/crisis")
        page.evaluate(
            "document.querySelector('.t-tiles').insertAdjacentHTML('afterend', '<p id=x>')"
        )
        tabs.rest()
        page = tabs.look(f"{address}/{path}")
        tabs.look(f"{address}/crisis")
        expect(page.locator("#x")).to_have_count(0)


def test_what_looks_at_another_app_is_closed(address: str, tabs: Tabs) -> None:
    page = tabs.look(f"{address}/criteria")
    tabs.begin(address)
    assert not page.is_closed()
    tabs.begin("http://127.0.0.1:1")
    assert page.is_closed()
    assert tabs.look(f"{address}/criteria") is not page


def press(page: Page) -> None:
    page.keyboard.press("Tab")


def note(page: Page) -> None:
    page.evaluate("localStorage.mark = 1")


@pytest.mark.parametrize("act", [press, note])
def test_acting_where_one_only_looks_is_a_fault_and_ends_the_tab(
    address: str, tabs: Tabs, act: object
) -> None:
    page = tabs.look(f"{address}/criteria")
    assert callable(act)
    act(page)
    with pytest.raises(AssertionError, match="open it with `visit`"):
        tabs.rest()
    assert tabs.look(f"{address}/criteria") is not page


def test_the_guard_counts_documents_however_they_are_loaded(
    address: str, tabs: Tabs, guard: Guard
) -> None:
    page = tabs.act(f"{address}/criteria")
    page.reload()
    page.goto(f"{address}/_stcore/health")
    assert guard.documents == 3


def test_the_guard_of_a_test_hears_its_tabs_and_no_other(
    address: str, tabs: Tabs, guard: Guard, watched: Watched
) -> None:
    page = tabs.act(f"{address}/criteria")
    assert guard.asked == {guard.own}
    tabs.rest()
    watched.guards.append(Guard(address))
    again = tabs.act(f"{address}/criteria")
    assert again is page
    again.evaluate("console.error('of the second')")
    assert watched.guards[-1].complaints == ["of the second"]
    assert guard.complaints == []
