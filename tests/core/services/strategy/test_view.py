"""A plan at the end of a month: KPIs from the store, what is late, what it endangers."""

import json
from dataclasses import replace
from datetime import date
from io import BytesIO

import numpy as np
import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine

from core.errors import UsageError
from core.forms.document.plan import QUARTERS
from core.periods import Period
from core.scoring.base.states import Verdict
from core.services.deadlines.setting import set_deadline
from core.services.strategy.stored import planned, stored_plan
from core.services.strategy.takeaways import (
    example_workbook,
    kpi_rows,
    plan_document,
    plan_lines,
    plan_rows,
    plan_workbook,
)
from core.services.strategy.view import KpiView, PlanView, plan_view, resolve_selection
from core.services.strategy.wording import danger_texts, headline
from tests.core.services.strategy.planning import END, INSIDE, MID, a_plan, a_province, send
from tests.core.store.filling import levels, write

ONE_DATABASE = True
DUE = {"statements_in_time": {"due_day": 15.0, "quarters": "2, 4"}}


@pytest.fixture
def engine(engine: Engine) -> Engine:
    return a_province(engine)


def shown(engine: Engine, month: Period = END) -> PlanView:
    return plan_view(engine, "P61", 2566, month)


def kpi(view: PlanView, measured_by: str, place: int = 0) -> KpiView:
    return [one for one in view.kpis if one.kpi.measured_by == measured_by][place]


def course(one: KpiView) -> list[tuple[str, float, float]]:
    return [(str(share.period), share.number, share.of) for share in one.fed.course]


def test_crisis_levels_come_from_the_area_and_each_target_judges_by_its_own(engine: Engine) -> None:
    send(engine, a_plan(kpis={"crisis_6": {"target": 25.0}}))
    view = shown(engine, MID)
    objective, strategy = (kpi(view, "crisis_6", place) for place in (0, 1))
    assert course(objective) == [("2566-M06", 1, 4)]
    # Exactly 25 %: "below 25" misses, "at most 25" meets.
    assert (objective.op, objective.verdict) == ("below", Verdict.FAIL)
    assert (strategy.op, strategy.verdict) == ("up_to", Verdict.PASS)
    later = kpi(shown(engine), "crisis_6")
    assert course(later) == [("2566-M06", 1, 4), ("2566-M12", 2, 4)]
    assert (later.verdict, later.change) == (Verdict.FAIL, 25)


def test_expense_within_the_plan_is_measured_at_quarters_2_and_4(engine: Engine) -> None:
    send(engine, a_plan())
    one = kpi(shown(engine), "planfin_expense")
    assert course(one) == [("2566-M06", 3, 4), ("2566-M12", 2, 4)]
    assert one.fed.behind == ("11201", "11202")
    assert one.verdict is Verdict.FAIL
    assert [item.item.number for item in one.serving] == ["3.2.1"]


def test_statements_are_in_time_by_the_day_the_plan_names(engine: Engine) -> None:
    send(engine, a_plan())
    open_ = kpi(shown(engine), "statements_in_time")
    assert (open_.share, open_.verdict) == (None, Verdict.NOT_JUDGED)
    assert open_.fed.missing
    assert "does the plan say by which day" in open_.fed.missing.en
    send(engine, a_plan(kpis=DUE))
    one = kpi(shown(engine), "statements_in_time")
    assert course(one) == [("2566-M06", 3, 4), ("2566-M12", 1, 4)]
    assert one.fed.behind == INSIDE[1:]
    assert one.fed.basis
    assert one.fed.basis.en == "by the last day the plan names: 15 Oct 2566"
    assert shown(engine).hospitals[INSIDE[1]].th


