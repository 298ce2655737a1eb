"""Values along periods: thick lines, each named with its newest value where it ends."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from core.figures.drawing import Point, path, ticks
from core.figures.shared.letters import folded, width
from core.figures.shared.sheet import (
    GROUND,
    INK,
    QUIET,
    RULE,
    SMALL,
    TYPE,
    apart,
    label,
    line_height,
    sheet,
    stroke,
    widest,
)
from core.figures.shared.values import SeriesValue, TrendValue
from core.figures.style import LIGHT
from core.text import Language

_TOP: Final = 16
_BOTTOM: Final = 40
_GAP: Final = 12
_BESIDE: Final = 0.34
"""What names beside the lines may take of the width."""
_ROOM: Final = 0.1
"""How much of the scale stays free above and below."""
_THICK: Final = (6.0, 4.0)
"""The first line, and the others."""
_DASHES: Final = (None, "2 9", "16 8", "16 7 2 7")


class _Note(NamedTuple):
    """What stands beside the end of a line: a height, its lines, its colour."""

    y: float
    lines: tuple[str, ...]
    colour: str
    bold: bool


@dataclass(frozen=True, slots=True)
class _Plot:
    left: float
    right: float
    low: float
    high: float
    periods: int
    bottom: float

    def x(self, place: float) -> float:
        return self.left + (place + 0.5) * (self.right - self.left) / self.periods

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self.bottom - share * (self.bottom - _TOP)

    def spots(self, series: SeriesValue) -> list[Point | None]:
        return [
            None if value is None or not math.isfinite(value) else (self.x(place), self.y(value))
            for place, value in enumerate(series.values)
        ]


def trend(figure: TrendValue, language: Language, size: tuple[float, float]) -> str:
    """The lines as SVG of a size in pixels; a period without a value breaks a line.

    `ValueError` without any period.
    """
    if not figure.periods:
        raise ValueError("a trend needs a period")
    beside = _BESIDE * size[0]
    texts = [*(_with_name(one, len(figure.series), language) for one in figure.series),
             *(limit.name.in_(language) for limit in figure.limits)]  # fmt: skip
    notes = [folded(text, beside, TYPE, bold=True) for text in texts]
    plot = _plot(figure, size, widest([line for note in notes for line in note], bold=True))
    content = [
        *_axes(plot, figure, language),
        *(stroke(path([(plot.left, y), (plot.right, y)]), INK, 3, dash="9 6")
          for y in (plot.y(limit.value) for limit in figure.limits)),
        *(piece for place, one in enumerate(figure.series) for piece in _line(plot, one, place)),
        *_beside(plot, figure, notes),
    ]  # fmt: skip
    return sheet(figure.title.in_(language), _description(figure, language), size, *content)


def _with_name(series: SeriesValue, count: int, language: Language) -> str:
    """The newest value, with the name of its line where there are several."""
    newest = series.shown[-1].in_(language) if series.shown else ""
    return newest if count == 1 else f"{series.name.in_(language)} {newest}".rstrip()


def _plot(figure: TrendValue, size: tuple[float, float], beside: float) -> _Plot:
    low, high = _scale(figure)
    left = widest([_tick(tick) for tick in ticks(low, high)], SMALL) + _GAP
    return _Plot(left, size[0] - beside - _GAP, low, high, len(figure.periods), size[1] - _BOTTOM)


def _scale(figure: TrendValue) -> tuple[float, float]:
    values = [value for one in figure.series for value in one.values]
    known = [value for value in values if value is not None and math.isfinite(value)]
    known += [limit.value for limit in figure.limits]
    low, high = min(known, default=0.0), max(known, default=1.0)
    free = (high - low or 1.0) * _ROOM
    return (0.0 if 0 <= low <= free else low - free), high + free


def _tick(value: float) -> str:
    return f"{value:,.10g}"


def _axes(plot: _Plot, figure: TrendValue, language: Language) -> Iterator[str]:
    """Values at the left; below as many periods as have room, counted from the newest."""
    for tick in ticks(plot.low, plot.high):
        y = plot.y(tick)
        yield stroke(path([(plot.left, y), (plot.right, y)]), RULE, 1.5)
        yield label([_tick(tick)], plot.left - _GAP, y, size=SMALL, anchor="end", colour=QUIET)
    names = [period.in_(language) for period in figure.periods]
    each = (plot.right - plot.left) / plot.periods
    step = max(1, math.ceil((widest(names, SMALL) + 14) / each))
    for place in range(len(names) - 1, -1, -step):
        half = width(names[place], SMALL) / 2
        middle = max(plot.x(place), half)
        yield label([names[place]], middle, plot.bottom + _BOTTOM / 2 + 4, size=SMALL,
                    anchor="middle", colour=QUIET)  # fmt: skip


def _line(plot: _Plot, series: SeriesValue, place: int) -> Iterator[str]:
    colour = LIGHT.kinds[place % len(LIGHT.kinds)]
    thick = _THICK[min(place, 1)]
    spots = plot.spots(series)
    yield stroke(path(spots), colour, thick, dash=_DASHES[place % len(_DASHES)])
    alone = [spot for spot in spots if spot]
    dots = "".join(f"M{x:.1f} {y:.1f}h0" for x, y in (alone if len(alone) <= 16 else alone[-1:]))
    yield stroke(dots, GROUND, 2.6 * thick)
    yield stroke(dots, colour, 2.1 * thick)


def _beside(plot: _Plot, figure: TrendValue, notes: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Names at the right of the lines' ends, moved apart where they would lie on one another."""
    count = len(figure.series)
    kinds = LIGHT.kinds
    placed = [
        _Note(_end(plot, one), notes[place], kinds[place % len(kinds)], bold=True)
        for place, one in enumerate(figure.series)
    ]
    placed += [
        _Note(plot.y(limit.value), notes[count + place], INK, bold=False)
        for place, limit in enumerate(figure.limits)
    ]
    placed.sort(key=lambda note: note.y)
    most = max((len(note.lines) for note in placed), default=1)
    ys = apart([note.y for note in placed], most * line_height(TYPE), plot.bottom)
    for note, y in zip(placed, ys, strict=True):
        yield label(note.lines, plot.right + _GAP, y, bold=note.bold, colour=note.colour)


def _end(plot: _Plot, series: SeriesValue) -> float:
    """The height of its last value; the bottom where it has none."""
    spots = [spot for spot in plot.spots(series) if spot]
    return spots[-1][1] if spots else plot.bottom


def _description(figure: TrendValue, language: Language) -> list[str]:
    return [
        f"{one.name.in_(language)}, {period.in_(language)}: {shown.in_(language)}"
        for one in figure.series
        for period, shown in zip(figure.periods, one.shown, strict=False)
    ]
