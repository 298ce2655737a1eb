"""The areas of the register and their shapes: complete, consistent, and made by our own scripts."""

import csv
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from core.areas import Level, parse_area
from core.figures.projection import projected
from data.reference import convert
from tests.paths import ROOT

REFERENCE = ROOT / "data" / "reference"
SHAPES = ROOT / "static" / "geo" / "provinces.json"
TABLES = {"regions": 13, "provinces": 77, "districts": 928}
# Where the offices of some provinces stand: latitude and longitude to a hundredth of a degree.
CAPITALS = {
    "P10": (13.75, 100.50),
    "P20": (13.36, 100.99),
    "P30": (14.97, 102.10),
    "P34": (15.23, 104.86),
    "P38": (18.36, 103.65),
    "P43": (17.87, 102.74),
    "P50": (18.79, 98.98),
    "P58": (19.30, 97.97),
    "P61": (15.38, 100.03),
    "P83": (7.89, 98.39),
    "P84": (9.14, 99.33),
    "P96": (6.43, 101.82),
}


@cache
def rows(table: str) -> list[dict[str, str]]:
    with (REFERENCE / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def codes(table: str) -> list[str]:
    return [row["code"] for row in rows(table)]


@cache
def topology() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(SHAPES.read_text(encoding="utf-8"))
    return found


def provinces() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = topology()["objects"]["provinces"]["geometries"]
    return found


def corners(arc: int) -> list[tuple[int, int]]:
    steps = topology()["arcs"][arc if arc >= 0 else ~arc]
    line = [tuple(corner) for corner in np.cumsum(steps, axis=0).tolist()]
    return line if arc >= 0 else line[::-1]


def outline(ring: list[int]) -> Any:
    return shapely.LinearRing([corner for arc in ring for corner in corners(arc)[:-1]])


@cache
def shapes() -> dict[str, Any]:
    return {
        province["id"]: shapely.MultiPolygon(
            [shapely.Polygon(outline(ring)) for (ring,) in province["arcs"]]
        )
        for province in provinces()
    }


@pytest.mark.parametrize(("table", "count"), TABLES.items())
def test_no_area_is_missing_or_there_twice(table: str, count: int) -> None:
    assert len(codes(table)) == len(set(codes(table))) == count
    assert codes(table) == sorted(codes(table))


@pytest.mark.parametrize(
    ("table", "level"),
    [("regions", Level.REGION), ("provinces", Level.PROVINCE), ("districts", Level.DISTRICT)],
)
def test_every_code_is_one_of_its_level(table: str, level: Level) -> None:
    assert {parse_area(code).level for code in codes(table)} == {level}


def test_every_province_has_its_region_and_every_region_provinces() -> None:
    assert {row["region"] for row in rows("provinces")} == set(codes("regions"))


def test_every_district_has_its_province_and_every_province_districts() -> None:
    assert {row["province"] for row in rows("districts")} == set(codes("provinces"))
    assert [r["code"] for r in rows("districts") if r["code"][1:3] != r["province"][1:]] == []


def test_bangkok_is_a_region_of_its_own() -> None:
    assert [row["code"] for row in rows("provinces") if row["region"] == "R13"] == ["P10"]


@pytest.mark.parametrize("table", TABLES)
def test_names_are_there_in_both_languages_and_tell_areas_apart(table: str) -> None:
    for language, letter in (("th", "[\u0e01-\u0e5b]"), ("en", "[A-Za-z]")):
        nameless = [r["code"] for r in rows(table) if not re.search(letter, r[f"name_{language}"])]
        assert nameless == []
    # In Thai: two districts of Ayutthaya are both written Bang Sai in Latin letters.
    named = Counter((row.get("province"), row["name_th"]) for row in rows(table))
    assert [place for place, count in named.items() if count > 1] == []


def test_the_tables_are_what_the_script_makes_of_the_package(tmp_path: Path) -> None:
    convert.main(tmp_path)
    for table in ("provinces", "districts"):
        made = (tmp_path / f"{table}.csv").read_bytes()
        assert made == (REFERENCE / f"{table}.csv").read_bytes()


def test_every_province_has_a_shape_and_its_region() -> None:
    regions = {row["code"]: row["region"] for row in rows("provinces")}
    assert {p["id"]: p["properties"]["region"] for p in provinces()} == regions
    assert len(provinces()) == 77


def test_the_shapes_are_light_enough_to_be_sent() -> None:
    assert SHAPES.stat().st_size <= 200_000


def test_rings_are_closed_and_run_clockwise() -> None:
    for province in provinces():
        for (ring,) in province["arcs"]:
            ends = [(corners(arc)[0], corners(arc)[-1]) for arc in ring]
            starts = [start for start, _ in ends]
            assert [end for _, end in ends] == starts[1:] + starts[:1], province["id"]
            # Mirrored, since y grows to the south: clockwise to the eye.
            assert outline(ring).is_ccw, province["id"]


def test_borders_are_shared_and_no_arc_is_left_over() -> None:
    used = Counter(
        arc if arc >= 0 else ~arc
        for province in provinces()
        for (ring,) in province["arcs"]
        for arc in ring
    )
    assert set(used) == set(range(len(topology()["arcs"])))
    assert set(used.values()) == {1, 2}


def test_provinces_are_sound_shapes_that_do_not_overlap() -> None:
    # Whole units make a border touch itself here and there, which changes no area.
    mended = {code: shapely.make_valid(shape) for code, shape in shapes().items()}
    assert {c for c, shape in shapes().items() if abs(shape.area - mended[c].area) > 50} == set()
    apart = sum(shape.area for shape in mended.values())
    assert shapely.union_all(list(mended.values())).area == pytest.approx(apart, rel=1e-5)


@pytest.mark.parametrize(("code", "place"), CAPITALS.items())
def test_a_capital_lies_in_its_province(code: str, place: tuple[float, float]) -> None:
    latitude, longitude = place
    point = shapely.Point(projected(np.array([[longitude, latitude]]))[0])
    # The shapes are drawn for a whole country: five kilometres are within a pixel or two.
    near = {other for other, shape in shapes().items() if shape.distance(point) < 50}
    assert code in near


def test_signs_stand_inside_their_province() -> None:
    for province in provinces():
        x, y, radius = province["properties"]["label"]
        circle = shapely.Point(x, y).buffer(radius - 3)
        assert shapes()[province["id"]].contains(circle), province["id"]


def test_thailand_keeps_its_proportions() -> None:
    west, north, east, south = shapely.total_bounds(list(shapes().values()))
    # 1,650 km from the northernmost point to the latitude of the southernmost, 890 km across.
    assert (south - north) / (east - west) == pytest.approx(1650 / 890, rel=0.06)
    largest = max(shapes(), key=lambda code: shapes()[code].area)
    assert largest in {"P30", "P50"}
