"""Pages of programmes in a real browser: what was printed, in one language, for everyone to use."""

import re
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from core.services.geography.reference import all_areas
from core.services.importing.store_intake import store
from core.services.intake.examine import examine
from core.store.engine.migrate import open_database
from core.store.engine.settings import StoreSettings, address_of
from core.store.engine.unit_of_work import close_engines, unit_of_work
from core.store.register.repository import enter_areas, enter_facilities
from tests.core.store.filling import hospital
from tests.country import small_country
from tests.e2e.conftest import Visit, running_app, settle
from tests.e2e.reading import assert_fits, assert_no_barrier, english_words
from tests.printed import backoffice, performance

PRINTED = {
    "back", "office", "refill", "cup",
    "united", "nations", "public", "service", "awards", "pmqa", "kpi", "json",
}  # fmt: skip
"""What the printed documents themselves write in Latin letters."""
REPORT = ("performance-kpi", "performance-budget", "performance-plan", "performance-risk")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app with both documents as they were printed."""
    home = tmp_path_factory.mktemp("programmes")
    (home / "var").mkdir()
    settings = StoreSettings(var_folder=home / "var", database_url=None)
    engine = small_country(open_database(address_of("demo", settings), "demo"))
    with unit_of_work(engine) as session:
        enter_areas(session, all_areas())
        units = [replace(hospital(code, at), kind="pcu") for code, at, _ in backoffice.units()]
        enter_facilities(session, units)
        session.commit()
    programme = (backoffice.workbook(), backoffice.programme_workbook())
    for data in (*programme, *map(performance.workbook, REPORT)):
        store(engine, examine(data, "เอกสาร.xlsx"), data, by="a test")
    close_engines()
    with running_app(home) as address:
        yield address


@pytest.mark.parametrize("path", ["backoffice?area=P61", "performance?part=plan"])
def test_a_programme_has_no_barrier_and_is_printed_whole(look: Visit, path: str) -> None:
    page = look(path)
    own = english_words(page)
    assert own <= PRINTED, own - PRINTED
    page.emulate_media(media="print")
    settle(page)
    assert_fits(page)
    page.emulate_media(media="screen", color_scheme="light")
    assert_no_barrier(page)
    english = look(f"{path}&lang=en", size="telephone", scheme="dark")
    assert_fits(english)
    assert_no_barrier(english)


MOST_BYTES = 80_000
"""What a change may cost the connection."""


@contextmanager
def received(page: Page) -> Iterator[list[int]]:
    """Bytes that come over the open connection meanwhile, a number for each message."""
    sizes: list[int] = []
    watch = page.context.new_cdp_session(page)
    watch.send("Network.enable")
    watch.on(
        "Network.webSocketFrameReceived",
        lambda told: sizes.append(len(b64decode(told["response"]["payloadData"]))),
    )
    yield sizes
    watch.detach()


def test_a_district_and_a_part_are_chosen_by_keyboard_within_their_bytes(visit: Visit) -> None:
    page = visit("backoffice?area=P61")
    with received(page) as sizes:
        place = page.get_by_role("table").get_by_role("link").first
        place.focus()
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("area=D61"))
        expect(page.get_by_role("heading", name="รพ.สต. ในไตรมาสนี้")).to_be_visible()
        settle(page)
    assert 0 < sum(sizes) < MOST_BYTES, sum(sizes)
    page = visit("performance?part=kpi")
    with received(page) as sizes:
        page.get_by_role("combobox", name="ส่วน").focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("End")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("part=risk"))
        expect(page.get_by_role("heading", name="การบริหารความเสี่ยงของโครงการ")).to_be_visible()
        settle(page)
    assert 0 < sum(sizes) < MOST_BYTES, sum(sizes)
