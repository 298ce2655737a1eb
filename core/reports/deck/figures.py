"""The figure of a slide: which kind it is drawn as, what stands above it, how it is divided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from core.reports.deck.charts import bars, radar, trend
from core.reports.deck.fitting import Frame, widest
from core.reports.deck.lines import chip, chip_width
from core.reports.deck.look import GAP, MANNERS, QUIET, SMALL, in_order, tone_word
from core.reports.deck.map.area_map import Drawable, drawable, put_map
from core.reports.deck.map.outlines import Outline
from core.reports.deck.matrix import cell_text, in_parts, put_matrix
from core.reports.deck.sheet import Sheet
from core.reports.deck.writing import Look
from core.reports.slide import (
    AreaMap,
    Bar,
    Bars,
    Cell,
    Figure,
    MapArea,
    Matrix,
    Radar,
    Tone,
    Trend,
    figure_title,
)
from core.text import Text, say

HEAD: Final = 26.0
"""Height of what is written above a figure."""
_FEW_BARS, _FEW_COLUMNS = 6, 3
_NARROW: Final = 90.0
"""Points of words that a column beside lines has room for."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure in the form it is drawn in; a map with what of it has a shape."""

    figure: Bars | Trend | Radar | Matrix | AreaMap
    parts: Drawable | None = None
    among: tuple[Bar, ...] = ()


def drawn_as(figure: Figure, districts: Mapping[str, Outline]) -> Drawn | None:
    """How a figure is drawn; None where it has no value at all.

    Bars without a value and maps without a shape are tables, for nothing can be drawn of them.
    """
    if isinstance(figure, Bars):
        if any(bar.value is not None for bar in figure.bars):
            return Drawn(figure, among=figure.bars)
        rows = tuple((bar.name, (Cell(bar.shown, bar.tone),)) for bar in figure.bars)
        return _table(figure.title, figure.unit, rows)
    if isinstance(figure, Trend | Radar):
        known = any(value is not None for one in figure.series for value in one.values)
        return Drawn(figure) if known else None
    if isinstance(figure, Matrix):
        return Drawn(figure) if figure.rows else None
    parts = drawable(figure, districts)
    if parts.areas or parts.points:
        return Drawn(figure, parts)
    return _table(figure.title, say("Status"), tuple(map(_listed, figure.areas)))


def in_pages(sheet: Sheet, drawn: Drawn, first: float, others: float) -> list[Drawn]:
    """A figure over as many slides as it takes; their heights in points."""
    if isinstance(drawn.figure, Bars):
        return [Drawn(one, among=drawn.among) for one in bars.in_parts(drawn.figure, bars.MOST)]
    if isinstance(drawn.figure, Matrix):
        parts = in_parts(sheet, drawn.figure, first - HEAD, others - HEAD)
        return [Drawn(one) for one in parts]
    return [drawn]


def is_wide(sheet: Sheet, drawn: Drawn) -> bool:
    """Whether a figure needs the whole width of a slide: its columns are many, or say much."""
    figure = drawn.figure
    if isinstance(figure, Bars):
        return len(figure.bars) > _FEW_BARS
    if not isinstance(figure, Matrix):
        return False
    words = {cell_text(sheet, cell) for _, cells in figure.rows for cell in cells}
    return len(figure.columns) > _FEW_COLUMNS or widest(words, SMALL, bold=True) > _NARROW


def put_figure(sheet: Sheet, frame: Frame, drawn: Drawn) -> None:
    """Draw a figure with what it is above it."""
    figure = drawn.figure
    _head(sheet, frame, figure)
    room = frame.below(HEAD)
    if isinstance(figure, Bars):
        bars.put_bars(sheet, room, figure, drawn.among)
    elif isinstance(figure, Trend):
        trend.put_trend(sheet, room, figure)
    elif isinstance(figure, Radar):
        radar.put_radar(sheet, room, figure)
    elif isinstance(figure, Matrix):
        put_matrix(sheet, room, figure)
    elif drawn.parts is not None:
        put_map(sheet, room, figure, drawn.parts)


def _head(sheet: Sheet, frame: Frame, figure: Figure) -> None:
    """The title of a figure with its unit, and what its colours mean."""
    title = sheet.read(figure_title(figure, sheet.language))
    tones = in_order({bar.tone for bar in figure.bars}) if isinstance(figure, Bars) else ()
    words = [sheet.read(tone_word(tone)) for tone in tones]
    keys = sum(chip_width(tone, word, 0.85) + 5 for tone, word in zip(tones, words, strict=True))
    least = widest([title], SMALL, bold=True)
    # The title tells more than a key of what every bar says itself.
    keys = keys + GAP if len(tones) > 1 and least + keys + GAP <= frame.width else 0.0
    if keys:
        _key(sheet, frame, tuple(zip(tones, words, strict=True)), keys - GAP)
    room = frame.width - keys, 1
    text = sheet.fitted(title, room, (14.0, 13.0, 12.0, SMALL), bold=True)
    box = Frame(frame.x, frame.y, room[0], HEAD - 4)
    look = Look(text.size, bold=True, ink=QUIET)
    sheet.text("Figure", box, [sheet.paragraph(text.text, look)])


def _key(sheet: Sheet, frame: Frame, tones: Sequence[tuple[Tone, str]], wide: float) -> None:
    """The tones of bars in words, at the right."""
    x = frame.right - wide + 5
    for tone, word in tones:
        x += chip(sheet, (x, frame.y + 1), tone, word, 0.85) + 5


def _table(
    title: Text, column: Text, rows: tuple[tuple[Text, tuple[Cell, ...]], ...]
) -> Drawn | None:
    return Drawn(Matrix(title, say("Name"), (column,), rows)) if rows else None


def _listed(area: MapArea) -> tuple[Text, tuple[Cell, ...]]:
    mark = "" if area.tone.isdigit() else MANNERS[area.tone].mark
    return area.name, (Cell(area.shown, area.tone, mark),)
