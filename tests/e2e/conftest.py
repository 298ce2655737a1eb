"""A running app, a browser, and a guard that watches whom the browser asks."""

import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tests.country import small_store
from tests.paths import ROOT
from tests.waiting import wait_until

SIZES = {"desk": (1280, 720), "telephone": (390, 844)}
SCHEMES = ("light", "dark")
NOT_RUNNING = "[data-testid='stApp'][data-test-script-state='notRunning']"

Visit = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@contextmanager
def running_app(home: Path, root: Path = ROOT) -> Iterator[str]:
    """The app as `make run` starts it, on a free port; its address. Its stores are at home."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    options = ["--server.headless=true", f"--server.port={port}"]
    with (home / "app.log").open("wb") as log:
        app = subprocess.Popen(
            [*command, *options],
            cwd=root,
            env={**os.environ, "HOME": str(home), "TRUAT_VAR_FOLDER": str(home / "var")},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_until_healthy(app, address, home / "app.log")
            yield address
        finally:
            app.terminate()
            app.wait(timeout=20)


def _wait_until_healthy(app: subprocess.Popen[bytes], address: str, log: Path) -> None:
    def complaint() -> str:
        return f"The app did not start:\n{log.read_text(encoding='utf-8', errors='replace')}"

    def healthy() -> bool:
        assert app.poll() is None, complaint()
        with suppress(OSError), urllib.request.urlopen(f"{address}/_stcore/health", timeout=10):
            return True
        return False

    wait_until(healthy, or_else=complaint)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One app for all browser tests of this worker, a small country in its demonstration."""
    home = tmp_path_factory.mktemp("home")
    small_store(home / "var")
    with running_app(home) as address:
        yield address


class Guard:
    """Whom the browser asked, and what it complained about."""

    def __init__(self, address: str) -> None:
        self.own = urlsplit(address).netloc
        self.asked: set[str] = set()
        self.complaints: list[str] = []

    def watch(self, page: Page) -> None:
        page.on("request", lambda request: self._ask(request.url))
        page.on("websocket", lambda socket: self._ask(socket.url))
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("popup", self.watch)

    @property
    def strangers(self) -> set[str]:
        return self.asked - {self.own}

    def _ask(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob", "about"):
            self.asked.add(parts.netloc)

    def _hear(self, message: ConsoleMessage) -> None:
        # A page asked for below /criteria first looks for its server there; it is told 404.
        if message.type == "error" and "404" not in message.text:
            self.complaints.append(message.text)


@pytest.fixture
def guard(address: str) -> Iterator[Guard]:
    """Fails the test when the browser asked any host but ours, or a script was refused."""
    guard = Guard(address)
    yield guard
    assert guard.asked, "nothing was asked at all: the guard does not see the requests"
    assert not guard.strangers, f"asked other hosts: {sorted(guard.strangers)}"
    assert not guard.complaints, guard.complaints


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[BrowserContext]:
    """One window of the browser for all pages: a new one would load and translate the scripts of
    Streamlit anew, which takes three times as long as a page."""
    context = browser.new_context(has_touch=False)
    context.set_default_timeout(60_000)
    # A tab begins without what another kept: a menu put away, say.
    context.add_init_script(
        "try { if (!sessionStorage.begun) localStorage.clear(); sessionStorage.begun = 1 } catch {}"
    )
    yield context
    context.close()


@pytest.fixture
def visit(address: str, guard: Guard, window: BrowserContext) -> Iterator[Visit]:
    """Open a page of the app: `visit("criteria", size="telephone")`. Nobody else sees its state."""

    def open_page(path: str = "", *, size: str = "desk", scheme: str = "light") -> Page:
        page = window.new_page()
        guard.watch(page)
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(f"{address}/{path}")
        settle(page)
        return page

    yield open_page
    for page in window.pages:
        page.close()
    window.clear_cookies()


def settle(page: Page) -> None:
    """Wait until the page stands: its title is there, nothing runs, nothing is a placeholder."""
    expect(page.locator(f"{NOT_RUNNING} h1")).to_be_visible()
    expect(page.locator("[data-testid='stSkeleton']")).to_have_count(0)
    page.evaluate("document.fonts.ready")
    drawn(page)


def drawn(page: Page) -> None:
    """Wait until what changed is drawn: whoever watches sizes answers within the first frame."""
    frame = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    page.evaluate(frame)
