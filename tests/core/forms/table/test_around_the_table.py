"""Titles in two rows, rows that number columns or hold targets, and keys said once for all rows."""

from typing import Any

import pytest

from core.forms.cells.workbook import Merge, Place
from core.services.intake.examine import examine
from tests.core.forms.sheets import HEADER
from tests.core.forms.table.tables import (
    COMPENSATION_HEADER,
    COVERAGE_HEADER,
    codes,
    figure,
    finance,
    month,
    read,
)

ROUND = ["10871", 2566, 1, 640, 800, 91_000, 120_000]
PAID = ["10871", 2566, "ธันวาคม", 512_300, 498_150]


def merged(*corners: tuple[int, int, int, int]) -> list[Merge]:
    return [Merge(Place(a, b), Place(c, d)) for a, b, c, d in corners]


# Titles in two rows


@pytest.mark.parametrize("is_merged", [True, False])
def test_keys_above_and_figures_below_are_one_header(is_merged: bool) -> None:
    upper = ["รหัส", "ปีงบประมาณ", "รอบ", "คนต่างด้าว", None, "FSS", None]
    lower = [None, None, None, *COVERAGE_HEADER[3:]]
    spans = merged((1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 2, 3), (1, 4, 1, 5), (1, 6, 1, 7))
    reading = read("coverage", upper, lower, ROUND, merges=spans if is_merged else [])
    assert [(line.row, line.hcode, str(line.period)) for line in reading.lines] == [
        (3, "10871", "2566-R1")
    ]
    assert figure(reading, "coverage.foreign_insured") == 640
    assert figure(reading, "coverage.fss_budget") == 120_000
    assert "W301" not in {code for code, _ in codes(reading)}


def test_a_figure_above_its_plan_and_result_is_read_by_the_result() -> None:
    upper = [None, None, None, "งบ FSS ที่ได้รับ", None, "งบ FSS ที่ใช้ไป", None]
    lower = [*COVERAGE_HEADER[:3], "แผน", "ผล", "ผล", "แผน"]
    row = ["10871", 2566, 1, 150_000, 120_000, 91_000, 140_000]
    reading = read("coverage", upper, lower, row, merges=merged((1, 4, 1, 5), (1, 6, 1, 7)))
    assert figure(reading, "coverage.fss_budget") == 120_000
    assert figure(reading, "coverage.fss_spent") == 91_000


def test_a_header_of_two_rows_may_stand_there_again() -> None:
    upper = ["รหัส", "ปีงบประมาณ", "รอบ", None, None, None, None]
    lower = [None, None, None, *COVERAGE_HEADER[3:]]
    reading = read("coverage", upper, lower, ROUND, upper, lower, ["10872", *ROUND[1:]])
    assert [line.hcode for line in reading.lines] == ["10871", "10872"]


# Rows below the titles


@pytest.mark.parametrize(
    "row",
    [
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"],
        [1, 2, 3, 4, 5, 6, 7, 8],
        ["1.", "2.", "3.", "4.", "5.", "6.", "7.", "(8) = (5)-(7)"],
        ["(ก)", "(ข)", "(ค)", "(ง)", "(จ)", "(ฉ)", "(ช)", "(ซ)"],
    ],
)
def test_a_row_that_numbers_the_columns_is_none_of_the_table(row: list[Any]) -> None:
    reading = finance(HEADER, row, month())
    assert [line.row for line in reading.lines] == [3]
    assert codes(reading) == []


@pytest.mark.parametrize(
    "row",
    [
        ["เป้าหมาย", None, None, None, None, None, ">70"],
        ["เป้าหมาย", None, None, 70, None, 70, None],
        ["เกณฑ์ (ร้อยละ)", None, None, 70, 80, 70, 100],
        [None, None, "Target", 70, 80, 70, 100],
    ],
)
def test_a_row_of_targets_is_left_out_and_that_is_noted(row: list[Any]) -> None:
    reading = read("coverage", COVERAGE_HEADER, row, ROUND)
    assert [line.row for line in reading.lines] == [3]
    assert codes(reading) == [("W404", "A2")]


def test_targets_beside_results_of_one_facility_are_told_apart_by_their_name() -> None:
    header = [*COVERAGE_HEADER, "รายการ"]
    rows = [[*ROUND[:3], 700, 800, 120_000, 120_000, "เป้าหมาย"], [*ROUND, "ผลงาน"]]
    reading = read("coverage", header, *rows)
    assert figure(reading, "coverage.foreign_insured") == 640
    assert ("W404", "A2") in codes(reading)


def test_a_remark_on_a_target_does_not_take_a_facility_away() -> None:
    reading = read("coverage", [*COVERAGE_HEADER, "หมายเหตุ"], [*ROUND, "เป้าหมายปรับใหม่"])
    assert [line.hcode for line in reading.lines] == ["10871"]


