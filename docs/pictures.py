"""The pictures of the documents: the demonstration in a real browser; `make pictures`."""

import io
import tempfile
from pathlib import Path
from typing import Final, Literal

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from bench.browser import ROOT, running
from core.demo.loading import load
from core.store.engine.migrate import open_database
from core.store.engine.unit_of_work import close_engines
from tests.chromium import chromium

Scheme = Literal["light", "dark"]

DOCS: Final = Path(__file__).resolve().parent
SIZE: Final = {"width": 1280, "height": 720}
PICTURES: Final[dict[str, tuple[str, Scheme]]] = {
    "overview": ("", "light"),
    "province": ("?area=P61", "light"),
    "scorecard": ("scorecard", "light"),
    "crisis": ("crisis?area=P61", "light"),
    "facility": ("{worst}", "light"),
    "why": ("{worst}&why=crisis.level", "light"),
    "governance": ("governance?area=P61", "dark"),
    "compare": ("compare?area=P61", "light"),
    "theme": ("revenue", "dark"),
    "slide": ("?area=P61&present=1", "light"),
}
"""Files and the addresses they show; `worst` is that of a hospital at the highest level."""
STILL: Final = "[data-testid='stApp'][data-test-script-state='notRunning'] h1"
HOSPITALS: Final = "[data-testid='stMain'] a[href*='facility=']"
"""Links of the page of one hospital while none is chosen: those at the highest levels."""


def show(page: Page, address: str) -> None:
    """Open a page and wait until it stands."""
    page.goto(address)
    expect(page.locator(STILL).first).to_be_visible(timeout=60_000)
    expect(page.locator("[data-testid='stSkeleton']")).to_have_count(0, timeout=60_000)
    page.evaluate("document.fonts.ready")
    page.wait_for_load_state("networkidle")


def take(browser: Browser, address: str) -> None:
    """Picture the first screenful of every page, in Thai, most of them in light colours."""
    page = browser.new_page(viewport=SIZE, color_scheme="light", locale="th-TH")
    show(page, f"{address}/facility")
    worst = page.locator(HOSPITALS).first.get_attribute("href") or ""
    for name, (path, scheme) in PICTURES.items():
        page.emulate_media(color_scheme=scheme)
        show(page, f"{address}/{path.format(worst=worst.removeprefix('./'))}")
        keep(page.screenshot(animations="disabled"), DOCS / f"{name}.png")


def keep(picture: bytes, file: Path) -> None:
    """Write a picture in 256 colours, which a screen of ours has not many more of."""
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(256, dither=0).save(file, optimize=True)


def main() -> None:
    """Load the demonstration into a folder of its own, start the app, picture the pages."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        load(open_database(f"sqlite:///{folder}/var/demo.db", "demo"))
        close_engines()
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        with running(ROOT, Path(folder)) as app:
            take(browser, app.address)
        browser.close()


if __name__ == "__main__":
    main()
