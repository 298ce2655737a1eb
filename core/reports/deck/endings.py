"""The first slide of a deck, and those behind the last view: open questions and sources."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from core.periods import moment_text
from core.reports.deck.fitting import Frame
from core.reports.deck.look import ACCENT, ACROSS, INK, MARGIN, PAGE, QUIET
from core.reports.deck.page import Heading, begin, ribbon
from core.reports.deck.sheet import Sheet
from core.reports.deck.writing import Look
from core.reports.slide import Report
from core.text import Text, say

_LEFT: Final = MARGIN + 28
_APART: Final = 10.0
_LONGEST: Final = 6
"""Lines of one question or source."""
_HEIGHT: Final = 340.0
"""What there is for lines below a short title."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Sentences one below the other, on as many slides as they take."""

    title: Text
    size: float
    pages: tuple[tuple[str, ...], ...]


def put_cover(sheet: Sheet, report: Report) -> None:
    """The meeting, its place, its period, and the moment of the figures."""
    sheet.box("Band", Frame(0, 0, 16, PAGE.height), ACCENT)
    if report.is_demonstration:
        ribbon(sheet)
    across = ACROSS - _LEFT + MARGIN
    title = sheet.fitted(report.title, (across, 3), (44.0, 40.0, 36.0, 32.0, 28.0), bold=True)
    place = sheet.fitted(report.place, (across, 2), (30.0, 26.0, 22.0))
    period = sheet.fitted(report.period, (across, 2), (22.0, 20.0, 18.0))
    y = 176.0 - (title.lines - 1) * 22
    frame = Frame(_LEFT, y, across, title.height + 2)
    look = Look(title.size, bold=True)
    sheet.placeholder('type="ctrTitle"', "Title", frame, [sheet.paragraph(title.broken, look)])
    y = frame.bottom + 20
    for name, text, ink in (("Place", place, ACCENT), ("Period", period, INK)):
        box = Frame(_LEFT, y, across, text.height + 2)
        sheet.text(name, box, [sheet.paragraph(text.broken, Look(text.size, ink=ink))])
        y = box.bottom + 6
    stamp = sheet.read(say("As of {moment}", moment=moment_text(report.as_of)))
    box = Frame(_LEFT, PAGE.height - 62, across, 26)
    sheet.text("Moment", box, [sheet.paragraph(stamp, Look(16, ink=QUIET))])


def questions(sheet: Sheet, report: Report) -> Listing:
    """Open questions as they were typed, numbered."""
    known = filter(None, map(sheet.read, report.questions))
    rows = (f"{place}. {text}" for place, text in enumerate(known, start=1))
    return Listing(say("Open questions"), 20.0, tuple(_pages(sheet, rows, 20.0)))


def sources(sheet: Sheet, report: Report) -> Listing:
    """Every source of the deck, once."""
    sources_ = dict.fromkeys(
        sheet.read(source) for slide in report.slides for source in slide.sources
    )
    return Listing(say("Sources"), 14.0, tuple(_pages(sheet, filter(None, sources_), 14.0)))


def put_list(sheet: Sheet, report: Report, shown: Listing, part: int) -> None:
    """A slide of sentences one below the other; `part` counts from 1."""
    heading = Heading(shown.title, (report.place, report.period), part, len(shown.pages))
    frame = begin(sheet, report, heading)
    look = Look(shown.size)
    written: list[str] = []
    for row in shown.pages[part - 1]:
        text = sheet.short(row, frame.width, look.size, lines=_LONGEST)
        written.append(sheet.paragraph(text.broken, look, before=_APART if written else 0.0))
    sheet.text("Lines", frame, written)


def _pages(sheet: Sheet, rows: Iterable[str], size: float) -> Iterator[tuple[str, ...]]:
    page: list[str] = []
    left = _HEIGHT
    for row in rows:
        high = sheet.short(row, ACROSS, size, lines=_LONGEST).height + _APART
        if page and high > left:
            yield tuple(page)
            page, left = [], _HEIGHT
        page.append(row)
        left -= high
    if page:
        yield tuple(page)