@pytest.mark.parametrize(
    "words", ["S.D.", "ร้อยละ", "ค่าเฉลี่ย", "เฉลี่ยทั้งจังหวัด", "มัธยฐาน", "ส่วนเบี่ยงเบนมาตรฐาน"]
)
def test_a_row_that_sums_up_is_left_out_whatever_its_code(words: str) -> None:
    header = [*HEADER, "หน่วยงาน"]
    reading = finance(header, [*month("10871"), "รพ.ก"], [*month("10872", scale=3.7), words])
    assert [line.hcode for line in reading.lines] == ["10871"]
    assert ("W316", "A3") in codes(reading)


def test_a_unit_of_percent_does_not_make_a_row_a_percentage() -> None:
    reading = finance([*HEADER, "หน่วยนับ"], [*month("10871"), "ร้อยละ"])
    assert [line.hcode for line in reading.lines] == ["10871"]


@pytest.mark.parametrize("code", ["00000", "99999", 99999])
def test_a_code_of_nobody_is_refused(code: Any) -> None:
    reading = finance(HEADER, month(), month(code, scale=2))
    assert [line.hcode for line in reading.lines if line.is_placed] == ["11223"]
    assert ("W403", "A3") in codes(reading)


def test_a_code_the_register_knows_is_somebody() -> None:
    reading = finance(HEADER, month("99999"), known=lambda code: code)
    assert [line.hcode for line in reading.lines if line.is_placed] == ["99999"]


# Said once for all rows


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        ([["ประจำเดือนธันวาคม 2565"]], "Sheet1"),
        ([["ข้อมูลค่าตอบแทน เดือน ธ.ค. ปีงบประมาณ 2566"]], "Sheet1"),
        ([["ข้อมูล ณ วันที่ 31 ธันวาคม 2565"]], "Sheet1"),
        ([["รายงาน"], ["ปีงบประมาณ", 2566]], "ธ.ค."),
        ([], "ธ.ค.65"),
    ],
)
def test_the_month_of_all_rows_is_read_beside_the_table(lines: list[list[Any]], name: str) -> None:
    header, row = [COMPENSATION_HEADER[0], *COMPENSATION_HEADER[3:]], [PAID[0], *PAID[3:]]
    reading = read("compensation", *lines, header, row, name=name)
    assert [str(line.period) for line in reading.lines] == ["2566-M03"]
    assert {code for code, _ in codes(reading)} == {"W405"}


def test_two_months_beside_a_table_are_none() -> None:
    header, row = [COMPENSATION_HEADER[0], *COMPENSATION_HEADER[3:]], [PAID[0], *PAID[3:]]
    reading = read("compensation", ["ประจำเดือนธันวาคม 2565"], header, row, name="ม.ค.66")
    assert not reading.lines[0].is_placed
    assert "W301" in {code for code, _ in codes(reading)}


def test_the_year_above_is_not_asked_where_months_come_with_theirs() -> None:
    header = [COMPENSATION_HEADER[0], *COMPENSATION_HEADER[2:]]
    reading = read("compensation", ["ปีงบประมาณ 2566"], header, ["10871", "ธ.ค.65", *PAID[3:]])
    assert [str(line.period) for line in reading.lines] == ["2566-M03"]
    assert codes(reading) == []


def test_the_round_and_its_year_are_read_above_the_table() -> None:
    header, row = [COVERAGE_HEADER[0], *COVERAGE_HEADER[3:]], [ROUND[0], *ROUND[3:]]
    reading = read("coverage", ["การตรวจราชการรอบที่ 2/2566"], header, row)
    assert [str(line.period) for line in reading.lines] == ["2566-R2"]


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        ([["โรงพยาบาลตัวอย่าง (10871)"]], "Sheet1"),
        ([["รหัสหน่วยบริการ", "10871"]], "Sheet1"),
        ([["10871 รพ.ตัวอย่าง"]], "Sheet1"),
        ([], "รพ.ตัวอย่าง 10871"),
    ],
)
def test_the_hospital_of_all_rows_is_read_beside_the_table(
    lines: list[list[Any]], name: str
) -> None:
    rows = [PAID[1:], [2566, "มกราคม", 530_000, 498_150], ["รวม", None, 1_042_300, 996_300]]
    reading = read("compensation", *lines, COMPENSATION_HEADER[1:], *rows, name=name)
    told = [(line.hcode, str(line.period)) for line in reading.lines]
    assert told == [("10871", "2566-M03"), ("10871", "2566-M04")]


@pytest.mark.parametrize("is_again", [True, False], ids=["titles again", "rows only"])
def test_a_line_between_the_rows_says_whose_the_rows_below_it_are(is_again: bool) -> None:
    titles = COMPENSATION_HEADER[1:]
    below = [["โรงพยาบาลอื่น (10872)"], *([titles] if is_again else []), [2566, "มกราคม", 35, 33]]
    reading = read("compensation", ["รพ.ตัวอย่าง (10871)"], titles, PAID[1:], *below)
    told = [(line.hcode, str(line.period)) for line in reading.lines]
    assert told == [("10871", "2566-M03"), ("10872", "2566-M04")]
    assert [cell for code, cell in codes(reading) if code == "W405"] == ["A1", "A4"]


