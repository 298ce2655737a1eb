"""What follows from changed figures is recomputed, and nothing else. Every figure is invented."""

import math
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from core.criteria.catalog import catalog
from core.forms.model.form import AssessmentForm, form
from core.periods import Period, parse_period
from core.scoring.base.states import State, Verdict
from core.services.handbook.templates import blank
from core.services.importing.store_intake import store, withdraw
from core.services.intake.examine import examine
from core.services.intake.kinds import FinanceIntake
from core.services.recompute.versions import Cause, recompute_all
from core.services.scored.assessment import AssessmentResult
from core.store.engine.unit_of_work import reading, unit_of_work
from core.store.register.repository import enter_facilities
from core.store.results.repository import StoredResult, results, results_about
from core.store.results.versions import latest_version, version
from tests.core.forms.fillings import drawn, typed_into
from tests.core.services.sending import (
    BROKE,
    FINANCE,
    SOUND,
    STAR,
    STAR_HALF,
    examined,
    hospital,
    register,
    row,
    send,
    send_star,
)

MONTH = parse_period("2566-M09")
GROUP = {"facility.hgr": "M2"}


def about(engine: Engine, subject: str, period: Period = MONTH) -> dict[str, StoredResult]:
    with reading(engine) as session:
        return dict(results_about(session, subject, period))


def standing(engine: Engine, criterion: str, period: Period = MONTH) -> dict[str, int]:
    """The numbers of the results that stand, by subject."""
    with reading(engine) as session:
        found = results(session, criterion, period)
        return dict(zip(found.subjects, found.ids.tolist(), strict=True))


# A hospital


def test_what_is_stored_is_what_scoring_said(engine: Engine) -> None:
    intake = examine(FINANCE.read_bytes(), FINANCE.name)
    assert isinstance(intake, FinanceIntake)
    said = intake.table.as_dict()["rows"]
    store(engine, intake, FINANCE.read_bytes(), by="office")
    assert len(said) == 5
    for line in said:
        kept = about(engine, line["hcode"])
        crisis, tps = line["results"]["crisis"], line["results"]["tps"]
        assert kept["crisis.level"].value == crisis["level"]
        assert kept["tps.score"].value == tps["score"]
        assert kept["tps.score"].full_marks == tps["possible"]
        assert "ABCDF"[int(kept["tps.grade"].value)] == tps["grade"]
        for criterion, tests in (("crisis.level", crisis["tests"]), ("tps.score", tps["items"])):
            parts = kept[criterion].detail.parts
            for test in tests:
                part = parts[test["id"].removeprefix(f"{criterion}.")]
                assert (part.points, part.full_marks) == (test["points"], test["full"])
                assert part.figure == (math.inf if test["unbounded"] else test["figure"])
                assert part.cutoff == test["cutoff"]
                assert part.peer_count == (test["peers"] or 0)


def test_a_level_keeps_its_blocks_and_its_survival(engine: Engine) -> None:
    send(engine, row("11223", BROKE))
    level = about(engine, "11223")["crisis.level"]
    assert (level.value, level.full_marks, level.verdict) == (7, 7, Verdict.FAIL)
    points = {name: part.points for name, part in level.detail.parts.items() if "." not in name}
    assert points == {"liquidity": 3, "stability": 2, "survival": 2}
    assert level.detail.parts["survival"].figure == 50 * 9 / 10


def test_a_figure_in_error_leaves_what_needs_it_without_a_value(engine: Engine) -> None:
    send(engine, row("11223", SOUND | {"finance.cash": "x"}))
    kept = about(engine, "11223")
    assert math.isnan(kept["crisis.level"].value)
    assert kept["crisis.level"].state == State.ERROR
    assert kept["crisis.level"].verdict == Verdict.NOT_JUDGED
    assert kept["crisis.level"].detail.parts["liquidity.current_ratio"].points == 0


