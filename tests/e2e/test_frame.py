"""The frame in a real browser: menu, language, keyboard, both sizes, both themes."""

import re
import shutil
from itertools import combinations
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from components.frame.navigation import addresses, menu, menu_page
from tests.e2e.conftest import Guard, Visit, drawn, running_app, settle
from tests.e2e.reading import (
    assert_no_barrier_anywhere,
    english_words,
    thai_texts,
    violations,
)
from tests.paths import ROOT
from tests.waiting import wait_until

PAGES = addresses()
# Full views of these are judged by tests of their own.
JUDGED_ELSEWHERE = ("crisis", "compare", "criteria", "readings")
# Pages of themes are all one until something is reported: full ones have tests of their own, too.
JUDGED_HERE = [
    path
    for path in PAGES
    if path not in JUDGED_ELSEWHERE and (not path or not menu_page(path).indicators)
]
FIRST, SECOND = menu().pages[:2]

THAI_IN_ENGLISH = {menu().switch.en}
# Where each control at the top of a page that can be seen stands.
CONTROLS = """() => [...document.querySelectorAll(
    "[data-testid='stExpandSidebarButton'], .st-key-ribbon, .t-search-open, .t-tools button,"
    + ".st-key-language button")]
  .filter((element) => element.checkVisibility())
  .map((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    return { left, right, top, bottom, name: element.className };
  })"""


@pytest.mark.parametrize("path", PAGES)
def test_a_page_speaks_one_language_bears_its_mark_and_has_no_barrier(
    look: Visit, path: str
) -> None:
    page = look(path)
    assert english_words(page) == set()
    assert page.locator("html").get_attribute("lang") == "th"
    expect(page.locator(".t-ribbon")).to_contain_text("ข้อมูลสาธิต")
    if path in JUDGED_HERE:
        assert_no_barrier_anywhere(look, path)


def test_the_judge_of_barriers_sees_one(visit: Visit) -> None:
    page = visit()
    page.locator("h1").evaluate("h1 => { h1.style.color = '#ccc' }")
    judged = violations(page).response["violations"]
    assert [barrier["id"] for barrier in judged] == ["color-contrast"]


def test_the_judge_of_barriers_sees_one_row_unlike_the_others(visit: Visit) -> None:
    page = visit()
    page.locator("h1").evaluate(
        """h1 => h1.insertAdjacentHTML("afterend", "<ul>" + [...Array(40).keys()].map((n) =>
            n === 30 ? "<li class='odd' style='color: #ccc'>pale</li>" : "<li>dark</li>").join("")
            + "</ul>")"""
    )
    before = page.content()
    judged = violations(page).response["violations"]
    assert [barrier["id"] for barrier in judged] == ["color-contrast"]
    # Charts take the width of the window again after the judge has gone.
    wait_until(
        lambda: page.content() == before,
        or_else=lambda: "what was taken out stands elsewhere",
    )


@pytest.mark.parametrize("path", PAGES)
def test_an_english_page_has_no_thai_word(look: Visit, path: str) -> None:
    page = look(f"{path}?lang=en")
    assert thai_texts(page) - THAI_IN_ENGLISH == set()
    assert page.locator("html").get_attribute("lang") == "en"


