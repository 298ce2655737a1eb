"""A radar: full marks dashed, today thick and filled, what came before as thin outlines."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from core.figures.drawing import Point, dots, element, number, path
from core.figures.shared.letters import folded
from core.figures.shared.sheet import (
    ACCENT,
    INK,
    QUIET,
    RULE,
    SMALL,
    label,
    line_height,
    sheet,
    stroke,
    widest,
)
from core.figures.shared.values import RadarValue, SeriesValue
from core.text import Language

_BESIDE: Final = 0.3
"""What a name beside the wheel may take of the width."""
_AWAY: Final = 16
_RINGS: Final = 5
_SAMPLE: Final = 44
"""Pixels of a line in the key."""
_STRAIGHT: Final = 0.3
"""Below this a spoke counts as straight up or down."""


@dataclass(frozen=True, slots=True)
class _Wheel:
    """Where the spokes lie, clockwise from the top; a share of 1 is the outline."""

    spokes: int
    x: float
    y: float
    radius: float

    def turn(self, place: int) -> float:
        return 2 * math.pi * place / self.spokes

    def at(self, place: int, share: float) -> Point:
        turn, length = self.turn(place), self.radius * share
        return self.x + length * math.sin(turn), self.y - length * math.cos(turn)

    def ring(self, share: float) -> str:
        return path((self.at(place, share) for place in range(self.spokes)), closed=True)


def radar(figure: RadarValue, language: Language, size: tuple[float, float]) -> str:
    """The radar as SVG of a size in pixels; a spoke without a value breaks its outline.

    `ValueError` for fewer than three spokes or without a series.
    """
    if len(figure.spokes) < 3 or not figure.series:
        raise ValueError("a radar needs three spokes and a series")
    *before, now = figure.series
    key = _key(figure.series, language, size[1]) if before else []
    high = size[1] - (line_height(SMALL) if before else 0)
    names = [folded(spoke.in_(language), _BESIDE * size[0], SMALL) for spoke in figure.spokes]
    shown = [text.in_(language) for text in now.shown]
    labels = [
        _label(lines, value, is_straight=_is_straight(2 * math.pi * place / len(names)))
        for place, (lines, value) in enumerate(zip(names, shown, strict=True))
    ]
    wheel = _wheel(labels, size[0], high)
    spots_of = partial(_spots, wheel, figure.full)
    spots, pairs = spots_of(now), zip(figure.spokes, shown, strict=True)
    area = [spot or wheel.at(place, 0) for place, spot in enumerate(spots)]
    return sheet(
        figure.title.in_(language),
        [f"{spoke.in_(language)}: {value}" for spoke, value in pairs],
        size,
        stroke(_web(wheel), RULE, 1.5),
        stroke(wheel.ring(1), QUIET, 3, dash="9 6"),
        element("path", d=path(area, closed=True), fill=ACCENT, fill_opacity=0.22),
        *(stroke(_outline(spots_of(one)), QUIET, 3, dash="2 7") for one in before),
        stroke(_outline(spots), ACCENT, 6),
        stroke(dots(spots), ACCENT, 13),
        *_labels(wheel, labels),
        *key,
    )  # fmt: skip


def _is_straight(turn: float) -> bool:
    return abs(math.sin(turn)) < _STRAIGHT


def _label(lines: Sequence[str], value: str, *, is_straight: bool) -> tuple[str, ...]:
    """Name and value one below the other; in one line above and below the wheel, which gains."""
    return (f"{lines[0]} {value}",) if is_straight and len(lines) == 1 else (*lines, value)


def _wheel(labels: Sequence[Sequence[str]], wide: float, high: float) -> _Wheel:
    """The largest wheel beside, above and below which the labels have room."""
    count = len(labels)
    radius = high / 2
    above = below = 0.0
    for place, lines in enumerate(labels):
        turn = 2 * math.pi * place / count
        if not _is_straight(turn):
            room = wide / 2 - widest(lines, SMALL, bold=True) - _AWAY
            radius = min(radius, room / abs(math.sin(turn)))
        tall = line_height(SMALL) * len(lines)
        above = max(above, (tall + _AWAY) * max(math.cos(turn), 0) ** 3)
        below = max(below, (tall + _AWAY) * max(-math.cos(turn), 0) ** 3)
    radius = max(min(radius, (high - above - below) / 2), 40.0)
    return _Wheel(count, wide / 2, above + (high - above - below) / 2, radius)


def _spots(wheel: _Wheel, full: float, series: SeriesValue) -> list[Point | None]:
    return [
        None if value is None or not math.isfinite(value) else wheel.at(place, value / full)
        for place, value in enumerate(series.values)
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
    line = line_height(SMALL)
    for place, lines in enumerate(labels):
        turn = wheel.turn(place)
        x, y = wheel.at(place, 1 + _AWAY / wheel.radius)
        middle = y - math.cos(turn) * line * len(lines) / 2
        side = "start" if math.sin(turn) > 0 else "end"
        anchor = "middle" if _is_straight(turn) else side
        name = middle - line / 2
        yield label(lines[:-1], x, name, size=SMALL, anchor=anchor)
        value = middle + (len(lines) - 1) * line / 2
        yield label(lines[-1:], x, value, size=SMALL, anchor=anchor, bold=True)


def _key(series: Sequence[SeriesValue], language: Language, high: float) -> list[str]:
    """Which line is which, below the wheel."""
    middle, x, pieces = high - line_height(SMALL) / 2, 0.0, list[str]()
    for place, one in enumerate(reversed(series)):
        name = one.name.in_(language)
        colour, thick, dash = (QUIET, 3.0, "2 7") if place else (ACCENT, 6.0, None)
        pieces.append(
            stroke(f"M{number(x + 3)} {number(middle)}h{_SAMPLE}", colour, thick, dash=dash)
        )
        pieces.append(label([name], x + _SAMPLE + 14, middle, size=SMALL, colour=INK))
        x += _SAMPLE + 14 + widest([name], SMALL) + 30
    return pieces
