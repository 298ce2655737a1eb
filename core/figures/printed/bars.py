"""Things side by side as lying bars: a name, its sign, its bar from zero, its value in words."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from core.figures.drawing import LINE, Drawing, element, number, path, picture, text
from core.figures.printed.fitting import breadth, fitted
from core.figures.printed.style import SIGN, WIDE, printed, sign, tone_of

_NAME: Final = 200.0
_SHOWN: Final = 130.0
_GAP: Final = 8.0
_BAR: Final = 15.0
_ROW: Final = 7.0
_TALLEST: Final = 760.0
"""Units of a drawing that still stands on one page with its title."""


@dataclass(frozen=True, slots=True)
class PrintedBar:
    """One bar; `value` is None where there is none, and `shown` says so in words."""

    name: str
    value: float | None
    shown: str
    tone: str


@dataclass(frozen=True, slots=True)
class PrintedLimit:
    """A cut-off in the unit of the values, and what it is called."""

    value: float
    name: str


@dataclass(frozen=True, slots=True)
class _Row:
    bar: PrintedBar
    name: tuple[str, ...]
    shown: tuple[str, ...]

    @property
    def height(self) -> float:
        return LINE * max(len(self.name), len(self.shown)) + _ROW


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where values stand between the names and the words."""

    left: float
    right: float
    low: float
    high: float

    def x(self, value: float) -> float:
        share = (value / 2 - self.low / 2) / ((self.high / 2 - self.low / 2) or 1.0)
        return self.left + share * (self.right - self.left)


def bars(
    key: str, title: str, given: Sequence[PrintedBar], limits: Sequence[PrintedLimit] = ()
) -> tuple[Drawing, ...]:
    """Bars from above, on one scale in as many drawings as there are pages to fill.

    A bar without value has its words alone. Empty without any bar.
    """
    rows = [_Row(one, fitted(one.name, _NAME), fitted(one.shown, _SHOWN)) for one in given]
    known = [limit for limit in limits if math.isfinite(limit.value)]
    scale = _scale(rows, known)
    return tuple(
        _drawing(f"{key}-{place}", title, part, known, scale)
        for place, part in enumerate(_pages(rows))
    )


def _scale(rows: Sequence[_Row], limits: Sequence[PrintedLimit]) -> _Scale:
    values = [row.bar.value for row in rows if _is_drawn(row.bar)]
    ends = [0.0, *(value for value in values if value is not None), *(one.value for one in limits)]
    left = max((breadth(line) for row in rows for line in row.name), default=0.0) + SIGN + 2 * _GAP
    right = WIDE - max((breadth(line) for row in rows for line in row.shown), default=0.0) - _GAP
    return _Scale(left, right, min(ends), max(ends))


def _is_drawn(bar: PrintedBar) -> bool:
    return bar.value is not None and math.isfinite(bar.value)


def _pages(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    page: list[_Row] = []
    for row in rows:
        if page and sum(one.height for one in page) + row.height > _TALLEST:
            yield page
            page = []
        page.append(row)
    if page:
        yield page


def _drawing(
    key: str, title: str, rows: Sequence[_Row], limits: Sequence[PrintedLimit], scale: _Scale
) -> Drawing:
    heads = [_head(limit, scale) for limit in limits]
    top = LINE * sum(len(lines) for lines in heads) + (4 if heads else 0)
    ground = top + sum(row.height for row in rows)
    zero = scale.x(0.0)
    words = tuple(f"{row.bar.name}: {row.bar.shown}" for row in rows)
    svg = picture(
        key, title, words, ground + 2,
        *_bodies(rows, scale, top),
        element("path", d=path([(zero, top), (zero, ground)]), class_="t-axis"),
        *_limits(limits, heads, scale, ground),
        width=WIDE,
    )  # fmt: skip
    return printed(Drawing(svg, words))


def _bodies(rows: Sequence[_Row], scale: _Scale, top: float) -> Iterator[str]:
    for row in rows:
        middle = top + row.height / 2
        yield text(row.name, 0, middle)
        yield sign(row.bar.tone, scale.left - SIGN - _GAP, middle - SIGN / 2)
        ends = sorted((scale.x(0.0), scale.x(row.bar.value or 0.0)))
        if _is_drawn(row.bar):
            yield element(
                "rect", x=number(ends[0]), y=number(middle - _BAR / 2), height=_BAR,
                width=f"{ends[1] - ends[0]:.1f}", fill=tone_of(row.bar.tone).fill,
            )  # fmt: skip
        yield text(row.shown, WIDE, middle, "end", "t-value" if _is_drawn(row.bar) else "t-quiet")
        top += row.height


def _head(limit: PrintedLimit, scale: _Scale) -> tuple[str, ...]:
    return fitted(limit.name, scale.right - scale.left)


def _limits(
    limits: Sequence[PrintedLimit], heads: Sequence[Sequence[str]], scale: _Scale, ground: float
) -> Iterator[str]:
    """Dashed lines over the bars, each from its name on, the names one below the other."""
    top = 0.0
    for limit, lines in zip(limits, heads, strict=True):
        high, x = LINE * len(lines), scale.x(limit.value)
        half = max(map(breadth, lines)) / 2
        middle = min(max(x, scale.left + half), WIDE - half)
        yield text(lines, middle, top + high / 2, "middle", "t-quiet")
        yield element("path", d=path([(x, top + high), (x, ground)]), class_="t-cutoff")
        top += high
