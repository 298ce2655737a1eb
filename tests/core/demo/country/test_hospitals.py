"""Invented hospitals: many, plausible, and none of them a real one."""

import re
from collections import Counter

import pytest

from core.demo.country.hospitals import demo_hospitals, later_from
from core.demo.country.places import districts, outlines
from core.demo.parameters import hospital_parameters

HOSPITALS = demo_hospitals()
TOLD = hospital_parameters()


def test_there_are_about_nine_hundred() -> None:
    assert 880 <= len(HOSPITALS) <= 920


def test_every_name_says_that_it_is_a_demonstration() -> None:
    assert all(hospital.name.th.endswith(" (สาธิต)") for hospital in HOSPITALS)
    assert all(hospital.name.en.endswith(" (demo)") for hospital in HOSPITALS)


def test_names_are_made_of_areas_alone() -> None:
    """Hospitals named after people and temples exist; none of those names comes up."""
    kinds = "ศูนย์|จังหวัด|"
    areas = {d.name.th.removeprefix("เขต") for d in districts()}
    areas |= {d.province_name.th for d in districts()}
    for hospital in HOSPITALS:
        found = re.fullmatch(rf"โรงพยาบาล(?:{kinds})(.+) \(สาธิต\)", hospital.name.th)
        assert found is not None
        assert found[1] in areas


def test_codes_are_of_the_invented_range_and_given_once() -> None:
    assert len({hospital.hcode for hospital in HOSPITALS}) == len(HOSPITALS)
    assert all(re.fullmatch(r"99\d{3}", hospital.hcode) for hospital in HOSPITALS)
    assert all(hospital.hcode9 == f"00{hospital.hcode}00" for hospital in HOSPITALS)


def test_every_province_has_one_that_leads() -> None:
    leading = Counter(h.province for h in HOSPITALS if h.level in ("A", "S"))
    assert set(leading) == {district.province for district in districts()}
    assert max(leading[province] for province in leading if province not in TOLD.only_in) == 1


def test_most_districts_have_one_and_only_capitals_two() -> None:
    counted = Counter(hospital.district for hospital in HOSPITALS)
    outside = [d for d in districts() if d.province not in TOLD.only_in]
    assert sum(d.code not in counted for d in outside) == TOLD.without_hospital
    assert all(count == 1 or code.endswith("01") for code, count in counted.items())
    assert max(counted.values()) == 2


def test_groups_suit_the_level_and_the_beds() -> None:
    groups = {group.name: group for group in TOLD.groups}
    for hospital in HOSPITALS:
        group = groups[hospital.hgr]
        assert group.level == hospital.level
        assert group.beds[0] <= hospital.beds <= group.beds[1]
        assert group.revenue[0] <= hospital.revenue / 1e6 <= group.revenue[1]


def test_only_the_largest_have_fewer_than_five_peers() -> None:
    counted = Counter(hospital.hgr for hospital in HOSPITALS)
    assert [group for group, count in counted.items() if count < 5] == ["A >1,000"]
    assert set(counted) == {group.name for group in TOLD.groups}


def test_some_come_into_the_next_group_when_the_second_year_begins() -> None:
    moved = [h for h in HOSPITALS if h.hgr_in(2565) != h.hgr_in(2566)]
    assert len(moved) == TOLD.moved_up.count
    assert {h.hgr_in(2566) for h in moved} == {TOLD.moved_up.into}
    assert str(later_from()) == "2566-M01"


def test_islands_are_real_ones_and_their_hospitals_small() -> None:
    islands = {h.district: h for h in HOSPITALS if h.island}
    assert set(islands) == set(TOLD.islands)
    named = {d.code: d.name.th for d in districts()}
    assert all(named[code].startswith("เกาะ") for code in islands)
    assert all(h.level.startswith("F") for h in islands.values())


def test_everybody_stands_in_thailand() -> None:
    assert set(outlines()) == {hospital.province for hospital in HOSPITALS}
    assert all(5.5 < h.latitude < 20.6 and 97.3 < h.longitude < 105.8 for h in HOSPITALS)


@pytest.mark.parametrize("district", ["D1801", "D6101", "D9501"])
def test_a_leading_hospital_stands_in_the_capital(district: str) -> None:
    assert any(h.level in ("A", "S") for h in HOSPITALS if h.district == district)
