"""Twenty people in twenty browser windows store at once; fifty viewers, and the memory of each.

`python -m bench.watched.crowd` prints what came out; the exit code is 1 where a file was not
stored, or where another viewer's click took three times as long as when nobody stores.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import Final

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.watched.servers import ROOT, Server, running
from bench.watched.viewers import StreamlitViewer
from core.services.importing.sent import sent_files
from core.services.importing.store_intake import store
from core.services.intake.examine import examine
from core.store.engine.migrate import open_database
from core.store.engine.settings import StoreSettings, choose
from core.store.engine.unit_of_work import close_engines
from core.store.register.row import FacilityRow
from tests.chromium import CHROMIUM_ARGS, chromium
from tests.core.services.sending import SOUND, register, row, table
from tests.core.store.filling import hospital

PEOPLE, VIEWERS, CLICKS, MOST_TIMES = 20, 50, 12, 3.0
_WAIT: Final = 120_000
_CODES: Final = [str(20001 + number) for number in range(PEOPLE)]
_MILLIONS: Final = {name: value * 1_000_000 for name, value in SOUND.items()}
_TIMED: Final = """label => {
  const named = (word) => [...document.querySelectorAll("button")]
    .find((one) => one.innerText.includes(word));
  const receipt = () => [...document.querySelectorAll("[data-testid='stMain'] p")]
    .some((one) => one.innerText.includes("SHA-256"));
  const began = performance.now();
  window.taken = undefined;
  // Not frame by frame: twenty windows that look would take the cores from the server.
  new MutationObserver((_, watch) => {
    if (!receipt()) return;
    window.taken = performance.now() - began;
    watch.disconnect();
  }).observe(document.body, { childList: true, subtree: true });
  named(label).click();
}"""


def filled(home: Path) -> None:
    """An own store with a register of twenty hospitals, each with its months of half a year."""
    settings = StoreSettings(var_folder=home / "var", database_url=None)
    choose("own", settings)
    engine = open_database(f"sqlite:///{home / 'var' / 'truat.db'}", "own")
    hospitals: list[FacilityRow] = [hospital(code) for code in _CODES]
    register(engine, *hospitals)
    data = table(*(row(code, _MILLIONS, month=month) for code in _CODES for month in range(1, 7)))
    store(engine, examine(data, "before.csv"), data, by="soak")
    close_engines()


def stored(home: Path) -> int:
    """How many files of the twenty are in the store."""
    engine = open_database(f"sqlite:///{home / 'var' / 'truat.db'}", "own")
    count = sum(one.upload.file_name != "before.csv" for one in sent_files(engine))
    close_engines()
    return count


def prepared(window: BrowserContext, address: str, code: str) -> Page:
    """A window in which one more press of a button stores a file."""
    page = window.new_page()
    page.set_default_timeout(_WAIT)
    page.goto(f"{address}/upload?lang=en")
    sent = {"name": f"{code}.csv", "mimeType": "text/csv",
            "buffer": table(row(code, _MILLIONS, month=7))}  # fmt: skip
    page.locator("input[type=file]").set_input_files(sent)
    field = page.get_by_label("Who stores it")
    field.fill(code)
    field.press("Enter")
    page.get_by_role("button", name="See what would change").click()
    page.get_by_role("button", name="Confirm and store").wait_for()
    return page


def receipt_after(page: Page) -> float:
    """Seconds until the receipt stood; looked for from here, since no page may run a text."""
    deadline = time.monotonic() + _WAIT / 1000
    while (taken := page.evaluate("window.taken")) is None:
        if time.monotonic() > deadline:
            raise SystemExit("a receipt never came")
        time.sleep(0.2)
    return float(taken) / 1000


def click(viewer: StreamlitViewer, number: int) -> float:
    """Seconds until another month stands on the overview."""
    began = time.perf_counter()
    viewer.change(f"period=2566-M{number % 6 + 1:02}")
    return time.perf_counter() - began


def crowd(browser: Browser, server: Server, home: Path) -> bool:
    """Twenty windows store in the same moment while another viewer goes on clicking."""
    with ExitStack() as stack:
        windows = [stack.enter_context(_window(browser)) for _ in range(PEOPLE)]
        pages = [
            prepared(window, server.address, code)
            for window, code in zip(windows, _CODES, strict=True)
        ]
        viewer = StreamlitViewer(server, "")
        click(viewer, 0)
        idle = median(click(viewer, number) for number in range(CLICKS))
        for page in pages:
            page.evaluate(_TIMED, "Confirm and store")
        meanwhile = [click(viewer, number) for number in range(CLICKS)]
        taken = sorted(receipt_after(page) for page in pages)
        viewer.leave()
    count, slower = stored(home), median(meanwhile) / idle
    print(f"{count} of {PEOPLE} windows that stored at once were stored")
    print(f"receipts after {median(taken):.1f} s in the middle, {taken[-1]:.1f} s at most")
    print(
        f"another viewer's click: {1000 * idle:.0f} ms idle, {1000 * median(meanwhile):.0f} ms"
        f" meanwhile ({slower:.1f} x), {1000 * max(meanwhile):.0f} ms at most"
    )
    return count == PEOPLE and slower < MOST_TIMES


@contextmanager
def _window(browser: Browser) -> Iterator[BrowserContext]:
    window = browser.new_context()
    try:
        yield window
    finally:
        window.close()


def memory(server: Server) -> float:
    """Megabytes the server holds in memory of its own."""
    status = Path(f"/proc/{server.process}/status").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def many_viewers(server: Server) -> None:
    """What fifty viewers, each with a page of their own, add to the memory of the server."""
    before = memory(server)
    viewers = [StreamlitViewer(server, "") for _ in range(VIEWERS)]
    for number, viewer in enumerate(viewers):
        click(viewer, number)
    with_all = memory(server)
    for viewer in viewers:
        viewer.leave()
    each = (with_all - before) / VIEWERS
    print(f"{VIEWERS} viewers: {before:.0f} MB before, {with_all:.0f} MB with all, {each:.2f} each")


def main() -> int:
    """Try all of it; 1 where it does not hold."""
    argparse.ArgumentParser(prog="python -m bench.watched.crowd").parse_args()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        home = Path(folder)
        filled(home)
        server = stack.enter_context(running(ROOT, home))
        server.rest()
        many_viewers(server)
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_ARGS)
        is_well = crowd(browser, server, home)
        browser.close()
    return int(not is_well)


if __name__ == "__main__":
    sys.exit(main())