def test_the_language_goes_from_page_to_page_and_back(visit: Visit) -> None:
    page = visit()
    page.get_by_role("button", name=menu().switch.th).click()
    expect(page).to_have_url(re.compile(r"/\?lang=en$"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name=SECOND.title.en).click()
    expect(page).to_have_url(re.compile(rf"/{SECOND.id}\?lang=en$"))
    expect(page).to_have_title(re.compile(SECOND.title.en))
    page.get_by_role("button", name=menu().switch.en).click()
    expect(page).to_have_url(re.compile(rf"/{SECOND.id}$"))
    expect(page.locator("html")).to_have_attribute("lang", "th")
    page.go_back()
    expect(page).to_have_url(re.compile(rf"/{SECOND.id}\?lang=en$"))
    expect(page.get_by_role("link", name=FIRST.title.en)).to_be_visible()


def test_streamlits_own_words_follow_the_language(visit: Visit) -> None:
    page = visit()
    page.evaluate(
        """() => document.body.insertAdjacentHTML("beforeend", `
            <p id="t1">20MB per file </p>
            <p id="t2" aria-label="Remove a.xlsx">Upload</p>`)"""
    )
    expect(page.locator("#t1")).to_have_text("ไฟล์ละไม่เกิน 20MB")
    expect(page.locator("#t2")).to_have_text("เลือกไฟล์")
    expect(page.locator("#t2")).to_have_attribute("aria-label", "นำไฟล์ a.xlsx ออก")
    page.get_by_role("button", name=menu().switch.th).click()
    expect(page.locator("#t1")).to_have_text("20MB per file")
    expect(page.locator("#t2")).to_have_attribute("aria-label", "Remove a.xlsx")


def test_the_menu_is_reached_and_used_by_keyboard(visit: Visit) -> None:
    page = visit()
    reached: list[str] = []
    for _ in range(2 * len(PAGES)):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.innerText.trim().split('\\n').pop()"))
        if reached[-1] == menu().switch.th:
            break
    links = [menu_page.title.th for menu_page in menu().pages]
    assert [text for text in reached if text in links] == links
    assert reached[-1] == menu().switch.th
    page.get_by_role("link", name=SECOND.title.th).focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/{SECOND.id}$"))
    settle(page)
    # The menu is written anew with the page, and the reader is still where they were.
    expect(page.get_by_role("link", name=SECOND.title.th)).to_be_focused()


def test_the_menu_says_which_page_is_open(look: Visit) -> None:
    page = look(SECOND.id)
    expect(page.get_by_role("link", name=SECOND.title.th)).to_have_attribute("aria-current", "page")
    first = page.get_by_role("link", name=FIRST.title.th)
    expect(first).not_to_have_attribute("aria-current", "page")
    assert first.evaluate("link => new URL(link.href).pathname") == "/"


def test_the_menu_folds_to_its_icons_and_stays_so(visit: Visit) -> None:
    page = visit("criteria")
    link = page.locator(".t-menu").get_by_role("link", name="ภาพรวมประเทศ")
    wide = link.bounding_box()
    page.get_by_role("button", name="ซ่อนเมนู").click()
    expect(page.get_by_role("button", name="แสดงเมนู")).to_be_visible()
    page.reload()
    settle(page)
    narrow = link.bounding_box()
    assert wide is not None
    assert narrow is not None
    assert 24 <= narrow["width"] < 60 < wide["width"]
    assert narrow["x"] >= 0
    link.click()
    expect(page.locator(".t-breadcrumb li").last).to_have_text("ประเทศไทย")


def test_on_a_telephone_the_menu_gives_way_to_the_page(visit: Visit) -> None:
    page = visit(size="telephone")
    page.get_by_role("button", name="แสดงเมนู").click()
    page.get_by_role("button", name="ซ่อนเมนู").click()
    expect(page.get_by_role("link", name=SECOND.title.th)).not_to_be_in_viewport()
    page.get_by_role("button", name="แสดงเมนู").click()
    page.get_by_role("link", name=SECOND.title.th).click()
    expect(page).to_have_url(re.compile(rf"/{SECOND.id}$"))
    expect(page.get_by_role("link", name=SECOND.title.th)).not_to_be_in_viewport()


@pytest.mark.parametrize("path", ["", "?lang=en"])
def test_the_controls_at_the_top_stand_apart_at_every_width(visit: Visit, path: str) -> None:
    page = visit(path)
    for width in (1280, 1100, 900, 390):
        page.set_viewport_size({"width": width, "height": 720})
        # A telephone's menu is put away behind its button; elsewhere it stands open.
        opener = page.get_by_test_id("stExpandSidebarButton")
        expect(opener).to_be_visible(visible=width < 769)
        drawn(page)
        boxes = page.evaluate(CONTROLS)
        assert len(boxes) == (7 if width < 769 else 6), boxes
        for box in boxes:
            assert 0 <= box["left"] < box["right"] <= width, (width, box)
        for one, other in combinations(boxes, 2):
            apart = (
                one["right"] <= other["left"]
                or other["right"] <= one["left"]
                or one["bottom"] <= other["top"]
                or other["bottom"] <= one["top"]
            )
            assert apart, (width, one, other)


def test_text_is_sarabun_at_reading_size_with_room_for_thai_marks(visit: Visit) -> None:
    page = visit("upload")
    page.locator("[data-testid='stMain']").evaluate(
        "main => main.insertAdjacentHTML('beforeend', '<p id=t1>ที่นี่</p>')"
    )
    style = """e => {
      const { fontFamily, fontSize, lineHeight } = getComputedStyle(e);
      const size = parseFloat(fontSize);
      return [fontFamily.split(",")[0], Math.round(10 * size) / 10, parseFloat(lineHeight) / size];
    }"""
    assert page.locator("h1").evaluate(style) == ["Sarabun", 28, pytest.approx(1.55, abs=0.001)]
    assert page.locator("#t1").evaluate(style) == ["Sarabun", 17, pytest.approx(1.6, abs=0.001)]
    loaded = "[...document.fonts].filter((f) => f.status === 'loaded').map((f) => f.family)"
    assert "Sarabun" in page.evaluate(loaded)
    # A headline of more than two lines is smaller, and its lines are as far apart.
    long = visit().locator("h1.t-long")
    assert long.evaluate(style) == ["Sarabun", 24, pytest.approx(1.55, abs=0.001)]


def test_the_first_visitor_of_a_deep_link_gets_the_frame(tmp_path: Path, page: Page) -> None:
    with running_app(tmp_path) as fresh:
        page.goto(f"{fresh}/{SECOND.id}")
        settle(page)
        expect(page.get_by_role("button", name=menu().switch.th)).to_be_visible()


def test_a_page_that_fails_shows_a_sentence_and_no_traceback(tmp_path: Path, page: Page) -> None:
    broken = tmp_path / "broken"
    for room in (".streamlit", "components", "core", "data", "pages", "static"):
        shutil.copytree(ROOT / room, broken / room, ignore=shutil.ignore_patterns("var"))
    shutil.copy(ROOT / "app.py", broken)
    (broken / "pages" / f"{SECOND.id}.py").write_text("raise ValueError('inside')")
    with running_app(tmp_path, broken) as address:
        page.goto(f"{address}/{SECOND.id}")
        expect(page.get_by_role("alert")).to_contain_text("โปรแกรมทำงานผิดพลาด")
        expect(page.get_by_role("link", name=FIRST.title.th)).to_be_visible()
        said = page.locator("body").inner_text()
    assert not re.search("Traceback|ValueError|inside", said)
    assert "ValueError: inside" in (tmp_path / "app.log").read_text(encoding="utf-8")


def test_the_guard_sees_a_stranger(address: str, page: Page) -> None:
    guard = Guard(address)
    guard.watch(page)
    page.goto(address.replace("127.0.0.1", "localhost"))
    settle(page)
    assert guard.strangers == {guard.own.replace("127.0.0.1", "localhost")}
