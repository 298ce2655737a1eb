"""Outlines of provinces and districts as rings of points on our map, thinned for a slide."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final

import numpy as np
import orjson
import shapely
from numpy.typing import NDArray

from core.figures.district_shapes import Shape
from core.paths import STATIC

Ring = NDArray[np.float64]
"""Points, n × 2: x to the east, y to the south, in units of the map."""

_COARSE: Final = 18.0
_FINE: Final = 2.0
"""Units a border may be off: on a map of the country, and of a province that fills the slide."""
_SUBPATH: Final = re.compile("M([^Mlz]+)l?([^Mz]*)z?")


class Outline:
    """An area's rings, with the middle and radius of a circle inside it for a mark."""

    def __init__(self, rings: tuple[Ring, ...], label: tuple[float, float, float]) -> None:
        self.rings = rings
        self.label = label


def province_outlines(*, coarse: bool) -> Mapping[str, Outline]:
    """The provinces by code; neighbours keep a common border however it is thinned."""
    return _outlines(_COARSE if coarse else _FINE)


def district_outlines(shapes: Mapping[str, Shape]) -> dict[str, Outline]:
    """Outlines of loaded shapes by code."""
    return {
        code: Outline(tuple(_rings(shape.path)), (*map(float, shape.label),))  # type: ignore[arg-type]
        for code, shape in shapes.items()
    }


def region_of(province: str) -> str:
    """The health region a province lies in; empty for one nobody knows."""
    return next((g["properties"]["region"] for g in _geometries() if g["id"] == province), "")


def bounds(outlines: Iterable[Outline]) -> tuple[float, float, float, float]:
    """West, north, east and south of some outlines."""
    points = np.concatenate([ring for one in outlines for ring in one.rings])
    (west, north), (east, south) = points.min(axis=0), points.max(axis=0)
    return float(west), float(north), float(east), float(south)


@cache
def _outlines(tolerance: float) -> Mapping[str, Outline]:
    lines = [shapely.LineString(np.cumsum(np.array(arc), axis=0)) for arc in _topology()["arcs"]]
    thin = shapely.simplify(np.array(lines, dtype=object), tolerance)
    arcs = [shapely.get_coordinates(line) for line in thin]
    return {
        one["id"]: Outline(
            tuple(
                ring
                for polygon in one["arcs"]
                for numbers in polygon
                if len(ring := _joined(arcs, numbers)) > 3
            ),
            tuple(map(float, one["properties"]["label"])),  # type: ignore[arg-type]
        )
        for one in _geometries()
    }


def _joined(arcs: list[Ring], numbers: list[int]) -> Ring:
    """A ring of arcs, each beginning where the one before it ends; `~n` runs backwards."""
    return np.concatenate([(arcs[~n][::-1] if n < 0 else arcs[n])[1:] for n in numbers])


def _geometries() -> list[dict[str, Any]]:
    geometries: list[dict[str, Any]] = _topology()["objects"]["provinces"]["geometries"]
    return geometries


@cache
def _topology() -> dict[str, Any]:
    read: dict[str, Any] = orjson.loads((STATIC / "geo" / "provinces.json").read_bytes())
    return read


def _rings(path: str) -> Iterable[Ring]:
    for start, steps in _SUBPATH.findall(path):
        steps_ = np.array([*start.split(), *steps.split()], dtype=np.float64).reshape(-1, 2)
        yield np.cumsum(steps_, axis=0)
