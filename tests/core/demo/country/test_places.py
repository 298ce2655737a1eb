"""Where things are: the register's areas, and invented places that lie in their province."""

import numpy as np
import pytest

from core.areas import COUNTRY
from core.demo.country.places import (
    Outline,
    districts,
    inside,
    invented_places,
    outlines,
    unprojected,
)
from core.figures.projection import projected
from core.services.geography.reference import all_areas

SQUARE = np.array([[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]])


def test_every_district_has_its_province_and_region() -> None:
    assert len(districts()) == 928
    assert len({district.province for district in districts()}) == 77
    assert len({district.region for district in districts()}) == 13


def test_areas_come_after_the_ones_they_lie_in() -> None:
    seen = {COUNTRY}
    for area in all_areas():
        assert area.parent in seen
        seen.add(area.code)
    assert len(seen) == 1 + 13 + 77 + 928


def test_inside_is_told_from_outside_on_all_sides() -> None:
    spots = np.array([[5, 5], [1, 9], [-1, 5], [11, 5], [5, -1], [5, 11]], dtype=np.float64)
    found = inside(Outline((SQUARE,), (5, 5)), spots)
    assert found.tolist() == [True, True, False, False, False, False]


def test_which_way_round_an_outline_runs_does_not_matter() -> None:
    spots = np.array([[5, 5], [15, 5]], dtype=np.float64)
    assert inside(Outline((SQUARE[::-1],), (5, 5)), spots).tolist() == [True, False]


def test_a_province_may_have_several_parts() -> None:
    both = Outline((SQUARE, np.add(SQUARE, (20, 0))), (5, 5))
    spots = np.array([[5, 5], [15, 5], [25, 5]], dtype=np.float64)
    assert inside(both, spots).tolist() == [True, False, True]


@pytest.mark.parametrize("place", [(13.75, 100.5), (5.7, 101.1), (20.4, 99.9)])
def test_the_map_and_back(place: tuple[float, float]) -> None:
    (x, y), *_ = projected(np.array([place[::-1]])).tolist()
    assert unprojected(x, y) == pytest.approx(place, abs=1e-4)


@pytest.mark.parametrize("province", sorted(outlines()))
def test_invented_places_lie_in_their_province_and_apart(province: str) -> None:
    places = invented_places(province, 12)
    spots = projected(np.array([place[::-1] for place in places]))
    # The first is the middle of the province; a metre of rounding cannot carry it out.
    assert inside(outlines()[province], spots).mean() > 0.9
    assert len(set(places)) == 12
