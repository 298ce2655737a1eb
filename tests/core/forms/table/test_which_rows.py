"""Which rows count: totals with a code, tables below, remarks, and what is hidden."""

from typing import Any

import pytest

from core.forms.table.read import read_table
from core.services.intake.examine import examine
from tests.core.forms.sheets import HEADER, book, changed, sheet
from tests.core.forms.table.tables import (
    COMPENSATION_HEADER,
    COVERAGE_HEADER,
    codes,
    figure,
    finance,
    month,
    read,
    table_form,
)


def added_up(*rows: list[Any], code: Any = "99999") -> list[Any]:
    return [
        code,
        *rows[0][1:3],
        *(sum(values) for values in zip(*(r[3:] for r in rows), strict=True)),
    ]


def facility(code: str, times: int, name: str = "ตุลาคม") -> list[Any]:
    return [code, 2566, name, *(times * n for n in (45_000, 95_000, 5_000, 48_000, 13_529))]


ROWS = [facility("10661", 10), facility("10662", 7), facility("10663", 5)]


@pytest.mark.parametrize("code", ["99999", "00000", 61101])
def test_a_total_that_bears_a_code_is_left_out(code: Any) -> None:
    reading = finance(HEADER, *ROWS, added_up(*ROWS, code=code))
    assert [line.row for line in reading.lines] == [2, 3, 4]
    assert codes(reading) == [("W354", "A5")]


def test_totals_of_groups_and_of_all_are_left_out() -> None:
    more = [facility("10671", 3), facility("10672", 9)]
    first, second = added_up(*ROWS), added_up(*more, code="99998")
    both = added_up(first, second, code="99997")
    reading = finance(HEADER, *ROWS, first, *more, second, both)
    assert [line.row for line in reading.lines] == [2, 3, 4, 6, 7]


def test_a_total_above_its_rows_and_one_of_its_month_are_left_out() -> None:
    later = [facility(row[0], 11 + n, "พฤศจิกายน") for n, row in enumerate(ROWS)]
    reading = finance(HEADER, added_up(*ROWS), *ROWS, added_up(*later), *later)
    assert [line.row for line in reading.lines] == [3, 4, 5, 7, 8, 9]


def test_months_that_grow_evenly_are_no_totals_of_one_another() -> None:
    names = ("ตุลาคม", "พฤศจิกายน", "ธันวาคม", "มกราคม", "กุมภาพันธ์")
    rows = [facility("10661", number, name) for number, name in enumerate(names, 1)]
    assert len(finance(HEADER, *rows).lines) == len(rows)
    same = [facility("10661", 1, name) for name in names]
    assert len(finance(HEADER, *same).lines) == len(same)


def test_totals_of_counts_and_of_two_columns_are_seen_too() -> None:
    rows = [["10661", 2566, 1, 664, 1660, 9_500_000, 10_250_000]]
    rows.append(["10662", 2566, 1, 666, 1667, 9_611_111, 10_361_111])
    assert ("W354", "A4") in codes(read("coverage", COVERAGE_HEADER, *rows, added_up(*rows)))
    paid = [["10661", 2566, "ตุลาคม", 5000, 4000], ["10662", 2566, "ตุลาคม", 7000, 6500]]
    assert ("W354", "A4") in codes(
        read("compensation", COMPENSATION_HEADER, *paid, added_up(*paid))
    )


@pytest.mark.parametrize("change", [{"D": 1.0}, {"H": 7}])
def test_a_row_that_is_a_sum_but_for_one_figure_is_a_facility(change: dict[str, Any]) -> None:
    reading = finance(HEADER, *ROWS, changed(added_up(*ROWS), **change))
    assert len(reading.lines) == 4
    assert "W354" not in {code for code, _ in codes(reading)}


def test_small_figures_that_add_up_by_chance_are_no_total() -> None:
    rows = [["10661", 2566, 1, 1, 1], ["10662", 2566, 1, 1, 2], ["10663", 2566, 1, 2, 3]]
    reading = read("coverage", COVERAGE_HEADER[:5], *rows)
    assert len(reading.lines) == 3


@pytest.mark.parametrize("words", ["รวม", "รวมทั้งสิ้น", "รวมจังหวัด", "Total", "รวมอำเภอเมือง"])
def test_a_row_that_says_it_is_a_total_is_one_whatever_its_code(words: str) -> None:
    reading = finance([*HEADER, "หน่วยงาน"], [*month(), "รพ.ก"], [*month("99999", scale=3), words])
    assert [line.row for line in reading.lines] == [2]
    assert ("W316", "A3") in codes(reading)


def test_a_facility_may_begin_with_the_word() -> None:
    reading = finance([*HEADER, "หน่วยงาน"], [*month(), "รวมแพทย์"])
    assert len(reading.lines) == 1


# Tables below


