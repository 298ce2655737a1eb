"""The register: areas, facilities, and what they were before."""

import pytest
from sqlalchemy import Engine

from core.errors import StoreError, UsageError
from core.periods import parse_period
from core.store.engine.unit_of_work import reading, unit_of_work
from core.store.register.repository import (
    ALWAYS,
    Entered,
    areas,
    enter_areas,
    enter_facilities,
    facilities,
    facility,
    facility_states,
    groups,
    known_codes,
    parents,
)
from core.store.register.row import AreaRow, FacilityRow
from core.store.results.versions import take_snapshot
from core.store.schema.moment import engine_as_of
from tests.core.store.filling import AREAS, hospital

JUNE, JULY, AUGUST = (parse_period(f"2566-M{month:02}") for month in (9, 10, 11))


@pytest.fixture
def register(engine: Engine) -> Engine:
    """A store whose register knows some areas."""
    with unit_of_work(engine) as session:
        enter_areas(session, AREAS)
        session.commit()
    return engine


def enter(engine: Engine, *rows: FacilityRow, since: str | None = None) -> Entered:
    with unit_of_work(engine) as session:
        period = parse_period(since) if since else None
        entered = enter_facilities(session, rows, since=period)
        session.commit()
    return entered


def hcodes(engine: Engine, area: str, kind: str | None = None) -> list[str]:
    with reading(engine) as session:
        return [stored.hcode for stored in facilities(session, area=area, kind=kind)]


def test_areas_come_back_by_code_each_after_the_one_it_lies_in(register: Engine) -> None:
    with reading(register) as session:
        stored = areas(session)
    assert set(stored.values()) == set(AREAS)
    places = {code: place for place, code in enumerate(stored)}
    within = [area for area in stored.values() if area.parent != "TH"]
    assert len(within) == 5
    assert all(places[area.parent] < places[area.code] for area in within)


def test_an_area_can_change_its_name_and_its_region(register: Engine) -> None:
    renamed = AreaRow("P61", "อุทัย", "Uthai", "R02")
    with unit_of_work(register) as session:
        enter_areas(session, [renamed])
        session.commit()
    with reading(register) as session:
        assert areas(session)["P61"] == renamed
        assert len(areas(session)) == len(AREAS)


def test_an_area_in_nowhere_is_refused(engine: Engine) -> None:
    with pytest.raises(StoreError, match="S014"):
        enter_area(engine, AreaRow("P61", "อุทัยธานี", "Uthai Thani", "R03"))
    with reading(engine) as session:
        assert areas(session) == {}


def enter_area(engine: Engine, area: AreaRow) -> None:
    with unit_of_work(engine) as session:
        enter_areas(session, [area])
        session.commit()


def test_a_facility_comes_back_with_the_areas_above_it(register: Engine) -> None:
    row = hospital(
        "01122",
        hgr="F1",
        level="F2",
        beds=30,
        latitude=15.379,
        longitude=100.024,
        island=True,
        transferred=True,
    )
    assert enter(register, row) == Entered(1, 0, 0)
    with reading(register) as session:
        stored = facility(session, "01122")
    assert stored is not None
    assert (stored.province, stored.region, stored.valid_from) == ("P61", "R03", ALWAYS)
    assert FacilityRow(*(getattr(stored, name) for name in FacilityRow.__slots__)) == row


def test_what_is_not_known_of_a_facility_stays_unknown(register: Engine) -> None:
    enter(register, hospital("11223"))
    with reading(register) as session:
        stored = facility(session, "11223")
        assert facility(session, "99999") is None
    assert stored is not None
    assert (stored.hgr, stored.level, stored.beds, stored.latitude) == (None, None, None, None)


def test_a_facility_that_moved_was_elsewhere_before(register: Engine) -> None:
    enter(register, hospital("11223", "D6101", hgr="F1"))
    assert enter(register, hospital("11223", "D6501", hgr="F2"), since="2566-M10").changed == 1
    with reading(register) as session:
        was, now, later = (facility(session, "11223", at=at) for at in (JUNE, JULY, AUGUST))
        assert was is not None
        assert (was.district, was.region, was.hgr) == ("D6101", "R03", "F1")
        assert now is not None
        assert (now.district, now.region, now.hgr) == ("D6501", "R02", "F2")
        assert now == later == facility(session, "11223")
        assert [stored.district for stored in facility_states(session, "11223")] == [
            "D6101",
            "D6501",
        ]
        assert [f.hcode for f in facilities(session, at=JUNE, area="R03")] == ["11223"]
        assert facilities(session, at=JULY, area="R03") == ()


