"""What a page says, read as its reader does: the words of both languages, and barriers."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Names of things that are written in Latin letters in Thai as well.
LATIN_IN_THAI = {
    "english", "excel", "tps", "sproi", "xlsx", "xlsm", "xls", "csv", "kb", "mb", "enter",
}  # fmt: skip
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


def assert_no_barrier(page: Page) -> None:
    """Judge the whole page by the rules of accessibility, and that nothing scrolls sideways."""
    # The border of the menu leaves a fraction of a pixel.
    wider = "e => e.scrollWidth - e.clientWidth"
    assert page.locator("html").evaluate(wider) == 0
    main = page.locator("[data-testid='stMain']")
    assert main.evaluate(wider) <= 1
    # What lies below the fold is not judged, so the window is made as high as the page.
    size = page.viewport_size or {"width": 1280}
    height = main.evaluate("main => main.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": height})
    found = Axe().run(page)
    assert not found.response["violations"], found.generate_report()
