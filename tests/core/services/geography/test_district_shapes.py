"""An administrator's GeoJSON of districts: what is taken, what is said, what the map gets."""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from core.services.geography import district_shapes
from core.services.geography.district_shapes import forget, keep, read_districts, shapes_of, version


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TRUAT_VAR_FOLDER", str(tmp_path))
    return tmp_path


def square(west: float, south: float, side: float = 0.2) -> list[list[list[float]]]:
    east, north = west + side, south + side
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def feature(code: object, rings: object, name: str = "code") -> dict[str, Any]:
    geometry = rings if isinstance(rings, dict) else {"type": "Polygon", "coordinates": rings}
    return {"type": "Feature", "properties": {name: code}, "geometry": geometry}


def geojson(*features: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def polygon(path: str) -> Any:
    """The shape a browser draws: the first corner, then steps."""
    start, steps = path.removeprefix("M").removesuffix("z").split("l")
    numbers = [int(number) for number in f"{start} {steps}".split()]
    return shapely.Polygon(np.cumsum(np.reshape(numbers, (-1, 2)), axis=0))


FIRST = feature("6101", square(100.0, 15.0))
SECOND = feature("6102", square(100.2, 15.0))


def test_districts_get_their_shapes() -> None:
    found = read_districts(geojson(FIRST, SECOND))
    assert found.refused is None
    assert set(found.shapes) == {"D6101", "D6102"}
    first, second = found.shapes["D6101"], found.shapes["D6102"]
    assert first.path.startswith("M")
    assert first.path.endswith("z")
    # 0.2 degrees are 200 units: the circle inside has half of it, and its middle is 200 apart.
    assert first.label[2] == pytest.approx(100, abs=2)
    assert second.label[0] - first.label[0] == pytest.approx(200, abs=4)


@pytest.mark.parametrize("written", ["6101", 6101, 6101.0, "TH6101", "D6101", " 6101 "])
@pytest.mark.parametrize("name", ["code", "ADM2_PCODE", "รหัสอำเภอ"])
def test_the_code_is_found_under_any_name(written: object, name: str) -> None:
    found = read_districts(geojson(feature(written, square(100, 15), name)))
    assert set(found.shapes) == {"D6101"}


def test_the_code_may_be_the_features_own_id() -> None:
    bare = {**feature(None, square(100, 15)), "id": 6101, "properties": None}
    assert set(read_districts(geojson(bare)).shapes) == {"D6101"}


def test_a_district_in_two_pieces_is_one_shape() -> None:
    found = read_districts(geojson(FIRST, feature("6101", square(101.0, 15.0, 0.4))))
    assert found.shapes["D6101"].path.count("M") == 2
    # The sign stands in the larger piece.
    assert found.shapes["D6101"].label[2] == pytest.approx(200, abs=2)


def test_a_hole_stays_a_hole() -> None:
    rings = [*square(100, 15, 0.4), *square(100.1, 15.1, 0.1)]
    assert read_districts(geojson(feature("6101", rings))).shapes["D6101"].path.count("M") == 2


def test_a_knotted_ring_is_mended() -> None:
    knot = [[[100, 15], [100.2, 15.2], [100.2, 15], [100, 15.2], [100, 15]]]
    assert set(read_districts(geojson(feature("6101", knot))).shapes) == {"D6101"}


def test_a_detailed_border_is_thinned_and_stays_common() -> None:
    """Two districts with a thousand points on the border between them."""
    border = [[100.2 + 0.03 * math.sin(n / 100), 15 + 0.0002 * n] for n in range(1001)]
    west = [[*border, [100.0, 15.2], [100.0, 15.0], border[0]]]
    east = [[*border, [100.4, 15.2], [100.4, 15.0], border[0]]]
    found = read_districts(geojson(feature("6101", west), feature("6102", east)))
    assert all(len(shape.path) < 500 for shape in found.shapes.values())
    first, second = (polygon(shape.path) for shape in found.shapes.values())
    both = first.union(second)
    assert first.intersection(second).area == 0
    assert (both.geom_type, len(both.interiors)) == ("Polygon", 0)
    assert both.area == first.area + second.area


def test_what_is_left_out_is_said() -> None:
    line = {"type": "LineString", "coordinates": [[100, 15], [101, 16]]}
    content = geojson(FIRST, feature("9999", square(101, 15)), feature("6102", line), "nonsense")
    found = read_districts(content)
    assert set(found.shapes) == {"D6101"}
    said = [note.en for note in found.notes]
    assert said[0] == "Features without a polygon, left out: 2"
    assert said[1] == "Features whose code is none of a district, left out: 1 (9999)"
    assert said[2].startswith("Districts without a shape, shown as points: 927 (1001, 1002, ")
    assert said[2].endswith("…)")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no GeoJSON"),
        (b"\xff\xfe", "no GeoJSON"),
        (b"[1, 2]", "no GeoJSON"),
        (b'{"type": "Feature"}', "no GeoJSON"),
        (b"[" * 100_000, "no GeoJSON"),
        (geojson(), "No feature of the file is a polygon"),
        (geojson({"type": "Feature"}), "No feature of the file is a polygon"),
        (geojson(feature("6101", [[[100, 15], [101, 15]]])), "No feature of the file is a polygon"),
        (geojson(feature("6101", "x")), "No feature of the file is a polygon"),
        (geojson(feature("6101", square(655_000, 1_700_000, 900))), "not degrees in Thailand"),
        (geojson(feature("6101", square(15.0, 100.0))), "not degrees in Thailand"),
        (geojson(feature("Mueang", square(100, 15))), "4-digit district codes"),
        (geojson(feature("9999", square(100, 15))), "4-digit district codes"),
    ],
)
def test_a_file_of_the_wrong_kind_is_refused_in_words(content: bytes, said: str) -> None:
    found = read_districts(content)
    assert found.shapes == {}
    assert found.refused is not None
    assert said in found.refused.en


def test_a_file_is_too_large_only_above_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    content = geojson(FIRST)
    monkeypatch.setattr(district_shapes, "LIMIT", len(content))
    assert read_districts(content).refused is None
    monkeypatch.setattr(district_shapes, "LIMIT", len(content) - 1)
    refused = read_districts(content).refused
    assert refused is not None
    assert "bytes" in refused.en


def test_what_is_kept_is_shown_by_province_until_it_is_forgotten() -> None:
    assert version() is None
    assert shapes_of("P61") == {}
    keep(read_districts(geojson(FIRST, SECOND, feature("6001", square(100.5, 15.5)))))
    first = version()
    assert first is not None
    assert list(shapes_of("P61")) == ["D6101", "D6102"]
    assert list(shapes_of("P60")) == ["D6001"]
    assert shapes_of("P10") == {}
    path, *label = shapes_of("P61")["D6101"]
    assert str(path).startswith("M")
    assert all(isinstance(number, int) for number in label)
    keep(read_districts(geojson(FIRST)))
    assert version() not in (None, first)
    assert list(shapes_of("P60")) == []
    forget()
    forget()
    assert version() is None


def test_keeping_leaves_nothing_else_behind(folder: Path) -> None:
    keep(read_districts(geojson(FIRST)))
    assert [str(f.relative_to(folder)) for f in folder.rglob("*.*")] == ["geo/districts.json"]