@pytest.mark.parametrize("gap", [0, 2])
def test_a_table_below_is_read_by_its_own_titles(gap: int) -> None:
    backwards = [*HEADER[:3], *reversed(HEADER[3:])]
    row = month("11224")
    below = [*row[:3], *reversed(row[3:])]
    reading = finance(HEADER, month(), *[[None]] * gap, backwards, below)
    assert [line.hcode for line in reading.lines] == ["11223", "11224"]
    assert figure(reading, "finance.cash", 1) == 45_895_000.25
    assert figure(reading, "finance.net_income", 1) == 135_290
    assert reading.lines[1].spot("finance.cash").place.name == f"H{4 + gap}"


def test_a_table_below_and_to_the_right_is_read_too() -> None:
    reading = finance(HEADER, month(), [None, None, *HEADER], [None, None, *month("11224")])
    assert [line.hcode for line in reading.lines] == ["11223", "11224"]
    assert figure(reading, "finance.cash", 1) == 45_895_000.25


def test_a_table_below_may_have_another_unit() -> None:
    millions = [*HEADER[:3], *(f"{title} (ล้านบาท)" for title in HEADER[3:])]
    reading = finance(HEADER, month(), millions, month("11224", scale=1e6))
    assert figure(reading, "finance.cash", 1) == 45_895_000.25


def test_titles_printed_again_change_nothing() -> None:
    reading = finance(HEADER, month(), HEADER, month("11224"))
    assert [line.hcode for line in reading.lines] == ["11223", "11224"]
    assert codes(reading) == []


@pytest.mark.parametrize(
    "titles",
    [
        [*HEADER[:3], "จำนวนผู้ป่วย 1", "จำนวนผู้ป่วย 2", "จำนวนผู้ป่วย 3"],
        ["รหัส", "ปี", "งวด ", "ผู้ป่วยนอก", "ผู้ป่วยใน", "วันนอน"],
        ["Code", "FY", "Mo.", "Visits", "Admissions", "Days"],
    ],
)
def test_a_table_of_another_kind_below_is_not_read_and_said(titles: list[str]) -> None:
    reading = finance(HEADER, month(), titles, ["11224", 2566, "ตุลาคม", 11, 12, 13])
    assert [line.hcode for line in reading.lines] == ["11223"]
    assert ("W355", "A3") in codes(reading)


def test_after_a_table_of_another_kind_the_form_may_go_on() -> None:
    other = [*HEADER[:3], "ผู้ป่วยนอก", "ผู้ป่วยใน"]
    rows = [other, ["11224", 2566, "ตุลาคม", 11, 12], HEADER, month("11225")]
    reading = finance(HEADER, month(), *rows)
    assert [line.hcode for line in reading.lines] == ["11223", "11225"]


def test_remarks_and_signatures_at_the_end_are_only_noted() -> None:
    reading = finance(HEADER, month(), ["หมายเหตุ: เบื้องต้น"], [None, None, None, "ผู้รายงาน", "ผู้ตรวจ"])
    assert {code for code, _ in codes(reading)} == {"W322"}


# Rows of text files that are too long


@pytest.mark.parametrize("beyond", [["000.00"], ["1", "234.50"]])
def test_a_row_of_a_text_file_longer_than_its_titles_is_not_read(beyond: list[str]) -> None:
    page = sheet(HEADER, [*map(str, month()), *beyond], list(map(str, month("11224"))), name="CSV")
    reading = read_table(table_form("finance"), book(page))
    assert [line.hcode for line in reading.lines] == ["11224"]
    assert ("W359", "I2") in codes(reading)


@pytest.mark.parametrize(
    ("row", "is_parted"),
    [
        ("11223,2566,ตุลาคม,3,200,000.00,5,100,100,9,,,,,,", True),
        ("11223,2566,ตุลาคม,3000,5000,2000,4000,9,,", False),
        ("11223,2566,ตุลาคม,3,200,1,400,9", False),
    ],
)
def test_commas_within_numbers_are_seen_though_the_last_fields_are_empty(
    row: str, is_parted: bool
) -> None:
    titles = ",".join([*HEADER, *(["รายได้รวม", "ค่าใช้จ่ายรวม"] if is_parted else [])])
    intake = examine(f"{titles}\n{row}\n".encode(), "a.csv")
    assert ("W359" in {issue.code for issue in intake.issues}) is is_parted


def test_in_a_workbook_what_stands_beyond_the_titles_is_said() -> None:
    assert codes(finance(HEADER, [*month(), None, 77.0])) == [("W363", "J2")]
    assert codes(finance(HEADER, [*month(), "ตรวจแล้ว"])) == []


# What is hidden


