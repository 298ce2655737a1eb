"""Presenter mode on the pages of the app: in, through and out, by keys, links and Back."""

import re

import pytest
from playwright.sync_api import Page, expect

from components.frame.navigation import menu
from core.services.meeting.slides import has_slide
from tests.e2e.conftest import Visit, drawn, settle
from tests.e2e.reading import thai_texts, violations
from tests.e2e.test_slides import assert_whole

STAGE = ".t-stage"
CHROME = ".t-menu, .t-header, .st-key-language, .st-key-ribbon, [data-testid='stHeader']"
PRESENTED = re.compile(r"[?&]present=1")
NOT_PRESENTED = re.compile(r"^(?!.*present=1)")
SLIDES = [page.id for page in menu().pages if has_slide(page.id)]
OTHERS = [page.id for page in menu().pages if not has_slide(page.id)]
THAI_IN_ENGLISH = {menu().switch.en}
# What is shown in every picture from now on: the title of the slide, and whether anything fades.
WATCH = """() => {
  window.seen = [];
  const look = () => {
    const title = document.querySelector(".t-stage h1");
    const faded = [...document.querySelectorAll("[data-stale='true']")]
      .some((one) => getComputedStyle(one).opacity !== "1");
    const bare = document.querySelector("[data-testid='stSkeleton']") !== null;
    window.seen.push([title?.checkVisibility() ? title.textContent : "", faded || bare]);
    requestAnimationFrame(look);
  };
  look();
}"""
SIZES = """() => [...document.querySelectorAll("[data-testid='stMain'] *")]
  .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .filter((one) => one.checkVisibility() && !one.closest("[aria-hidden='true']"))
  .map((one) => [one.textContent, parseFloat(getComputedStyle(one).fontSize)])"""

# As the keyboards of both languages send it; Playwright knows one of them.
PRESS = """key => document.body.dispatchEvent(
  new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }))"""


def title(page: Page) -> str:
    return page.locator(f"{STAGE} h1").inner_text()


def assert_presented(page: Page) -> None:
    expect(page).to_have_url(PRESENTED)
    settle(page)
    for one in page.locator(CHROME).all():
        expect(one).to_be_hidden()
    expect(page.get_by_role("note")).to_contain_text(re.compile("ข้อมูลสาธิต|Demonstration"))


def assert_left(page: Page) -> None:
    expect(page).to_have_url(NOT_PRESENTED)
    expect(page.locator(STAGE)).to_have_count(0)
    settle(page)
    expect(page.locator(".t-menu")).to_be_visible()


@pytest.mark.parametrize("key", ["p", "ย"])
def test_a_key_presents_the_page_and_escape_stops(visit: Visit, key: str) -> None:
    page = visit("?area=P61")
    page.evaluate(PRESS, key)
    assert_presented(page)
    expect(page).to_have_url(re.compile("area=P61"))
    assert_whole(page)
    page.keyboard.press("Escape")
    assert_left(page)
    expect(page).to_have_url(re.compile("area=P61"))


def test_the_switch_at_the_top_presents_and_the_cross_stops(visit: Visit) -> None:
    page = visit("crisis?lang=en")
    page.get_by_role("link", name="Present this page (P)").click()
    assert_presented(page)
    page.get_by_role("link", name="Stop presenting").click()
    assert_left(page)


def test_keys_belong_to_whoever_types(visit: Visit) -> None:
    page = visit("criteria")
    field = page.get_by_role("textbox").first
    field.press_sequentially("pf")
    expect(field).to_have_value("pf")
    expect(page).to_have_url(NOT_PRESENTED)
    page.locator("h1").click()
    page.keyboard.press("/")
    page.keyboard.type("p")
    expect(page.get_by_role("combobox", name=re.compile("ชื่อหรือรหัส"))).to_have_value("p")
    expect(page).to_have_url(NOT_PRESENTED)
    page.keyboard.press("Escape")
    page.keyboard.press("Control+p")
    expect(page).to_have_url(NOT_PRESENTED)


def test_arrows_go_from_slide_to_slide_and_back_goes_step_by_step(visit: Visit) -> None:
    page = visit(f"{SLIDES[1]}?area=P61")
    page.keyboard.press("p")
    assert_presented(page)
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile(r"/\?.*area=P61"))
    assert_presented(page)
    # The former slide stays until the next is there, and leads where it led.
    onward = page.locator("[data-present='next']").first
    expect(onward).to_have_attribute("href", re.compile(SLIDES[1]))
    page.keyboard.press("PageDown")
    expect(page).to_have_url(re.compile(rf"/{SLIDES[1]}\?"))
    assert_presented(page)
    page.go_back()
    expect(page).to_have_url(re.compile(r"/\?.*area=P61"))
    assert_presented(page)
    page.go_back()
    expect(page).to_have_url(re.compile(rf"/{SLIDES[1]}\?"))
    assert_presented(page)
    page.go_back()
    assert_left(page)
    expect(page).to_have_url(re.compile(rf"/{SLIDES[1]}\?area=P61$"))


