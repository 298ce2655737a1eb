"""Tabs of the browser that are used again: a new one takes four times as long as what it shows.

There are two ways to a page, and neither meets what a test before it left:

- A tab to *act* in loads every address anew: a new document, and so a new session of the app. Its
  storage, the history, the pointer and what was put between it and the server are put back before.
- A tab to *look* at goes on within the running app, as a reader does who follows a link: a fifth of
  the work. Keys, pointer and storage of its own are forbidden there, so all that the app can
  remember is which addresses were looked at; `looked_at_only` fails the test that did more.
"""

from collections.abc import Callable
from typing import Final, Literal
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page

Scheme = Literal["light", "dark"]

SIZES: Final = {"desk": (1280, 720), "telephone": (390, 844)}

# Of the same origin, and without a script.
BARE = "/_stcore/health"
FORGET = "localStorage.clear(); sessionStorage.clear(); window.name = ''"
# Which hand was laid on a page that is only looked at.
WATCH_HANDS = """
for (const kind of ["keydown", "pointerdown", "wheel", "beforeinput", "drop"]) {
  addEventListener(kind, (event) => { if (event.isTrusted) window.touched ??= kind; }, true);
}"""
# What the app keeps for whoever only reads: how far down each page was read, and "as the system".
THEIRS = r"/^(t-tops|stActiveTheme-.*)$/"
LEFT_BEHIND = f"""() => [
  window.touched,
  ...Object.keys({{ ...localStorage, ...sessionStorage }}).filter((key) => !{THEIRS}.test(key)),
].filter(Boolean)"""
# Follow a link as the app's own are; whether the app has run because of it. What it shows while it
# runs may come and go within one picture: the number of the run is asked for where React holds it.
FOLLOW = """address => new Promise((done) => {
  const root = document.getElementById("root");
  const key = Object.keys(root).find((name) => name.startsWith("__reactContainer$"));
  const run = (part = root[key]?.stateNode.current) => {
    for (; part; part = part.sibling) {
      const held = part.memoizedProps?.value;
      const found = held?.scriptRunId ? held : run(part.child);
      if (found) return found;
    }
  };
  const before = run()?.scriptRunId;
  const look = (more) => {
    const { scriptRunId, scriptRunState } = run() ?? {};
    if (scriptRunId !== before && scriptRunState === "notRunning") done(true);
    else if (more && before) setTimeout(look, 10, more - 1);
    else done(false);
  };
  const link = Object.assign(document.createElement("a"), { className: "t-link", href: address });
  document.body.append(link);
  link.click();
  link.remove();
  look(3000);
})"""


class Tabs:
    """The tabs of one window: `begun` hears of each new one, `settle` waits until a page stands."""

    def __init__(
        self, window: BrowserContext, begun: Callable[[Page], None], settle: Callable[[Page], None]
    ) -> None:
        self.loaded_to_look = 0
        """How many documents had to be loaded since `rest` where a link would not do."""
        self._window = window
        self._begun = begun
        self._settle = settle
        self._idle: list[Page] = []
        self._acted_in: dict[Page, str] = {}
        self._looked_at: dict[tuple[str, str, Scheme], Page] = {}
        self._read: set[tuple[str, str, Scheme]] = set()

    def act(self, url: str, size: str = "desk", scheme: Scheme = "light") -> Page:
        """A tab for whatever a test does, its address loaded anew."""
        page = self.empty(_origin(url), size, scheme)
        self._load(page, url)
        return page

    def empty(self, origin: str, size: str = "desk", scheme: Scheme = "light") -> Page:
        """The same before anything is loaded in it."""
        page = self._idle.pop() if self._idle else self._new()
        self._acted_in[page] = origin
        _show(page, size, scheme)
        return page

    def look(self, url: str, size: str = "desk", scheme: Scheme = "light") -> Page:
        """A tab for reading alone, brought to its address within the running app."""
        kind = _origin(url), size, scheme
        # What a test before did to the page itself goes with it; the same page would stay.
        was_read = kind in self._read
        self._read.add(kind)
        if kind not in self._looked_at:
            self._looked_at[kind] = self._new()
            self._looked_at[kind].add_init_script(WATCH_HANDS)
        page = self._looked_at[kind]
        _show(page, size, scheme)
        stays = (_path(page.url) == _path(url)) if not was_read else page.url == url
        if page.url.startswith(kind[0]) and not stays and page.evaluate(FOLLOW, url):
            self._settle(page)
        else:
            self.loaded_to_look += 1
            self._load(page, url)
        return page

    def begin(self, address: str) -> None:
        """Before a test: what looks at another app is closed, which may have stopped since."""
        for kind in [kind for kind in self._looked_at if kind[0] != _origin(address)]:
            self._looked_at.pop(kind).close()

    def rest(self) -> None:
        """After a test: no document of it is left running, nor anything of it in a tab."""
        self.loaded_to_look = 0
        self._read.clear()
        self._idle += [page for page, origin in self._acted_in.items() if _wipe(page, origin)]
        self._acted_in.clear()
        for page in set(self._window.pages) - {*self._idle, *self._looked_at.values()}:
            page.close()
        self._window.clear_cookies()
        self._window.clear_permissions()
        self._assert_looked_at_only()

    def _assert_looked_at_only(self) -> None:
        """Fail, and give those tabs up, where a page to look at was acted in."""
        faults = []
        for kind, page in list(self._looked_at.items()):
            if left := ["closed"] if page.is_closed() else page.evaluate(LEFT_BEHIND):
                faults += left
                del self._looked_at[kind]
                # What is stored is common to all tabs.
                _wipe(page, kind[0])
                page.close()
        assert not faults, f"acted on a page to look at, {faults}: open it with `visit`"

    def _new(self) -> Page:
        page = self._window.new_page()
        self._begun(page)
        return page

    def _load(self, page: Page, url: str) -> None:
        page.goto(url)
        # Back must not lead into what was open before.
        driver = self._window.new_cdp_session(page)
        driver.send("Page.resetNavigationHistory")
        driver.detach()
        self._settle(page)


def _show(page: Page, size: str, scheme: Scheme) -> None:
    width, height = SIZES[size]
    page.bring_to_front()
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme, media="null")


def _wipe(page: Page, origin: str) -> bool:
    """Make a tab what a new one is; whether it is still there."""
    if page.is_closed():
        return False
    page.unroute_all(behavior="ignoreErrors")
    page.goto(origin + BARE)
    page.evaluate(FORGET)
    page.mouse.move(0, 0)
    return True


def _path(url: str) -> str:
    return urlsplit(url).path


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
