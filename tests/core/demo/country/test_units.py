"""Invented primary care units: near their hospitals, and none of them a real one."""

import re
from collections import Counter

import numpy as np

from core.demo.country.hospitals import demo_hospitals
from core.demo.country.places import districts, inside, outlines
from core.demo.country.units import demo_units
from core.demo.theme_parameters import transfer_parameters
from core.figures.projection import projected

UNITS = demo_units()
TOLD = transfer_parameters()
COMMUNITY = {h.district: h for h in demo_hospitals() if h.level not in ("A", "S")}


def test_there_are_about_two_and_a_half_thousand() -> None:
    assert 2400 <= len(UNITS) <= 2600


def test_names_are_those_of_districts_and_say_what_they_are() -> None:
    named = {district.code: district.name for district in districts()}
    for unit in UNITS:
        found = re.fullmatch(r"รพ\.สต\.(.+) [1-5] \(สาธิต\)", unit.name.th)
        assert found is not None
        assert found[1] == named[unit.district].th
        assert unit.name.en.endswith(" Primary Care Unit (demo)")
    assert len({(unit.district, unit.name) for unit in UNITS}) == len(UNITS)


def test_codes_are_of_a_range_of_their_own() -> None:
    codes = [unit.hcode for unit in UNITS]
    assert codes == [f"{TOLD.first_code + number}" for number in range(len(UNITS))]
    assert max(codes) < min(hospital.hcode for hospital in demo_hospitals())
    assert all(unit.hcode9 == f"00{unit.hcode}00" for unit in UNITS)


def test_every_community_hospital_has_two_to_five() -> None:
    counted = Counter(unit.district for unit in UNITS)
    expected = {district for district, h in COMMUNITY.items() if h.province not in TOLD.without}
    assert set(counted) == expected
    assert set(counted.values()) == {2, 3, 4, 5}


def test_they_stand_near_their_hospital_and_nearly_all_in_its_province() -> None:
    for unit in UNITS:
        hospital = COMMUNITY[unit.district]
        assert abs(unit.latitude - hospital.latitude) <= TOLD.near + 1e-3
        assert abs(unit.longitude - hospital.longitude) <= TOLD.near + 1e-3
    spots = projected(np.array([(unit.longitude, unit.latitude) for unit in UNITS]))
    own = np.array([unit.province for unit in UNITS])
    found = [inside(outlines()[province], spots[own == province]) for province in sorted(set(own))]
    assert np.concatenate(found).mean() > 0.99


def test_no_two_stand_in_one_place() -> None:
    assert len({(unit.latitude, unit.longitude) for unit in UNITS}) == len(UNITS)
