"""Bars across, the longest names on the left and every value at the right edge."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from core.figures.drawing import path
from core.figures.shared.letters import folded, width
from core.figures.shared.sheet import (
    INK,
    QUIET,
    SMALL,
    TYPE,
    badge,
    box,
    label,
    line_height,
    sheet,
    stroke,
    widest,
)
from core.figures.shared.tones import colours
from core.figures.shared.values import BarsValue, BarValue, LimitValue
from core.text import Language, say

_NAMES: Final = 0.42
"""What names may take of the width."""
_BADGE: Final = 30
_GAP: Final = 10
_LEAST: Final = 31.0
_MOST: Final = 62


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where bars lie: from `left` to `right` for values from `low` to `high`."""

    left: float
    right: float
    low: float
    high: float

    def x(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self.left + share * (self.right - self.left)


def bars(figure: BarsValue, language: Language, size: tuple[float, float]) -> str:
    """The bars as SVG of a size in pixels. What does not fit is counted in a line of its own.

    `ValueError` without any bar.
    """
    if not figure.bars:
        raise ValueError("bars need a bar")
    wide, high = size
    names = [folded(bar.name.in_(language), _NAMES * wide, SMALL) for bar in figure.bars]
    shown = [bar.shown.in_(language) for bar in figure.bars]
    left = max(widest(lines, SMALL) for lines in names) + _GAP + 2
    plot = _plot(figure, left + _BADGE + _GAP, wide - widest(shown, bold=True) - _GAP)
    top, limits = _limits(figure.limits, plot, language, wide)
    heights = [_row_height(lines) for lines in names]
    count = _fitting(heights, high - top)
    stretch = _stretch(heights, high - top) if count == len(heights) else 1.0
    content, y = list[str](), top
    for bar, lines, text, height in zip(figure.bars[:count], names, shown, heights, strict=False):
        row = min(height * stretch, max(height, _MOST))
        content += _row(bar, lines, text, (plot, left, y + row / 2, row, wide))
        y += row
    if count < len(names):
        more = say("… and {count} more", count=len(names) - count).in_(language)
        content.append(label([more], 0, y + _LEAST / 2, size=SMALL, colour=QUIET))
    words_ = [
        f"{bar.name.in_(language)}: {text}" for bar, text in zip(figure.bars, shown, strict=True)
    ]
    lines_down = [stroke(path([(x, top - 4), (x, y)]), INK, 3, dash="9 6") for x in limits.xs]
    axis = stroke(path([(plot.x(0), top), (plot.x(0), y)]), QUIET, 2)
    return sheet(
        figure.title.in_(language), words_, size, *content, axis, *lines_down, *limits.labels
    )


@dataclass(frozen=True, slots=True)
class _Limits:
    """Where the cut-offs stand, and their names above."""

    xs: tuple[float, ...]
    labels: tuple[str, ...]


def _plot(figure: BarsValue, left: float, right: float) -> _Plot:
    known = [bar.value for bar in figure.bars if bar.value is not None and math.isfinite(bar.value)]
    ends = [0.0, *known, *(limit.value for limit in figure.limits)]
    low, high = min(ends), max(ends)
    return _Plot(left, right, low, high if high > low else low + 1.0)


def _limits(
    limits: Sequence[LimitValue], plot: _Plot, language: Language, wide: float
) -> tuple[float, _Limits]:
    """How high the names of the cut-offs are, a line each, and the cut-offs."""
    line = line_height(SMALL)
    xs, labels = list[float](), list[str]()
    for place, limit in enumerate(limits):
        text, x = limit.name.in_(language), plot.x(limit.value)
        half = width(text, SMALL, bold=True) / 2
        middle = min(max(x, half), wide - half)
        labels.append(
            label([text], middle, (place + 0.5) * line, size=SMALL, anchor="middle", bold=True)
        )
        xs.append(x)
    return len(limits) * line + (6 if limits else 0), _Limits(tuple(xs), tuple(labels))


def _row_height(lines: Sequence[str]) -> float:
    return max(_LEAST, len(lines) * line_height(SMALL) * 0.92 + 2)


def _fitting(heights: Sequence[float], room: float) -> int:
    """How many rows fit, a line that counts the others among them where not all do."""
    if sum(heights) <= room:
        return len(heights)
    used, count = _LEAST, 0
    for height in heights:
        used += height
        if used > room:
            break
        count += 1
    return count


def _stretch(heights: Sequence[float], room: float) -> float:
    return max(1.0, room / sum(heights))


def _row(
    bar: BarValue, lines: Sequence[str], shown: str, at: tuple[_Plot, float, float, float, float]
) -> Iterator[str]:
    plot, left, middle, height, wide = at
    yield label(lines, left - _GAP, middle, size=SMALL, anchor="end")
    yield badge(bar.tone, left, middle, min(_BADGE, height - 4))
    if bar.value is not None and math.isfinite(bar.value):
        thick = min(height * 0.68, 34)
        # The ground of what is not judged is too pale for a bar.
        fill = QUIET if bar.tone == "none" else colours(bar.tone).ground
        begin, end = sorted((plot.x(0), plot.x(bar.value)))
        yield box(begin, middle - thick / 2, max(end - begin, 2), thick, fill)
    yield label([shown], wide, middle, size=TYPE, anchor="end", bold=True)
