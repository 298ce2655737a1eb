"""A running app, a browser, and a guard that watches whom the browser asks."""

import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect

from tests.country import small_store
from tests.e2e.alone import WANTED
from tests.e2e.tabs import Scheme, Tabs
from tests.paths import ROOT
from tests.waiting import wait_until

NOT_RUNNING = "[data-testid='stApp'][data-test-script-state='notRunning']"

# Each takes a second of the processor, and there are hundreds of tests.
MOST_DOCUMENTS = 4
CHEAPER = "read pages with `look`, go on by links, or leave it to a test without a browser"

Visit = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


class App(NamedTuple):
    """A process of the app, and where it answers."""

    address: str
    process: subprocess.Popen[bytes]


@contextmanager
def running_app(home: Path, root: Path = ROOT) -> Iterator[str]:
    """The app as `make run` starts it, on a free port; its address. Its stores are at home."""
    with app_process(home, root) as app:
        yield app.address


@contextmanager
def app_process(home: Path, root: Path = ROOT, **settings: str) -> Iterator[App]:
    """The same with variables of the environment, and its process, for what may happen to it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    options = ["--server.headless=true", f"--server.port={port}"]
    own = {"HOME": str(home), "TRUAT_VAR_FOLDER": str(home / "var"), **alone_at(home)}
    with (home / "app.log").open("wb") as log:
        app = subprocess.Popen(
            [*command, *options],
            cwd=root,
            env={**os.environ, **own, **settings},
            stdout=log,
            stderr=subprocess.STDOUT,
            # So that it can be ended with all it began.
            start_new_session=True,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_until_healthy(app, address, home / "app.log")
            yield App(address, app)
        finally:
            app.terminate()
            app.wait(timeout=20)
    wanted = home / "wanted.txt"
    assert not wanted.exists(), f"the app wanted others:\n{wanted.read_text(encoding='utf-8')}"


def alone_at(home: Path) -> dict[str, str]:
    """The environment of a process that reaches nobody beyond this machine."""
    folder = home / "alone"
    folder.mkdir(exist_ok=True)
    shutil.copy(Path(__file__).parent / "alone.py", folder / "sitecustomize.py")
    return {"PYTHONPATH": str(folder), WANTED: str(home / "wanted.txt")}


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
        self.documents = 0

    def watch(self, page: Page) -> None:
        """Hear of one page, and of those that it opens, as long as they are there."""
        listen(page, lambda: self)

    def hear_request(self, request: Request) -> None:
        self.ask(request.url)
        # A frame that is not there yet is that of a new tab.
        if request.is_navigation_request() and request.frame.parent_frame is None:
            self.documents += 1

    def ask(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob", "about"):
            self.asked.add(parts.netloc)

    def hear(self, message: ConsoleMessage) -> None:
        # A page asked for below /criteria first looks for its server there; it is told 404.
        if message.type == "error" and "404" not in message.text:
            self.complaints.append(message.text)

    @property
    def strangers(self) -> set[str]:
        return self.asked - {self.own}

    def assert_content(self) -> None:
        assert not self.strangers, f"asked other hosts: {sorted(self.strangers)}"
        assert not self.complaints, self.complaints


def listen(page: Page, guard: Callable[[], Guard]) -> None:
    """Let whoever is the guard by then hear what a page asks for and complains about."""
    page.on("request", lambda request: guard().hear_request(request))
    page.on("websocket", lambda socket: guard().ask(socket.url))
    page.on("console", lambda message: guard().hear(message))
    page.on("pageerror", lambda error: guard().complaints.append(str(error)))
    page.on("popup", lambda popup: listen(popup, guard))


class Watched(NamedTuple):
    """Tabs that are kept from test to test, and the guard of the test that uses them."""

    tabs: Tabs
    guards: list[Guard]


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[BrowserContext]:
    """One window of the browser for all pages: a new one would load and translate the scripts of
    Streamlit anew, which takes three times as long as a page."""
    context = browser.new_context(has_touch=False)
    context.set_default_timeout(60_000)
    yield context
    context.close()


@pytest.fixture(scope="session")
def watched(window: BrowserContext) -> Watched:
    """The tabs of all tests of this worker, whoever is on guard."""
    guards: list[Guard] = []
    return Watched(Tabs(window, lambda page: listen(page, lambda: guards[-1]), settle), guards)


@pytest.fixture
def guard(address: str) -> Guard:
    """Fails the test when the browser asked any host but ours, or a script was refused."""
    return Guard(address)


@pytest.fixture
def tabs(
    address: str, guard: Guard, watched: Watched, request: pytest.FixtureRequest
) -> Iterator[Tabs]:
    """Tabs in which nothing is left of another test, and a guard beside them."""
    watched.tabs.begin(address)
    watched.guards.append(guard)
    yield watched.tabs
    own = guard.documents - watched.tabs.loaded_to_look
    allowed = request.node.get_closest_marker("documents")
    most = allowed.args[0] if allowed else MOST_DOCUMENTS
    # What is heard while the tabs are emptied is nobody's fault.
    watched.guards.append(Guard(guard.own))
    watched.tabs.rest()
    guard.assert_content()
    assert own <= most, f"loaded {own} documents, {most} are allowed: {CHEAPER}"


@pytest.fixture
def visit(address: str, tabs: Tabs) -> Visit:
    """Open a page to act on it: `visit("criteria", size="telephone")`. Nobody else sees its state.

    It costs five times what `look` does.
    """

    def open_page(path: str = "", *, size: str = "desk", scheme: Scheme = "light") -> Page:
        return tabs.act(f"{address}/{path}", size, scheme)

    return open_page


@pytest.fixture
def look(address: str, tabs: Tabs) -> Visit:
    """Open a page to read it, without a key or the pointer: `look("criteria", scheme="dark")`.

    What was looked at before in the same size and scheme is gone: both are one tab.
    """

    def show(path: str = "", *, size: str = "desk", scheme: Scheme = "light") -> Page:
        return tabs.look(f"{address}/{path}", size, scheme)

    return show


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
