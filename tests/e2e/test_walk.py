"""One walk over every page at both sizes: nothing fails, nothing jumps, nothing is too wide."""

import pytest
from playwright.sync_api import Page, Request, Response, expect

from components.frame.navigation import addresses
from tests.e2e.conftest import settle
from tests.e2e.tabs import BARE, SIZES, Tabs

HOSPITAL = "facility?area=11202"
WALK = (
    *(path for path in addresses() if path != "facility"),
    "facility",
    HOSPITAL,
    f"{HOSPITAL}&why=crisis.level.liquidity.cash_ratio",
    f"{HOSPITAL}&why=tps.score",
    "?area=P61&present=1",
    f"{HOSPITAL}&present=1",
    "meeting?present=1",
)
MOST_SHIFTED = 0.1
"""What Google's web vitals call good."""
SHIFTS = """() => new Promise((done) => {
  const found = [];
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) {
      if (one.hadRecentInput) continue;
      const [worst] = [...one.sources].sort((a, b) => area(b) - area(a));
      found.push([one.value, worst?.node?.className ?? worst?.node?.nodeName ?? ""]);
    }
  }).observe({ type: "layout-shift", buffered: true });
  const area = ({ currentRect: one }) => one.width * one.height;
  requestAnimationFrame(() => setTimeout(() => done(found), 100));
})"""
TOO_WIDE = """() => {
  const wide = document.documentElement.clientWidth;
  const main = document.querySelector("[data-testid='stMain']");
  return document.documentElement.scrollWidth > wide || main.scrollWidth > main.clientWidth + 1;
}"""


class Watched:
    """What went wrong while a page was opened."""

    def __init__(self) -> None:
        self.wrong: list[str] = []

    def watch(self, page: Page) -> None:
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)
        page.on("console", lambda one: self._say(one.text) if one.type == "error" else None)
        page.on("pageerror", lambda error: self._say(str(error)))

    def _failed(self, request: Request) -> None:
        self._say(f"{request.failure} {request.url}")

    def _answered(self, response: Response) -> None:
        if not response.ok and response.status not in (101, 304):
            self._say(f"{response.status} {response.url}")

    def _say(self, what: str) -> None:
        self.wrong.append(what)


# Whether a page that is loaded stands still is seen by nothing else; the bare ones are nearly free.
@pytest.mark.documents(2 * len(WALK))
@pytest.mark.parametrize("size", SIZES)
def test_every_page_opens_without_fault(tabs: Tabs, address: str, size: str) -> None:
    page, watched = tabs.empty(address, size), Watched()
    watched.watch(page)
    found = {}
    for path in WALK:
        # What the page before still asked for ends with it.
        page.goto(address + BARE)
        watched.wrong.clear()
        page.goto(f"{address}/{path}")
        settle(page)
        expect(page.locator("html.t-coming")).to_have_count(0)
        if faults := [*page_faults(page), *watched.wrong]:
            found[path] = faults
    assert not found


def page_faults(page: Page) -> list[str]:
    shifts = page.evaluate(SHIFTS)
    faults = []
    if (moved := sum(value for value, _what in shifts)) > MOST_SHIFTED:
        faults.append(f"moved {moved:.2f}: {sorted(shifts, reverse=True)[:2]}")
    if page.evaluate(TOO_WIDE):
        faults.append("wider than its screen")
    return faults
