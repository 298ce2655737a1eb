"""Units: in titles, beside the table, in rows and in number formats. Figures come out in baht."""

from typing import Any

import pytest

from tests.core.forms.sheets import HEADER, changed
from tests.core.forms.table.tables import (
    CASH,
    COVERAGE_HEADER,
    codes,
    figure,
    finance,
    formatted,
    month,
    read,
)

MILLION, THOUSAND = 1e6, 1e3


@pytest.mark.parametrize(
    ("unit", "factor"),
    [
        ("(ล้านบาท)", MILLION),
        ("(หน่วย : ล้านบาท)", MILLION),
        ("[ล้านบาท]", MILLION),
        ("ล้านบาท", MILLION),
        ("- ล้านบาท", MILLION),
        ("(Million Baht)", MILLION),
        ("(ลบ.)", MILLION),
        ("(ล้าน)", MILLION),
        ("(พันบาท)", THOUSAND),
        ("(x พันบาท)".replace("x ", "หน่วย "), THOUSAND),
        ("('000 บาท)", THOUSAND),
        ("(แสนบาท)", 1e5),
    ],
)
def test_a_unit_in_a_title_is_multiplied_and_said(unit: str, factor: float) -> None:
    reading = finance(changed(HEADER, D=f"{CASH} {unit}"), changed(month(), D=3.2053326))
    assert figure(reading, "finance.cash") == pytest.approx(3.2053326 * factor, rel=1e-12)
    assert ("W344", "D2") in codes(reading)


@pytest.mark.parametrize("unit", ["(บาท)", "(หน่วย: บาท)", "บาท", "(Baht)", "(1)", "(ก)"])
def test_baht_and_numbering_need_no_word(unit: str) -> None:
    reading = finance(changed(HEADER, D=f"{CASH} {unit}"), month())
    assert figure(reading, "finance.cash") == 45_895_000.25
    assert codes(reading) == []


@pytest.mark.parametrize("unit", ["(ร้อยละ)", "(%)", "(คน)", "(วัน)", "(คะแนน)", "ร้อยละ", "(ล้านคน)"])
def test_a_unit_of_something_else_makes_it_another_column(unit: str) -> None:
    reading = finance(changed(HEADER, D=f"{CASH} {unit}"), month())
    assert figure(reading, "finance.cash") is None
    assert ("W342", "D1") in codes(reading)


@pytest.mark.parametrize(
    "line",
    [
        ["หน่วย : ล้านบาท"],
        [None, None, "(ล้านบาท)"],
        ["รายงานการเงินรายเดือน (หน่วย: ล้านบาท)"],
        ["งบการเงิน หน่วย ล้านบาท ณ สิ้นเดือน"],
        ["Unit: Million Baht"],
    ],
)
def test_a_unit_above_the_table_is_that_of_all_amounts(line: list[Any]) -> None:
    reading = finance(["รายงาน"], line, [None], HEADER, month(scale=MILLION))
    assert figure(reading, "finance.cash") == 45_895_000.25
    assert figure(reading, "finance.net_income") == 135_290
    assert [code for code, _ in codes(reading)] == ["W344"]


def test_a_unit_below_the_titles_is_that_of_its_column() -> None:
    units = [None, None, None, "ล้านบาท", "บาท", "พันบาท", "บาท", "บาท"]
    row = changed(month(), D=45.89500025, F=5140)
    reading = finance(HEADER, units, row)
    assert figure(reading, "finance.cash") == 45_895_000.25
    assert figure(reading, "finance.current_assets") == 95_895_000.5
    assert figure(reading, "finance.inventories") == 5_140_000
    assert [code for code, _ in codes(reading)] == ["W344", "W344"]


def test_a_unit_in_a_remark_below_the_table_counts_too() -> None:
    reading = finance(HEADER, month(scale=MILLION), ["หมายเหตุ หน่วย: ล้านบาท"])
    assert figure(reading, "finance.cash") == 45_895_000.25
    assert ("W344", "D2") in codes(reading)


def test_a_unit_among_the_titles_or_in_the_name_of_the_sheet_is_that_of_all_amounts() -> None:
    rows = [[*HEADER, "หน่วย: ล้านบาท"], month(scale=MILLION)]
    assert figure(finance(*rows), "finance.cash") == 45_895_000.25
    named = finance(HEADER, month(scale=MILLION), name="หน่วยล้านบาท")
    assert figure(named, "finance.cash") == 45_895_000.25


def test_the_nearest_unit_counts() -> None:
    reading = finance(
        ["หน่วย: ล้านบาท"], changed(HEADER, D=f"{CASH} (บาท)"), changed(month(scale=MILLION), D=7e6)
    )
    assert figure(reading, "finance.cash") == 7e6
    assert figure(reading, "finance.inventories") == 5_140_000


