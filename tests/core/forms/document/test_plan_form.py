"""The form of a strategy plan: the printed plan comes back, and what is wrong is named by cell."""

import math
import os
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from core.forms.document.checks import plan_issues
from core.forms.document.example import example, example_document
from core.forms.document.filled import filled
from core.forms.document.months import months_in, quarters_in, spanned
from core.forms.document.plan import Plan
from core.forms.document.rows import Document, DocumentRow, Value, decoded, encoded
from core.forms.document.tree import plan_of
from core.services.intake.examine import examine
from core.services.intake.kinds import DocumentIntake
from tests.paths import ROOT

SHARED = ROOT.parent / "shared"
SOURCES = SHARED / "sources"
if "TRUAT_SHARED_DATA" in os.environ:
    SOURCES = (SHARED / os.environ["TRUAT_SHARED_DATA"]).parent / "sources"


@pytest.fixture(scope="module")
def printed() -> DocumentIntake:
    """The printed plan, typed into its form by a script and read again."""
    read = examine(filled(example_document("P53", 2567)), "plan.xlsx")
    assert isinstance(read, DocumentIntake)
    return read


def plan(
    *rows: Mapping[str, Value], kpis: tuple[Mapping[str, Value], ...] = ()
) -> tuple[Plan, list[tuple[str, str, str]]]:
    """A plan of a few rows, and every problem: its code, its cell, what was found."""
    whole = example_document("P53", 2567)
    placed = [
        DocumentRow(part, {f"plan.{name}": value for name, value in row.items()}, part, f"A{n}")
        for part, several in (("items", rows), ("kpis", kpis))
        for n, row in enumerate(several, 5)
    ]
    made, issues = plan_of(Document(whole.form, (whole.rows[0], *placed), "P53", 2567))
    every = (*issues, *plan_issues(made))
    assert all(issue.text.th and issue.text.en for issue in every)
    return made, [(issue.code, issue.cell, issue.found) for issue in every]


def item(level: str, number: str, **more: Value) -> Mapping[str, Value]:
    return {"level": level, "number": number, "title": f"{level} {number}", **more}


STRATEGY = item("strategy", "1")
SUB = item("sub_strategy", "1.1")
ACTIVITY = item("activity", "1.1.1", quarter_1="ต.ค.")


def test_the_printed_plan_comes_back_cell_by_cell(printed: DocumentIntake) -> None:
    typed = example_document("P53", 2567)
    assert [(row.part, dict(row.values)) for row in printed.document.rows] == [
        (row.part, dict(row.values)) for row in typed.rows
    ]


def test_the_printed_tree_has_its_counts(printed: DocumentIntake) -> None:
    tree = printed.plan
    assert tree is not None
    assert [len(tree.of(level)) for level in ("strategy", "sub_strategy", "activity", "step")] == [
        3,
        7,
        16,
        25,
    ]
    by_sub = {
        one.number: sum(i.level == "activity" for i in tree.under(one.id))
        for one in tree.of("sub_strategy")
    }
    assert by_sub == {"1.1": 4, "1.2": 1, "2.1": 1, "2.2": 4, "3.1": 2, "3.2": 1, "3.3": 3}
    by_item = [tree.by_id[kpi.of or ""].level for kpi in tree.kpis]
    assert by_item == ["objective", *["strategy"] * 5, *["sub_strategy"] * 3]
    assert [kpi.target for kpi in tree.kpis] == [4, 99, 100, 95, 60, 4, 100, 100, 100]
    assert [kpi.op for kpi in tree.kpis if kpi.measured_by == "crisis_6"] == ["below", "up_to"]
    assert [(kpi.within, kpi.quarters) for kpi in tree.kpis if kpi.within] == [(5, (2, 4))]


def test_the_printed_months_are_read(printed: DocumentIntake) -> None:
    tree = printed.plan
    assert tree is not None
    months = {one.id: one.months for one in tree.items if one.months}
    assert months == {
        "1.1.1/1": (3,),
        "1.1.2/1": (2,),
        "1.1.2/2": (2,),
        "1.1.3": (2, 3, 4, 5, 6, 7, 8, 9),
        "1.1.4": (4, 5, 6, 7, 8, 9),
        "1.2.1": (10,),
        "2.1.1/1": (1,),
        "2.1.1/2": (2, 3),
        "2.1.1/3": (4,),
        "2.2": (5,),
        "3": (2, 12),
        "3.3.3/1": (5,),
        "3.3.3/2": (6,),
        "3.3.3/3": (7,),
    }