def test_the_former_slide_stays_until_the_next_is_there(visit: Visit) -> None:
    page = visit(f"{SLIDES[0].replace('overview', '')}?present=1")
    first = title(page)
    page.evaluate(WATCH)
    for slide in SLIDES[1:3]:
        page.keyboard.press("ArrowRight")
        expect(page).to_have_url(re.compile(rf"/{slide}\?"))
        settle(page)
        drawn(page)
    seen: list[tuple[str, bool]] = page.evaluate("window.seen")
    assert seen[0][0] == first
    assert {text for text, _ in seen} >= {first, title(page)}
    assert all(text for text, _ in seen), "a picture without a slide"
    assert not any(faded for _, faded in seen)


def test_entering_and_leaving_shows_no_bare_page(visit: Visit) -> None:
    page = visit("crisis")
    page.evaluate(WATCH)
    page.keyboard.press("p")
    assert_presented(page)
    page.keyboard.press("p")
    assert_left(page)
    titles = [text for text, _ in page.evaluate("window.seen")]
    shown = [bool(text) for text in titles]
    assert shown.count(True) > 1
    first, last = shown.index(True), len(shown) - shown[::-1].index(True)
    assert all(shown[first:last]), "once there, the slide stays until the page is"


def test_a_new_slide_is_told_and_the_keyboard_stays_on_it(visit: Visit) -> None:
    page = visit("?present=1")
    told = page.locator(".t-stage-said")
    expect(told).to_have_attribute("aria-live", "polite")
    expect(told).to_contain_text(title(page), use_inner_text=True)
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="ภาพถัดไป")
    link.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/{SLIDES[1]}\?"))
    settle(page)
    expect(page.get_by_role("link", name="ภาพถัดไป")).to_be_focused()


def test_f_fills_the_screen(visit: Visit) -> None:
    page = visit("?present=1")
    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement !== null")
    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement === null")


@pytest.mark.parametrize("path", SLIDES)
def test_every_slide_of_the_app_is_whole(look: Visit, path: str) -> None:
    address = "" if path == menu().pages[0].id else path
    for area in ("", "&area=P61", "&area=D6101&facility=11201"):
        assert_whole(look(f"{address}?present=1{area}"))
    assert_whole(look(f"{address}?present=1&lang=en&area=P61"))


def test_a_slide_of_the_app_has_no_barrier(look: Visit) -> None:
    judged = violations(look("crisis?present=1&area=P61"))
    assert not judged.response["violations"], judged.generate_report()


@pytest.mark.parametrize("path", OTHERS)
def test_a_page_without_a_slide_is_shown_larger(look: Visit, path: str) -> None:
    page = look(f"{path}?present=1", scheme="dark")
    assert_presented(page)
    small = [one for one in page.evaluate(SIZES) if one[1] < 20]
    assert small == []
    ground = page.locator(".stApp").evaluate("app => getComputedStyle(app).backgroundColor")
    assert ground == "rgb(255, 255, 255)"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_page_without_a_slide_has_no_barrier_and_its_keys(visit: Visit, look: Visit) -> None:
    page = visit("criteria?present=1&lang=en", scheme="dark")
    assert thai_texts(page) - THAI_IN_ENGLISH == set()
    page.keyboard.press("PageDown")
    page.wait_for_function("() => document.querySelector(\"[data-testid='stMain']\").scrollTop > 0")
    expect(page).to_have_url(re.compile("/criteria"))
    page.keyboard.press("ArrowLeft")
    expect(page.locator(STAGE)).to_be_visible()
    judged = violations(look("criteria?present=1", scheme="dark"))
    assert not judged.response["violations"], judged.generate_report()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_shared_screen_is_light(look: Visit, scheme: str) -> None:
    page = look("crisis?present=1", scheme=scheme)
    ground = page.locator(STAGE).evaluate("stage => getComputedStyle(stage).backgroundColor")
    assert ground == "rgb(255, 255, 255)"
    status = page.locator(".t-slide-lines .t-status").first
    assert status.evaluate("one => getComputedStyle(one).colorScheme") == "light"
