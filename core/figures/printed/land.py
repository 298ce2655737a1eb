"""A map on paper: numbers stand in areas and facilities, and a list says what they are."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
import shapely

from core.figures.drawing import Drawing, Point, element, number, path, picture
from core.figures.printed.shapes import LandShape, land_shapes
from core.figures.printed.style import printed, tone_of
from core.figures.projection import in_thailand, projected
from core.figures.style import LIGHT

_MOST_WIDE: Final = 460.0
_MOST_HIGH: Final = 480.0
_EDGE: Final = 14.0
_SPOT: Final = 10.0
_TYPE: Final = 13.0
_SMALLEST: Final = 7.0
_ROUNDS: Final = 200
_TURN: Final = 2.4
"""The angle that scatters one after another evenly."""
_TOLERANCE: Final = 0.4
"""Units of paper a border may be off."""
_SPECK: Final = 1.0
"""Square units of paper below which an islet cannot be seen."""


@dataclass(frozen=True, slots=True)
class PrintedPlace:
    """An area with its code, or a facility with its position, longitude and latitude."""

    code: str
    name: str
    shown: str
    tone: str
    position: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where our map's units stand on the paper."""

    left: float
    top: float
    scale: float
    width: float
    height: float

    def at(self, point: Point) -> Point:
        return (
            _EDGE + (point[0] - self.left) * self.scale,
            _EDGE + (point[1] - self.top) * self.scale,
        )

    def inside(self, spot: Point) -> Point:
        """The nearest point where a whole circle has room."""
        x = min(max(spot[0], _SPOT + 1), self.width - _SPOT - 1)
        return x, min(max(spot[1], _SPOT + 1), self.height - _SPOT - 1)


def land(key: str, title: str, focus: str, places: Sequence[PrintedPlace]) -> Drawing | None:
    """The map of `places`, each with its number in their order from 1.

    What has neither a shape nor a position in Thailand has no number on the map. None where the
    `focus` has no shape, or nothing could be shown on it.
    """
    shapes = land_shapes()
    if focus not in shapes:
        return None
    frame = _frame(shapes[focus])
    spots = dict(_spots(places, frame))
    drawn = {at for at, one in enumerate(places) if one.code in shapes}
    if not spots and not drawn:
        return None
    words = tuple(f"{at}. {one.name}: {one.shown}" for at, one in enumerate(places, 1))
    svg = picture(
        key, title, words, frame.height,
        element("path", d=_outline(shapes[focus], frame), class_="t-land"),
        *(_area(places[at], shapes[places[at].code], frame) for at in sorted(drawn)),
        *(_count(at, shapes[places[at].code], frame, places[at].tone) for at in sorted(drawn)),
        *_circles(places, spots, frame),
        width=frame.width,
    )  # fmt: skip
    return printed(Drawing(svg, words))


def shown_on(focus: str, places: Sequence[PrintedPlace]) -> frozenset[int]:
    """Which places, by their order, have a number on the map."""
    shapes = land_shapes()
    if focus not in shapes:
        return frozenset()
    on_it = {at for at, one in enumerate(places) if one.code in shapes}
    return frozenset(on_it | {at for at, _spot in _spots(places, _frame(shapes[focus]))})


def _frame(shape: LandShape) -> _Frame:
    left, top, right, bottom = shape.box
    across, down = right - left, bottom - top
    scale = min((_MOST_WIDE - 2 * _EDGE) / across, (_MOST_HIGH - 2 * _EDGE) / down)
    return _Frame(left, top, scale, across * scale + 2 * _EDGE, down * scale + 2 * _EDGE)


def _spots(places: Sequence[PrintedPlace], frame: _Frame) -> Iterator[tuple[int, Point]]:
    """Where facilities stand; one outside Thailand or the frame is mistyped and stands nowhere."""
    for at, one in enumerate(places):
        if one.position is None:
            continue
        degrees = np.array([one.position], dtype=float)
        if not in_thailand(degrees)[0]:
            continue
        x, y = frame.at(tuple(projected(degrees)[0].tolist()))
        if 0 <= x <= frame.width and 0 <= y <= frame.height:
            yield at, (x, y)


