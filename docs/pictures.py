"""The pictures of the README: two pages of the demonstration in a real browser; `make pictures`."""

import shutil
import tempfile
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page, expect, sync_playwright

from bench.browser import ROOT, running
from core.demo.loading import load
from core.store.engine.migrate import open_database
from core.store.engine.unit_of_work import close_engines

DOCS: Final = Path(__file__).resolve().parent
SIZE: Final = {"width": 1280, "height": 720}
STILL: Final = "[data-testid='stApp'][data-test-script-state='notRunning'] h1"
HOSPITALS: Final = "[data-testid='stMain'] a[href*='facility?']"
"""Links of the page of one hospital while none is chosen: those at the highest levels."""


def show(page: Page, address: str) -> None:
    """Open a page and wait until it stands."""
    page.goto(address)
    expect(page.locator(STILL).first).to_be_visible(timeout=60_000)
    expect(page.locator("[data-testid='stSkeleton']")).to_have_count(0, timeout=60_000)
    page.evaluate("document.fonts.ready")
    page.wait_for_load_state("networkidle")


def take(browser: Browser, address: str) -> None:
    """Picture the first screenful of both pages, in Thai and in light colours."""
    page = browser.new_page(viewport=SIZE, color_scheme="light", locale="th-TH")
    show(page, address)
    expect(page.locator("[data-testid='stMain'] [role='button'][data-code]")).to_have_count(77)
    page.screenshot(path=DOCS / "overview.png", animations="disabled")
    show(page, f"{address}/facility")
    worst = page.locator(HOSPITALS).first.get_attribute("href")
    show(page, f"{address}/{worst}")
    page.screenshot(path=DOCS / "facility.png", animations="disabled")


def main() -> None:
    """Load the demonstration into a folder of its own, start the app, picture the pages."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        load(open_database(f"sqlite:///{folder}/var/demo.db", "demo"))
        close_engines()
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        with running(ROOT, Path(folder)) as app:
            take(browser, app.address)
        browser.close()


if __name__ == "__main__":
    main()
