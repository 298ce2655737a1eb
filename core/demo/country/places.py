"""Where things are: the areas of the register, and invented places inside a province."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from core.criteria.load import DATA_FOLDER
from core.figures.projection import UNITS, WEST, projected
from core.services.geography.reference import reference_rows
from core.text import Text

SHAPES: Final = DATA_FOLDER.parent / "static" / "geo" / "provinces.json"

Ring = NDArray[np.int64]
"""Corners of an outline, k × 2, in whole units of our map."""
Spots = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class DistrictRow:
    """A district of the register, with its province and region."""

    code: str
    name: Text
    province: str
    province_name: Text
    region: str


@cache
def districts() -> tuple[DistrictRow, ...]:
    """All districts in the order of their codes, from `data/reference`."""
    provinces = {row["code"]: row for row in reference_rows("provinces")}
    rows = []
    for row in reference_rows("districts"):
        province = provinces[row["province"]]
        names = Text(row["name_th"], row["name_en"]), Text(province["name_th"], province["name_en"])
        rows.append(
            DistrictRow(row["code"], names[0], row["province"], names[1], province["region"])
        )
    return tuple(sorted(rows, key=lambda district: district.code))


@dataclass(frozen=True, slots=True)
class Outline:
    """A province on our map: its outer rings and the middle of the largest circle inside it."""

    rings: tuple[Ring, ...]
    middle: tuple[int, int]


@cache
def outlines(path: Path = SHAPES) -> dict[str, Outline]:
    """The outline of every province by code."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = [np.cumsum(np.array(arc, dtype=np.int64), axis=0) for arc in topology["arcs"]]
    shapes = topology["objects"]["provinces"]["geometries"]
    return {shape["id"]: _outline(shape, arcs) for shape in shapes}


def _outline(shape: Any, arcs: Sequence[Ring]) -> Outline:
    # An arc of a negative number runs backwards; neighbours share their end points.
    rings = tuple(
        np.concatenate([arcs[a] if a >= 0 else arcs[~a][::-1] for a in polygon[0]])
        for polygon in shape["arcs"]
    )
    x, y, _radius = shape["properties"]["label"]
    return Outline(rings, (x, y))


def inside(outline: Outline, spots: Spots) -> NDArray[np.bool_]:
    """Which places of our map, n × 2, lie in a province."""
    is_inside = np.zeros(len(spots), dtype=np.bool_)
    x, y = spots[:, :1], spots[:, 1:]
    for ring in outline.rings:
        (x0, y0), (x1, y1) = ring[:-1].T, ring[1:].T
        # A line to the east crosses the outline an odd number of times from inside.
        between = (y0 > y) != (y1 > y)
        crossing = (x - x0) * (y1 - y0) < (y - y0) * (x1 - x0)
        is_inside ^= np.count_nonzero(between & (crossing == (y1 > y0)), axis=1) % 2 == 1
    return is_inside


@cache
def invented_places(province: str, count: int) -> tuple[tuple[float, float], ...]:
    """Latitude and longitude of so many places in a province, the first in its middle.

    They are spread all over it, and have nothing to do with where anything really is.
    """
    outline = outlines()[province]
    spots = [outline.middle, *_scattered(outline, count - 1).tolist()]
    return tuple(unprojected(x, y) for x, y in spots)


def _scattered(outline: Outline, count: int) -> Spots:
    """So many places all over a province, evenly and without chance."""
    corners = np.concatenate(outline.rings)
    low, high = corners.min(axis=0), corners.max(axis=0)
    scattered = np.empty((0, 2))
    first, more = 1, 8 * count
    while len(scattered) < count:
        unit = np.column_stack([_halton(base, first, more) for base in (2, 3)])
        spots = np.rint(low + unit * (high - low))
        scattered = np.concatenate([scattered, spots[inside(outline, spots)]])
        first += more
    return scattered[:count]


def _halton(base: int, first: int, count: int) -> Spots:
    """Numbers below 1 that fill the gaps between one another: the digits of n, mirrored."""
    left, value, place = np.arange(first, first + count), np.zeros(count), 1.0
    while left.any():
        place /= base
        value += left % base * place
        left = left // base
    return value


def unprojected(x: float, y: float) -> tuple[float, float]:
    """Latitude and longitude of a place on our map, to about ten metres."""
    top = projected(np.array([[WEST, 0.0]]))[0, 1]  # how far south of the corner the equator lies
    stretched = np.radians((top - y) / UNITS)
    latitude = float(np.degrees(np.arctan(np.sinh(stretched))))
    return round(latitude, 4), round(WEST + x / UNITS, 4)
