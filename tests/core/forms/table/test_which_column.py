"""Which column is meant where a title says more than its name, or two could be meant."""

from typing import Any

import pytest

from core.forms.cells.workbook import Merge, Place
from core.forms.table.heads.titles import Titles
from core.forms.table.read import read_table
from tests.core.forms.sheets import HEADER, book, changed, sheet
from tests.core.forms.table.tables import (
    CASH,
    COMPENSATION_HEADER,
    COVERAGE_HEADER,
    codes,
    figure,
    finance,
    month,
    read,
    table_form,
)

INSURED = "coverage.foreign_insured"


@pytest.mark.parametrize(
    "words",
    [
        "(แผน)", "(เป้าหมาย)", "(ประมาณการ)", "(ปีก่อน)", "(เดือนก่อน)", "(ปี 2565)", "(2565)",
        "(สะสม)", "(สะสม 2 เดือน)", "(ไตรมาส 1)", "(ต.ค. 65)", "(Plan)", "(Last year)", "ปีก่อน",
        "แผน", "- เป้าหมาย", "(ผลต่าง)", "(เฉลี่ย)", "FY2565",
    ],
)  # fmt: skip
def test_a_column_of_something_else_is_not_taken(words: str) -> None:
    reading = finance(changed(HEADER, D=f"{CASH} {words}"), month())
    assert figure(reading, "finance.cash") is None
    assert ("W342", "D1") in codes(reading)


@pytest.mark.parametrize("words", ["2565", "ปี 2565", "ปีงบประมาณ 2565", "แผน", "(แผน)", "เป้าหมาย"])
def test_nor_where_the_words_stand_before_the_name(words: str) -> None:
    reading = finance(changed(HEADER, D=f"{words} {CASH}"), month())
    assert figure(reading, "finance.cash") is None
    assert ("W342", "D1") in codes(reading)


@pytest.mark.parametrize(
    "title",
    [
        f"{CASH} (ผล)", f"{CASH} (Actual)", f"ผล {CASH}", f"{CASH} (ปี 2566)", f"2566 {CASH}",
        f"ปีงบประมาณ 2566 {CASH}", f"{CASH} (ณ สิ้นเดือน)", f"{CASH} (เดือนนี้)", f"1. {CASH}",
        f"1.2) {CASH}", f"{CASH} 2023",
    ],
)  # fmt: skip
def test_words_that_mean_the_figure_itself_change_nothing(title: str) -> None:
    reading = finance(changed(HEADER, D=title), month())
    assert figure(reading, "finance.cash") == 45_895_000.25
    assert codes(reading) == []


@pytest.mark.parametrize(
    ("form_id", "header", "row", "title", "measure", "is_taken"),
    [
        ("finance", HEADER, month(), "รายได้รวม (สะสม)", "finance.revenue", True),
        ("finance", HEADER, month(), "รายได้รวมสะสม", "finance.revenue", True),
        ("finance", HEADER, month(), "รายได้รวม (เดือนนี้)", "finance.revenue", False),
        ("finance", HEADER, month(), "รายได้รวม (รายเดือน)", "finance.revenue", False),
        ("finance", HEADER, month(), "สินทรัพย์รวม (สะสม)", "finance.total_assets", False),
        ("finance", HEADER, month(), "แผนรายได้ (PlanFin)", "finance.plan_revenue", True),
    ],
)
def test_cumulative_is_right_for_what_is_added_up_since_october(
    form_id: str, header: Any, row: Any, title: str, measure: str, is_taken: bool
) -> None:
    reading = read(form_id, [*header, title], [*row, 200_000_000.0])
    assert (figure(reading, measure) is not None) is is_taken


@pytest.mark.parametrize("first", ["2565", "2566"])
def test_of_two_years_side_by_side_that_of_the_rows_is_read(first: str) -> None:
    second = {"2565": "2566", "2566": "2565"}[first]
    header = [*changed(HEADER, D=f"{first} {CASH}"), f"ปี {second} {CASH}"]
    reading = finance(header, [*changed(month(), D=int(first)), int(second)])
    assert figure(reading, "finance.cash") == 2566


def test_of_several_years_in_the_rows_neither_is_read() -> None:
    header = [*changed(HEADER, D=f"2565 {CASH}"), f"2566 {CASH}"]
    rows = [[*month(), 1.0], [*month(year=2565), 2.0]]
    reading = finance(header, *rows)
    assert figure(reading, "finance.cash") is None
    assert {("W342", "D1"), ("W342", "I1")} <= set(codes(reading))


@pytest.mark.parametrize(
    "order", [("แผน", "ผล"), ("ผล", "แผน"), ("ปีก่อน", "ปีนี้"), ("Target", "Actual")]
)
@pytest.mark.parametrize("is_merged", [True, False])
def test_a_title_over_plan_and_result_is_that_of_the_result(
    order: tuple[str, str], is_merged: bool
) -> None:
    header = [*COVERAGE_HEADER[:4], None, *COVERAGE_HEADER[4:]]
    below = [None, None, None, *order]
    is_second = order[1] in ("ผล", "ปีนี้", "Actual")
    row = ["10661", 2566, 1, *((863, 664) if is_second else (664, 863)), 1660, 95, 100]
    merges = [Merge(Place(1, 4), Place(1, 5))] if is_merged else []
    reading = read("coverage", header, below, row, merges=merges)
    assert figure(reading, INSURED) == 664
    assert figure(reading, "coverage.foreign_eligible") == 1660


