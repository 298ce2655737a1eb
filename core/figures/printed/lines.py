"""Several series through the periods, each named at its end; cut-offs dashed, gaps left open."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from core.figures.drawing import LINE, Drawing, Point, dots, element, path, picture, text, ticks
from core.figures.printed.bars import PrintedLimit
from core.figures.printed.fitting import breadth, fitted
from core.figures.printed.style import WIDE, printed
from core.figures.style import LIGHT

_HEIGHT: Final = 290.0
_TOP: Final = 14.0
_GROUND: Final = _HEIGHT - 30.0
_NAMES: Final = 150.0
"""Units at the right for what the series are called."""
_GAP: Final = 8.0
_FREE: Final = 0.1
_MOST: Final = len(LIGHT.kinds)
"""Series whose colours can be told apart; each is named at its end as well."""
_LONGEST_TICK: Final = 9


@dataclass(frozen=True, slots=True)
class PrintedSeries:
    """Values from the oldest period on, None where there is none; `shown` says the newest."""

    name: str
    values: tuple[float | None, ...]
    shown: str


@dataclass(frozen=True, slots=True)
class _Plot:
    left: float
    right: float
    low: float
    high: float
    periods: int

    def x(self, place: float) -> float:
        return self.left + (place + 0.5) * (self.right - self.left) / self.periods

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return _GROUND - share * (_GROUND - _TOP)

    def spots(self, series: PrintedSeries) -> list[Point | None]:
        return [
            (self.x(place), self.y(value)) if value is not None and math.isfinite(value) else None
            for place, value in enumerate(series.values)
        ]


def lines(
    key: str,
    title: str,
    periods: Sequence[str],
    series: Sequence[PrintedSeries],
    limits: Sequence[PrintedLimit] = (),
) -> Drawing | None:
    """At most four series; None where there is no period, no value, or a scale nobody can read."""
    known = [v for one in series for v in one.values if v is not None and math.isfinite(v)]
    if not known or not periods or len(series) > _MOST:
        return None
    ends = [*known, *(limit.value for limit in limits)]
    free = (max(ends) - min(ends) or 1.0) * _FREE
    marks = ticks(min(ends) - free, max(ends) + free)
    if max(len(_tick(mark)) for mark in marks) > _LONGEST_TICK:
        return None
    left = max(breadth(_tick(mark)) for mark in marks) + _GAP
    plot = _Plot(left, WIDE - _NAMES - _GAP, min(ends) - free, max(ends) + free, len(periods))
    names = _names(plot, series)
    height = max([_HEIGHT, *(bottom + LINE / 2 for *_, bottom in names)])
    words = tuple(f"{one.name}: {one.shown}" for one in series)
    svg = picture(
        key, title, words, height,
        *_axes(plot, periods, marks),
        *_limits(plot, limits),
        *(piece for place, one in enumerate(series) for piece in _line(plot, place, one)),
        *(_name(place, *name) for place, name in enumerate(names)),
        width=WIDE,
    )  # fmt: skip
    return printed(Drawing(svg, words))


def _axes(plot: _Plot, periods: Sequence[str], marks: Sequence[float]) -> Iterator[str]:
    for mark in marks:
        y = plot.y(mark)
        yield element("path", d=path([(plot.left, y), (plot.right, y)]), class_="t-grid")
        yield text([_tick(mark)], plot.left - _GAP, y, "end", "t-quiet")
    widest = max(map(breadth, periods))
    most = max(int((plot.right - plot.left) / (widest + 3 * _GAP)), 1)
    step = math.ceil(len(periods) / most)
    for place in range(len(periods) - 1, -1, -step):
        half = breadth(periods[place]) / 2
        x = min(max(plot.x(place), half), WIDE - half)
        yield text(fitted(periods[place], WIDE)[:1], x, _GROUND + 14, "middle", "t-quiet")


def _limits(plot: _Plot, limits: Sequence[PrintedLimit]) -> Iterator[str]:
    for limit in limits:
        y = plot.y(limit.value)
        yield element("path", d=path([(plot.left, y), (plot.right, y)]), class_="t-cutoff")
        (name, *more) = fitted(limit.name, plot.right - plot.left - 2 * _GAP)
        name = f"{name}\u2026" if more else name
        yield element("rect", x=plot.left + 4, y=y - LINE - 2, width=breadth(name) + 4,
                      height=LINE - 1.0, class_="t-paper")  # fmt: skip
        yield text([name], plot.left + 6, y - LINE / 2 - 1, class_="t-quiet")


def _line(plot: _Plot, place: int, series: PrintedSeries) -> Iterator[str]:
    spots, colour = plot.spots(series), LIGHT.kinds[place]
    yield element("path", d=path(spots), stroke=colour, stroke_width=2.5)
    yield element("path", d=dots(spots), stroke=colour, stroke_width=5, stroke_linecap="round")


def _names(
    plot: _Plot, series: Sequence[PrintedSeries]
) -> list[tuple[tuple[str, ...], float, float]]:
    """Lines, upper and lower edge of each name, in the order of the series, none over another."""
    wanted = []
    for place, one in enumerate(series):
        written = (*fitted(one.name, _NAMES), *fitted(one.shown, _NAMES))
        last = next((spot for spot in reversed(plot.spots(one)) if spot), (0.0, _GROUND))
        wanted.append((last[1] - LINE * len(written) / 2, written, place))
    placed, floor = dict[int, tuple[tuple[str, ...], float, float]](), 0.0
    for top, written, place in sorted(wanted):
        begin = max(top, floor)
        floor = begin + LINE * len(written)
        placed[place] = written, begin, floor
    return [placed[place] for place in range(len(series))]


def _name(place: int, written: Sequence[str], top: float, bottom: float) -> str:
    colour = LIGHT.kinds[place]
    words = text(written, WIDE - _NAMES, (top + bottom) / 2, last="t-value")
    return words.replace("<text", f'<text style="fill: {colour}"', 1)


def _tick(value: float) -> str:
    return f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}"
