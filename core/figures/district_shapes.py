"""Shapes of districts from a GeoJSON of anybody's, brought onto our map and made light."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import orjson
import shapely
from numpy.typing import NDArray

from core.figures.projection import in_thailand, projected

_TOLERANCE: Final = 3.0
"""Units a border may be off after thinning: a pixel or two when a province fills the screen."""
_SPECK: Final = 16.0
"""Square units below which an islet cannot be seen."""
_POLYGONS: Final = (3, 6)
"""What shapely calls a polygon and several."""

Shapes = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Shape:
    """A path on the map, and middle and radius of the largest circle inside it, in units."""

    path: str
    label: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Features:
    """Polygons as they came, in degrees, each with its properties; `empty` had no polygon."""

    shapes: Shapes
    properties: tuple[Mapping[str, Any], ...]
    empty: int


def read_features(content: bytes) -> Features:
    """The polygons of a GeoJSON. `ValueError` with a reason in English when it is none."""
    document = orjson.loads(content)
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list):
        raise ValueError("no FeatureCollection")
    known = [feature for feature in features if isinstance(feature, dict)]
    drawn = [orjson.dumps(feature.get("geometry")).decode() for feature in known]
    shapes = shapely.from_geojson(np.array(drawn, dtype=object), on_invalid="ignore")
    usable = np.isin(shapely.get_type_id(shapes), _POLYGONS) & ~shapely.is_empty(shapes)
    properties = tuple(_properties(f) for f, ok in zip(known, usable, strict=True) if ok)
    return Features(shapely.force_2d(shapes[usable]), properties, len(features) - len(properties))


def lies_in_thailand(shapes: Shapes) -> bool:
    """Whether all coordinates are degrees in the rectangle around Thailand."""
    return bool(in_thailand(shapely.get_coordinates(shapes)).all())


def code_property(properties: Iterable[Mapping[str, Any]], known: Iterable[str]) -> str | None:
    """The property that holds codes of `known` most often; None when no property holds any."""
    hits: dict[str, int] = {}
    wanted = frozenset(known)
    for record in properties:
        for name, value in record.items():
            if four_digits(value) in wanted:
                hits[name] = hits.get(name, 0) + 1
    return max(hits, key=lambda name: hits[name], default=None)


def four_digits(value: object) -> str | None:
    """`6101` from what is written: 6101, 6101.0, "6101", "TH6101", "D6101"; None for the rest."""
    whole = int(value) if isinstance(value, float) and value.is_integer() else value
    text = str(whole).strip().removeprefix("TH").removeprefix("D")
    return text if len(text) == 4 and text.isascii() and text.isdigit() else None


def drawn(shapes: Shapes, codes: Iterable[str]) -> dict[str, Shape]:
    """One shape for each code, of all polygons that carry it; neighbours keep a common border."""
    grouped: dict[str, list[Any]] = {}
    on_map = shapely.make_valid(
        shapely.transform(shapes, projected), method="structure", keep_collapsed=False
    )
    for code, shape in zip(codes, on_map, strict=True):
        grouped.setdefault(code, []).append(shape)
    whole = np.array([shapely.union_all(parts) for parts in grouped.values()], dtype=object)
    light = shapely.coverage_simplify(whole, _TOLERANCE)
    return {
        code: _shape(polygons)
        for code, shape in zip(grouped, light, strict=True)
        if (polygons := list(_polygons(shape)))
    }


def _properties(feature: Mapping[str, Any]) -> Mapping[str, Any]:
    own = feature.get("properties")
    return {"id": feature.get("id"), **(own if isinstance(own, dict) else {})}


def _polygons(shape: Any) -> Iterator[Any]:
    """Its polygons from the largest; specks are left out unless there is nothing else."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    parts.sort(key=shapely.area, reverse=True)
    yield from parts[:1]
    yield from (part for part in parts[1:] if part.area >= _SPECK)


def _shape(polygons: list[Any]) -> Shape:
    # A map's y grows to the south, so shapely's counter-clockwise is clockwise to the eye.
    turned = shapely.orient_polygons(polygons, exterior_cw=False)
    rings = [ring for polygon in turned for ring in (polygon.exterior, *polygon.interiors)]
    (x, y), edge = shapely.maximum_inscribed_circle(polygons[0], tolerance=1).coords
    radius = shapely.distance(shapely.Point(x, y), shapely.Point(edge))
    return Shape("".join(map(_path, rings)), (round(x), round(y), round(radius)))


def _path(ring: Any) -> str:
    corners = np.rint(shapely.get_coordinates(ring)).astype(int)
    steps = np.diff(corners, axis=0)[:-1]
    moved = [f"{x} {y}" for x, y in steps.tolist() if x or y]
    x, y = corners[0].tolist()
    return f"M{x} {y}l{' '.join(moved)}z"