def test_last_years_work_is_taken_from_last_years_upload(engine: Engine) -> None:
    item = "process.management.productivity.adjrw"
    send(engine, row("11223", SOUND | GROUP | {"activity.adjrw": 106}))
    alone = about(engine, "11223")["tps.score"].detail.parts
    (adjrw,) = [name for name in alone if name.endswith("adjrw")]
    assert alone[adjrw].points == 0  # Not above itself, and nothing is known of the year before.
    receipt = send(engine, row("11223", SOUND | GROUP | {"activity.adjrw": 100}, year=2565))
    assert about(engine, "11223")["tps.score"].detail.parts[adjrw].points == 1, item
    assert ("tps.score", MONTH) in {(c.criterion, c.period) for c in receipt.own}


# Peers


def costs(value: float) -> dict[str, Any]:
    return SOUND | GROUP | {"cost.labour": value}


def test_others_are_judged_anew_by_what_one_reports(engine: Engine) -> None:
    send(engine, row("10001", costs(500)), row("10002", costs(700)), row("10003", costs(900)))
    before = about(engine, "10001")["tps.score"]
    part = before.detail.parts["process.management.costs.labour"]
    assert (part.peer_value, part.peer_count, part.points) == (700, 3, 0.5)
    receipt = send(engine, row("10004", costs(100)), row("10005", costs(300)), by="another")
    after = about(engine, "10001")["tps.score"]
    part = after.detail.parts["process.management.costs.labour"]
    assert (part.peer_value, part.peer_count, part.points) == (500, 5, 0.5)
    second = about(engine, "10002")["tps.score"]
    assert second.detail.parts["process.management.costs.labour"].points == 0
    assert {change.subject for change in receipt.others} == {"10001", "10002", "10003"}
    assert {change.subject for change in receipt.own} == {"10004", "10005"}


def test_other_groups_months_and_levels_keep_their_results(engine: Engine) -> None:
    other = SOUND | {"facility.hgr": "F1", "cost.labour": 1}
    send(engine, row("10001", costs(500)), row("10009", other), row("10001", costs(500), month=8))
    was = {c: standing(engine, c) for c in ("crisis.level", "tps.score")}
    earlier = standing(engine, "tps.score", parse_period("2566-M08"))
    send(engine, row("10002", costs(100)))
    now = {c: standing(engine, c) for c in ("crisis.level", "tps.score")}
    assert now["tps.score"]["10001"] != was["tps.score"]["10001"]
    assert now["tps.score"]["10009"] == was["tps.score"]["10009"]
    assert now["crisis.level"]["10001"] == was["crisis.level"]["10001"]
    assert standing(engine, "tps.score", parse_period("2566-M08")) == earlier


def test_the_registers_group_outranks_the_files(engine: Engine) -> None:
    register(engine, hospital("10001", hgr="F1"), hospital("10002", hgr="F1"))
    send(engine, row("10001", costs(500)), row("10002", SOUND | {"cost.labour": 700}))
    part = about(engine, "10001")["tps.score"].detail.parts["process.management.costs.labour"]
    assert (part.peer_value, part.peer_count) == (600, 2)


# Areas


def test_areas_are_shares_of_the_hospitals_that_report(engine: Engine) -> None:
    register(
        engine, hospital("10001"), hospital("10002", "D6102"), hospital("10003", "D6102"),
        hospital("10004", "D6501"),
    )  # fmt: skip
    send(engine, row("10001", SOUND), row("10002", BROKE), row("10003", SOUND))
    found = {area: about(engine, area).get("crisis.area") for area in ("TH", "R03", "P61", "D6101")}
    shares = {area: one and (one.points, one.full_marks) for area, one in found.items()}
    assert shares == {"TH": (1, 3), "R03": (1, 3), "P61": (1, 3), "D6101": (0, 1)}
    country, district = found["TH"], found["D6101"]
    assert country is not None
    assert district is not None
    assert (country.verdict, district.verdict) == (Verdict.FAIL, Verdict.PASS)
    assert country.value == pytest.approx(100 / 3)
    notes = country.detail.notes
    assert (notes["expected"], notes["reporting"], notes["highest"]) == (4, 3, 7)
    assert country.detail.parts["level_7"].cutoff == 0
    silent = about(engine, "P65")["crisis.area"]
    assert (silent.state, silent.verdict) == (State.NOT_REPORTED, Verdict.NOT_JUDGED)
    assert math.isnan(silent.value)


