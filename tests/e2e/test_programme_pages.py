"""Pages of programmes in a real browser: what was printed, in one language, for everyone to use."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

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
