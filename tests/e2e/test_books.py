"""From the books: a newcomer's trial balance, dropped where nobody has stored anything."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import running_app, settle
from tests.e2e.test_upload import UPLOAD, drop
from tests.paths import ROOT

SHARED = Path(os.environ.get("TRUAT_SHARED_DATA", ROOT.parent / "shared" / "data"))
D_FILE = SHARED / "mdb" / "trial-balance-d-file.zip"


@pytest.fixture
def empty(tmp_path: Path, browser: Browser) -> Iterator[tuple[str, Page]]:
    """An app that nobody has used, a page of it."""
    with running_app(tmp_path) as address:
        page = browser.new_page()
        page.set_viewport_size({"width": 1280, "height": 720})
        page.set_default_timeout(60_000)
        yield address, page
        page.close()


def test_a_newcomer_sees_a_level_and_why_from_the_ministrys_own_file(
    empty: tuple[str, Page],
) -> None:
    if not D_FILE.exists():
        pytest.skip(f"{D_FILE.name} is not here")
    address, page = empty
    page.goto(f"{address}/{UPLOAD}")
    settle(page)
    # One gesture, no form to fill in, and what is waited for at most a minute.
    drop(page, D_FILE)
    levels = page.locator(".t-level").filter(has_text="0").or_(page.locator(".t-level"))
    expect(levels.first).to_be_visible()
    why = page.locator("details", has=page.locator("summary", has_text="เหตุผล"))
    expect(why.first).to_be_attached()
    why.first.locator("summary").first.click()
    expect(why.first).to_contain_text("บาท")