def test_every_printed_contradiction_is_found(printed: DocumentIntake) -> None:
    found = [(issue.code, issue.sheet, issue.cell, issue.found) for issue in printed.issues]
    items, kpis = "กลยุทธ์และกิจกรรม", "ตัวชี้วัด"
    owners = "ธันวาคม/กุมภาพันธ์"
    without_months = [
        ("W459", items, f"E{row}", number)
        for row, number in (
            (26, "2.2.1"),
            (27, "2.2.2"),
            (29, "2.2.3"),
            (31, "2.2.4"),
            (39, "3.1.1"),
            (41, "3.1.2"),
            (45, "3.2.1"),
            (51, "3.3.1"),
            (54, "3.3.2"),
        )
    ]
    assert found == [
        ("W450", items, "H25", "5.ค."),
        ("W451", items, "J57", "มี.ค."),
        *[("W459", items, f"G{row}", owners) for row in (9, 17, 20)],
        *without_months,
        ("W459", kpis, "G8", "IP"),
        ("W459", kpis, "G9", "PP"),
        ("W459", kpis, "G10", "ร้อยละของหน่วยบริการที่ประสบภาวะวิกฤตทางการเงิน (ระดับ 6 ≤ 4)"),
    ]


@pytest.mark.skipif(not SOURCES.exists(), reason="the source documents are not here")
def test_the_example_says_what_the_source_prints() -> None:
    def bare(text: str) -> str:
        return re.sub(r"\s+", "", re.sub(r"</?p>", "", text)).replace("อุดรดิตถ์", "")

    source = bare(next(SOURCES.glob("002_*")).read_text(encoding="utf-8"))
    rows = (*example().items, *example().kpis)
    names = ("title", "goal", "problem", "text")
    texts = [str(row[name]) for row in rows for name in names if name in row]
    other = [text for text in texts if bare(text) not in source]
    # The name of the other province that is visited is left out.
    assert other == ["ประสานสสจ.อีกจังหวัดหนึ่ง เพื่อศึกษาดูงานระบบ HMONET"]


def test_a_row_survives_the_store() -> None:
    form = example_document("P53", 2567).form
    values: dict[str, Value] = {
        "plan.title": "ก",
        "plan.weight": 12.5,
        "plan.done_on": date(2024, 1, 31),
        "plan.proposed_on": "ไม่ทราบ",
    }
    row = DocumentRow("items", values, "แผ่น", "A5", {"plan.title": "E5"})
    assert decoded(form, "items", encoded(row)) == row


@pytest.mark.parametrize(
    ("text", "quarter", "months", "codes"),
    [
        ("ต.ค.", 1, (1,), ()),
        ("ธ.ค., ต.ค. พ.ย.", 1, (1, 2, 3), ()),
        ("พ.ย.–ธ.ค.", 1, (2, 3), ()),
        ("มกราคม - มีนาคม", 2, (4, 5, 6), ()),
        ("Oct/Dec", 1, (1, 3), ()),
        ("มี.ค. 2567", 2, (6,), ()),
        ("มี.ค. 2566", 2, (), ("W452",)),
        ("ต.ค. 2567", 1, (), ("W452",)),
        ("มี.ค.", 3, (6,), ("W451",)),
        ("5.ค.", 1, (), ("W450",)),
        ("13", 1, (), ("W450",)),
        ("ธ.ค.–ต.ค.", 1, (), ("W450",)),
        ("ต.ค. ไม่รู้", 1, (1,), ("W450",)),
        # Ticks say that something is done in the quarter, and not in which month.
        ("/", 1, (), ("W450",)),
        ("✓", 1, (), ("W450",)),
    ],
)
def test_months_of_a_quarter(
    text: str, quarter: int, months: tuple[int, ...], codes: tuple[str, ...]
) -> None:
    read = months_in(text, quarter, 2567)
    assert (read.months, tuple(fault.code for fault in read.faults)) == (months, codes)


