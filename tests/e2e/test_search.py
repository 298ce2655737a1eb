"""The search over every page: by keyboard alone, in both languages, without a barrier."""

import re

import orjson
from playwright.sync_api import Page, expect

from components.frame.search_index import index
from core.services.search.index import Entry
from core.text import Text
from tests.e2e.conftest import Visit, settle
from tests.e2e.reading import Axe, resize

WICKED = "<img src=x onerror=\"document.title='broken'\"> 11299"


def search(page: Page, text: str = "") -> None:
    """Open the search by its key, and type."""
    page.keyboard.press("/")
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.insert_text(text)


def test_the_keyboard_alone_leads_to_a_hospital_in_one_step_of_the_history(visit: Visit) -> None:
    page = visit("crisis?lang=en&period=2566-M08")
    search(page, "hospital 1120")
    options = page.get_by_role("option")
    expect(options).to_have_count(4)
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    field = page.get_by_role("combobox", name="Name or code")
    expect(field).to_be_focused()
    chosen = page.locator("[role=option][aria-selected=true]")
    expect(chosen).to_have_text(re.compile("Hospital 11202"))
    expect(field).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/facility\?lang=en&period=2566-M08&facility=11202$"))
    expect(page.get_by_role("dialog")).to_be_hidden()
    settle(page)
    expect(page.locator("h1")).to_contain_text("Hospital 11202")
    page.go_back()
    expect(page).to_have_url(re.compile(r"/crisis\?lang=en&period=2566-M08$"))


def test_an_area_opens_on_the_page_one_is_on_and_a_rule_in_the_handbook(visit: Visit) -> None:
    page = visit("crisis")
    search(page, "อุทัยธานี")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/crisis\?area=P61$"))
    settle(page)
    search(page, "quick ratio")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/criteria\?area=P61&q=crisis.level$"))
    settle(page)
    search(page, "พิษณุโลก")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/\?area=P65"))


def test_keys_belong_to_whoever_is_typing(visit: Visit) -> None:
    page = visit("criteria?lang=en")
    box = page.get_by_label("Search the rules")
    box.press_sequentially("4/7 rc")
    expect(box).to_have_value("4/7 rc")
    expect(page.get_by_role("dialog")).to_be_hidden()
    box.blur()
    # The slash on a Thai keyboard.
    page.locator("body").dispatch_event("keydown", {"key": "ฝ", "bubbles": True})
    field = page.get_by_role("combobox", name="Name or code")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    # Streamlit reruns at R and clears its caches at C; here they are letters.
    field.press_sequentially("rc/")
    expect(field).to_have_value("rc/")
    # What is still being composed is no choice yet.
    field.fill("11201")
    expect(page.get_by_role("option")).to_have_count(1)
    field.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page).to_have_url(re.compile(r"/criteria\?lang=en"))


def test_results_have_no_barrier_and_fit_a_telephone(visit: Visit) -> None:
    page = visit("criteria")
    page.get_by_role("button", name="ค้นหา", exact=True).click()
    page.keyboard.insert_text("โรงพยาบาล")
    expect(page.get_by_role("dialog").get_by_role("status")).to_have_text(
        re.compile(r"พบ \d+ รายการ")
    )
    for size, scheme in (("desk", "dark"), ("telephone", "light")):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        resize(page, size)
        judged = Axe().run(page, options={"resultTypes": ["violations"]})
        assert not judged.response["violations"], judged.generate_report()
        box = page.get_by_role("dialog").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= (page.viewport_size or {"width": 0})["width"]
    page.keyboard.insert_text("ที่ไม่มีอยู่จริงเลย")
    expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("ไม่พบ")
    expect(page.get_by_role("combobox", name="ชื่อหรือรหัส")).to_have_attribute(
        "aria-expanded", "false"
    )


def test_a_name_is_text_and_a_closed_facility_is_marked(visit: Visit) -> None:
    page = visit("criteria")
    wicked = Entry("hospital", "11299", Text(WICKED, WICKED), "D6101", closed="2022-09-30")
    sent = orjson.dumps(index((wicked,)))
    page.route("**/search/index.json", lambda route: route.fulfill(body=sent))
    # The page had asked for the true index when it opened; whichever came last would count.
    page.reload()
    settle(page)
    search(page, "11299")
    option = page.get_by_role("option")
    expect(option).to_contain_text(WICKED)
    expect(option).to_contain_text("ปิดแล้ว วันสุดท้าย 30 ก.ย. 2565")
    assert page.locator("dialog img").count() == 0
    assert page.title() != "broken"


def test_a_list_that_does_not_come_is_told(visit: Visit) -> None:
    page = visit("criteria")
    page.route("**/search/index.json", lambda route: route.fulfill(status=404))
    page.evaluate("location.reload()")
    settle(page)
    page.get_by_role("button", name="ค้นหา", exact=True).click()
    expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("โหลดรายการไม่สำเร็จ")
