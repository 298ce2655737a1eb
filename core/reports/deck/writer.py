"""A report as a deck: one slide a view, its figure native and its figures in the notes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pptx.presentation import Presentation

from core.figures.district_shapes import Shape
from core.reports.deck import endings, lines
from core.reports.deck.figures import Drawn, drawn_as, in_pages, is_wide, put_figure
from core.reports.deck.fitting import Fitted, Frame
from core.reports.deck.fixed import saved
from core.reports.deck.look import ACROSS, GAP, MANNERS, PALE
from core.reports.deck.map.outlines import Outline, district_outlines
from core.reports.deck.notes import put_notes, remarks, write_notes
from core.reports.deck.page import Heading, begin, foot, room_below
from core.reports.deck.sheet import Sheet
from core.reports.deck.template import CONTENT, COVER, empty
from core.reports.deck.writing import Look
from core.reports.slide import Report, Slide
from core.text import Language, Text, say

_INSET: Final = 28.0
"""Around what is missing."""
_NO_SHAPES: Final[Mapping[str, Shape]] = {}


def deck(report: Report, language: Language, districts: Mapping[str, Shape] = _NO_SHAPES) -> bytes:
    """The report as a file of PowerPoint, the same bytes for the same report.

    `districts` are shapes by code, where borders were loaded; without them districts are a table.
    """
    made = empty()
    endings.put_cover(_sheet(made, language, COVER), report)
    known = district_outlines(districts)
    whole = [_put_slide(made, report, slide, language, known) for slide in report.slides]
    _put_lists(made, report, language, sources=not all(whole))
    title = f"{report.title.in_(language)} {report.place.in_(language)}"
    return saved(made, title, report.as_of, language)


def _sheet(made: Presentation, language: Language, layout: int) -> Sheet:
    """A new slide with nothing on it."""
    slide = made.slides.add_slide(made.slide_layouts[layout])
    for shape in list(slide.placeholders):
        slide.shapes.element.remove(shape.element)
    return Sheet(slide, language, len(made.slides))


def _put_slide(
    made: Presentation,
    report: Report,
    slide: Slide,
    language: Language,
    districts: Mapping[str, Outline],
) -> bool:
    """Write one view, on as many slides as it takes; returns whether its sources fit on them."""
    drawn = drawn_as(slide.figure, districts) if slide.figure and not slide.problem else None
    problem = slide.problem
    if drawn is None and slide.figure is not None and not problem:
        problem = say("There is no figure to show.")
    sheet = _sheet(made, language, CONTENT)
    notice = None if problem is None else _fitted(sheet, problem)
    high = room_below(sheet, slide.title) - (notice.height + 2 * _INSET + GAP if notice else 0.0)
    pages = _pages(sheet, slide, drawn, high)
    fits = True
    for place, page in enumerate(pages, start=1):
        sheet = sheet if place == 1 else _sheet(made, language, CONTENT)
        heading = Heading(slide.title, slide.where, place, len(pages))
        frame = begin(sheet, report, heading)
        if notice is not None and place == 1:
            frame = frame.below(_put_problem(sheet, frame, notice) + GAP)
        _put_contents(sheet, frame, page)
        fits = foot(sheet, slide.target, slide.sources) and fits
        put_notes(sheet, slide)
    return fits


@dataclass(frozen=True, slots=True)
class _Page:
    """What stands on one slide of a view: lines as they are laid out, what is drawn, or both.

    `is_above`: the lines are above what is drawn, not beside it.
    """

    plan: lines.Plan | None
    drawn: Drawn | None
    is_above: bool = False


def _pages(sheet: Sheet, slide: Slide, drawn: Drawn | None, high: float) -> list[_Page]:
    """The slides of a view in a height; lines that leave a figure no room come before it."""
    left, is_above = slide.lines, drawn is not None and is_wide(sheet, drawn)
    plan = None
    if left and drawn is not None:
        plan = lines.above(sheet, left) if is_above else lines.beside(sheet, left, high)
    alone = lines.alone(sheet, left, high) if left and plan is None else []
    pages = [_Page(one, None) for one in alone]
    if drawn is not None:
        taken = plan.height + GAP if plan and is_above else 0.0
        first, *rest = in_pages(sheet, drawn, high - taken, high)
        pages += [_Page(plan, first, is_above), *(_Page(None, one) for one in rest)]
    return pages or [_Page(None, None)]


def _put_contents(sheet: Sheet, frame: Frame, page: _Page) -> None:
    """Lines alone, above their figure or beside it."""
    if page.plan is not None:
        lines.put_lines(sheet, frame, page.plan)
    if page.drawn is None:
        return
    if page.plan is not None and page.is_above:
        frame = frame.below(page.plan.height + GAP)
    elif page.plan is not None:
        left = page.plan.width + GAP * 1.5
        frame = Frame(frame.x + left, frame.y, frame.width - left, frame.height)
    put_figure(sheet, frame, page.drawn)


def _fitted(sheet: Sheet, problem: Text) -> Fitted:
    return sheet.fitted(problem, (ACROSS - 2 * _INSET, 6), (24.0, 22.0, 20.0, 18.0, 16.0))


def _put_problem(sheet: Sheet, frame: Frame, text: Fitted) -> float:
    """What is missing, in place of a figure; returns the height it takes."""
    high = text.height + 2 * _INSET
    sheet.box("Ground", Frame(frame.x, frame.y, frame.width, high), PALE)
    sheet.box("Edge", Frame(frame.x, frame.y, 6, high), MANNERS["watch"].fill)
    x, y = frame.x + _INSET, frame.y + _INSET
    inside = Frame(x, y, frame.width - 2 * _INSET, text.height + 2)
    sheet.text("Problem", inside, [sheet.paragraph(text.broken, Look(text.size))])
    return high


def _put_lists(made: Presentation, report: Report, language: Language, *, sources: bool) -> None:
    """Open questions; and all sources where some slide has no room for its own."""
    reader = Sheet(made.slides[0], language, 0)
    listings = [endings.questions(reader, report)]
    if sources:
        listings.append(endings.sources(reader, report))
    for shown in listings:
        for part in range(1, len(shown.pages) + 1):
            sheet = _sheet(made, language, CONTENT)
            endings.put_list(sheet, report, shown, part)
            write_notes(sheet, remarks(sheet))
