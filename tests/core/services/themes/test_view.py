"""A theme seen from an area: shares, order of need, groups, radar. Figures are invented."""

import pytest
from sqlalchemy import Engine

from core.periods import parse_period
from core.scoring.base.states import State, Verdict
from core.services.exports.delimited import delimited
from core.services.profiles.themes import explained_result, facility_themes, network
from core.services.themes.radar import spoke_shares
from core.services.themes.takeaways import theme_rows
from core.services.themes.tests import theme_tests
from core.services.themes.view import resolve_selection, theme_view
from tests.core.services.recompute.test_indicators import (
    PAID,
    PAYABLES,
    ROUND_1,
    ROUND_2,
    hand_in,
    lines,
    report,
    steps,
    units,
)
from tests.core.services.sending import hospital, register

ONE_DATABASE = True

DIMENSIONS = ("structure", "system", "staff", "skill", "care", "code", "claim", "account")


def centre(points: float) -> dict[str, float]:
    """A revenue centre with as many points of ten in every dimension."""
    return {f"revenue.{d}_points": points for d in DIMENSIONS} | {
        f"revenue.{d}_full": 10 for d in DIMENSIONS
    }


@pytest.fixture
def country(engine: Engine) -> Engine:
    """Four hospitals: very good, at the edge, failing, silent; two of them better in round 1."""
    places = zip(
        ("11201", "11202", "11203", "11204"), ("D6101", "D6101", "D6102", "D6501"), strict=True
    )
    register(engine, *(hospital(hcode, district, hgr="F2") for hcode, district in places))
    hand_in(
        engine,
        "revenue-4s4c",
        *(report(hcode, centre(p)) for hcode, p in (("11201", 9), ("11202", 9), ("11203", 7))),
    )
    hand_in(
        engine,
        "revenue-4s4c",
        *(
            report(hcode, centre(p), ROUND_2)
            for hcode, p in (("11201", 9.5), ("11202", 8), ("11203", 6))
        ),
    )
    return engine


def seen(engine: Engine, *, area: str = "", period: str = "", criterion: str = "revenue.area"):
    meant = resolve_selection(
        engine, ("revenue.area",), criterion=criterion, period=period, area=area
    )
    assert meant is not None
    return theme_view(engine, meant)


def test_an_area_is_held_against_the_target_and_its_past(country: Engine) -> None:
    shown = seen(country)
    assert (shown.period, shown.before) == (ROUND_2, ROUND_1)
    assert shown.share is not None
    assert shown.share_before is not None
    assert (shown.share.number, shown.share.over, shown.share.verdict) == (1, 4, Verdict.FAIL)
    assert (shown.share_before.number, shown.share.reporting) == (2, 3)
    assert [str(period) for period, _ in shown.history] == ["2566-R1", "2566-R2"]


def test_those_in_need_come_first_and_the_silent_before_those_that_pass(country: Engine) -> None:
    shown = seen(country)
    assert [one.hcode for one in shown.units] == ["11203", "11202", "11204", "11201"]
    failing, edge, silent, good = shown.units
    assert (failing.value, failing.grade, failing.before) == (60, "F", 70)
    # Eighty percent is no good result: more than eighty is asked.
    assert (edge.value, edge.grade, edge.verdict) == (80, "C", Verdict.FAIL)
    assert (silent.has_result, silent.state, silent.verdict) == (
        False,
        State.NOT_REPORTED,
        Verdict.NOT_JUDGED,
    )
    assert (good.value, good.grade) == (95, "A")


def test_facilities_are_counted_by_grade_now_and_before(country: Engine) -> None:
    counts = [(one.name.en, one.tone, one.now, one.before) for one in seen(country).groups]
    assert counts == [
        ("A very good", "pass", 1, 0),
        ("B good", "pass", 0, 2),
        ("C fair", "fail", 1, 0),
        ("D must improve", "fail", 0, 1),
        ("F fail", "fail", 1, 0),
        ("No result", "none", 1, 1),
    ]


