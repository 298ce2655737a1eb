"""From the books: a newcomer's trial balance, dropped where nobody has stored anything."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.core.forms.cells.access_files import BALANCES, DAY, balances, d_file
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


ACCOUNTS = [
    ("1101010101.101", 900_000.0, 0.0), ("1102050101.103", 800_000.0, 0.0),
    ("2101010102.133", 0.0, 2_000_000.0), ("3101010101.101", 0.0, 100_000.0),
    ("4301020105.202", 0.0, 1_000_000.0), ("5104010104.101", 1_400_000.0, 0.0),
]  # fmt: skip
"""Invented: all liquidity ratios, working capital and net income below their cut-offs."""


def d_files(folder: Path) -> Iterator[tuple[Path, str]]:
    """An invented D-file, and the real one where it is, each with what is said of it."""
    day = date(2026, 7, 31)
    sent = [(*row, date(2026, 8, 10)) for row in balances("11223", day, ACCOUNTS)]
    invented = folder / "D1699.mdb"
    invented.write_bytes(d_file(sent, columns={**BALANCES, "SentDate": DAY}))
    yield invented, "11223: ระดับวิกฤต 7 เดือน ก.ค. 2569"
    if D_FILE.exists():
        yield D_FILE, "ระดับวิกฤต 6 เดือน ก.ค. 2569"


def test_a_newcomer_sees_a_level_and_why_from_the_ministrys_own_file(
    empty: tuple[str, Page], tmp_path: Path
) -> None:
    address, page = empty
    page.goto(f"{address}/")
    settle(page)
    page.get_by_role("link", name="ไฟล์ D").click()
    settle(page)
    main = page.locator("[data-testid='stMain']")
    for file, said in d_files(tmp_path):
        # One gesture, no form to fill in, and what is waited for at most a minute.
        drop(page, file)
        expect(main).to_contain_text(said)
        expect(main).to_contain_text("เหตุผลของระดับ")
        expect(main.locator(".t-lines").first).to_contain_text("Cash Ratio")
        expect(main.locator(".t-by-books").first).to_have_text("งบทดลอง")
        page.goto(f"{address}/{UPLOAD}")
        settle(page)
