"""A sum as steps: each part begins where the one before it ended, the whole stands below."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final

from core.figures.drawing import LINE, WIDTH, Drawing, element, path, picture, text, width_of
from core.figures.wrapping import wrapped

_LABEL: Final = 24
"""Places in a line of a label: what leaves half a telephone to the steps."""
_ROW: Final = 7
"""Units of a row beside its lines."""
_BAR: Final = 0.62
_GAP: Final = 8
_TICK: Final = 22


@dataclass(frozen=True, slots=True)
class StepBar:
    """One part; `value` is None where it is not known, and `shown` says so in words."""

    name: str
    value: float | None
    shown: str


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the drawing: where it lies, and from where to where its bar goes."""

    bar: StepBar
    lines: tuple[str, ...]
    top: float
    begin: float

    @property
    def height(self) -> float:
        return LINE * len(self.lines) + _ROW

    @property
    def middle(self) -> float:
        return self.top + self.height / 2

    @property
    def end(self) -> float:
        return self.begin + (self.bar.value or 0.0)


def waterfall(
    key: str, title: str, parts: Sequence[StepBar], whole: StepBar, full: float
) -> Drawing:
    """Parts from above on a scale from 0 to `full`, the whole as a bar of its own.

    A part without value moves nothing on; a whole without value has no bar. `ValueError` without
    any part.
    """
    if not parts:
        raise ValueError("a waterfall needs a part")
    rows = list(_rows(parts, whole))
    left = max(width_of(line) for row in rows for line in row.lines) + _GAP
    right = max(width_of(row.bar.shown) for row in rows) + _GAP
    unit = (WIDTH - left - right) / full
    ground = rows[-1].top + rows[-1].height
    words_ = tuple(f"{row.bar.name}: {row.bar.shown}" for row in rows)
    svg = picture(
        key, title, words_, ground + _TICK,
        *_grid(full, unit, left, ground),
        *(piece for row in rows for piece in _row(row, unit, left, is_whole=row is rows[-1])),
        element("path", d=_steps(rows, unit, left), class_="t-axis"),
    )  # fmt: skip
    return Drawing(svg, words_)


def _rows(parts: Sequence[StepBar], whole: StepBar) -> Iterator[_Row]:
    begins = [0.0, *accumulate(part.value or 0.0 for part in parts)]
    begins[-1] = 0.0
    top = 2.0
    for bar, begin in zip((*parts, whole), begins, strict=True):
        row = _Row(bar, wrapped(bar.name, _LABEL), top, begin)
        yield row
        top += row.height


def _grid(full: float, unit: float, left: float, ground: float) -> Iterator[str]:
    steps = range(math.floor(full) + 1)
    lines = "".join(path([(left + s * unit, 0), (left + s * unit, ground)]) for s in steps)
    yield element("path", d=lines, class_="t-grid")
    for step in steps:
        yield text([str(step)], left + step * unit, ground + _TICK / 2, "middle", "t-quiet")


def _row(row: _Row, unit: float, left: float, *, is_whole: bool) -> Iterator[str]:
    yield text(row.lines, left - _GAP, row.middle, "end", "t-value" if is_whole else None)
    high = (LINE + _ROW) * _BAR
    if row.bar.value:
        yield element("rect", x=left + row.begin * unit, y=row.middle - high / 2,
                      width=row.bar.value * unit, height=high,
                      class_="t-whole" if is_whole else "t-bar-now")  # fmt: skip
    yield text([row.bar.shown], left + row.end * unit + _GAP - 2, row.middle, class_="t-value")


def _steps(rows: Sequence[_Row], unit: float, left: float) -> str:
    """Thin lines from the end of each bar down to the next."""
    half = (LINE + _ROW) * _BAR / 2
    return "".join(
        path(
            [
                (left + row.end * unit, row.middle + half),
                (left + row.end * unit, after.middle - half),
            ]
        )
        for row, after in pairwise(rows)
    )
