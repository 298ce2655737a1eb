"""What inspection themes come to follows what was sent, form by form. Every figure is invented."""

import math
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine

from core.criteria.catalog import catalog
from core.periods import Period, parse_period
from core.scoring.base.states import State, Verdict
from core.services.importing.receipts import Receipt
from core.services.importing.store_intake import store, withdraw
from core.services.intake.examine import examine
from core.services.recompute.versions import Cause, recompute_all
from core.services.results.why import explain
from core.store.engine.unit_of_work import reading, unit_of_work
from core.store.register.row import FacilityRow
from core.store.results.repository import StoredResult, results, results_about
from tests.core.services.sending import SOUND, hospital, register, row, send, table

ROUND_1, ROUND_2 = parse_period("2566-R1"), parse_period("2566-R2")
MONTH = parse_period("2566-M09")

PAYABLES = {
    "payables.due": 100, "payables.paid": 95, "payables.over_90": 10, "payables.over_360": 0,
    "payables.supplies_current": 1, "payables.report_current": 1, "payables.payment_current": 1,
}  # fmt: skip


def lines(answer: int = 1) -> dict[str, Any]:
    """A whole checklist of supplies: every line answered alike, every figure within its limit."""
    answers = {
        figure: answer
        for figure in catalog().ruleset(2566).rules["msss.score"].figures  # type: ignore[union-attr]
        if figure.startswith("msss.line_")
    }
    days = {
        f"days.{name}": 30 if answer else 365
        for name in (
            "inventory_drugs", "inventory_supplies", "inventory_lab",
            "payables_drugs", "payables_supplies", "payables_lab", "compensation",
        )
    }  # fmt: skip
    staff = {"core_staff": 80, "core_fte": 100, "support_staff": 80, "support_fte": 100}
    return answers | days | {f"msss.{k}": v for k, v in staff.items()} | {"msss.vacant_share": 0}


def report(hcode: str, figures: dict[str, Any], period: Period = ROUND_1) -> dict[str, Any]:
    when = {"round": period.number} if period.part == "R" else {"fiscal_month": period.number}
    return {"hcode": hcode, "fiscal_year": period.fiscal_year, **when, **figures}


def hand_in(engine: Engine, form_id: str, *rows: dict[str, Any]) -> Receipt:
    data = table(*rows)
    examined = examine(data, "table.csv", form_id=form_id)
    assert examined.form is not None, [issue.code for issue in examined.issues]
    return store(engine, examined, data, by="office")


def about(engine: Engine, subject: str, period: Period = ROUND_1) -> dict[str, StoredResult]:
    with reading(engine) as session:
        return dict(results_about(session, subject, period))


def three_hospitals(engine: Engine) -> None:
    register(
        engine,
        hospital("11201", "D6101", hgr="F2"),
        hospital("11202", "D6101", hgr="F2"),
        hospital("11203", "D6501", hgr="F2"),
    )


def test_one_form_is_judged_by_what_another_told_of_the_same_round(engine: Engine) -> None:
    three_hospitals(engine)
    hand_in(engine, "payables", report("11201", PAYABLES))
    alone = about(engine, "11201")["payables.round_1"]
    assert (alone.verdict, alone.state) == (Verdict.NOT_JUDGED, State.NOT_REPORTED)
    assert (alone.points, alone.full_marks) == (5, 5)
    assert alone.detail.notes == {"best": 100.0, "worst": pytest.approx(500 / 6)}

    receipt = hand_in(engine, "msss-4s4p", report("11201", lines()))
    whole = about(engine, "11201")
    assert (whole["msss.score"].points, whole["msss.score"].full_marks) == (50, 50)
    assert whole["payables.structure"].value == 100
    assert (whole["payables.round_1"].value, whole["payables.round_1"].verdict) == (
        100,
        Verdict.PASS,
    )
    assert "payables.round_1" in {change.criterion for change in receipt.own}


def test_a_checklist_that_does_not_apply_leaves_the_other_lines_to_decide(engine: Engine) -> None:
    three_hospitals(engine)
    hand_in(engine, "msss-4s4p", report("11201", dict.fromkeys(lines(), "ไม่เกี่ยวข้อง")))
    hand_in(engine, "payables", report("11201", PAYABLES))
    found = about(engine, "11201")
    assert found["payables.structure"].state == State.NOT_APPLICABLE
    assert (found["payables.round_1"].points, found["payables.round_1"].full_marks) == (5, 5)
    assert found["payables.round_1"].verdict == Verdict.PASS