@pytest.mark.parametrize(("broke", "verdict"), [(1, Verdict.PASS), (2, Verdict.FAIL)])
def test_the_target_of_the_month_decides(engine: Engine, broke: int, verdict: Verdict) -> None:
    """Month 9 allows levels 4-6 in 2 %: one hospital of 50, not two."""
    hard = BROKE | {"finance.net_income": 10, "finance.revenue": 110, "finance.cash": 50}
    codes = [f"{20000 + n}" for n in range(50)]
    register(engine, *map(hospital, codes))
    send(engine, *(row(code, hard if n < broke else SOUND) for n, code in enumerate(codes)))
    area = about(engine, "TH")["crisis.area"]
    assert area.detail.parts["level_4_to_6"].points == broke
    assert area.verdict == verdict


def test_good_shares_are_over_all_that_should_report(engine: Engine) -> None:
    register(engine, hospital("10001"), hospital("10002"))
    send(engine, row("10001", SOUND))
    surplus = about(engine, "TH")["crisis.budgeting"]
    assert (surplus.points, surplus.full_marks, surplus.value) == (1, 2, 50)
    assert (surplus.detail.notes["best"], surplus.detail.notes["worst"]) == (1, 3)


def test_a_hospital_that_moved_counts_where_it_was(engine: Engine) -> None:
    register(engine, hospital("10001", "D6101"))
    with unit_of_work(engine) as session:
        enter_facilities(session, [hospital("10001", "D6501")], since=MONTH)
        session.commit()
    send(engine, row("10001", BROKE), row("10001", BROKE, month=8))
    assert about(engine, "P65")["crisis.area"].points == 1
    assert "crisis.area" not in about(engine, "P61")
    assert about(engine, "P61", parse_period("2566-M08"))["crisis.area"].points == 1


def test_a_facility_that_is_not_in_the_register_belongs_to_no_area(engine: Engine) -> None:
    register(engine, hospital("10001"))
    send(engine, row("10001", SOUND), row("77777", BROKE))
    assert about(engine, "TH")["crisis.area"].points == 0
    assert about(engine, "77777")["crisis.level"].value == 7


# What is gone, and all at once


def test_taking_everything_back_leaves_no_result(engine: Engine) -> None:
    register(engine, hospital("10001"))
    receipt = send(engine, row("10001", SOUND))
    assert about(engine, "TH")
    withdraw(engine, receipt.upload.id, by="office", reason="wrong month")
    assert about(engine, "10001") == {}
    assert about(engine, "TH") == {}


def test_recomputing_everything_changes_nothing_that_was_right(engine: Engine) -> None:
    register(engine, hospital("10001", hgr="F1"), hospital("10002", hgr="F1"))
    send(engine, row("10001", costs(500)), row("10002", costs(700)))
    send(engine, row("10002", costs(900)), row("10002", costs(900), year=2565))
    send_star(engine)
    with unit_of_work(engine) as session:
        done = recompute_all(session, Cause("rules", "administrator"))
        session.commit()
    assert (done.new, done.replaced, done.removed) == (0, 0, 0)
    assert done.unchanged > 40