def test_the_way_down_leads_from_provinces_to_districts_to_hospitals(country: Engine) -> None:
    whole, province = seen(country), seen(country, area="P61")
    assert [row.place.code for row in whole.ranking] == ["P61", "P65"]
    assert [row.tone for row in whole.ranking] == ["fail", "none"]
    assert [row.place.code for row in province.ranking] == ["D6102", "D6101"]
    assert {row.place.code for row in province.shown} == {"11201", "11202", "11203"}
    assert [place.code for place in province.chain] == ["TH", "R03", "P61"]
    assert seen(country, area="11203").area.code == "TH", "a facility is no area"


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("2566-R1", ROUND_1), ("2566-M05", ROUND_1), ("2566-M07", ROUND_2), ("rubbish", ROUND_2)],
)
def test_a_month_asked_for_means_the_round_it_lies_in(
    country: Engine, wanted: str, found: object
) -> None:
    assert seen(country, period=wanted).period == found


def test_nothing_reported_is_nothing_to_show(engine: Engine) -> None:
    register(engine, hospital("11201"))
    assert resolve_selection(engine, ("revenue.area",), criterion="", period="", area="") is None


def test_the_radar_adds_up_the_points_of_an_area(country: Engine) -> None:
    shown = seen(country, area="P61")
    spokes = spoke_shares(country, shown.unit, shown.period, shown.before, "P61")
    assert [round(one.now or 0, 2) for one in spokes] == [78.33] * 8
    assert [round(one.before or 0, 2) for one in spokes] == [83.33] * 8
    own = spoke_shares(country, shown.unit, shown.period, shown.before, "11201")
    assert {one.now for one in own} == {95}


def test_the_table_taken_away_has_everybody_unrounded(country: Engine) -> None:
    rows = delimited(theme_rows(seen(country), "en")).decode("utf-8-sig").splitlines()
    assert len(rows) == 5
    assert rows[1].startswith("11203,Hospital 11203,2566-R2,60.0,70.0,F,48.0,80.0,Fail,Reported")
    assert rows[3].startswith("11204,Hospital 11204,2566-R2,,,,,,Not judged,Not reported")


def test_a_facility_tells_each_theme_with_its_past_and_its_peers(country: Engine) -> None:
    hand_in(country, "payables", report("11202", PAYABLES))
    hand_in(country, "msss-4s4p", report("11202", lines()))
    hand_in(country, "compensation", report("11202", PAID, parse_period("2566-M08")))
    found = {one.unit.id: one for one in facility_themes(country, "11202", ROUND_2.month)}
    centre_result = found["revenue.score"]
    assert (centre_result.value, centre_result.is_stale) == (80, False)
    assert [past.value for past in centre_result.series] == [90, 80]
    assert centre_result.peers is not None
    peers = centre_result.peers
    assert (peers.median, peers.peers, peers.better, peers.worse) == (80, 3, 1, 1)
    # Of an earlier round of the year, and told so; a month that was not reported is no result.
    assert (found["payables.round_1"].period, found["payables.round_1"].is_stale) == (ROUND_1, True)
    assert "compensation.on_time" not in found
    tests = {one.id for one in explained_result(country, found["payables.round_1"]).parts}
    assert "payables.round_1.defect_debt.over_90" in tests


def test_a_hospital_knows_the_primary_care_units_of_its_network(engine: Engine) -> None:
    units(engine, 1, 2)
    hand_in(engine, "transfer", report("01001", steps(3)), report("01002", steps(4)))
    found = network(engine, "D6101", ROUND_1)
    assert [(one.hcode, one.value, one.verdict) for one in found] == [
        ("01001", 3, Verdict.FAIL),
        ("01002", 4, Verdict.PASS),
    ]


def test_a_unit_to_be_transferred_that_reports_later_is_there_and_silent(engine: Engine) -> None:
    units(engine, 1, 2)
    hand_in(engine, "transfer", report("01001", steps(4)))
    hand_in(engine, "transfer", report("01002", steps(3), ROUND_2))
    found = resolve_selection(
        engine, ("transfer.area",), criterion="", period="2566-R1", area="D6101"
    )
    assert found
    shown = theme_view(engine, found)
    assert {one.hcode: one.value for one in shown.units} == {"01001": 4, "01002": None}
    assert shown.share
    assert (shown.share.reporting, shown.share.expected) == (1, len(shown.units))


