"""A figure through the months: its cut-offs dashed and labelled, gaps where none was reported."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from core.figures.drawing import (
    LINE,
    WIDTH,
    Drawing,
    Point,
    dots,
    element,
    marks,
    path,
    picture,
    text,
    ticks,
    width_of,
)

_CLEAR: Final = 0.55
"""Lines of text between the middle of a value and a line across, so that it is not struck out."""
_HEIGHT: Final = 190
_TOP: Final = 12
_BOTTOM: Final = 30
_LABELS: Final = 3
"""Months labelled below: what stands side by side on a telephone."""
_ROOM: Final = 0.12
"""How much of the scale stays free above and below."""
_GAP: Final = 6


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One month; `value` is None where there is none; `is_reported`: anything was reported.

    `shown` is the value in words, or that there is none.
    """

    month: str
    value: float | None
    shown: str = ""
    is_reported: bool = True


@dataclass(frozen=True, slots=True)
class CutoffLine:
    """A cut-off in the unit of the values, and what it is called."""

    value: float
    label: str


class _Plot(NamedTuple):
    """Where the scale and the months lie."""

    left: float
    right: float
    low: float
    high: float
    months: int

    def x(self, place: float) -> float:
        return self.left + (place + 0.5) * (self.right - self.left) / self.months

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return _HEIGHT - _BOTTOM - share * (_HEIGHT - _BOTTOM - _TOP)


def trend(
    key: str,
    title: str,
    points: Sequence[TrendPoint],
    cutoffs: Sequence[CutoffLine],
    *,
    scale: tuple[float, float] | None = None,
) -> Drawing:
    """Points from the oldest month on; a month without value has no point and breaks the line.

    Months nobody reported are shaded. The newest value is written at its point. Without a `scale`
    values and cut-offs decide. `ValueError` without any month.
    """
    if not points:
        raise ValueError("a trend needs a month")
    plot = _plot(points, cutoffs, scale)
    spots = [_spot(plot, place, point.value) for place, point in enumerate(points)]
    words_ = tuple(f"{one.month}: {one.shown}" for one in points)
    svg = picture(
        key, title, words_, _HEIGHT,
        *_silent(plot, points),
        *_axis(plot, points),
        *_cutoffs(plot, cutoffs),
        element("path", d=path(spots), class_="t-line"),
        element("path", d=dots(spots), class_="t-dots"),
        _newest(points, spots, [plot.y(cutoff.value) for cutoff in cutoffs]),
    )  # fmt: skip
    return Drawing(svg, words_, marks(spots))


def _plot(
    points: Sequence[TrendPoint],
    cutoffs: Sequence[CutoffLine],
    scale: tuple[float, float] | None,
) -> _Plot:
    low, high = scale or _scale([point.value for point in points], cutoffs)
    left = max(width_of(_tick(tick)) for tick in ticks(low, high)) + _GAP + 2
    right = max([width_of(cutoff.label) + _GAP for cutoff in cutoffs], default=0)
    return _Plot(left, WIDTH - max(right, 20), low, high, len(points))


def _spot(plot: _Plot, place: int, value: float | None) -> Point | None:
    return None if value is None else (plot.x(place), plot.y(value))


def _silent(plot: _Plot, points: Sequence[TrendPoint]) -> Iterator[str]:
    for place, point in enumerate(points):
        if not point.is_reported:
            begin, end = plot.x(place - 0.5), plot.x(place + 0.5)
            yield element("rect", x=begin, y=_TOP, width=end - begin,
                          height=_HEIGHT - _BOTTOM - _TOP, class_="t-silent")  # fmt: skip


def _axis(plot: _Plot, points: Sequence[TrendPoint]) -> Iterator[str]:
    """The scale at the left, and months below, counted from the newest, which is looked at."""
    ground = _HEIGHT - _BOTTOM
    corner = [(plot.left, _TOP), (plot.left, ground), (plot.right, ground)]
    yield element("path", d=path(corner), class_="t-axis")
    for tick in ticks(plot.low, plot.high):
        yield text([_tick(tick)], plot.left - _GAP, plot.y(tick), "end", "t-quiet")
    step = max(1, math.ceil(len(points) / _LABELS))
    for place in range(len(points) - 1, -1, -step):
        name = points[place].month
        # The newest name must not run out at the right.
        middle = min(plot.x(place), WIDTH - width_of(name) / 2)
        yield text([name], middle, ground + LINE / 2 + 6, "middle", "t-quiet")


def _tick(value: float) -> str:
    return f"{value:,.10g}"


def _cutoffs(plot: _Plot, cutoffs: Sequence[CutoffLine]) -> Iterator[str]:
    """The line across, its name beside its end, where no value is."""
    ordered = sorted(cutoffs, key=lambda one: -one.value)
    heights = [plot.y(cutoff.value) for cutoff in ordered]
    for cutoff, y, beside in zip(ordered, heights, _apart(heights), strict=True):
        yield element("path", d=path([(plot.left, y), (plot.right, y)]), class_="t-cutoff")
        yield text([cutoff.label], plot.right + _GAP, beside, class_="t-quiet")


def _apart(heights: Sequence[float]) -> list[float]:
    """Heights from above, moved down where names would lie on one another, up at the ground."""
    near, moved = LINE * 0.8, list[float]()
    for height in heights:
        moved.append(max(height, moved[-1] + near) if moved else height)
    for place, height in enumerate(reversed(moved)):
        moved[-1 - place] = min(height, _HEIGHT - _BOTTOM - place * near)
    return moved


def _newest(
    points: Sequence[TrendPoint], spots: Sequence[Point | None], cutoffs: Sequence[float]
) -> str:
    """The newest value on the side of its point where the line does not come from.

    Further away, or on the other side, where a cut-off's line would cross it.
    """
    spot, before = spots[-1], spots[-2] if len(spots) > 1 else None
    if spot is None:
        return ""
    is_below = before is not None and before[1] < spot[1]
    side = LINE * 0.75 if is_below else -LINE * 0.75
    heights = [spot[1] + shift for shift in (side, 2.2 * side, -side, -2.2 * side)]
    inside = [one for one in heights if LINE / 2 <= one <= _HEIGHT - _BOTTOM - LINE / 4]
    free = (one for one in inside if all(abs(one - y) >= LINE * _CLEAR for y in cutoffs))
    height = next(free, next(iter(inside), heights[0]))
    return text([points[-1].shown], spot[0] + 5, height, "end", "t-value")


def _scale(values: Sequence[float | None], cutoffs: Sequence[CutoffLine]) -> tuple[float, float]:
    known = [value for value in values if value is not None and math.isfinite(value)]
    known += [cutoff.value for cutoff in cutoffs]
    low, high = min(known, default=0.0), max(known, default=1.0)
    free = (high - low or 1.0) * _ROOM
    return low - 1.5 * free, high + free