def test_an_arrow_runs_through_its_quarter_from_the_month_before() -> None:
    cells = [
        (1, months_in("พ.ย.", 1, 2567)),
        (2, months_in("←", 2, 2567)),
        (3, months_in("→", 3, 2567)),
    ]
    assert spanned(cells) == (2, 3, 4, 5, 6, 7, 8, 9)
    assert spanned([(4, months_in("<-->", 4, 2567))]) == (10, 11, 12)


def test_a_missing_parent_is_named_and_the_row_stays() -> None:
    made, found = plan(STRATEGY, item("activity", "2.1.1", quarter_1="ต.ค."))
    assert found == [("W453", "A6", "2.1.1")]
    assert made.by_id["2.1.1"].parent is None
    _, found = plan(STRATEGY, item("sub_strategy", "", parent="9"))
    assert found == [("W453", "A6", "")]
    _, found = plan(item("step", "1"))
    assert found == [("W453", "A5", "1")]


def test_a_parent_that_lies_below_cannot_be_one() -> None:
    made, found = plan(STRATEGY, {**SUB, "parent": "1.1.1"}, ACTIVITY)
    assert found == [("W455", "A6", "1.1.1")]
    assert len(made.items) == 3
    assert [one.id for one in made.above(made.by_id["1.1.1"])] == ["1.1"]
    assert plan({**STRATEGY, "parent": "1"})[1] == [("W455", "A5", "1")]


def test_a_number_twice_is_named_and_both_rows_stay() -> None:
    made, found = plan(STRATEGY, SUB, ACTIVITY, {**ACTIVITY, "title": "other"})
    assert found == [("W454", "A8", "1.1.1")]
    assert [one.title for one in made.of("activity")] == ["activity 1.1.1", "other"]


@pytest.mark.parametrize(
    ("weights", "is_told", "done"),
    [((60.0, 40.0), False, 60.0), ((60.0, 39.0), True, 50.0), ((33.33, 66.67), False, 33.33)],
)
def test_weights_add_up_to_100_or_do_not_count(
    weights: tuple[float, float], is_told: bool, done: float
) -> None:
    first = item("step", "1", weight=weights[0], done_on=date(2023, 10, 31))
    made, found = plan(STRATEGY, SUB, ACTIVITY, first, item("step", "2", weight=weights[1]))
    assert found == ([("W456", "A8", "99")] if is_told else [])
    assert made.progress(made.by_id["1.1.1"], date(2023, 12, 1)) == pytest.approx(done)


def test_what_is_done_before_it_begins_is_asked_about() -> None:
    early = item("step", "1", quarter_1="พ.ย.", done_on=date(2023, 10, 31))
    assert plan(STRATEGY, SUB, ACTIVITY, early)[1] == [("W457", "A8", "31/10/2566")]
    right = {**early, "done_on": date(2023, 11, 1)}
    assert plan(STRATEGY, SUB, ACTIVITY, right)[1] == []


def test_a_kpi_of_nothing_is_named_and_stays() -> None:
    kpi = {"kpi_of": "7", "kpi": "k", "measured_by": "typed", "operator": "at_least", "target": 1.0}
    made, found = plan(
        STRATEGY, SUB, ACTIVITY, kpis=(kpi, {**kpi, "kpi_of": "1", "served_by": "1.1.1 4.4.4"})
    )
    assert found == [("W458", "A5", "7"), ("W458", "A6", "4.4.4")]
    assert [kpi.of for kpi in made.kpis] == [None, "1"]
    assert made.activities_of(made.kpis[0]) == ()
    assert [one.id for one in made.activities_of(made.kpis[1])] == ["1.1.1"]


@pytest.mark.parametrize(
    ("text", "quarters"),
    [
        ("2 4", (2, 4)),
        ("2, 4", (2, 4)),
        ("ไตรมาส ๒ และ ๔", (2, 4)),
        ("Q1-Q3", (1, 2, 3)),
        ("2–4", (2, 3, 4)),
        ("4", (4,)),
        ("4-2", None),
        ("24", None),
        ("5", None),
        ("2567-04-02", None),
        ("มี.ค. ก.ย.", None),
        ("ทุกเดือน", None),
    ],
)
def test_quarters_are_read_as_they_are_meant_or_not_at_all(
    text: str, quarters: tuple[int, ...] | None
) -> None:
    assert quarters_in(text) == quarters


