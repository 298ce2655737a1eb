"""Two processes of the app on one PostgreSQL, two browsers: one office, whichever of them answers.

By routes the same is in `tests/core/api/test_two_processes.py`.
"""

import os
import re
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import Engine, text

from core.access.actors import LOCAL_ADMINISTRATOR, THE_PROGRAM, acting
from core.services.people.accounts import add_account, grant
from core.store.engine.migrate import open_database
from core.store.engine.unit_of_work import reading
from tests.core.services.sending import BROKE, row, table
from tests.core.store.conftest import schema_of_its_own
from tests.country import small_country
from tests.e2e.conftest import App, app_process, settle
from tests.e2e.test_sending_walk import drop, go, press
from tests.e2e.test_upload import UPLOAD
from tests.people import PASSWORD
from tests.waiting import wait_until

OFFICE, READER = "office", "reader"
STORE = "ยืนยันและจัดเก็บ"


class Office(NamedTuple):
    """Two processes, one database."""

    one: App
    other: App
    store: Engine


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A small country in a schema of PostgreSQL, two people, two processes that share a secret."""
    with ExitStack() as ends:
        address = ends.enter_context(contextmanager(schema_of_its_own)())
        store = small_country(open_database(address, "own"))
        with acting(LOCAL_ADMINISTRATOR):
            for account, role in ((OFFICE, "administrator"), (READER, "executive")):
                person = add_account(store, account, account, PASSWORD)
                grant(store, person.id, role, "TH")
        settings = {
            "TRUAT_DATABASE_URL": address,
            "TRUAT_SIGN_IN": "local",
            "TRUAT_COOKIE_SECRET": "of both processes, and of nobody else",
        }
        apps = []
        # Folders of their own, as on two machines: nothing but the database is shared.
        for name in ("one", "other"):
            home = tmp_path / name
            home.mkdir()
            apps.append(ends.enter_context(app_process(home, **settings)))
        yield Office(*apps, store)


@pytest.fixture
def browsers(browser: Browser) -> Iterator[tuple[BrowserContext, BrowserContext]]:
    """Two browsers that were never here."""
    with browser.new_context() as first, browser.new_context() as second:
        for one in (first, second):
            one.set_default_timeout(60_000)
        yield first, second


def sign_in(context: BrowserContext, app: App, account: str, to: str) -> Page:
    """A page of the app, after its form to sign in."""
    page = context.new_page()
    page.goto(f"{app.address}/{to}")
    page.locator("input[name=account]").fill(account)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("button[type=submit]").click()
    expect(page).to_have_url(re.compile(rf"{app.address}/{to}"))
    settle(page)
    return page


def lets_in(context: BrowserContext, app: App) -> bool:
    """Whether a browser is signed in at an app."""
    answer = context.request.get(
        f"{app.address}/{UPLOAD}", max_redirects=0, headers={"Accept": "text/html"}
    )
    return answer.status == 200


def look_at_changes(page: Page, file: Path) -> None:
    """Everything up to the button that stores."""
    drop(page, file)
    press(page, "ดูสิ่งที่จะเปลี่ยน")


def store(page: Page, file: Path) -> None:
    look_at_changes(page, file)
    press(page, STORE)
    expect(page.get_by_text("SHA-256").first).to_be_visible()


def sign_out(page: Page, app: App) -> None:
    page.goto(f"{app.address}/sign-in/out")
    page.locator("button[type=submit]").click()
    expect(page.locator("input[name=password]")).to_be_visible()


def assert_listed(page: Page, *names: str) -> None:
    """One click on the menu shows these files on the page of uploads, newest first."""
    go(page, "uploads")
    # The first is what the country began with.
    names = (*names, "การเงิน.xlsx")
    expect(page.locator("a.t-link", has_text=re.compile(r"\.(csv|xlsx)$"))).to_have_text(names)


WAITING = """
SELECT count(*) FROM pg_locks AS wanted JOIN pg_locks AS held USING (pid)
WHERE NOT wanted.granted AND wanted.relation = 'deed'::regclass
AND held.relation = 'result'::regclass AND held.mode = 'RowExclusiveLock'"""


def has_written(store: Engine) -> bool:
    """Whether somebody has written a file and its results, and waits to leave the deed."""
    with acting(THE_PROGRAM), reading(store) as session:
        return bool(session.scalar(text(WAITING)))


def kill_while_storing(office: Office, page: Page) -> None:
    """End a machine by force between what it wrote of a file and the last it has to write.

    The server alone would leave the program beside it, which stores the file to its end.
    """
    with office.store.connect() as holding:
        holding.execute(text("LOCK TABLE deed IN EXCLUSIVE MODE"))
        page.get_by_role("button", name=STORE).click()
        wait_until(lambda: has_written(office.store), or_else=lambda: "nothing was stored")
        os.killpg(office.one.process.pid, signal.SIGKILL)
        office.one.process.wait()


def test_two_browsers_see_one_office_and_a_killed_process_takes_nothing_with_it(
    office: Office, browsers: tuple[BrowserContext, BrowserContext], tmp_path: Path
) -> None:
    first, second = browsers
    stored, started = tmp_path / "stored.csv", tmp_path / "started.csv"
    stored.write_bytes(table(row("11203", BROKE)))
    started.write_bytes(table(row("11301", BROKE)))

    # Who signed in at one process is signed in at the other.
    page = sign_in(first, office.one, OFFICE, UPLOAD)
    assert lets_in(first, office.other)
    assert not lets_in(second, office.one)
    reader = sign_in(second, office.other, READER, "")
    assert lets_in(second, office.one)

    # What one stores stands in the other at the next click.
    assert_listed(reader)
    go(reader, "overview")
    store(page, stored)
    assert_listed(reader, stored.name)

    # Who signs out at one is out at the other.
    sign_out(reader, office.other)
    wait_until(lambda: not lets_in(second, office.one), or_else=lambda: "still signed in")

    # Whoever is thrown out of one in the middle finds everything but that in the other.
    page.reload()
    settle(page)
    look_at_changes(page, started)
    kill_while_storing(office, page)
    page.goto(f"{office.other.address}/{UPLOAD}")
    settle(page)
    assert_listed(page, stored.name)
    go(page, "upload")
    store(page, started)
    assert_listed(page, started.name, stored.name)