def test_of_two_plans_below_a_title_neither_is_read() -> None:
    header = [*COVERAGE_HEADER[:4], None, *COVERAGE_HEADER[4:]]
    row = ["10661", 2566, 1, 863, 664, 1660, 95, 100]
    merges = [Merge(Place(1, 4), Place(1, 5))]
    for below in (["แผน", "เป้าหมาย"], ["ผล", "ผลจริง"]):
        reading = read("coverage", header, [None, None, None, *below], row, merges=merges)
        assert figure(reading, INSURED) is None
        assert {code for code, _ in codes(reading)} & {"W342", "W343"}


def test_a_title_merged_over_two_columns_of_figures_is_asked_about() -> None:
    header = [*COVERAGE_HEADER[:4], None, *COVERAGE_HEADER[4:]]
    row = ["10661", 2566, 1, 863.0, 664.0, 1660, 95, 100]
    reading = read("coverage", header, row, merges=[Merge(Place(1, 4), Place(1, 5))])
    assert figure(reading, INSURED) is None
    assert ("W343", "E1") in codes(reading)


def test_groups_of_columns_above_the_titles_say_what_they_are() -> None:
    above = [None, None, None, "แผน", None, None, None, None, "ผล", None, None, None, None]
    reading = finance(above, [*HEADER, *HEADER[3:]], [*month(scale=2), *month()[3:]])
    assert figure(reading, "finance.cash") == 45_895_000.25
    assert figure(reading, "finance.net_income") == 135_290


def test_two_tables_side_by_side_are_no_guess() -> None:
    reading = finance([*HEADER, None, *HEADER], [*month(), None, *month("11224", scale=2)])
    assert all(line.hcode is None for line in reading.lines)
    assert ("W343", "J1") in codes(reading)


def test_a_year_that_heads_the_whole_sheet_is_no_qualifier() -> None:
    reading = finance(["ปีงบประมาณ 2566"], HEADER, month(), month(year=2565))
    assert codes(reading) == []


def test_a_plan_that_is_asked_for_may_stand_below_the_word() -> None:
    above = [*[None] * 8, "แผน", None]
    header = [*HEADER, "แผนรายได้ (PlanFin)", "แผนค่าใช้จ่าย (PlanFin)"]
    reading = finance(above, header, [*month(), 5e8, 4e8])
    assert figure(reading, "finance.plan_revenue") == 5e8


def test_a_hidden_column_is_not_read_and_said() -> None:
    page = sheet(HEADER, month())
    page.hidden_columns = {4}
    reading = read_table(table_form("finance"), book(page))
    assert figure(reading, "finance.cash") is None
    assert ("W365", "D1") in codes(reading)


def test_a_plan_beside_the_figure_itself_is_only_noted() -> None:
    header = [*COMPENSATION_HEADER, "พตส. ที่ต้องจ่าย (แผน)"]
    reading = read("compensation", header, ["11223", 2566, "ตุลาคม", 100, 90, 120])
    assert figure(reading, "compensation.due") == 100
    assert codes(reading) == [("W302", "F1")]


def test_titles_longer_than_any_are_not_cached() -> None:
    titles = Titles(table_form("finance").tables[0])
    for text in (CASH, CASH + " " * 1000, "x" * 1000):
        for _ in range(2):
            assert (titles.measure(text) == "finance.cash") is text.startswith(CASH)
    assert set(titles._cache) == {CASH}


@pytest.mark.parametrize(
    ("measure", "is_read"), [("plan_drugs", True), ("actual_maintenance", False)]
)
def test_plan_beside_a_name_that_only_mentions_a_plan_is_another_figure(
    measure: str, is_read: bool
) -> None:
    form = table_form("msss-4s4p")
    title = next(c.name.th for c in form.columns if c.measure == f"msss.{measure}")
    reading = read("msss-4s4p", ["hcode", "11223"], ["ปีงบประมาณ", 2566], ["รอบ", 1],
                   *([c.name.th, "ใช่"] for c in form.columns if c.type == "answer"),
                   [f"{title} (แผน)", 5000.0])  # fmt: skip
    assert (figure(reading, f"msss.{measure}") == 5000.0) is is_read
    assert ("W342" in {code for code, _ in codes(reading)}) is not is_read


def test_under_a_title_above_plan_and_actual_the_actual_one_is_read() -> None:
    titles = changed(HEADER, D="แผน")
    titles.insert(4, "ผล")
    over = [None, None, None, CASH]
    row = month()
    row.insert(3, 1.0)
    merge = Merge(Place(1, 4), Place(1, 5))
    reading = read_table(table_form("finance"), book(sheet(over, titles, row, merges=[merge])))
    assert figure(reading, "finance.cash") == 45_895_000.25
    assert "W301" not in {code for code, _ in codes(reading)}