def test_a_last_day_set_for_the_form_counts_where_the_plan_names_none(engine: Engine) -> None:
    send(engine, a_plan(kpis={"statements_in_time": {"quarters": "2, 4"}}))
    for month, day in ((MID, date(2023, 4, 16)), (END, date(2023, 10, 20))):
        set_deadline(engine, "finance", month, day, area="TH", by="P1")
    one = kpi(shown(engine), "statements_in_time")
    assert course(one) == [("2566-M06", 4, 4), ("2566-M12", 3, 4)]
    assert one.fed.basis
    assert one.fed.basis.en == "by the last day set for the form: 20 Oct 2566"
    # A province's own day goes before that of the country, and the plan's own before both.
    set_deadline(engine, "finance", END, date(2023, 10, 14), area="P61", by="P1")
    assert course(kpi(shown(engine), "statements_in_time"))[-1] == ("2566-M12", 0, 4)
    send(engine, a_plan(kpis=DUE))
    own = kpi(shown(engine), "statements_in_time")
    assert course(own) == [("2566-M06", 3, 4), ("2566-M12", 1, 4)]
    assert own.fed.basis
    assert own.fed.basis.en == (
        "by the last day the plan names, 15 Oct 2566, not by the one set for the form, 14 Oct 2566"
    )


def test_nobody_is_late_before_the_last_day_is_over(engine: Engine) -> None:
    send(engine, a_plan(kpis=DUE))
    early = plan_view(engine, "P61", 2566, END, date(2023, 10, 15))
    assert course(kpi(early, "statements_in_time")) == [("2566-M06", 3, 4)]
    first = plan_view(engine, "P61", 2566, END, date(2023, 4, 15))
    one = kpi(first, "statements_in_time")
    assert (one.share, one.verdict, one.fed.behind) == (None, Verdict.NOT_JUDGED, ())
    assert one.fed.missing
    assert one.fed.missing.en == "No last day is over yet"


def test_hospitals_of_grade_f_are_held_against_the_round_before(engine: Engine) -> None:
    send(engine, a_plan())
    assert kpi(shown(engine), "f_raised").share is None
    before, now = (
        levels(dict.fromkeys(INSIDE[:3], 4.0), criterion="tps.grade", period=MID),
        levels({"11201": 4.0, "11202": 3.0, "11204": 4.0}, criterion="tps.grade", period=END),
    )
    risen = np.array([Verdict.FAIL, Verdict.WATCH, Verdict.FAIL], dtype=np.int8)
    write(engine, before, replace(now, verdict=risen))
    one = kpi(shown(engine), "f_raised")
    # Three were F in round 1: one is still, one rose, one has no grade now, which is no rise.
    assert course(one) == [("2566-M12", 1, 3)]
    assert one.fed.behind == ("11201", "11203")


def test_what_nothing_feeds_is_typed_and_says_so_where_it_is_not(engine: Engine) -> None:
    typed = {"result": 95.0, "result_on": date(2023, 9, 30)}
    send(engine, a_plan(kpis={"ip_compensation": typed}))
    view = shown(engine)
    assert course(kpi(view, "ip_compensation")) == [("2566-M12", 95, 100)]
    assert kpi(view, "ip_compensation").verdict is Verdict.PASS
    missing = kpi(view, "pp_compensation").fed.missing
    assert missing
    assert "No reply of a fund (REP) is stored" in missing.en
    # In August the result of September was not known.
    assert kpi(shown(engine, Period(2566, "M", 11)), "ip_compensation").share is None
    assert kpi(view, "thai_coverage").fed.missing


def test_an_activity_is_late_when_its_months_are_over_and_says_what_it_endangers(
    engine: Engine,
) -> None:
    done = {("activity", "1.2.1"): {"done_on": date(2023, 7, 31)}}
    send(engine, a_plan(items=done, kpis=DUE))
    june, july = shown(engine, Period(2566, "M", 9)), shown(engine, Period(2566, "M", 10))
    states = [view.by_id["1.2.1"].state for view in (june, july)]
    assert states == ["waiting", "done"]
    assert [view.by_id["1.1.3"].state for view in (shown(engine, MID), june)] == ["running", "late"]
    assert july.by_id["3.3.2"].state == "unscheduled"
    late = july.by_id["3.3.3"]
    assert late.state == "late"
    told = [(one.kpi.of, one.kpi.measured_by) for one in july.endangers(late)]
    assert told == [
        ("3.3", "statements_in_time"), ("3.3", "f_raised"), ("3", "crisis_6"),
        ("objective.4.4", "crisis_6"),
    ]  # fmt: skip
    assert "3.3.3" in [one.item.number for one in kpi(july, "statements_in_time").late]
    assert any(text.en.startswith("3.3.3 ") for text in danger_texts(july))
    assert "activities late: " in headline(july).en


