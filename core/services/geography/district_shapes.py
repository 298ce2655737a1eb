"""Shapes of districts that an administrator loads from a GeoJSON; without them there are points."""

import csv
import hashlib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

import orjson

from core.criteria.load import DATA_FOLDER
from core.figures.district_shapes import (
    Features,
    Shape,
    code_property,
    drawn,
    four_digits,
    lies_in_thailand,
    read_features,
)
from core.store.engine.settings import settings_now
from core.text import Text, say

LIMIT: Final = 100_000_000
"""Bytes of a GeoJSON; 928 districts in every detail have half of it."""
_MOST_LISTED: Final = 5

Provinces = dict[str, dict[str, list[Any]]]
"""What is stored: path, middle and radius, by district code, by province."""


@dataclass(frozen=True, slots=True)
class DistrictFile:
    """A GeoJSON as it was understood.

    `shapes` by code (`D6101`) is empty when the file was refused, and `refused` then says why;
    `notes` are what was left out.
    """

    shapes: dict[str, Shape]
    refused: Text | None = None
    notes: tuple[Text, ...] = ()


def read_districts(content: bytes) -> DistrictFile:
    """Look through a GeoJSON without keeping anything."""
    if len(content) > LIMIT:
        return _refused(
            say(
                "The file has {size:,} bytes, more than the {limit:,} accepted. "
                "Export the districts with simplified borders.",
                size=len(content),
                limit=LIMIT,
            )
        )
    try:
        features = read_features(content)
    except ValueError:
        return _refused(
            say(
                "This is no GeoJSON with a list of features. "
                "Export the districts as GeoJSON and choose that file."
            )
        )
    return _matched(features)


def keep(file: DistrictFile) -> None:
    """Let the map show these shapes from now on; what was there before is gone."""
    path = _file()
    provinces: Provinces = {}
    for code, shape in sorted(file.shapes.items()):
        provinces.setdefault(f"P{code[1:3]}", {})[code] = [shape.path, *shape.label]
    path.parent.mkdir(parents=True, exist_ok=True)
    # Whoever reads meanwhile gets the old file or the new one, never half of one.
    fresh = path.with_suffix(".new")
    fresh.write_bytes(orjson.dumps(provinces))
    fresh.replace(path)


def forget() -> None:
    """Back to points."""
    _file().unlink(missing_ok=True)


def version() -> str | None:
    """Changes whenever other shapes are stored; None while there are none."""
    loaded = _loaded()
    return loaded[0] if loaded else None


def shapes_of(province: str) -> dict[str, list[Any]]:
    """Path, middle and radius by district code of a province; empty while there are no shapes."""
    loaded = _loaded()
    return loaded[1].get(province, {}) if loaded else {}


def _loaded() -> tuple[str, Provinces] | None:
    try:
        stamp = _file().stat().st_mtime_ns
    except FileNotFoundError:
        return None
    return _read(_file(), stamp)


@lru_cache(maxsize=1)
def _read(path: Path, _stamp: int) -> tuple[str, Provinces]:
    content = path.read_bytes()
    return hashlib.sha256(content).hexdigest()[:12], orjson.loads(content)


def _file() -> Path:
    return settings_now().var_folder / "geo" / "districts.json"


def _matched(features: Features) -> DistrictFile:
    known = _known()
    if not len(features.shapes):
        return _refused(say("No feature of the file is a polygon. Choose the file of the borders."))
    if not lies_in_thailand(features.shapes):
        return _refused(
            say(
                "The coordinates are not degrees in Thailand. "
                "Export the file in WGS 84 (EPSG:4326), longitude before latitude."
            )
        )
    name = code_property(features.properties, known)
    if name is None:
        return _refused(
            say(
                "No property of the features holds 4-digit district codes, such as 6101. "
                "Add the code to every district and export again."
            )
        )
    codes = [four_digits(record.get(name)) for record in features.properties]
    is_known = [code in known for code in codes]
    codes_drawn = [f"D{code}" for code, ok in zip(codes, is_known, strict=True) if ok]
    shapes = drawn(features.shapes[is_known], codes_drawn)
    strange = [
        str(r.get(name)) for r, ok in zip(features.properties, is_known, strict=True) if not ok
    ]
    return DistrictFile(shapes, notes=_notes(features, strange, known, shapes))


def _notes(
    features: Features, strange: list[str], known: frozenset[str], shapes: dict[str, Shape]
) -> tuple[Text, ...]:
    missing = sorted(known - {code[1:] for code in shapes})
    notes = []
    if features.empty:
        notes.append(say("Features without a polygon, left out: {count}", count=features.empty))
    if strange:
        notes.append(
            say(
                "Features whose code is none of a district, left out: {count} ({codes})",
                count=len(strange),
                codes=_first(strange),
            )
        )
    if missing:
        notes.append(
            say(
                "Districts without a shape, shown as points: {count} ({codes})",
                count=len(missing),
                codes=_first(missing),
            )
        )
    return tuple(notes)


def _first(codes: list[str]) -> str:
    shown = ", ".join(codes[:_MOST_LISTED])
    return f"{shown} …" if len(codes) > _MOST_LISTED else shown


def _refused(why: Text) -> DistrictFile:
    return DistrictFile({}, refused=why)


@cache
def _known() -> frozenset[str]:
    """Four digits of every district in the register."""
    table = DATA_FOLDER / "reference" / "districts.csv"
    with table.open(encoding="utf-8", newline="") as file:
        return frozenset(row["code"][1:] for row in csv.DictReader(file))
