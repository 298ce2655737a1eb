"""What a page says, read as its reader does: the words of both languages, and barriers."""

import re
from collections.abc import Callable

from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from core.forms.model.form import forms
from tests.e2e.conftest import Visit, drawn, settle
from tests.e2e.tabs import SIZES

# Names of things that are written in Latin letters in Thai as well.
LATIN_IN_THAI = {
    "english", "excel", "tps", "sproi", "xlsx", "xlsm", "xls", "csv", "mdb", "zip", "kb", "mb",
    "enter", "uc", "json", "parquet", "rep", "stm",
}  # fmt: skip
LATIN_IN_THAI |= {
    word for one in forms().values() for word in re.findall("[a-z]{2,}", one.name.th.lower())
}
WORDS = """() => {
  const ours = (element) => !element.closest(
    "script, style, noscript, [translate='no'], [data-testid='stIconMaterial']");
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    if (ours(walker.currentNode.parentElement)) found.push(walker.currentNode.nodeValue);
  }
  for (const name of ["aria-label", "title", "placeholder", "alt"]) {
    const named = [...document.querySelectorAll(`[${name}]`)].filter(ours);
    found.push(...named.map((element) => element.getAttribute(name)));
  }
  return [...found, document.title];
}"""


def english_words(page: Page) -> set[str]:
    """Words in Latin letters that are no names and no quotation."""
    seen = " ".join(page.evaluate(WORDS)).lower()
    return set(re.findall("[a-z]{2,}", seen)) - LATIN_IN_THAI


def thai_texts(page: Page) -> set[str]:
    """Texts with Thai letters that are no quotation."""
    return {text for text in page.evaluate(WORDS) if re.search("[\u0e00-\u0e7f]", text)}


FITS = "e => e.scrollWidth - e.clientWidth <= 1"
# Rows, points and folded explanations that are built alike: a few of each build stand for all,
# for one function makes them, and a page of nine hundred would take the judge a minute. What is of
# another build (another mark, another class, something more in it) stays, wherever it is. They are
# taken out, for the judge looks at what is hidden as well, and put back, for the page goes on.
THIN = """alike => {
  const kind = (part) => part.tagName + "." + (part.getAttribute("class") ?? "");
  const build = (element) =>
    [...new Set([element, ...element.querySelectorAll("*")].map(kind))].sort().join();
  const met = new Map();
  const main = document.querySelector("[data-testid='stMain']");
  window.taken ??= [];
  for (const element of main.querySelectorAll("tbody, tbody > tr, li, details")) {
    if (!element.isConnected) continue;
    const builds = met.get(element.parentElement) ?? {};
    const key = build(element);
    builds[key] = (builds[key] ?? 0) + 1;
    met.set(element.parentElement, builds);
    if (builds[key] <= alike) continue;
    const place = document.createComment("");
    element.replaceWith(place);
    window.taken.push([place, element]);
  }
}"""
WHOLE = """() => {
  for (const [place, element] of window.taken.reverse()) place.replaceWith(element);
  window.taken = [];
}"""
ALIKE = 3
# The rules that look at colours; all others judge a dark page as they do a light one.
OF_COLOURS = ["color-contrast", "link-in-text-block"]


def resize(page: Page, size: str) -> None:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    drawn(page)


def assert_fits(page: Page) -> None:
    """Nothing scrolls sideways; the border of the menu leaves a fraction of a pixel."""
    for place in ("html", "[data-testid='stMain']"):
        page.wait_for_function(f"place => ({FITS})(document.querySelector(place))", arg=place)


def thin(page: Page) -> None:
    page.evaluate(THIN, ALIKE)


def violations(page: Page, rules: list[str] | None = None) -> AxeResults:
    """Judge all of the page, or a few of each build of its rows, by the rules of accessibility.

    The page is left as it was.
    """
    size = page.viewport_size or {"width": 1280, "height": 720}
    thin(page)
    # What lies below the fold is not judged, so the window is made as high as the page.
    height = page.locator("[data-testid='stMain']").evaluate("main => main.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": height})
    drawn(page)
    options = {"resultTypes": ["violations"], **({"runOnly": rules} if rules else {})}
    judged = Axe().run(page, options=options)
    page.evaluate(WHOLE)
    page.set_viewport_size(size)
    return judged


def assert_no_barrier(page: Page, rules: list[str] | None = None) -> None:
    """The page fits its window and has no barrier."""
    assert_fits(page)
    judged = violations(page, rules)
    assert not judged.response["violations"], judged.generate_report()


def assert_no_barrier_in_both_sizes(page: Page, rules: list[str] | None = None) -> None:
    """The same in the sizes of a desk and a telephone, in one tab."""
    for size in SIZES:
        resize(page, size)
        assert_no_barrier(page, rules)


def assert_no_barrier_anywhere(
    look: Visit, path: str, prepare: Callable[[Page], None] = settle
) -> None:
    """The same in light and, its colours, in dark, which has them alike in both sizes.

    `prepare` brings the page to what is to be judged.
    """
    for size in SIZES:
        page = look(path, size=size)
        prepare(page)
        assert_no_barrier(page)
    page = look(path, scheme="dark")
    prepare(page)
    assert_no_barrier(page, OF_COLOURS)
