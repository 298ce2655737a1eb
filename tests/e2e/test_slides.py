"""Slides of every kind as a room sees them: large enough, whole, and legible after compression."""

import io
import re
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image, ImageOps
from playwright.sync_api import Page
from rapidfuzz.distance import Levenshtein

from core.reports.slide import Line, Slide
from core.text import LANGUAGES, Language, Text, fold
from tests.e2e.slide_pages import open_slide
from tests.e2e.tabs import Tabs
from tests.slides import FIGURES, LONG_TITLE, SLIDES, slide

SMALLEST = 20
TITLE = 32
LEGIBLE = 0.95
# Every text with the size it has on the screen: that of a drawing is scaled with it.
SIZES = """() => [...document.querySelectorAll(".t-stage *")]
  .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .filter((one) => one.checkVisibility())
  .map((one) => {
    const scale = one.ownerSVGElement ? one.getScreenCTM().a : 1;
    return [one.textContent, parseFloat(getComputedStyle(one).fontSize) * scale];
  })"""
# What runs out of the screen, or out of the part of the slide it belongs to.
OUTSIDE = """() => {
  const out = [];
  const inside = (box, room) => box.left >= room.left - 1 && box.top >= room.top - 1
    && box.right <= room.right + 1 && box.bottom <= room.bottom + 1;
  const screen = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
  const parts = ".t-slide > *, .t-slide li, .t-slide p, .t-slide svg";
  for (const one of document.querySelectorAll(parts)) {
    if (!inside(one.getBoundingClientRect(), screen)) out.push(["screen", one.textContent]);
  }
  for (const one of document.querySelectorAll(".t-slide svg text")) {
    const room = one.ownerSVGElement.getBoundingClientRect();
    const { left, right, top, bottom } = one.getBoundingClientRect();
    // Thai marks reach above the line, where nothing is.
    if (!inside({ left, right, top: top + 8, bottom: bottom - 8 }, room)) {
      out.push(["figure", one.textContent]);
    }
  }
  const body = document.querySelector(".t-slide-body").getBoundingClientRect();
  for (const one of document.querySelectorAll(".t-slide-body > *")) {
    if (one.getBoundingClientRect().bottom > body.bottom + 1) out.push(["body", one.className]);
    if (one.scrollHeight > body.height + 1) out.push(["lines", one.className]);
  }
  return out;
}"""
SCROLLS = """() => [...document.querySelectorAll("html, body, .t-stage, .t-slide")]
  .filter((one) => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
  .map((one) => one.className || one.tagName)"""
# Texts of a drawing whose boxes lie on one another, Thai marks left aside.
OVERLAPPING = """() => {
  const boxes = [...document.querySelectorAll(".t-slide svg tspan")].map((one) => {
    const { left, right, top, bottom } = one.getBoundingClientRect();
    const room = (bottom - top) * 0.3;
    const [text, from, to] = [one.textContent, left + 1, right - 1];
    return { text, left: from, right: to, top: top + room, bottom: bottom - room };
  });
  return boxes.flatMap((a, n) => boxes.slice(n + 1)
    .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
    .map((b) => [a.text, b.text]));
}"""
MOVING = """() => [...document.querySelectorAll(".t-stage, .t-stage *")].filter((one) => {
  const style = getComputedStyle(one);
  return style.transitionDuration !== "0s" || style.animationName !== "none";
}).length"""

each_language = pytest.mark.parametrize("language", LANGUAGES)
each_slide = pytest.mark.parametrize("kind", SLIDES)


@pytest.fixture
def page(tabs: Tabs, address: str) -> Page:
    return tabs.empty(address)


def assert_whole(page: Page) -> None:
    """Nothing is small, cut, scrolled, laid on something else, or moving."""
    sizes: list[tuple[str, float]] = page.evaluate(SIZES)
    assert len(sizes) > 3
    assert [one for one in sizes if one[1] < SMALLEST - 0.01] == []
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate(SCROLLS) == []
    assert page.evaluate(OVERLAPPING) == []
    assert page.evaluate(MOVING) == 0


@each_slide
@each_language
def test_a_slide_is_large_and_whole(
    page: Page, address: str, kind: str, language: Language
) -> None:
    open_slide(page, address, SLIDES[kind], language)
    assert_whole(page)
    title = page.locator("h1")
    size, lines = title.evaluate(
        """h1 => { const { fontSize, lineHeight } = getComputedStyle(h1);
            return [parseFloat(fontSize), h1.offsetHeight / parseFloat(lineHeight)] }"""
    )
    assert size >= TITLE
    assert round(lines) <= 3
    assert page.locator(".t-slide svg").count() <= 1
    assert page.locator(".t-slide-lines li").count() <= 5
    assert page.locator(".t-slide-demo").is_visible()


@each_slide
def test_a_slide_has_no_barrier(page: Page, address: str, kind: str) -> None:
    open_slide(page, address, SLIDES[kind], "th")
    judged = Axe().run(page, options={"resultTypes": ["violations"]})
    assert not judged.response["violations"], judged.generate_report()


def _long_lines() -> Slide:
    names = " · ".join(f"โรงพยาบาลสมเด็จพระยุพราชสว่างแดนดิน {n}" for n in range(9))
    line = Line("fail", Text("ไม่ผ่าน", "Fail"), Text(names, names))
    return replace(slide(FIGURES["bars"], title=LONG_TITLE), lines=(line,) * 5)


def test_what_has_no_room_is_counted_and_nothing_is_cut(page: Page, address: str) -> None:
    open_slide(page, address, _long_lines(), "th")
    assert_whole(page)
    shown = page.locator(".t-slide-lines li")
    assert re.search(r"และอีก \d", shown.last.inner_text())


