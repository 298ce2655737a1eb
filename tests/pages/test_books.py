"""What trial balances and the ministry's own table bring to the pages. Every figure is invented."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from components.facility.behind import behind
from components.parts.behind import detail_html
from core.store.engine.migrate import open_database
from core.store.engine.settings import StoreSettings, address_of
from tests.core.services.agreement.test_compare import send_official, send_ours
from tests.core.services.importing.test_trial_balances import books, send_books
from tests.pages.conftest import in_english, text

DRUGS = "2101010102.133"
OWED = {DRUGS: (0.0, 3_300_100.0), "3101010101.101": (3_299_910.0, 0.0)}


@pytest.fixture
def store(folder: Path) -> Engine:
    """The store the pages open."""
    settings = StoreSettings(var_folder=folder, database_url=None)
    return open_database(address_of("demo", settings), "demo")


def test_without_the_ministrys_table_the_page_says_what_to_do(store: Engine) -> None:
    send_ours(store)
    page = in_english("agreement.py")
    assert "No results of the ministry are stored yet" in text(page)
    assert "drop it on the page for workbooks" in text(page)


def test_where_only_the_ministrys_results_are_stored_the_page_says_what_to_do(
    store: Engine,
) -> None:
    send_official(store)
    said = text(in_english("agreement.py"))
    assert "There is nothing to compare yet" in said
    assert "Store finance tables or trial balances of the same months" in said
    assert "By indicator and month" not in said


def test_the_page_of_agreement_counts_and_names_what_differs(store: Engine) -> None:
    for hcode, level in (("11201", 0), ("11202", 3)):
        send_ours(store, hcode)
        send_official(store, hcode, crisis_level=level)
    send_official(store, "11203")
    said = text(in_english("agreement.py"))
    assert "1 of 2 crisis levels is equal" in said
    assert "50.00%" in said
    assert "ours 0, the ministry" in said
    assert "11202" in said
    assert "11201" not in said


def test_of_another_month_nothing_is_compared(store: Engine) -> None:
    send_ours(store)
    send_official(store)
    said = text(in_english("agreement.py", months="2568-M08"))
    assert "1 of 1 crisis level" in said


def test_a_hospital_that_sent_its_books_shows_what_moved(store: Engine) -> None:
    send_books(store, books(month=256807))
    send_books(store, books(OWED))
    page = in_english("facility.py", area="11223", period="2568-M08")
    said = text(page)
    assert "What the books say" in said
    assert "Net income by its accounts: 10.00 baht" in said
    assert f"({DRUGS})" in said
    assert "+3,300,000.00" in said
    assert "Current liabilities by its accounts" not in said
    bridge = said.split("Net income since October, from one month to the next")[1]
    assert bridge.index("Apr 2568") < bridge.index("May 2568")


def test_the_accounts_behind_each_figure_are_there_when_asked_for(store: Engine) -> None:
    send_books(store, books(month=256807))
    send_books(store, books(OWED))
    said = detail_html(behind, "lang=en&area=11223&period=2568-M08&why=books")
    assert said is not None
    assert "Current liabilities by its accounts: 3,300,100.00 baht (+3.3 million baht" in said


def test_a_test_opens_to_its_accounts_and_what_moved_them(store: Engine) -> None:
    send_books(store, books(month=256807))
    send_books(store, books(OWED))
    address = "lang=en&area=11223&period=2568-M08&why=crisis.level.liquidity.current_ratio"
    said = detail_html(behind, address)
    assert said is not None
    assert "Current liabilities by its accounts: " in said
    assert "+3.3 million baht since Apr 2568" in said
    assert f"({DRUGS})" in said
    assert "Net income" not in said


def test_a_hospital_without_books_has_no_such_section(store: Engine) -> None:
    send_ours(store)
    page = in_english("facility.py", area="11223", period="2568-M08")
    assert "What the books say" not in text(page)
