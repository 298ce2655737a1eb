"""A whole meeting by keyboard alone: made, presented, asked in, taken away, and opened again."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import Engine

from tests.core.services.sending import BROKE, SOUND, row, send
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
    paired = page.get_by_role("link", name=re.compile("เลื่อนหน้าจากโทรศัพท์"))
    hand = page.get_by_role("link", name="เปิดบนโทรศัพท์").get_attribute("href") or ""
    alone = page.get_by_role("link", name="เริ่มนำเสนอ", exact=True).get_attribute("href") or ""
    paired.click()
    at(page, 1)
    telephone = tabs.act(f"{app.address}/{hand}", "telephone")
    other = tabs.act(f"{app.address}/{alone}")
    at(other, 1)
    telephone.get_by_role("link", name="ถัดไป", exact=True).click()
    at(page, 2)
    expect(telephone).to_have_url(re.compile("item=2"))
    page.keyboard.press("ArrowRight")
    at(page, 3)
    expect(telephone).to_have_url(re.compile("item=3"))
    at(other, 1)
    assert telephone.evaluate("document.documentElement.scrollWidth") <= 390


def test_an_address_that_asks_for_what_there_is_not_says_so(app: App, page: Page) -> None:
    page.goto(f"{app.address}/meeting?meeting=999")
    settle(page)
    expect(page.locator(".t-unmet")).to_contain_text("999")
    page.goto(f"{app.address}/meeting?meeting=x&item=-4")
    settle(page)
    expect(page.locator(".t-unmet")).to_contain_text("x")