def test_a_late_step_makes_its_activity_late(engine: Engine) -> None:
    send(engine, a_plan())
    view = shown(engine, Period(2566, "M", 3))
    # Steps of October to December are not done; the third is planned for January.
    assert [view.by_id[f"2.1.1/{n}"].state for n in (1, 2, 3)] == ["late", "late", "waiting"]
    assert view.by_id["2.1.1"].state == "late"


def test_an_address_finds_its_plan_or_the_nearest_there_is(engine: Engine) -> None:
    assert resolve_selection(engine, area="", year="", period="") is None
    with pytest.raises(UsageError, match="U050"):
        stored_plan(engine, "P61", 2566)
    send(engine, a_plan())
    send(engine, a_plan(year=2567))
    send(engine, a_plan("P65"))
    assert planned(engine) == (("P61", 2567), ("P61", 2566), ("P65", 2566))

    def found(**asked: str) -> tuple[str, int, str]:
        told = resolve_selection(engine, **{"area": "", "year": "", "period": "", **asked})
        assert told
        return told.area, told.fiscal_year, str(told.period)

    assert found(area="D6102", period="2566-M06") == ("P61", 2566, "2566-M06")
    assert found(area="R02") == ("P65", 2566, "2566-M12")
    assert found(area="P10", year="2566") == ("P61", 2566, "2566-M12")
    assert found(area="P61", year="2567") == ("P61", 2567, "2567-M12")


def test_the_printed_table_is_taken_away_as_it_was_typed(engine: Engine) -> None:
    send(engine, a_plan(kpis=DUE))
    view = shown(engine)
    rows = plan_rows(view, "th")
    typed = [row for row in a_plan().rows if row.part == "items"]
    names = ("plan.problem", "plan.number", "plan.title", "plan.goal", *QUARTERS.values())
    places = (0, 2, 3, 4, 6, 7, 8, 9)
    assert [[row[place] for place in places] for row in rows[1:]] == [
        [row.text(name) for name in names] for row in typed
    ]
    assert [row[:3] for row in kpi_rows(view, "en")[1:4]] == [
        ["4.4", "ร้อยละของหน่วยบริการที่ประสบภาวะวิกฤตทางการเงินระดับ 6 < ร้อยละ 4", ""],
        ["1", "ร้อยละ 99 ของประชาชนในจังหวัดที่เป็นคนไทยมีสิทธิในการรักษาพยาบาล", ""],
        ["1", "ร้อยละ 100 ของหน่วยบริการสาธารณสุขสามารถจัดบริการตามศักยภาพที่ขึ้นทะเบียน", ""],
    ]
    told = json.loads(plan_document(view))
    items = [[i["problem"], i["number"], i["title"], i["goal"], *i["quarters"].values()]
             for i in told["items"]]  # fmt: skip
    assert items == [[row.text(name) for name in names] for row in typed]
    targets = [(one["text"], one["figure"], one["target"], one["within"]) for one in told["kpis"]]
    assert targets == [
        (row.text("plan.kpi"), row.text("plan.figure"), row.number("plan.target"),
         row.number("plan.within"))
        for row in a_plan().rows if row.part == "kpis"
    ]  # fmt: skip
    assert {one["code"] for one in told["messages"]} == {"W450", "W451", "W459"}
    assert sum(1 for _ in plan_lines(view)) > len(view.items)


def test_the_example_names_no_province_and_the_form_what_it_was_made_from(engine: Engine) -> None:
    book = load_workbook(BytesIO(example_workbook("th")))
    assert book["แผน"]["A5"].value is None
    number = send(engine, a_plan()).upload.id
    book = load_workbook(BytesIO(plan_workbook(stored_plan(engine, "P61", 2566), "th")))
    heads = {cell.value: cell.column for cell in book["แผน"][4]}
    assert book["แผน"].cell(5, heads["แก้จากไฟล์หมายเลข"]).value == number
