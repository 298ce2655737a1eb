import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from core.figures.district_shapes import Shape
from core.reports.deck.fitting import Frame
from core.reports.deck.look import MANNERS
from core.reports.deck.map.names import Name, placed_names
from core.reports.deck.map.outlines import district_outlines, province_outlines, region_of
from core.reports.deck.writer import deck
from core.reports.slide import AreaMap, MapArea
from tests.core.reports.deck import decks
from tests.core.reports.deck.decks import A, texts
from tests.core.reports.reports import (
    HOSPITALS,
    STATUS,
    both,
    country_map,
    province_map,
    provinces,
    sample,
    slide,
)  # fmt: skip


def drawn(figure: AreaMap, districts: dict[str, Shape] | None = None) -> tuple[Any, list[str]]:
    """The group of a map, and all texts of its slide."""
    report = replace(sample(), slides=(slide(both("x"), figure=figure),), questions=())
    _, one = decks.opened(deck(report, "th", districts or {})).slides
    (group,) = (shape for shape in one.shapes if shape.shape_type == 6)
    return group, texts(one)


def fill(shape: Any) -> str:
    found: str = shape.element.find(f".//{A}srgbClr").get("val")
    return found


def test_every_province_is_a_shape_with_its_name_and_colour() -> None:
    group, _ = drawn(country_map())
    named = {shape.name: fill(shape) for shape in group.shapes}
    for area in country_map().areas:
        assert named[area.name.th] == MANNERS[area.tone].fill
    assert group.name == country_map().title.th


def test_a_shape_says_what_is_said_of_it() -> None:
    group, _ = drawn(country_map())
    told = {s.name: s.element.find(".//{*}cNvPr").get("descr") for s in group.shapes}
    area = country_map().areas[0]
    assert told[area.name.th] == f"{area.name.th} {area.shown.th}"


def test_shapes_lie_within_their_group() -> None:
    for figure in (country_map(), province_map()):
        group, _ = drawn(figure)
        for shape in group.shapes:
            assert group.left <= shape.left
            assert group.top <= shape.top
            assert shape.left + shape.width <= group.left + group.width + 1
            assert shape.top + shape.height <= group.top + group.height + 1


def test_facilities_are_circles_and_one_without_a_place_is_counted() -> None:
    group, shown = drawn(province_map())
    circles = [s.name for s in group.shapes if "ellipse" in s.element.xml]
    placed = [
        name.th
        for (_, name, _, _), one in zip(HOSPITALS, province_map().areas, strict=True)
        if one.position
    ]
    assert circles == placed
    assert "ไม่มีตำแหน่งบนแผนที่: 1" in shown


def test_a_facility_outside_the_country_stands_nowhere() -> None:
    first, *rest = province_map().areas
    astray = replace(province_map(), areas=(replace(first, position=(0.0, 0.0)), *rest))
    assert "ไม่มีตำแหน่งบนแผนที่: 2" in drawn(astray)[1]


def test_the_key_says_tones_in_words_with_their_number() -> None:
    _, shown = drawn(province_map())
    assert {"ระดับ 6 (1)", "ระดับ 0 (2)", "ไม่มีข้อมูล (1)"} <= set(shown)


def test_the_list_says_every_area_and_counts_those_left_out() -> None:
    _, shown = drawn(country_map())
    listed = "\n".join(shown).splitlines()
    said = [
        one
        for one in provinces()
        if any(
            line.startswith(one[1].th) or f" {one[1].th}:" in line or line.endswith(f" {one[1].th}")
            for line in listed
        )
    ]
    (more,) = [line for line in listed if line.startswith("และอีก")]
    assert len(said) + int(re.findall(r"\d+", more)[0]) == len(provinces())


def test_districts_with_borders_are_drawn() -> None:
    shapes = {"D6101": Shape("M2500 6000l200 0 0 200 -200 0z", (2600, 6100, 90))}
    areas = (
        MapArea("D6101", both("เมือง"), STATUS["fail"], "fail"),
        MapArea("D6102", both("อื่น"), STATUS["pass"], "pass"),
    )
    group, shown = drawn(AreaMap(both("อำเภอ"), "P61", areas), shapes)
    assert fill(next(s for s in group.shapes if s.name == "เมือง")) == MANNERS["fail"].fill
    assert "ไม่มีตำแหน่งบนแผนที่: 1" in shown


def test_hospitals_stand_on_their_districts_where_borders_are_loaded() -> None:
    shapes = {
        "D6101": Shape("M2500 6000l200 0 0 200 -200 0z", (2600, 6100, 90)),
        "D6001": Shape("M2900 6000l200 0 0 200 -200 0z", (3000, 6100, 90)),
    }
    areas = (MapArea("11201", both("รพ."), STATUS["fail"], "fail", (99.9, 15.3)),)
    plain, _ = drawn(AreaMap(both("รพ."), "P61", areas))
    group, _ = drawn(AreaMap(both("รพ."), "P61", areas), shapes)
    assert len(list(group.shapes)) == len(list(plain.shapes)) + 1


def test_neighbours_keep_a_common_border_when_thinned() -> None:
    for coarse in (True, False):
        found = province_outlines(coarse=coarse)
        assert set(found) == {code for code, _ in provinces()}
        one, other = (
            {tuple(p) for ring in found[code].rings for p in np.round(ring).tolist()}
            for code in ("P61", "P60")
        )
        assert len(one & other) > 3


def test_the_whole_country_is_light() -> None:
    points = sum(len(ring) for one in province_outlines(coarse=True).values() for ring in one.rings)
    assert points < 8_000


def test_a_region_is_known_by_its_provinces() -> None:
    assert region_of("P61") == "R03"
    assert region_of("P00") == ""


def test_a_path_of_steps_is_a_ring_of_points() -> None:
    (ring,) = district_outlines({"D1": Shape("M1 2l3 0 0 4z", (0, 0, 1))})["D1"].rings
    assert ring.tolist() == [[1, 2], [4, 2], [4, 6]]


@pytest.mark.parametrize("count", [2, 9])
def test_names_cover_neither_points_nor_one_another(count: int) -> None:
    room = Frame(0, 0, 300, 200)
    names = [Name(f"รพ.{n}", (100.0 + 25 * (n % 3), 60.0 + 18 * (n // 3))) for n in range(count)]
    placed = [frame for _, frame in placed_names(names, room, 8, 12)]
    assert len(placed) >= 2
    points = [Frame(x - 8, y - 8, 16, 16) for x, y in (name.at for name in names)]
    for at, one in enumerate(placed):
        for other in (*placed[at + 1 :], *points):
            apart = one.right <= other.x or other.right <= one.x
            assert apart or one.bottom <= other.y or other.bottom <= one.y
