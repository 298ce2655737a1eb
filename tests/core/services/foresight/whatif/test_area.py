"""A change of several hospitals: each as if alone, all scored at once, nobody left out unsaid."""

import json

import pytest
from sqlalchemy import Engine

from core.errors import UsageError
from core.services.foresight.json_document import area_simulation_json
from core.services.foresight.listing import area_simulation_lines
from core.services.foresight.whatif.area import simulate_area
from core.services.foresight.whatif.hospital import simulate
from tests.country import NOW, small_country

CHANGE = {"cash_in": 60.0, "collected": 500.0}


@pytest.fixture
def country(engine: Engine) -> Engine:
    return small_country(engine)


def test_hospitals_in_crisis_move_and_the_others_stay(country: Engine) -> None:
    shown = simulate_area(country, "TH", NOW, {"cash_in": 200.0})
    assert [one.hospital.hcode for one in shown.moved] == ["11201", "11202"]
    assert (shown.reporting, shown.in_crisis) == (5, (2, 0))
    assert shown.totals == {"cash_in": 400.0}
    assert shown.keeps_target == (False, True)


def test_each_is_what_it_would_be_alone(country: Engine) -> None:
    shown = simulate_area(country, "P61", NOW, CHANGE, {"days.uc": -5.0}, "all")
    assert len(shown.moved) == 4
    for one in shown.moved:
        alone = simulate(country, one.hospital.hcode, NOW, CHANGE, {"days.uc": -5.0})
        assert alone is not None
        assert one.level == alone.level
        assert one.is_limited == bool(alone.limited)
    assert shown.limited == 4, "nobody has 500 to collect"
    assert any("น้อยกว่าที่ขอ" in text.th for text in area_simulation_lines(shown))


def test_who_is_named_and_unknown_is_said(country: Engine) -> None:
    # 11302 reported nothing in the month, 11301 lies in another province.
    shown = simulate_area(country, "P61", NOW, CHANGE, among=("11204", "11301", "11302"))
    assert [one.hospital.hcode for one in shown.moved] == ["11204"]
    assert shown.unknown == ("11301", "11302")
    assert "11301, 11302" in next(iter(area_simulation_lines(shown))).th
    document = json.loads(json.dumps(area_simulation_json(shown)))
    assert (document["kind"], document["unknown"]) == ("simulation", ["11301", "11302"])


def test_nobody_meant_changes_nothing(country: Engine) -> None:
    shown = simulate_area(country, "P65", NOW, CHANGE)
    assert (shown.moved, shown.in_crisis, shown.keeps_target) == ((), (0, 0), (True, True))
    assert "ไม่มีอะไรเปลี่ยน" in next(iter(area_simulation_lines(shown))).th


@pytest.mark.parametrize(
    ("amounts", "days", "code"),
    [
        ({"gold": 1.0}, {}, "U090"),
        ({"cash_in": -1.0}, {}, "U090"),
        ({"cash_in": float("nan")}, {}, "U090"),
        ({}, {"days.uc": float("nan")}, "U092"),
        ({}, {"days.uc": float("inf")}, "U092"),
        ({}, {"days.gold": 1.0}, "U092"),
    ],
)
def test_a_change_that_is_none_is_refused(
    country: Engine, amounts: dict[str, float], days: dict[str, float], code: str
) -> None:
    with pytest.raises(UsageError) as refused:
        simulate_area(country, "TH", NOW, amounts, days)
    assert refused.value.code == code