def test_an_area_without_a_facility_is_empty(engine: Engine) -> None:
    register(engine, hospital("11201"))
    hand_in(engine, "msss-4s4p", report("11201", lines()))
    meant = resolve_selection(engine, ("msss.area",), criterion="", period="", area="D6501")
    assert meant
    shown = theme_view(engine, meant)
    assert (shown.area.code, shown.share, shown.units) == ("D6501", None, ())
    assert {group.now for group in shown.groups} == {0}


def test_who_could_still_come_to_another_grade_or_light_is_counted_as_open(engine: Engine) -> None:
    register(engine, hospital("11201"), hospital("11202"))
    missing = centre(10) | {"revenue.account_points": ""}
    hand_in(engine, "revenue-4s4c", report("11201", missing), report("11202", centre(10)))
    some = lines() | dict.fromkeys(list(lines())[:6], "")
    hand_in(engine, "msss-4s4p", report("11201", some), report("11202", lines()))
    for criterion in ("revenue.area", "msss.area"):
        meant = resolve_selection(engine, (criterion,), criterion="", period="", area="TH")
        assert meant
        best, *_others, open_, silent = theme_view(engine, meant).groups
        assert (best.now, open_.name.en, open_.now, silent.now) == (1, "Still open", 1, 0)


def test_the_tests_most_facilities_fail_come_first_with_what_is_kept_beside(engine: Engine) -> None:
    register(engine, hospital("11201"), hospital("11202"))
    claims = {
        "claims.visits": 1000, "claims.missing": 9, "claims.delayed": 0, "claims.expired": 0,
        "claims.sent": 100, "claims.error": 9,
    }  # fmt: skip
    kept = {"claims.control_plan": 1, "claims.control_owner": "หัวหน้างาน"}
    month = parse_period("2566-M09")
    hand_in(
        engine,
        "revenue-4s4c",
        report("11201", claims | {"claims.missing": 10} | kept, month),
        report("11202", claims | {"claims.missing": 11, "claims.error": 10}, month),
    )
    found = theme_tests(engine, "revenue.defects_area", month, "P61")
    counts = {one.id.removeprefix("revenue.defects."): one[2:] for one in found.counts}
    assert counts == {
        "missing": (2, 2), "error": (1, 2), "delayed": (0, 2), "expired": (0, 2), "audit": (0, 0),
    }  # fmt: skip
    assert next(iter(counts)) == "missing"
    said = [(one.place.code, one.test, one.figure, one.condition) for one in found.failed]
    assert [(who, test, figure.en if figure else None) for who, test, figure, _ in said] == [
        ("11201", "revenue.defects.missing", "1%"),
        ("11202", "revenue.defects.missing", "1.1%"),
        ("11202", "revenue.defects.error", "10%"),
    ]
    assert [text.en if text else None for text in found.failed[0].beside] == [
        "yes",
        None,
        "หัวหน้างาน",
    ]
    assert found.failed[1].beside == (None, None, None)
    assert theme_tests(engine, "coverage.thai_area", ROUND_1, "TH").counts == ()


def test_hospitals_without_the_service_are_not_among_those_without_a_result(
    country: Engine,
) -> None:
    figures = {"plan": "โควิด 19", "sproi.received": 0, "sproi.cost": 0}
    served = figures | {"sproi.received": 141, "sproi.cost": 100}
    both = report("11201", served, ROUND_2), report("11202", figures, ROUND_2)
    hand_in(country, "sproi", *both)
    criterion = "sproi.covid_area"
    meant = resolve_selection(
        country, (criterion,), criterion=criterion, period="2566-R2", area="TH"
    )
    assert meant is not None
    shown = theme_view(country, meant)
    last = [(one.name.en, one.now) for one in shown.groups][-2:]
    assert last == [("Does not apply", 1), ("No result", 2)]
    assert shown.share is not None
    assert shown.share.silent == 2
