"""What stands on every slide around its contents: place, title, foot, and that it is invented."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from core.periods import moment_text
from core.reports.deck.fitting import Fitted, Frame, cut, fitted
from core.reports.deck.look import (
    ACROSS,
    AMBER,
    BLACK,
    FLOOR,
    GAP,
    LONG_TITLES,
    MARGIN,
    QUIET,
    RULE,
    SMALL,
    TITLES,
    TOP,
)  # fmt: skip
from core.reports.deck.sheet import Sheet
from core.reports.deck.template import NUMBER_FRAME, NUMBER_LOOK
from core.reports.deck.writing import Look, field
from core.reports.glyphs import width
from core.reports.slide import Report
from core.text import Text, say

_PLACE: Final = Look(14, ink=QUIET)
_PLACES: Final = (14.0, 12.0, SMALL)
_RIBBON: Final = Look(12, bold=True, ink=BLACK, align="ctr")
_MOMENT_WIDTH: Final = 190.0
_BETWEEN: Final = " · "


@dataclass(frozen=True, slots=True)
class Heading:
    """What a slide is called: its key message, where and when, and which part of how many it is."""

    title: Text
    where: tuple[Text, ...]
    part: int = 1
    parts: int = 1


def invented() -> Text:
    """What every slide of a demonstration says."""
    return say("Demonstration: all hospitals and figures are invented.")


def begin(sheet: Sheet, report: Report, heading: Heading) -> Frame:
    """Write place, title, moment and number; what is left between them is the frame."""
    free = ACROSS - (ribbon(sheet) if report.is_demonstration else 0.0) - GAP
    place = _where(sheet, heading.where, free)
    look = replace(_PLACE, size=place.size)
    sheet.text("Place", Frame(MARGIN, 20, free, 20), [sheet.paragraph(place.text, look)])
    title = _title(sheet, heading)
    look = Look(title.size, bold=True)
    frame = Frame(MARGIN, TOP, ACROSS, title.height + 2)
    sheet.placeholder('type="title"', "Title", frame, [sheet.paragraph(title.broken, look)])
    sheet.line("Rule", (MARGIN, FLOOR), (MARGIN + ACROSS, FLOOR), RULE)
    _stamp(sheet, report)
    top = frame.bottom + GAP
    return Frame(MARGIN, top, ACROSS, FLOOR - 10 - top)


def _where(sheet: Sheet, where: Sequence[Text], across: float) -> Fitted:
    """Place, period and what levels rest on, in one line; the notes have what has no room."""
    texts = [*filter(None, map(sheet.read, where))]
    for count in range(len(texts), 1, -1):
        whole = fitted(_BETWEEN.join(texts[:count]), (across, 1), _PLACES)
        if not whole.is_cut:
            return whole
    return sheet.fitted(_BETWEEN.join(texts[:2]), (across, 1), _PLACES)


def ribbon(sheet: Sheet) -> float:
    """The mark of invented data in the corner; returns its width."""
    text = sheet.read(invented())
    across = width(text, _RIBBON.size, bold=True) * 1.08 + 24
    frame = Frame(MARGIN + ACROSS - across, 18, across, 23)
    sheet.box("Demonstration", frame, AMBER, [sheet.paragraph(text, _RIBBON)])
    return across


def foot(sheet: Sheet, target: Text | None, sources: Sequence[Text]) -> bool:
    """Write target and sources small below, two lines at most; returns whether they all fit."""
    aims = [] if target is None else [sheet.read(target)]
    listed = "; ".join(filter(None, map(sheet.read, sources)))
    texts = [sheet.read(say("Source: {source}", source=listed))] if listed else []
    across = ACROSS - _MOMENT_WIDTH - NUMBER_FRAME.width - GAP
    written = cut(_BETWEEN.join((*aims, *texts)), (across, 2), SMALL)
    fits = not (texts and written.is_cut)
    if not fits:
        written = _shorter(sheet, aims, [*filter(None, map(sheet.read, sources))], across)
    look = Look(SMALL, ink=QUIET)
    if written.text:
        frame = Frame(MARGIN, FLOOR + 7, across, 2 * SMALL * 1.4)
        sheet.text("Sources", frame, [sheet.paragraph(written.broken, look)])
    return fits


def _shorter(sheet: Sheet, aims: list[str], sources: list[str], across: float) -> Fitted:
    """The foot with as many sources as there is room for, and where the others are."""
    for count in range(len(sources) - 1, 0, -1):
        listed = "; ".join(sources[:count])
        some = sheet.read(say("Source: {source}; others on the slides at the end", source=listed))
        written = cut(_BETWEEN.join((*aims, some)), (across, 2), SMALL)
        if not written.is_cut:
            return written
    none = sheet.read(say("Sources: see the slides at the end"))
    return sheet.short(_BETWEEN.join((*aims, none)), across, SMALL, lines=2)


def room_below(sheet: Sheet, title: Text) -> float:
    """The height of the frame below a title."""
    heading = Heading(title, (), 1, 2)
    return FLOOR - 10 - TOP - 2 - GAP - _title(sheet, heading).height


def _title(sheet: Sheet, heading: Heading) -> Fitted:
    """The key message in two large lines, or three smaller ones."""
    text = sheet.read(heading.title)
    if heading.parts > 1:
        text = f"{text} ({heading.part}/{heading.parts})"
    short = sheet.fitted(text, (ACROSS, 2), TITLES, bold=True)
    if not short.is_cut:
        return short
    sheet.cut.pop(text, None)
    return sheet.fitted(text, (ACROSS, 3), LONG_TITLES, bold=True)


def _stamp(sheet: Sheet, report: Report) -> None:
    """The moment of the figures, and the number of the slide."""
    look = Look(SMALL, ink=QUIET, align="r")
    text = sheet.read(say("As of {moment}", moment=moment_text(report.as_of)))
    frame = Frame(NUMBER_FRAME.x - _MOMENT_WIDTH, FLOOR + 7, _MOMENT_WIDTH, 16)
    sheet.text("Moment", frame, [sheet.paragraph(text, look)])
    number = field("slidenum", str(sheet.number), NUMBER_LOOK, sheet.language)
    sheet.placeholder('type="sldNum" idx="4"', "Number", NUMBER_FRAME, [number])
