"""The page of a strategy plan in a real browser: barriers, words, the way from a KPI to its row."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from core.forms.document.example import example
from core.store.engine.migrate import open_database
from core.store.engine.settings import StoreSettings, address_of
from core.store.engine.unit_of_work import close_engines
from tests.core.services.strategy.planning import a_plan, a_province, send
from tests.e2e.conftest import Visit, running_app, settle
from tests.e2e.reading import assert_fits, assert_no_barrier, english_words, thai_texts

DUE = {"statements_in_time": {"due_day": 15.0, "quarters": "2, 4"}}
PAGE = "strategy?area=P61&period=2566-M12"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app with one province and its plan."""
    home = tmp_path_factory.mktemp("province")
    (home / "var").mkdir()
    settings = StoreSettings(var_folder=home / "var", database_url=None)
    engine = a_province(open_database(address_of("demo", settings), "demo"))
    send(engine, a_plan(kpis=DUE))
    close_engines()
    with running_app(home) as address:
        yield address


def of_the_plan() -> str:
    """Every text of the printed plan."""
    written = example()
    rows = (written.head, *written.items, *written.kpis)
    return " ".join(str(value) for row in rows for value in row.values())


def test_the_page_has_no_barrier_and_speaks_one_language(look: Visit) -> None:
    page = look(PAGE)
    plan = of_the_plan()
    own = {word for word in english_words(page) if word not in plan.lower()}
    assert own <= {"json", "planfin", "strategy", "plan", "xlsx"}, own
    assert_fits(page)
    assert_no_barrier(page)
    english = look(f"{PAGE}&lang=en", size="telephone", scheme="dark")
    quoted = [text for text in thai_texts(english) if "ภาษาไทย" not in text]
    typed = {word for word in " ".join(quoted).split() if "\u0e00" <= word[0] <= "\u0e7f"}
    foreign = {word for word in typed if word.rstrip("…;,") not in plan}
    # The province, and the sheet of a problem, which the file names in Thai.
    assert foreign <= {"อุทัยธานี", "กลยุทธ์และกิจกรรม", "ตัวชี้วัด"}, foreign
    assert_fits(english)
    assert_no_barrier(english)


def test_a_red_kpi_leads_to_its_late_activity_by_keyboard(visit: Visit) -> None:
    page = visit(f"{PAGE}&lang=en")
    link = page.get_by_role("link", name="3.3.3", exact=True).first
    link.focus()
    page.keyboard.press("Enter")
    row = page.locator("[id='item-3.3.3']")
    expect(row).to_be_in_viewport()
    expect(row.locator("xpath=..")).to_contain_text("Late")
    expect(page).to_have_url(re.compile("#item-3.3.3$"))
    back = row.locator("xpath=..").get_by_role("link").first
    back.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[id='kpi-8']")).to_be_in_viewport()


def test_the_plan_is_printed_whole(visit: Visit) -> None:
    page = visit(PAGE)
    page.emulate_media(media="print")
    settle(page)
    assert_fits(page)
    expect(page.get_by_text("กิจกรรมหลักที่ 3.3.3")).to_be_visible()
