"""A person sees how far a figure is verified, and verifies an item without a pointer."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from core.store.engine.migrate import open_database
from core.store.engine.settings import StoreSettings, address_of
from core.store.engine.unit_of_work import close_engines
from tests.core.services.sending import send_star
from tests.country import small_country
from tests.e2e.conftest import Visit, running_app
from tests.e2e.reading import assert_fits, assert_no_barrier


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app with the self-assessment of one network."""
    home = tmp_path_factory.mktemp("assessed")
    (home / "var").mkdir()
    settings = StoreSettings(var_folder=home / "var", database_url=None)
    engine = small_country(open_database(address_of("demo", settings), "demo"))
    send_star(engine)
    close_engines()
    with running_app(home) as address:
        yield address


def test_an_item_is_verified_by_keyboard_and_the_figure_says_so(visit: Visit, look: Visit) -> None:
    star = look("star?area=D6101")
    expect(star.get_by_role("link", name="ยังไม่ตรวจ")).to_be_visible()
    page = visit("verify?assessment=star-2561:D6101:2561")
    score = page.get_by_label("คะแนนที่ตรวจ", exact=True)
    score.focus()
    page.keyboard.press("Tab")
    page.keyboard.type("ไม่พบหลักฐาน")
    page.get_by_label("ชื่อผู้ดำเนินการ").first.focus()
    page.keyboard.type("สสจ.")
    page.keyboard.press("Enter")
    expect(page.get_by_text("กำลังตรวจ 1/").first).to_be_visible()
    assert_no_barrier(page)
    assert_fits(page)
    star = look("star?area=D6101")
    expect(star.get_by_role("link", name="กำลังตรวจ 1/")).to_be_visible()
