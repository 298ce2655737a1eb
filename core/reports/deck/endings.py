"""The first slide of a deck, and those behind the last view: open questions and sources."""

from collections.abc import Iterator, Sequence
from typing import Final

from core.reports.deck.fitting import Frame
from core.reports.deck.look import ACCENT, ACROSS, INK, MARGIN, PAGE, QUIET
from core.reports.deck.page import Heading, begin, moment, ribbon
from core.reports.deck.sheet import Sheet
from core.reports.deck.writing import Look
from core.reports.slide import Report
from core.text import Text, say

_LEFT: Final = MARGIN + 28
_APART: Final = 10.0
_LONGEST: Final = 6
"""Lines of one question or source."""


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
    sheet.placeholder('type="ctrTitle"', "Title", frame, [sheet.paragraph(title.text, look)])
    y = frame.bottom + 20
    for name, text, ink in (("Place", place, ACCENT), ("Period", period, INK)):
        box = Frame(_LEFT, y, across, text.height + 2)
        sheet.text(name, box, [sheet.paragraph(text.text, Look(text.size, ink=ink))])
        y = box.bottom + 6
    stamp = sheet.read(say("As of {moment}", moment=moment(report.as_of)))
    box = Frame(_LEFT, PAGE.height - 62, across, 26)
    sheet.text("Moment", box, [sheet.paragraph(stamp, Look(16, ink=QUIET))])


def question_pages(sheet: Sheet, questions: Sequence[str]) -> list[list[str]]:
    """Open questions, numbered, over as many slides as they take."""
    numbered = (
        f"{place}. {text}" for place, text in enumerate(filter(None, map(sheet.read, questions)), 1)
    )
    return list(_pages(sheet, numbered, 20.0))


def source_pages(sheet: Sheet, report: Report) -> list[list[str]]:
    """Every source of the deck once, over as many slides as they take."""
    named = dict.fromkeys(sheet.read(source) for slide in report.slides for source in slide.sources)
    return list(_pages(sheet, filter(None, named), 14.0))


def put_list(
    sheet: Sheet, report: Report, title: Text, rows: Sequence[str], part: tuple[int, int]
) -> None:
    """A slide of sentences one below the other."""
    heading = Heading(title, report.place, report.period, *part)
    frame = begin(sheet, report, heading)
    size = 20.0 if title == questions_title() else 14.0
    written = []
    for row in rows:
        text = sheet.fitted(row, (frame.width, _LONGEST), (size,))
        written.append(sheet.paragraph(text.text, Look(size), before=_APART if written else 0))
    sheet.text("Lines", frame, written)


def questions_title() -> Text:
    """What the slide of questions is called."""
    return say("Open questions")


def _pages(sheet: Sheet, rows: Iterator[str], size: float) -> Iterator[list[str]]:
    page: list[str] = []
    left = 0.0
    for row in rows:
        high = sheet.fitted(row, (ACROSS, _LONGEST), (size,)).height + _APART
        if high > left:
            if page:
                yield page
            page, left = [], 340.0
        page.append(row)
        left -= high
    if page:
        yield page