def test_a_checklist_alone_is_no_report_of_payables(engine: Engine) -> None:
    three_hospitals(engine)
    hand_in(engine, "payables", report("11201", PAYABLES))
    hand_in(engine, "msss-4s4p", report("11202", lines(0)))
    assert "payables.round_1" not in about(engine, "11202")
    share = about(engine, "P61")["payables.area_1"]
    assert (share.detail.notes["reporting"], share.detail.notes["expected"]) == (0, 2)


def test_a_line_that_fails_settles_the_verdict_whatever_is_missing(engine: Engine) -> None:
    three_hospitals(engine)
    hand_in(engine, "payables", report("11201", PAYABLES | {"payables.over_90": 10.01}))
    found = about(engine, "11201")["payables.round_1"]
    assert (found.verdict, found.state) == (Verdict.FAIL, State.REPORTED)


def test_each_round_has_its_own_rule(engine: Engine) -> None:
    three_hospitals(engine)
    hand_in(
        engine,
        "payables",
        report("11201", PAYABLES),
        report("11201", PAYABLES | {"payables.over_360": 1}, ROUND_2),
    )
    assert "payables.round_2" not in about(engine, "11201", ROUND_1)
    second = about(engine, "11201", ROUND_2)
    assert "payables.round_1" not in second
    assert second["payables.round_2"].verdict == Verdict.FAIL


def test_areas_count_passes_over_all_that_should_report(engine: Engine) -> None:
    three_hospitals(engine)
    hand_in(
        engine,
        "sproi",
        *(
            {**report(hcode, {}), "plan": "โควิด 19", "sproi.received": got, "sproi.cost": cost}
            for hcode, got, cost in (("11201", 141, 100), ("11202", 0, 0))
        ),
    )
    area = about(engine, "P61")["sproi.covid_area"]
    # No service leaves the denominator; who is silent stays in it.
    assert (area.points, area.full_marks, area.verdict) == (1, 1, Verdict.PASS)
    country = about(engine, "TH")["sproi.covid_area"]
    assert (country.points, country.full_marks, country.verdict) == (1, 2, Verdict.FAIL)
    assert country.detail.notes["reporting"] == 1
    assert (country.detail.notes["best"], country.detail.notes["worst"]) == (1, 3)


def test_one_hospitals_costs_move_its_peers_mean(engine: Engine) -> None:
    three_hospitals(engine)
    costs = [lines() | {"msss.labour_cost": cost} for cost in (100, 100, 40)]
    first = report("11201", costs[0])
    hand_in(engine, "msss-4s4p", first, report("11202", costs[1]))
    before = about(engine, "11201")["msss.defects"].detail.parts["labour"]
    assert (before.points, before.cutoff, before.peer_count) == (1, 100, 2)
    hand_in(engine, "msss-4s4p", report("11203", costs[2]))
    after = about(engine, "11201")["msss.defects"].detail.parts["labour"]
    assert (after.points, after.cutoff, after.peer_count) == (0, 80, 3)


def test_finance_months_light_the_matrices_too(engine: Engine) -> None:
    three_hospitals(engine)
    send(engine, row("11201", SOUND | {"days.inventory": 61, "days.uc": 60}))
    found = about(engine, "11201", MONTH)["governance.figures"]
    assert found.detail.parts["inventory"].figure == 61
    assert found.detail.parts["collection"].points == 1
    assert found.verdict == Verdict.NOT_JUDGED


def test_what_is_taken_back_leaves_no_result(engine: Engine) -> None:
    three_hospitals(engine)
    receipt = hand_in(engine, "compensation", report("11201", PAID, MONTH))
    assert about(engine, "11201", MONTH)["compensation.on_time"].value == 91
    assert receipt.upload is not None
    withdraw(engine, receipt.upload.id, by="office", reason="wrong file")
    assert "compensation.on_time" not in about(engine, "11201", MONTH)
    assert "compensation.area" not in about(engine, "TH", MONTH)


PAID = {"compensation.due": 100, "compensation.paid_on_time": 91}


