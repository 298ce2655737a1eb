"""Shapes of provinces and health regions, from the file that browsers draw maps with as well."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Any, Final, NamedTuple

import orjson

from core.areas import COUNTRY
from core.figures.drawing import Point
from core.paths import STATIC

_FILE: Final = STATIC / "geo" / "provinces.json"


class Box(NamedTuple):
    """The rectangle around a shape, in units of the map."""

    west: float
    north: float
    east: float
    south: float


@dataclass(frozen=True, slots=True)
class Outline:
    """The path of an area, and the middle and radius of the largest circle inside it."""

    path: str
    middle: Point
    radius: float
    box: Box


def districts_of(loaded: Mapping[str, Sequence[Any]]) -> dict[str, Outline]:
    """Districts as they are stored: path, middle and radius by code. Their box is the circle's."""
    return {
        code: Outline(
            str(path), (x, y), radius, Box(x - radius, y - radius, x + radius, y + radius)
        )
        for code, (path, x, y, radius) in loaded.items()
    }


@cache
def outlines() -> dict[str, Outline]:
    """Every province, health region and the country by code."""
    topology = orjson.loads(_FILE.read_bytes())
    lines = [_corners(arc) for arc in topology["arcs"]]
    by_code: dict[str, Outline] = {}
    for one in topology["objects"]["provinces"]["geometries"]:
        rings = [_ring(ring, lines) for polygon in one["arcs"] for ring in polygon]
        *middle, radius = one["properties"]["label"]
        path = "".join(f"M{' '.join(f'{x} {y}' for x, y in ring)}z" for ring in rings)
        corners = [corner for ring in rings for corner in ring]
        province = Outline(path, (middle[0], middle[1]), radius, _around(corners))
        for code in (one["id"], one["properties"]["region"], COUNTRY):
            by_code[code] = _joined(by_code.get(code), province)
    return by_code


def _corners(arc: Sequence[Sequence[int]]) -> list[Point]:
    """The corners of an arc, which is written as its first corner and the steps from there."""
    return list(
        accumulate(((x, y) for x, y in arc), lambda one, step: (one[0] + step[0], one[1] + step[1]))
    )


def _ring(arcs: Iterable[int], lines: Sequence[list[Point]]) -> list[Point]:
    """A ring of arcs, the negative ones backwards; each begins where the one before it ends."""
    return [corner for arc in arcs for corner in (lines[~arc][::-1] if arc < 0 else lines[arc])[1:]]


def _around(corners: Sequence[Point]) -> Box:
    xs, ys = zip(*corners, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def _joined(before: Outline | None, added: Outline) -> Outline:
    """A whole with one part more; its middle is that of its roomiest part."""
    if before is None:
        return added
    roomiest = max(before, added, key=lambda one: one.radius)
    box = _around([before.box[:2], before.box[2:], added.box[:2], added.box[2:]])
    return Outline(before.path + added.path, roomiest.middle, roomiest.radius, box)