def _outline(shape: LandShape, frame: _Frame) -> str:
    """Its rings as they can be seen at this size; specks are left out unless there is no other."""
    rings = shapely.polygons([shapely.linearrings(ring) for ring in shape.rings])
    light = shapely.simplify(rings, _TOLERANCE / frame.scale)
    areas = shapely.area(rings) * frame.scale**2
    seen = [
        path(map(frame.at, shapely.get_coordinates(ring)[:-1].tolist()), closed=True)
        for ring, area in zip(light, areas, strict=True)
        if area >= min(_SPECK, areas.max())
    ]
    return "".join(seen)


def _area(place: PrintedPlace, shape: LandShape, frame: _Frame) -> str:
    return element(
        "path", d=_outline(shape, frame), stroke=LIGHT.ground, stroke_width=0.8,
        style=f"fill: {tone_of(place.tone).fill}",
    )  # fmt: skip


def _count(at: int, shape: LandShape, frame: _Frame, tone: str) -> str:
    """The number of an area, as large as its widest circle allows."""
    x, y = frame.at(shape.label[:2])
    fits = shape.label[2] * frame.scale * 1.5 / max(len(str(at + 1)) * 0.6, 1)
    return _number(at, (x, y), tone, min(max(fits, _SMALLEST), _TYPE))


def _number(at: int, spot: Point, tone: str, type_: float) -> str:
    look = f"fill: {tone_of(tone).on}; font-weight: 700; font-size: {number(type_)}px"
    return element(
        "text", str(at + 1), x=number(spot[0]), y=number(spot[1] + type_ * 0.36),
        text_anchor="middle", style=look,
    )  # fmt: skip


def _circles(
    places: Sequence[PrintedPlace], spots: dict[int, Point], frame: _Frame
) -> Iterator[str]:
    """Facilities as numbered circles, moved apart, with a line to where they stand."""
    for at, spot in _apart(spots, frame).items():
        tone = places[at].tone
        if math.dist(spot, spots[at]) > _SPOT / 2:
            yield element("path", d=path([spots[at], spot]), stroke=LIGHT.text)
            yield element("circle", cx=number(spots[at][0]), cy=number(spots[at][1]), r=2)
        yield element("circle", cx=number(spot[0]), cy=number(spot[1]), r=_SPOT,
                      fill=tone_of(tone).fill, stroke=LIGHT.text)  # fmt: skip
        yield _number(at, spot, tone, _TYPE - 1)


def _apart(spots: dict[int, Point], frame: _Frame) -> dict[int, Point]:
    """The spots inside the frame, no two nearer than their circles allow."""
    # A little off in ways of their own, so that those of one place part in all directions.
    moved = {
        at: (x + 0.3 * math.cos(_TURN * at), y + 0.3 * math.sin(_TURN * at))
        for at, (x, y) in spots.items()
    }
    near = 2 * _SPOT + 1
    for _round in range(_ROUNDS):
        crowded = [
            (one, other)
            for one, other in combinations(moved, 2)
            if math.dist(moved[one], moved[other]) < near - 0.5
        ]
        if not crowded:
            break
        for one, other in crowded:
            moved[one], moved[other] = (
                frame.inside(spot) for spot in _pushed(moved[one], moved[other], near)
            )
    return moved


def _pushed(one: Point, other: Point, near: float) -> tuple[Point, Point]:
    away = math.dist(one, other) or 1.0
    across, down = (other[0] - one[0]) / away, (other[1] - one[1]) / away
    push = max(near - away, 0.0) / 2
    return (
        (one[0] - across * push, one[1] - down * push),
        (other[0] + across * push, other[1] + down * push),
    )