def units(engine: Engine, *marked: int) -> None:
    """Three primary care units of a district; those marked are to be transferred."""
    name = "รพ.สต. สมมติ", "Invented unit"
    rows = (FacilityRow(f"0100{n}", None, *name, "pcu", "D6101") for n in (1, 2, 3))
    register(
        engine,
        hospital("11201", "D6101"),
        *(replace(row, transferred=n in marked) for n, row in enumerate(rows, 1)),
    )


def steps(level: int) -> dict[str, int]:
    phases = catalog().ruleset(2566).rules["transfer.level"].parts  # type: ignore[union-attr]
    return {
        f"transfer.step_{n}_{k}": int(n <= level)
        for n, phase in enumerate(phases, 1)
        for k in range(1, len(phase.parts) + 1)
    }


def test_without_marks_every_primary_care_unit_should_report(engine: Engine) -> None:
    units(engine)
    hand_in(engine, "transfer", report("01001", steps(3)), report("01002", steps(4)))
    first = about(engine, "D6101")["transfer.area"]
    assert (first.points, first.full_marks) == (1, 3)
    hand_in(engine, "transfer", report("01001", steps(5), ROUND_2))
    second = about(engine, "D6101", ROUND_2)["transfer.area"]
    # Two are silent, and silence cannot help.
    assert (second.points, second.full_marks, second.detail.notes["reporting"]) == (1, 3, 1)
    assert about(engine, "01001", ROUND_2)["transfer.level"].value == 5


def test_units_marked_for_transfer_should_report_silent_or_not(engine: Engine) -> None:
    units(engine, 1, 2)
    hand_in(engine, "transfer", report("01001", steps(4)))
    area = about(engine, "D6101")["transfer.area"]
    assert (area.points, area.full_marks, area.detail.notes["reporting"]) == (1, 2, 1)


def test_who_reports_without_a_mark_counts_in_every_round_of_its_year(engine: Engine) -> None:
    units(engine, 1)
    hand_in(engine, "transfer", report("01001", steps(4)))
    later = hand_in(
        engine, "transfer", report("01001", steps(4), ROUND_2), report("01002", steps(0), ROUND_2)
    )
    first = about(engine, "D6101")["transfer.area"]
    assert (first.points, first.full_marks, first.detail.notes["reporting"]) == (1, 2, 1)
    with unit_of_work(engine) as session:
        again = recompute_all(session, Cause("rules", "a test"))
    assert (again.new, again.replaced, again.removed) == (0, 0, 0)
    withdraw(engine, later.upload.id, by="office", reason="not theirs")
    assert about(engine, "D6101")["transfer.area"].full_marks == 1


def test_everything_recomputed_is_what_was_computed_bit_by_bit(engine: Engine) -> None:
    three_hospitals(engine)
    hand_in(engine, "payables", report("11201", PAYABLES), report("11202", PAYABLES))
    hand_in(engine, "msss-4s4p", report("11202", lines(0)))
    hand_in(engine, "compensation", report("11203", PAID, MONTH))
    with unit_of_work(engine) as session:
        again = recompute_all(session, Cause("rules", "a test"))
        session.commit()
    assert (again.new, again.replaced, again.removed) == (0, 0, 0)
    assert again.unchanged > 20


def test_nothing_told_is_no_result(engine: Engine) -> None:
    three_hospitals(engine)
    hand_in(engine, "payables", report("11201", PAYABLES))
    with reading(engine) as session:
        found = results(session, "payables.round_1", ROUND_1)
    assert found.subjects == ("11201",)
    assert not math.isnan(found.value[0])


def test_points_taken_over_are_explained_by_the_cells_they_were_given_in(engine: Engine) -> None:
    three_hospitals(engine)
    hand_in(engine, "msss-4s4p", report("11201", lines()))
    whose = {
        name: explain(engine, about(engine, "11201")[name].id).facts
        for name in ("payables.structure", "msss.score")
    }
    # Only the rule that judges the lines holds them against cut-offs.
    taken, own = (
        [replace(fact, edges=()) for fact in whose[name]]
        for name in ("payables.structure", "msss.score")
    )
    assert {"msss.line_1_1_1", "msss.core_fte", "msss.line_3_6"} <= {one.measure for one in taken}
    assert set(taken) < set(own), "lines of other blocks have no part in it"
    assert all(fact.cell for fact in taken)