KPI = {"kpi_of": "1", "kpi": "k", "measured_by": "typed", "operator": "at_least", "target": 95.0}


@pytest.mark.parametrize(
    ("typed", "issues"),
    [
        ({}, []),
        ({"target": 0.95}, [("W109", "A5", "0.95")]),
        ({"within": 0.05}, [("W109", "A5", "0.05")]),
        ({"target": 0.0, "within": 1.0}, []),
        ({"result": 0.8, "result_on": date(2024, 3, 31)}, [("W109", "A5", "0.8")]),
        ({"result": 80.0}, [("W459", "A5", "k")]),
        ({"quarters": "มี.ค. ก.ย."}, [("W450", "A5", "มี.ค. ก.ย.")]),
        ({"quarters": "2-4"}, []),
        ({"due_day": 15.5}, [("W450", "A5", "15.5")]),
    ],
)
def test_a_kpi_is_asked_about_what_would_judge_it_wrongly(
    typed: Mapping[str, Value], issues: list[tuple[str, str, str]]
) -> None:
    made, found = plan(STRATEGY, SUB, ACTIVITY, kpis=({**KPI, **typed},))
    assert found == issues
    assert made.kpis[0].due_day is None
    assert made.kpis[0].quarters == ((2, 3, 4) if typed.get("quarters") == "2-4" else ())


def test_a_day_long_after_the_plan_is_asked_about() -> None:
    later = item("step", "1", quarter_1="พ.ย.", done_on=date(2033, 11, 15))
    assert plan(STRATEGY, SUB, ACTIVITY, later)[1] == [("W459", "A8", "15/11/2576")]
    right = {**later, "done_on": date(2025, 9, 30)}
    assert plan(STRATEGY, SUB, ACTIVITY, right)[1] == []


def test_a_cell_that_cannot_be_read_keeps_what_was_typed() -> None:
    typed = example_document("P53", 2567)
    rows = [*typed.rows]
    rows[7] = replace(
        rows[7], values={**rows[7].values, "plan.done_on": "เร็ว ๆ นี้", "plan.weight": "มาก"}
    )
    rows[8] = replace(rows[8], values={**rows[8].values, "plan.level": "โครงการ"})
    rows[-1] = replace(rows[-1], values={**rows[-1].values, "plan.measured_by": "ดัชนีอื่น"})
    read = examine(filled(replace(typed, rows=tuple(rows))), "plan.xlsx")
    assert isinstance(read, DocumentIntake)
    known = {(issue.code, issue.cell) for issue in read.issues}
    assert {("W103", "L11"), ("W450", "M11"), ("W450", "B12"), ("W450", "E13")} <= known
    assert read.document.rows[7].text("plan.done_on") == "เร็ว ๆ นี้"
    assert read.document.rows[-1].text("plan.measured_by") == "ดัชนีอื่น"
    assert len(read.document.rows) == len(typed.rows)


def test_a_document_without_a_province_says_so() -> None:
    typed = example_document("P53", 2567)
    head = replace(typed.rows[0], values={"province": "เมืองลับแล", "fiscal_year": 2024.0})
    read = examine(filled(replace(typed, rows=(head, *typed.rows[1:]))), "plan.xlsx")
    assert isinstance(read, DocumentIntake)
    assert not read.is_storable
    assert {("W450", "A5"), ("W308", "B5")} <= {(one.code, one.cell) for one in read.issues}


def test_progress_is_that_of_a_day() -> None:
    late = item("step", "1", quarter_1="ต.ค.", done_on=date(2023, 12, 5))
    made, _ = plan(STRATEGY, SUB, ACTIVITY, late, item("step", "2"))
    activity = made.by_id["1.1.1"]
    assert made.progress(activity, date(2023, 12, 4)) == 0
    assert made.progress(activity, date(2023, 12, 5)) == 50
    assert made.progress(made.by_id["1"], date(2023, 12, 5)) == 50
    assert not math.isnan(made.progress(activity, date(2024, 9, 30)) or 0)