@pytest.mark.parametrize("where", ["column", "remark"])
def test_rows_may_have_units_of_their_own(where: str) -> None:
    header = [*HEADER, "หน่วย" if where == "column" else "หมายเหตุ"]
    rows = [[*month(), "บาท"], [*month(name="พฤศจิกายน", scale=MILLION), "หน่วย ล้านบาท"]]
    reading = finance(header, *rows)
    assert [figure(reading, "finance.cash", line) for line in (0, 1)] == [45_895_000.25] * 2
    assert ("W344", "D3") in codes(reading)


@pytest.mark.parametrize(
    ("value", "code", "number"),
    [
        (3.2, '#,##0.00" ล้านบาท"', 3_200_000),
        (3.2, '#,##0.00 "ล้านบาท"', 3_200_000),
        (3_200.0, '#,##0" พันบาท"', 3_200_000),
        (3.2, r"#,##0.0 \M", 3_200_000),
        (3_200.0, '#,##0 "K"', 3_200_000),
        (3_200_000.0, r"#,##0.0,, \M", 3_200_000),
        (3_200_000.0, "#,##0.0,,", 3_200_000),
        (3_200_000.0, '#,##0.0,," ล้านบาท"', 3_200_000),
        (3_200_000.0, '#,##0" บาท"', 3_200_000),
        (3_200_000.0, "#,##0_%", 3_200_000),
    ],
)
def test_a_number_format_may_show_a_unit(value: float, code: str, number: float) -> None:
    reading = finance(HEADER, changed(month(), D=formatted(value, code)))
    assert figure(reading, "finance.cash") == number
    is_converted = value < number
    assert (("W344", "D2") in codes(reading)) == is_converted


def test_what_a_format_shows_in_millions_under_a_title_in_millions_is_not_multiplied_twice() -> (
    None
):
    header = changed(HEADER, D=f"{CASH} (ล้านบาท)")
    reading = finance(header, changed(month(), D=formatted(3_200_000.0, "#,##0.0,,")))
    assert figure(reading, "finance.cash") == 3_200_000
    assert codes(reading) == []


def test_counts_are_not_in_the_unit_of_the_amounts() -> None:
    row = ["10661", 2566, 1, 664, 1660, 9.5133315, 10.25]
    reading = read("coverage", ["หน่วย: ล้านบาท"], COVERAGE_HEADER, row)
    assert figure(reading, "coverage.foreign_insured") == 664
    assert figure(reading, "coverage.fss_spent") == 9_513_331.5


@pytest.mark.parametrize("words", ["(ตามบัญชี)", "(รวมภาระผูกพัน)", "(เงินกองพันธกิจ)", "(column two)"])
def test_an_unknown_word_in_brackets_is_read_and_said(words: str) -> None:
    reading = finance(changed(HEADER, D=f"{CASH} {words}"), month())
    assert codes(reading) == [("W346", "D1")]
    assert figure(reading, "finance.cash") == 45_895_000.25


@pytest.mark.parametrize(
    "words",
    ["(M)", "(K)", "(x1,000)", "(x1000)", "(พันละ)", "(ต่อล้าน)", "(thousand-ish)", "('000)"],
)
def test_a_scale_in_brackets_that_is_not_understood_is_refused(words: str) -> None:
    reading = finance(changed(HEADER, D=f"{CASH} {words}"), month())
    assert codes(reading) == [("W342", "D1")]
    assert figure(reading, "finance.cash") is None


@pytest.mark.parametrize(
    ("words", "factor"),
    [
        ("(หลักพัน)", THOUSAND),
        ("(Mil.)", MILLION),
        ("(THB million)", MILLION),
        ("(x ล้านบาท)", MILLION),
    ],
)
def test_a_scale_in_brackets_that_can_mean_one_thing_is_multiplied(
    words: str, factor: float
) -> None:
    reading = finance(changed(HEADER, D=f"{CASH} {words}"), changed(month(), D=3.2))
    assert figure(reading, "finance.cash") == pytest.approx(3.2 * factor, rel=1e-12)
    assert ("W344", "D2") in codes(reading)


@pytest.mark.parametrize(
    ("line", "factor"),
    [
        ("หน่วยเงิน: ล้านบาท", MILLION),
        ("งบการเงิน ล้านบาท", MILLION),
        ("งบการเงิน แสดงเป็นล้านบาท", MILLION),
        ("งบการเงิน ปีงบประมาณ 2566 ล้านบาท", MILLION),
        ("(ตัวเลขแสดงเป็นพันบาท)", THOUSAND),
        ("จำนวนเงินแสดงเป็นล้านบาท", MILLION),
        ("ยอดเงินเป็นล้านบาท", MILLION),
        ("ตัวเลขทุกช่องเป็นล้านบาท", MILLION),
        ("หน่วย 1000000 บาท", MILLION),
        ("x 1,000 บาท", THOUSAND),
        ("หลักล้าน", MILLION),
        ("in thousands of baht", THOUSAND),
        ("Amounts in THB million", MILLION),
        ("Report of finance, million baht", MILLION),
    ],
)
def test_a_unit_amid_other_words_of_a_line_is_that_of_all_amounts(line: str, factor: float) -> None:
    above = finance([line], HEADER, month(scale=factor))
    assert figure(above, "finance.cash") == 45_895_000.25
    assert codes(above) == [("W344", "D3")]
    below = finance(HEADER, month(scale=factor), [f"หมายเหตุ: {line}"])
    assert figure(below, "finance.cash") == 45_895_000.25


