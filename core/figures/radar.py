"""Radars in the manner of the self-assessment sheet: target dashed, self-assessed area filled."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

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
    width_of,
)
from core.figures.wrapping import wrapped

_MOST_SPOKES: Final = 8
_LABEL: Final = 12
"""Places in a line of a label: what stands beside a radar on a telephone."""
_LARGEST: Final = 96
"""Units from the centre to the outline where there is room enough."""
_AWAY: Final = 10
_RINGS: Final = 5


@dataclass(frozen=True, slots=True)
class Spoke:
    """One spoke; `value` is None where nothing was handed in, and `shown` says so in words."""

    name: str
    value: float | None
    shown: str


@dataclass(frozen=True, slots=True)
class _Wheel:
    """Where the spokes lie, clockwise from the top; a radius of 1 is the outline."""

    spokes: int
    radius: float
    top: float

    def at(self, place: int, share: float) -> Point:
        turn = 2 * math.pi * place / self.spokes
        length = self.radius * share
        return WIDTH / 2 + length * math.sin(turn), self.top + self.radius - length * math.cos(turn)

    def ring(self, share: float) -> str:
        return path((self.at(place, share) for place in range(self.spokes)), closed=True)


def radar(
    key: str,
    title: str,
    spokes: Sequence[Spoke],
    target: float,
    *,
    before: Sequence[float | None] = (),
) -> Drawing:
    """Spokes clockwise from the top, all on the scale from 0 to `target`.

    `before` are the spokes' values in the last round, drawn as a thin outline; empty without one.
    A spoke without a value has no point: the outline stops before it and the area leaves it out.
    `ValueError` for fewer than three spokes, which have no area, or more than eight.
    """
    if not 3 <= len(spokes) <= _MOST_SPOKES:
        raise ValueError(f"a radar has 3 to {_MOST_SPOKES} spokes, not {len(spokes)}")
    labels = [(*wrapped(spoke.name, _LABEL), spoke.shown) for spoke in spokes]
    wheel, height = _wheel(labels)
    now = _spots(wheel, [spoke.value for spoke in spokes], target)
    area = [spot or wheel.at(place, 0) for place, spot in enumerate(now)]
    words_ = tuple(f"{spoke.name}: {spoke.shown}" for spoke in spokes)
    svg = picture(
        key, title, words_, height,
        element("path", d=_web(wheel), class_="t-grid"),
        element("path", d=wheel.ring(1), class_="t-target"),
        element("path", d=path(area, closed=True), class_="t-area"),
        *([element("path", d=_outline(_spots(wheel, before, target)), class_="t-before")]
          if before else []),
        element("path", d=_outline(now), class_="t-line"),
        element("path", d=dots(now), class_="t-dots"),
        *_labels(wheel, labels),
    )  # fmt: skip
    return Drawing(svg, words_, marks(now))


def _wheel(labels: Sequence[Sequence[str]]) -> tuple[_Wheel, float]:
    """The wheel as large as the labels beside it allow, and the height of the whole drawing."""
    count = len(labels)
    radius = float(_LARGEST)
    for place, lines in enumerate(labels):
        aside = abs(math.sin(2 * math.pi * place / count))
        if aside > 0.3:
            widest = max(map(width_of, lines))
            radius = min(radius, (WIDTH / 2 - widest - _AWAY) / aside)
    above, below = 0.0, 0.0
    for place, lines in enumerate(labels):
        up, high = math.cos(2 * math.pi * place / count), LINE * len(lines)
        above = max(above, high * (1 + up) / 2 + _AWAY * up - radius * (1 - up))
        below = max(below, high * (1 - up) / 2 - _AWAY * up - radius * (1 + up))
    return _Wheel(count, radius, above + 2), 2 * radius + above + below + 6


def _spots(wheel: _Wheel, values: Sequence[float | None], target: float) -> list[Point | None]:
    return [
        None if value is None else wheel.at(place, value / target)
        for place, value in enumerate(values)
    ]


def _outline(spots: Sequence[Point | None]) -> str:
    """A line around, back to its beginning; broken where there is no value."""
    return path([*spots, spots[0]])


def _web(wheel: _Wheel) -> str:
    rings = "".join(wheel.ring(step / _RINGS) for step in range(1, _RINGS))
    centre = wheel.at(0, 0)
    return rings + "".join(path([centre, wheel.at(p, 1)]) for p in range(wheel.spokes))


def _labels(wheel: _Wheel, labels: Sequence[Sequence[str]]) -> Iterator[str]:
    """The name of each spoke and below it its value, outside the outline."""
    for place, lines in enumerate(labels):
        turn = 2 * math.pi * place / len(labels)
        x, y = wheel.at(place, 1 + _AWAY / wheel.radius)
        middle = y - math.cos(turn) * LINE * len(lines) / 2
        side = math.sin(turn)
        anchor = "middle" if abs(side) < 0.3 else "start" if side > 0 else "end"
        yield text(lines, x, middle, anchor, last="t-value")
