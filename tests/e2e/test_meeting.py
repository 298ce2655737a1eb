"""A whole meeting by keyboard alone: made, presented, asked in, taken away, and opened again."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import Engine

from core.services.meeting.meetings import change_agenda, meeting
from core.store.engine.unit_of_work import unit_of_work
from core.store.meetings.repository import StoredEntry
from core.store.register.repository import enter_facilities
from core.text import Text
from tests.core.services.sending import BROKE, SOUND, hospital, row, send
from tests.country import small_store
from tests.e2e.conftest import Visit, running_app, settle
from tests.e2e.tabs import Tabs


class App(NamedTuple):
    """A running app and the store it reads."""

    address: str
    store: Engine


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    home: Path = tmp_path_factory.mktemp("meeting")
    store = small_store(home / "var")
    with unit_of_work(store) as session:
        # More of them than a shared screen has rows for; they have sent nothing.
        enter_facilities(session, [hospital(f"1131{place}", "D6501") for place in range(9)])
        session.commit()
    with running_app(home) as address:
        yield App(address, store)


@pytest.fixture(scope="module")
def address(app: App) -> str:
    return app.address


@pytest.fixture
def page(visit: Visit) -> Page:
    return visit("meeting?area=P61&period=2566-M09")


def to(page: Page, target: Locator, most: int = 120) -> None:
    """Go to something with the tabulator, as somebody without a mouse does."""
    for _ in range(most):
        if target.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {target}")


def slide(page: Page) -> str:
    return page.locator(".t-stage").inner_text()


def make(page: Page) -> None:
    name = page.get_by_label("ผู้จัดทำ")
    to(page, name)
    page.keyboard.type("ผู้จัด")
    page.keyboard.press("Enter")
    button = page.get_by_role("button", name="สร้างการประชุม")
    expect(button).to_be_enabled()
    to(page, button)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"meeting=\d+"))
    settle(page)


def begin(page: Page) -> None:
    link = page.get_by_role("link", name="เริ่มนำเสนอ", exact=True)
    to(page, link)
    page.keyboard.press("Enter")
    expect(page.locator(".t-stage h1")).to_be_visible()


def at(page: Page, number: int) -> None:
    expect(page).to_have_url(re.compile(rf"item={number}(&|$)"))
    expect(page.locator(".t-slide-ways")).to_contain_text(f"{number}/")


def read_through(page: Page, app: App) -> dict[int, str]:
    """Every view by the arrow and the page key, a file arriving at the third; what each said."""
    texts = {1: slide(page)}
    last = int(page.locator("[data-present='items']").get_attribute("data-of") or 0)
    for number in range(2, last + 1):
        page.keyboard.press("ArrowRight" if number % 2 else "PageDown")
        at(page, number)
        texts[number] = slide(page)
        if number == 3:
            send(app.store, row("11203", BROKE), row("11202", SOUND))
    page.keyboard.press("ArrowRight")
    at(page, last)
    return texts


def ask(page: Page, text: str) -> None:
    page.keyboard.press("q")
    question = page.get_by_label("คำถาม", exact=True)
    expect(question).to_be_visible()
    to(page, question)
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(page.get_by_text("จดคำถามแล้ว")).to_be_visible()


def test_a_meeting_is_run_by_keyboard_and_an_upload_in_the_middle_changes_nothing(
    app: App, page: Page
) -> None:
    make(page)
    agenda = page.url
    begin(page)
    at(page, 1)
    texts = read_through(page, app)
    assert len(texts) >= 6
    page.keyboard.press("Home")
    at(page, 1)
    assert slide(page) == texts[1]
    page.keyboard.press("End")
    at(page, len(texts))
    page.keyboard.type(str(len(texts) + 1))
    page.keyboard.press("Enter")
    at(page, len(texts))
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    at(page, 2)
    for number in range(3, len(texts) + 1):
        page.keyboard.press("ArrowRight")
        at(page, number)
        assert slide(page) == texts[number]
    ask(page, "หนี้ค้างเท่าใด")
    page.goto(agenda)
    settle(page)
    expect(page.get_by_text("หนี้ค้างเท่าใด")).to_be_visible()
    expect(page.get_by_text("การประชุมนี้ยังแสดงผล ณ เวลาที่ตรึงไว้")).to_be_visible()
    begin(page)
    at(page, 1)
    assert slide(page) == texts[1]


def test_a_telephone_pages_the_shared_screen_and_others_page_for_themselves(
    app: App, page: Page, tabs: Tabs
) -> None:
    make(page)
    add_first(
        app, page, StoredEntry("scorecard", {"rows": "hospitals"}, Text("ทุกโรงพยาบาล", "All"))
    )
    paired = page.get_by_role("link", name=re.compile("เลื่อนหน้าจากโทรศัพท์"))
    hand = page.get_by_role("link", name="เปิดบนโทรศัพท์").get_attribute("href") or ""
    alone = page.get_by_role("link", name="เริ่มนำเสนอ", exact=True).get_attribute("href") or ""
    paired.click()
    at(page, 1)
    telephone = tabs.act(f"{app.address}/{hand}", "telephone")
    other = tabs.act(f"{app.address}/{alone}")
    at(other, 1)
    onward = telephone.get_by_role("link", name="ถัดไป", exact=True)
    leaves = read_leaves(page, onward)
    at(page, 2)
    expect(telephone).to_have_url(re.compile("item=2"))
    page.keyboard.press("ArrowRight")
    at(page, 3)
    expect(telephone).to_have_url(re.compile("item=3"))
    # By keys it goes through the same leaves, and the telephone with it.
    page.keyboard.press("Home")
    at(page, 1)
    assert [key_on(page, leaf) for leaf in range(1, len(leaves))] == leaves[1:]
    expect(telephone.get_by_text(f"แผ่นที่ {len(leaves)} จาก {len(leaves)}")).to_be_visible()
    page.keyboard.press("PageUp")
    expect(caption(page)).to_contain_text(f"{len(leaves) - 1}/{len(leaves)}")
    at(other, 1)
    expect(caption(other)).to_contain_text(f"1/{len(leaves)}")
    assert telephone.evaluate("document.documentElement.scrollWidth") <= 390


def add_first(app: App, page: Page, view: StoredEntry) -> None:
    """Put a view before all others of the meeting on the page."""
    opened = meeting(app.store, int(parse_qs(urlsplit(page.url).query)["meeting"][0]))
    entries = [
        StoredEntry(one.page, dict(one.parameters), one.title, one.note) for one in opened.entries
    ]
    change_agenda(app.store, opened.about, [view, *entries])


def caption(page: Page) -> Locator:
    return page.locator(".t-slide figcaption")


def rows_shown(page: Page) -> str:
    return page.locator(".t-slide svg").text_content() or ""


def read_leaves(page: Page, onward: Locator) -> list[str]:
    """The rows of each leaf of the first view, paged by the telephone to the view behind it."""
    counted = re.compile(r"· (\d+)/(\d+)")
    expect(caption(page)).to_contain_text(counted)
    last = int((counted.search(caption(page).inner_text()) or [""])[2])
    shown = []
    for leaf in range(1, last + 1):
        expect(caption(page)).to_contain_text(f"{leaf}/{last}")
        at(page, 1)
        shown.append(rows_shown(page))
        onward.click()
    assert len(set(shown)) == last > 1
    return shown


def key_on(page: Page, leaf: int) -> str:
    """The rows of the leaf that the key leads to from this one."""
    expect(caption(page)).to_contain_text(f"{leaf}/")
    page.keyboard.press("ArrowRight")
    expect(caption(page)).to_contain_text(f"{leaf + 1}/")
    return rows_shown(page)


def test_an_address_that_asks_for_what_there_is_not_says_so(app: App, page: Page) -> None:
    page.goto(f"{app.address}/meeting?meeting=999")
    settle(page)
    expect(page.locator(".t-unmet")).to_contain_text("999")
    page.goto(f"{app.address}/meeting?meeting=x&item=-4")
    settle(page)
    expect(page.locator(".t-unmet")).to_contain_text("x")