def test_a_month_in_which_nobody_told_of_it_has_no_share_whatever_other_months_told(
    engine: Engine,
) -> None:
    register(engine, hospital("11201"))
    unsaid = {k: v for k, v in SOUND.items() if k not in ("finance.revenue", "finance.expense")}
    send(engine, row("11201", SOUND, month=8))
    send(engine, row("11201", unsaid))
    assert "crisis.budgeting" in about(engine, "TH", parse_period("2566-M08"))
    assert "crisis.budgeting" not in about(engine, "TH")
    with unit_of_work(engine) as session:
        again = recompute_all(session, Cause("rules", "a test"))
    assert (again.new, again.replaced, again.removed) == (0, 0, 0)


def test_another_reading_changes_only_what_it_is_about(engine: Engine) -> None:
    thin = SOUND | {"finance.net_income": -1, "finance.depreciation": 5, "finance.revenue": 99}
    send(engine, row("10001", thin), row("10002", SOUND | {"finance.depreciation": 5}))
    with unit_of_work(engine) as session:
        done = recompute_all(
            session, Cause("rules", "me"), readings={"crisis.level": "ni_plus_depreciation"}
        )
        session.commit()
    assert done.replaced > 0
    assert about(engine, "10001")["crisis.level"].value == 0
    with reading(engine) as session:
        assert version(session, latest_version(session)).why == "rules"


def test_every_change_is_one_version(engine: Engine) -> None:
    first = send(engine, row("10001", SOUND), row("10001", SOUND, month=8))
    second = send(engine, row("10001", BROKE))
    assert first.recomputed is not None
    assert second.recomputed is not None
    assert second.recomputed.version == first.recomputed.version + 1


# Assessments


def agree(engine: Engine, said: AssessmentResult) -> None:
    """What is stored of D6101 is what its workbook came to, item by item and part by part."""
    kept = about(engine, "D6101", Period(2561))
    for item in said.items:
        parts = kept[item.node.id].detail.parts
        assert kept[item.node.id].points == pytest.approx(_number(item.node.raw), nan_ok=True)
        for part in item.node.parts:
            points = parts[part.id.removeprefix(f"{item.node.id}.")].points
            assert points == pytest.approx(_number(part.raw), nan_ok=True)
    for key, section in [(f"star.{s.id}", s) for s in said.sections] + [("star.form", said.total)]:
        assert (section.score is not None) == (key in kept)
        if section.score is not None:
            group = kept[key]
            assert (group.value, group.full_marks) == (section.score, section.out_of)
            assert group.detail.notes["weighted"] == section.weighted
    for radar in said.radars:
        parts = kept[radar.id].detail.parts
        for spoke in radar.spokes:
            assert parts[spoke.id].figure == pytest.approx(_number(spoke.value), nan_ok=True)


def _number(value: float | None) -> float:
    return math.nan if value is None else value


@pytest.mark.parametrize("path", [STAR, STAR_HALF], ids=["filled", "half"])
def test_an_assessment_is_stored_as_it_was_scored(engine: Engine, path: Path) -> None:
    said = examined(path).result
    assert said is not None
    send_star(engine, path)
    agree(engine, said)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_errors_counts_and_units_are_scored_from_the_store_as_from_the_file(
    engine: Engine, seed: int
) -> None:
    form_, rules = form("star-2561"), catalog().ruleset(2561)
    assert isinstance(form_, AssessmentForm)
    data = typed_into(whole_blank(), drawn(form_, rules, seed, errors=0.05), form_, rules)
    intake = examine(data, "whole.xlsx")
    assert intake.result is not None
    assert intake.result.total.score is not None
    store(engine, intake, data, by="cup")
    agree(engine, intake.result)


@cache
def whole_blank() -> bytes:
    return blank("star-2561", cup="6101")[1]


def test_one_cups_assessment_leaves_the_others_alone(engine: Engine) -> None:
    send_star(engine, cup="D6101")
    before = standing(engine, "star.a", Period(2561))
    send_star(engine, STAR_HALF, cup="D6102")
    after = standing(engine, "star.a", Period(2561))
    assert after["D6101"] == before["D6101"]
    assert set(after) == {"D6101", "D6102"}
