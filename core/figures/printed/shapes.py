"""Shapes of provinces and health regions, unfolded from the file that the browser's map reads."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import orjson

from core.figures.drawing import Point
from core.paths import STATIC

Ring = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class LandShape:
    """Rings on our map, in units, and middle and radius of the largest circle inside the shape."""

    rings: tuple[Ring, ...]
    label: tuple[float, float, float]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        xs, ys = zip(*(point for ring in self.rings for point in ring), strict=True)
        return min(xs), min(ys), max(xs), max(ys)


@cache
def land_shapes() -> dict[str, LandShape]:
    """Shapes by the codes of provinces, `P61`, health regions, `R03`, and the country, `TH`."""
    topology = orjson.loads((STATIC / "geo" / "provinces.json").read_bytes())
    arcs = [_absolute(arc) for arc in topology["arcs"]]
    shapes: dict[str, LandShape] = {}
    for province in topology["objects"]["provinces"]["geometries"]:
        rings = tuple(_ring(ring, arcs) for part in province["arcs"] for ring in part)
        shape = LandShape(rings, tuple(province["properties"]["label"]))
        for code in (province["id"], province["properties"]["region"], "TH"):
            shapes[code] = _joined(shapes[code], shape) if code in shapes else shape
    return shapes


def _joined(one: LandShape, other: LandShape) -> LandShape:
    label = max(one.label, other.label, key=lambda circle: circle[2])
    return LandShape(one.rings + other.rings, label)


def _absolute(arc: list[list[int]]) -> list[Point]:
    x, y, points = 0, 0, []
    for right, down in arc:
        x, y = x + right, y + down
        points.append((float(x), float(y)))
    return points


def _ring(numbers: list[int], arcs: list[list[Point]]) -> Ring:
    """A ring of arcs, each of which begins where the one before it ended."""
    points: list[Any] = []
    for number in numbers:
        points += (arcs[number] if number >= 0 else arcs[~number][::-1])[1:]
    return tuple(points)