def test_a_line_between_the_rows_says_of_when_the_rows_below_it_are() -> None:
    titles, row = [COMPENSATION_HEADER[0], *COMPENSATION_HEADER[3:]], [PAID[0], *PAID[3:]]
    lines = [["ประจำเดือนธันวาคม 2565"], titles, row, ["ประจำเดือนมกราคม 2566"], row]
    reading = read("compensation", *lines, ["ข้อมูล ณ วันที่ 15 กุมภาพันธ์ 2566"])
    assert [str(line.period) for line in reading.lines] == ["2566-M03", "2566-M04"]
    assert [cell for code, cell in codes(reading) if code == "W405"] == ["A1", "A4"]


def test_a_line_between_the_rows_that_names_two_hospitals_leaves_them_to_nobody() -> None:
    line = ["โรงพยาบาล (10872) และโรงพยาบาล (10873)"]
    lines = [["รพ.ตัวอย่าง (10871)"], COMPENSATION_HEADER[1:], PAID[1:], line]
    reading = read("compensation", *lines, [2566, "มกราคม", 350_000, 330_000])
    assert [one.hcode for one in reading.lines if one.is_placed] == ["10871"]
    assert ("W301", "A4") in codes(reading)


@pytest.mark.parametrize(
    "line",
    [
        "โรงพยาบาลตัวอย่าง 99 หมู่ 1 ถนนสวรรค์วิถี อำเภอเมือง นครสวรรค์ 60000",
        "โรงพยาบาลตัวอย่าง รหัสไปรษณีย์ 60000",
        "เอกสารหมายเลข 10871",
    ],
)
def test_a_post_code_is_no_hospital(line: str) -> None:
    reading = read("compensation", [line], COMPENSATION_HEADER[1:], PAID[1:])
    assert [one.hcode for one in reading.lines] == [None]


def test_a_row_without_a_code_whose_figures_stand_under_no_title_is_named() -> None:
    header = [*COVERAGE_HEADER[:3], COVERAGE_HEADER[5], None, COVERAGE_HEADER[6]]
    slipped = [None, "10872", 2566, None, 91_000.0, None, 120_000.0]
    reading = read("coverage", header, ["10871", 2566, 1, 91_000, None, 120_000], slipped)
    assert [code for code, _ in codes(reading)] == ["W363"]


# Rows of a text file that have slipped

TITLES = ",".join(HEADER)
GOOD = "10871,2566,ตุลาคม,45895000,95895000,5140000,48224000,135290"


@pytest.mark.parametrize(
    "row",
    [
        "10872,2566,ตุลาคม,95895000,5140000,48224000,135290",
        "10872,2566,45895000,95895000,5140000,48224000,135290",
        "2566,ตุลาคม,45895000,95895000,5140000,48224000,135290",
    ],
)
def test_a_row_with_a_field_too_few_is_named_and_not_read(row: str) -> None:
    intake = examine(f"{TITLES}\n{GOOD}\n{row}\n".encode(), "a.csv")
    reading = getattr(intake, "reading")  # noqa: B009
    assert [line.hcode for line in reading.lines] == ["10871"]
    assert ("W402", "A3") in codes(reading)


def test_a_row_with_a_field_too_many_is_named_and_not_read() -> None:
    titles = f"{TITLES},หมายเหตุ"
    slipped = "10872,2566,ตุลาคม,,45895000,95895000,5140000,48224000,135290,ตรวจแล้ว"
    intake = examine(f"{titles}\n{GOOD},\n{slipped}\n".encode(), "a.csv")
    reading = getattr(intake, "reading")  # noqa: B009
    assert [line.hcode for line in reading.lines] == ["10871"]
    assert "W402" in {code for code, _ in codes(reading)}


def test_a_row_shorter_than_the_others_is_named_though_its_last_field_is_not_read() -> None:
    rows = f"{TITLES},หมายเหตุ\n{GOOD},ก\n{GOOD.replace('10871', '10872')},ข\n"
    slipped = "10873,2566,ตุลาคม,45895000,5140000,48224000,135290,135290,ค"
    intake = examine(f"{rows}{slipped[:-2]}\n".encode(), "a.csv")
    assert ("W401", "A4") in codes(getattr(intake, "reading"))  # noqa: B009


def test_rows_that_only_lack_what_need_not_be_there_are_read_and_counted() -> None:
    titles = f"{TITLES},สินทรัพย์รวม"
    intake = examine(
        f"{titles}\n{GOOD},312000000\n{GOOD.replace('10871', '10872')}\n".encode(), "a.csv"
    )
    reading = getattr(intake, "reading")  # noqa: B009
    assert [line.hcode for line in reading.lines] == ["10871", "10872"]
    assert ("W401", "A3") in codes(reading)
