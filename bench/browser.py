"""The overview in a real browser against an empty page: what a first view and a filter change cost.

The empty page is a bare Streamlit app with one filter and nothing else, its collector frozen like
ours. Both are opened in the same browser. The server's processor time is read from the system, all
threads of it, and the least of several rounds counts; bytes are what the browser received,
compressed where they came so, messages of the open connection whole. The demonstration's country is
loaded. `python -m bench.browser` prints the ratios (on Linux) and fails above a limit.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect, sync_playwright

from bench.watched.servers import EMPTY, ROOT, Server, running
from core.demo.loading import load
from core.store.engine.migrate import open_database
from core.store.engine.unit_of_work import close_engines
from tests.chromium import chromium

WORK_LIMIT = 3.0
VIEW_LIMIT, CHANGE_LIMIT = 1_500_000, 300_000
CHANGES, ROUNDS = 24, 3
FILTERS = {"": "Filter", "area": "Area", "indicator": "Indicator", "month": "Month"}
"""What is changed, by the names of the lists on the page; the first on the empty one."""
QUIET = 0.25
"""Seconds without a byte after which a change has arrived."""


@dataclass
class Traffic:
    """Bytes a page received."""

    page: Page
    received: int = 0
    last: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        watch = self.page.context.new_cdp_session(self.page)
        watch.send("Network.enable")
        watch.on("Network.dataReceived", lambda told: self._add(told["encodedDataLength"]))
        watch.on("Network.responseReceived", lambda told: self._add(_head(told)))
        watch.on("Network.webSocketFrameReceived", lambda told: self._add(_frame(told)))

    def _add(self, count: float) -> None:
        self.received += int(count)
        self.last = time.monotonic()

    def settle(self) -> None:
        """Wait until nothing has come for a while."""
        while time.monotonic() - self.last < QUIET:
            self.page.wait_for_timeout(50)


def _head(told: dict[str, Any]) -> int:
    return max(0, int(told["response"]["encodedDataLength"]))


def _frame(told: dict[str, Any]) -> int:
    """Binary messages are told in base64."""
    content = told["response"]["payloadData"]
    return len(content) if told["response"]["opcode"] == 1 else len(content) * 3 // 4


@dataclass(frozen=True)
class Cost:
    """What one view or change cost: milliseconds of the server, bytes received."""

    work: float
    bytes: float


@contextmanager
def opened(browser: Browser, server: Server) -> Iterator[tuple[Page, Traffic]]:
    """The first page in a window of its own, nothing of it kept from before."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    traffic = Traffic(page)
    page.goto(f"{server.address}/?lang=en")
    expect(page.locator("h1").first).to_be_visible(timeout=30_000)
    traffic.settle()
    yield page, traffic
    context.close()


def first_view(browser: Browser, server: Server) -> float:
    """Bytes of a first view."""
    with opened(browser, server) as (_, traffic):
        return traffic.received


def changes(browser: Browser, server: Server, label: str) -> Cost:
    """Choosing one option after another; the mean of all."""
    with opened(browser, server) as (page, traffic):
        begun, received = server.worked(), traffic.received
        for number in range(CHANGES):
            _choose(page, traffic, label, 1 + number % 2)
        return Cost((server.worked() - begun) / CHANGES, (traffic.received - received) / CHANGES)


def _choose(page: Page, traffic: Traffic, label: str, option: int) -> None:
    before = traffic.received
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option").nth(option).click()
    deadline = time.monotonic() + 30
    while traffic.received == before and time.monotonic() < deadline:
        page.wait_for_timeout(20)
    traffic.settle()


def main() -> int:
    """Print every figure beside its limit; 1 when one is above it."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        empty, ours = Path(folder) / "empty", Path(folder) / "ours"
        for home in (empty, ours):
            home.mkdir()
        (empty / "app.py").write_text(EMPTY, encoding="utf-8")
        load(open_database(f"sqlite:///{ours}/var/demo.db", "demo"))
        close_engines()
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        with running(empty, empty) as bare, running(ROOT, ours) as app:
            over = [*_views(browser, bare, app), *_changes(browser, bare, app)]
        browser.close()
    return int(any(over))


def _views(browser: Browser, bare: Server, app: Server) -> Iterator[bool]:
    below, found = first_view(browser, bare), first_view(browser, app)
    above = found - below
    print(
        f"first view: empty page {below / 1e6:.2f} MB, overview {found / 1e6:.2f} MB,"
        f" {above / 1e6:+.2f} MB (limit {VIEW_LIMIT / 1e6:+.1f})"
    )
    yield above > VIEW_LIMIT


def _changes(browser: Browser, bare: Server, app: Server) -> Iterator[bool]:
    found = [
        {name: changes(browser, app if name else bare, label) for name, label in FILTERS.items()}
        for _ in range(ROUNDS)
    ]
    least = {name: min((one[name] for one in found), key=lambda c: c.work) for name in FILTERS}
    below = least.pop("")
    print(f"a change on the empty page: {below.work:.1f} ms, {below.bytes / 1e3:.1f} kB")
    for name, cost in least.items():
        ratio = cost.work / below.work
        print(
            f"a change of the {name}: {cost.work:.1f} ms, {ratio:.1f} x (limit {WORK_LIMIT:g}),"
            f" {cost.bytes / 1e3:.1f} kB (limit {CHANGE_LIMIT / 1e3:.0f})"
        )
        yield ratio > WORK_LIMIT
        yield cost.bytes > CHANGE_LIMIT


if __name__ == "__main__":
    sys.exit(main())