def test_a_new_facility_is_taken_to_have_been_so_always(register: Engine) -> None:
    enter(register, hospital("11223"), since="2566-M10")
    with reading(register) as session:
        assert facility(session, "11223", at=parse_period("2560")) is not None


def test_a_correction_makes_no_history(register: Engine) -> None:
    enter(register, hospital("11223", beds=30))
    enter(register, hospital("11223", beds=60), since="2566-M10")
    enter(register, hospital("11223", beds=90))
    with reading(register) as session:
        assert [stored.beds for stored in facility_states(session, "11223")] == [30, 90]


def test_a_new_name_alone_makes_no_history(register: Engine) -> None:
    enter(register, hospital("11223"))
    renamed = FacilityRow("11223", "001122300", "ใหม่", "New", "hospital", "D6101")
    assert enter(register, renamed, since="2566-M10") == Entered(0, 1, 0)
    with reading(register) as session:
        stored = facility_states(session, "11223")
    assert [(f.name_th, f.hcode9) for f in stored] == [("ใหม่", "001122300")]


def test_entering_the_same_again_changes_nothing(register: Engine) -> None:
    rows = hospital("11223"), hospital("11224")
    assert enter(register, *rows) == Entered(2, 0, 0)
    assert enter(register, *rows, since="2566-M10") == Entered(0, 0, 2)


@pytest.mark.parametrize(
    ("area", "found"),
    [
        ("TH", ["10001", "11223", "11224", "11225"]),
        ("R03", ["10001", "11223", "11224"]),
        ("P61", ["10001", "11223", "11224"]),
        ("D6102", ["11224"]),
        ("D6101", ["10001", "11223"]),
        ("11225", ["11225"]),
        ("R13", []),
    ],
)
def test_facilities_of_an_area(register: Engine, area: str, found: list[str]) -> None:
    pcu = FacilityRow("10001", None, "รพ.สต.", "PCU", "pcu", "D6101")
    enter(register, hospital("11225", "D6501"), hospital("11223"), hospital("11224", "D6102"), pcu)
    assert hcodes(register, area) == found
    assert hcodes(register, area, "hospital") == [code for code in found if code != "10001"]


def test_both_codes_of_a_facility_are_known(register: Engine) -> None:
    long = FacilityRow("11223", "001122300", "โรงพยาบาล", "Hospital", "hospital", "D6101")
    enter(register, long, hospital("11224"))
    with reading(register) as session:
        codes = known_codes(session)
    assert codes == {"11223": "11223", "001122300": "11223", "11224": "11224"}


def test_a_long_code_belongs_to_one_facility(register: Engine) -> None:
    one, other = (
        FacilityRow(code, "001122300", "โรงพยาบาล", "Hospital", "hospital", "D6101")
        for code in ("11223", "11224")
    )
    with pytest.raises(StoreError, match="S014"):
        enter(register, one, other)
    assert hcodes(register, "TH") == []


def test_a_district_that_is_not_in_the_register_is_refused(register: Engine) -> None:
    with pytest.raises(StoreError, match="S014"):
        enter(register, hospital("11223", "D9901"))
    assert hcodes(register, "TH") == []


def test_a_round_names_no_month_to_look_at(register: Engine) -> None:
    with reading(register) as session, pytest.raises(UsageError, match="U005"):
        facilities(session, at=parse_period("2566-R1"))


def test_a_moment_has_the_states_it_knew_whatever_is_corrected_or_entered_later(
    register: Engine,
) -> None:
    enter(register, hospital("11223", hgr="F1"), hospital("11224", "D6102", beds=30))
    enter(register, hospital("11223", hgr="F2"), since="2566-M10")
    with unit_of_work(register) as session:
        taken = take_snapshot(session, "a meeting", by="somebody")
        session.commit()
    held = engine_as_of(register, taken.taken_at)

    def known(engine: Engine) -> list[object]:
        with reading(engine) as session:
            of_time = [facilities(session, at=at) for at in (JUNE, JULY, AUGUST, None)]
            inside = [facilities(session, area=area) for area in ("P61", "D6102", "P65")]
            groups_ = [groups(session, at=at) for at in (JUNE, JULY)]
            history = facility_states(session, "11223"), facility_states(session, "11224")
            lying = {code: parents(session)[code] for code in ("11223", "11224")}
        return [of_time, inside, groups_, history, lying]

    before = known(register)
    assert known(held) == before
    enter(register, hospital("11223", "D6501", hgr="M1"), hospital("11225", "D6102", hgr="F1"))
    enter(register, hospital("11224", "D6501", beds=60), since="2566-M11")
    enter(register, hospital("11223", "D6501", hgr="M2"))
    assert known(register) != before
    assert known(held) == before