def test_hidden_rows_are_not_read_and_said() -> None:
    page = sheet(HEADER, month(), month("11224"), month("11225"))
    page.hidden_rows = {3, 4}
    reading = read_table(table_form("finance"), book(page))
    assert [line.hcode for line in reading.lines] == ["11223"]
    assert codes(reading) == [("W356", "A3")]
    assert reading.issues[0].found == "2"


@pytest.mark.parametrize("form_id", ["finance", "coverage", "compensation"])
def test_hidden_sheets_with_a_table_are_not_read_and_said(form_id: str) -> None:
    titles = {"finance": HEADER, "coverage": COVERAGE_HEADER}.get(form_id, COMPENSATION_HEADER)
    row = ["11223", 2566, 1 if form_id == "coverage" else "ตุลาคม", *[50.0] * (len(titles) - 3)]
    shown = sheet(titles, row, name="ก")
    hidden = sheet(titles, ["11224", *row[1:]], name="ข", hidden=True)
    other = sheet(["สูตร", 1], name="ค", hidden=True)
    reading = read_table(table_form(form_id), book(shown, hidden, other))
    assert [line.hcode for line in reading.lines] == ["11223"]
    assert [(i.code, i.sheet) for i in reading.issues if i.code == "W364"] == [("W364", "ข")]


# Totals of other forms


def test_totals_of_points_and_of_rows_of_several_kinds_are_seen() -> None:
    table = table_form("revenue-4s4c").tables[0]
    points = [column.measure for column in table.columns if column.type == "number"]
    rows = [["10661", 2566, 1, *[400] * len(points)], ["10662", 2566, 1, *[700] * len(points)]]
    header = ["hcode", "fiscal_year", "round", *points]
    assert ("W354", "A4") in codes(read("revenue-4s4c", header, *rows, added_up(*rows)))
    plans = ["hcode", "fiscal_year", "round", "Service Plan", "received", "cost"]
    paid = [
        ["10661", 2566, 1, "covid", 5_000, 4_000],
        ["10662", 2566, 1, "covid", 7_000, 6_500],
        ["99999", 2566, 1, "covid", 12_000, 10_500],
    ]
    assert ("W354", "A4") in codes(read("sproi", plans, *paid))


@pytest.mark.parametrize("words", ["(เดือนนี้)", "(สะสม)", "(รายเดือน)"])
def test_a_month_is_not_the_round_it_lies_in(words: str) -> None:
    header = [*COVERAGE_HEADER[:5], f"{COVERAGE_HEADER[5]} {words}", COVERAGE_HEADER[6]]
    reading = read("coverage", header, ["10661", 2566, 1, 664, 1660, 95, 100])
    assert figure(reading, "coverage.fss_spent") is None
    assert ("W342", "F1") in codes(reading)


@pytest.mark.parametrize("times", [0, -1], ids=["first", "last"])
def test_an_average_that_bears_a_code_is_left_out(times: int) -> None:
    average = ["99999", *ROWS[0][1:3], *(value / 3 for value in added_up(*ROWS)[3:])]
    rows = [average, *ROWS] if times == 0 else [*ROWS, average]
    reading = finance(HEADER, *rows)
    assert [line.hcode for line in reading.lines] == ["10661", "10662", "10663"]
    assert [code for code, _ in codes(reading)] == ["W354"]


@pytest.mark.parametrize(
    "sizes", [(4, 4, 4, 4), (4, 6, 8, 10, 12)], ids=["alike", "growing evenly"]
)
def test_facilities_alike_or_growing_evenly_are_no_average(sizes: tuple[int, ...]) -> None:
    rows = [facility(f"1066{n}", size) for n, size in enumerate(sizes)]
    assert len(finance(HEADER, *rows).lines) == len(sizes)


def test_a_table_above_one_with_better_titles_is_read_too() -> None:
    """Its last title is none that is known, so the titles below show the form better."""
    first = [*HEADER[:-1], "ผลประกอบการ"]
    reading = finance(first, facility("10661", 10), [], HEADER, facility("10662", 7))
    assert [line.hcode for line in reading.lines] == ["10661", "10662"]


def test_a_row_beside_one_of_the_same_month_that_was_not_read_is_pointed_out() -> None:
    keys = "hcode,fiscal_year,fiscal_month"
    head = f"{keys},cash,current_assets,inventories,current_liabilities,net_income"
    lost = "99901,2566,5,90,200,20,100,10,7"
    rows = [head, lost, "99901,2566,5,91,200,20,100,10", "99902,2566,5,90,200,20,100,10"]
    intake = examine("\n".join(rows).encode(), "finance.csv")
    assert [one.cell for one in intake.issues if one.code == "W359"] == ["I2"]
    assert [(one.cell, one.expected) for one in intake.issues if one.code == "W423"] == [
        ("A3", "A2")
    ]
    alone = examine("\n".join([*rows[:2], rows[3]]).encode(), "finance.csv")
    assert "W423" not in [one.code for one in alone.issues]