def test_another_screen_shows_the_same_slide_larger(page: Page, address: str) -> None:
    open_slide(page, address, SLIDES["bars"], "th")
    before = page.locator("h1").bounding_box()
    page.set_viewport_size({"width": 1920, "height": 1080})
    after = page.locator("h1").bounding_box()
    assert before is not None
    assert after is not None
    assert after["height"] == pytest.approx(1.5 * before["height"], abs=2)
    assert page.evaluate(SCROLLS) == []


# After video compression: half the resolution, much of the detail gone, and larger again.


class Piece(NamedTuple):
    """A line of text and how it looks: dark on light, larger."""

    text: str
    image: Image.Image


# A figure is cut out without what is above and below its digits: the edge of its badge.
PIECES = """() => [...document.querySelectorAll("h1, figcaption, svg tspan")].map((one) => {
  const { left, top, right, bottom } = one.getBoundingClientRect();
  const [side, room] = /\\p{L}/u.test(one.textContent) ? [3, -2] : [0, (bottom - top) / 5.5];
  return [one.textContent, [left - side, top + room, right + side, bottom - room].map(Math.round),
    getComputedStyle(one).fill === "rgb(255, 255, 255)"];
})"""


def compressed(picture: bytes) -> Image.Image:
    """A picture of the screen as the others in the meeting see it."""
    screen = Image.open(io.BytesIO(picture)).convert("RGB")
    sent = io.BytesIO()
    screen.resize((640, 360), Image.Resampling.LANCZOS).save(sent, "JPEG", quality=30)
    return Image.open(sent).resize((1280, 720), Image.Resampling.BICUBIC)


def pieces(page: Page) -> list[Piece]:
    screen = compressed(page.screenshot())
    return [
        Piece(text, _readable(screen.crop(box), is_light=is_light))
        for text, box, is_light in page.evaluate(PIECES)
        if re.search(r"\w", text)
    ]


def _readable(crop: Image.Image, *, is_light: bool) -> Image.Image:
    """As a reader of scans wants it; a person's eye does the same."""
    grey = ImageOps.grayscale(crop)
    even = ImageOps.autocontrast(ImageOps.invert(grey) if is_light else grey, cutoff=2)
    return even.resize((3 * even.width, 3 * even.height), Image.Resampling.BICUBIC)


def montage(images: Sequence[Image.Image], *, across: bool) -> Image.Image:
    """Pieces on one sheet, beside or below one another."""
    along = [one.width if across else one.height for one in images]
    other = max(one.height if across else one.width for one in images)
    length = sum(along) + 30 * (len(images) + 2)
    sheet = Image.new("L", (length, other + 40) if across else (other + 40, length), 255)
    at = 45
    for one, size in zip(images, along, strict=True):
        sheet.paste(one, (at, 20) if across else (20, at))
        at += size + 30
    return sheet


def read(image: Image.Image, language: str, *more: str) -> str:
    data = io.BytesIO()
    image.save(data, "PNG")
    command = ["tesseract", "-", "-", "-l", language, "--psm", "6", *more]
    return subprocess.run(
        command, input=data.getvalue(), capture_output=True, check=True
    ).stdout.decode()


def bare(text: str) -> str:
    """Letters and digits; signs such as ✓ are in no language that is read."""
    return re.sub(r"[^0-9a-z\u0e00-\u0e7f]", "", fold(text))


def misread(shown: Sequence[Piece], language: Language) -> tuple[int, int]:
    """How many letters and digits are read wrongly, of how many."""
    words = [one for one in shown if re.search(r"[^\W\d_]", one.text)]
    latin = [one for one in words if re.search("[A-Za-z]", one.text)]
    thai = [one for one in words if one not in latin]
    numbers = [one for one in shown if one not in words]
    both = "tha+eng" if language == "th" else "eng"
    found = [
        (some, read(montage([one.image for one in some], across=False), script))
        for some, script in ((thai, "tha"), (latin, both))
        if some
    ]
    if numbers:
        rows = [numbers[at : at + 8] for at in range(0, len(numbers), 8)]
        drawn = [montage([one.image for one in row], across=True) for row in rows]
        only = "tessedit_char_whitelist=0123456789.,%"
        found.append((numbers, read(montage(drawn, across=False), "eng", "-c", only)))
    wrong, count = 0, 0
    for some, text in found:
        meant = bare("".join(one.text for one in some))
        wrong += Levenshtein.distance(meant, bare(text))
        count += len(meant)
    return wrong, count


@each_slide
def test_title_and_figure_are_read_after_compression(page: Page, address: str, kind: str) -> None:
    open_slide(page, address, SLIDES[kind], "th")
    wrong, count = misread(pieces(page), "th")
    assert count > 60
    assert 1 - wrong / count >= LEGIBLE, f"{wrong} of {count}"


def test_an_english_slide_is_read_after_compression(page: Page, address: str) -> None:
    open_slide(page, address, SLIDES["trend"], "en")
    wrong, count = misread(pieces(page), "en")
    assert 1 - wrong / count >= LEGIBLE, f"{wrong} of {count}"


def test_the_reader_misses_what_is_too_small(page: Page, address: str) -> None:
    open_slide(page, address, SLIDES["bars"], "th")
    page.locator(".t-stage").evaluate("stage => stage.style.setProperty('--p', '0.5px')")
    wrong, count = misread(pieces(page), "th")
    assert 1 - wrong / count < LEGIBLE