@pytest.mark.parametrize(
    "line",
    [
        "งบ 5 ล้านบาท", "งบลงทุน 2.5 ล้านบาท", "รายการเกินล้านบาท", "หลายล้านบาท", "ห้าล้านบาท",
        "โรงพยาบาลลานสัก", "หน่วยบริการ ลานสักพัฒนา", "จังหวัดร้อยเอ็ด", "หน่วย: ร้อยละ", "หน่วยพันธุกรรม",
        "ภาระผูกพัน", "ค่าธรรมเนียม 1,000 บาท", "หน่วย: บาท", "PlanFin 2566", "เขตสุขภาพที่ 3",
    ],
)  # fmt: skip
def test_amounts_and_names_in_a_line_are_no_unit(line: str) -> None:
    reading = finance([line], HEADER, month())
    assert codes(reading) == []
    assert figure(reading, "finance.cash") == 45_895_000.25


@pytest.mark.parametrize(
    "line",
    [
        "รายงาน x 1,000", "ตัวเลขหลักล้าน ยกเว้นต้นทุน", "in thousands, except ratios",
        "พันบาท หรือล้านบาท", "ตุลาคม 2565 ล้านบาท",
    ],
)  # fmt: skip
def test_a_line_that_names_a_scale_and_is_not_understood_is_warned_of(line: str) -> None:
    reading = finance([line], HEADER, month())
    assert codes(reading) == [("W374", "A1")]
    assert figure(reading, "finance.cash") == 45_895_000.25


# Units that only the figures give away


def test_a_row_a_million_times_smaller_than_the_facilitys_others_is_warned_of() -> None:
    reading = finance(HEADER, month(), month(name="พฤศจิกายน", scale=MILLION))
    assert ("W351", "D3") in codes(reading)
    issue = next(issue for issue in reading.issues if issue.code == "W351")
    assert (issue.expected, issue.severity) == ("1,000,000", "warning")


def test_a_facility_of_one_row_is_held_against_the_others() -> None:
    reading = finance(HEADER, month(), month("11224", scale=0.5), month("11225", scale=THOUSAND))
    assert [cell for code, cell in codes(reading) if code == "W351"] == ["D4"]


def test_one_figure_in_thousands_is_warned_of() -> None:
    rows = [month(), month(name="พฤศจิกายน"), changed(month(name="ธันวาคม"), E=95_895.5, D=9)]
    assert ("W351", "E4") in codes(finance(HEADER, *rows))


@pytest.mark.parametrize("scale", [0.2, 1, 20])
def test_facilities_of_other_sizes_and_months_that_grow_are_nothing_odd(scale: float) -> None:
    header = [*HEADER, "รายได้รวม", "ค่าใช้จ่ายรวม"]
    rows = [
        [*changed(month(name=name), H=None), 9_000_000.0 * number, 8_000_000.0 * number]
        for number, name in enumerate(("ตุลาคม", "มกราคม", "กันยายน"), 1)
    ]
    other = [*month("11224", scale=scale), 2e7 / scale, 1e7 / scale]
    assert "W351" not in {code for code, _ in codes(finance(header, *rows, other))}


@pytest.mark.parametrize(
    ("amount", "is_odd"), [(45.895, True), (45.89, False), (47754664.40000001, False), (0.1, False)]
)
def test_amounts_finer_than_satang_are_warned_of(amount: float, is_odd: bool) -> None:
    reading = finance(HEADER, changed(month(), D=amount))
    assert (("W352", "D2") in codes(reading)) is is_odd


def test_a_unit_cost_may_have_any_decimals() -> None:
    reading = finance([*HEADER, "ต้นทุนต่อหน่วยผู้ป่วยนอก"], [*month(), 812.34567])
    assert codes(reading) == []


@pytest.mark.parametrize(("due", "is_empty"), [(0, True), (0.01, False)])
def test_a_row_of_zeros_says_nothing(due: float, is_empty: bool) -> None:
    header = ["hcode", "fiscal_year", "round", "due", "paid", "over_90", "supplies_current"]
    answers = ["report_current", "payment_current"]
    reading = read("payables", [*header, *answers], ["11223", 2566, 1, due, 0, 0, 1, 1, 1])
    assert (("W353", "D2") in codes(reading)) is is_empty


def test_a_unit_in_the_titles_of_a_table_above_is_not_that_of_the_next() -> None:
    first = changed(HEADER, D=f"{CASH} (ล้านบาท)")
    second = [HEADER[0], *reversed(HEADER[1:])]
    row = month("11224")
    reading = finance(first, changed(month(), D=45.89500025), [], second, [row[0], *row[:0:-1]])
    assert [figure(reading, "finance.cash", line) for line in (0, 1)] == [45_895_000.25] * 2
    assert figure(reading, "finance.inventories", 1) == 5_140_000
