"""Titles, codes, months and amounts as people write them: read rightly, or asked about."""

from typing import Any

import pytest

from core.forms.table.read import read_table
from core.services.intake.examine import examine
from tests.core.forms.sheets import HEADER, book, changed, sheet
from tests.core.forms.table.tables import (
    CASH,
    COMPENSATION_HEADER,
    codes,
    figure,
    finance,
    month,
    read,
    table_form,
)

PAID = ["10871", 2566, "ธันวาคม", 512_300, 498_150.5]


def compensation(header: list[Any] | None = None, *rows: list[Any], **changes: Any) -> Any:
    return read("compensation", header or COMPENSATION_HEADER, changed(PAID, **changes), *rows)


@pytest.mark.parametrize(
    "title", ["รหัส", "รหัส (5 หลัก)", "รหัส รพ.", "รหัสสถานพยาบาล", "รหัสหน่วยงาน", "Code"]
)
def test_short_titles_of_the_code_are_read(title: str) -> None:
    reading = compensation(changed(COMPENSATION_HEADER, A=title))
    assert [line.hcode for line in reading.lines] == ["10871"]
    assert codes(reading) == []


@pytest.mark.parametrize("title", ["FY", "งบประมาณปี", "ปี", "ปี งปม.", "ปี พ.ศ.", "Year"])
def test_short_titles_of_the_year_are_read(title: str) -> None:
    reading = compensation(changed(COMPENSATION_HEADER, B=title))
    assert [str(line.period) for line in reading.lines] == ["2566-M03"]


@pytest.mark.parametrize("first", [True, False])
def test_a_short_title_gives_way_to_a_full_one(first: bool) -> None:
    """A column "code" beside the facility code is the code of something else."""
    titles, values = ["รหัส", *COMPENSATION_HEADER], ["7", *PAID]
    if not first:
        titles, values = [*COMPENSATION_HEADER, "รหัส"], [*PAID, "7"]
    reading = read("compensation", titles, values)
    assert [line.hcode for line in reading.lines] == ["10871"]
    assert {code for code, _ in codes(reading)} == {"W302"}


def test_the_nine_digits_beside_the_five_are_no_slip_of_them() -> None:
    header = ["รหัส 5 หลัก", "รหัส 9 หลัก", *COMPENSATION_HEADER[1:]]
    reading = read("compensation", header, ["10871", "001087100", *PAID[1:]])
    assert [line.hcode for line in reading.lines] == ["10871"]
    assert codes(reading) == [("W302", "B1")]


@pytest.mark.parametrize(
    "title",
    [
        "รายได้สูงกว่า(ต่ำกว่า)ค่าใช้จ่าย", "รายได้สูง (ต่ำ) กว่าค่าใช้จ่าย", "รายได้สูงกว่าค่าใช้จ่าย",
        "กำไร(ขาดทุน)สุทธิ", "กำไรสุทธิ",
    ],
)  # fmt: skip
def test_wordings_of_net_income_are_read(title: str) -> None:
    reading = finance(changed(HEADER, H=title), month())
    assert figure(reading, "finance.net_income") == 135_290
    assert codes(reading) == []


def test_wordings_of_revenue_and_expense_are_read() -> None:
    header = [*HEADER[:7], "รายได้ทั้งสิ้น", "ค่าใช้จ่ายทั้งสิ้น"]
    reading = finance(header, [*month()[:7], 9_120_000, 8_730_000])
    assert figure(reading, "finance.revenue") == 9_120_000
    assert figure(reading, "finance.expense") == 8_730_000


# A part under the name of the whole


@pytest.mark.parametrize("title", ["เงินสด", "Cash", "finance.cash"])
@pytest.mark.parametrize("beside", ["เงินฝากธนาคาร", "เงินฝากคลัง", "Bank deposits"])
def test_cash_beside_deposits_is_a_part_and_not_taken(title: str, beside: str) -> None:
    reading = finance([*changed(HEADER, D=title), beside], [*month(), 41_000_000])
    assert figure(reading, "finance.cash") is None
    assert ("W397", "D1") in codes(reading)


def test_cash_alone_is_cash_and_equivalents() -> None:
    reading = finance(changed(HEADER, D="เงินสด"), month())
    assert figure(reading, "finance.cash") == 45_895_000.25
    assert codes(reading) == []


def test_the_whole_counts_where_its_parts_stand_beside_it() -> None:
    header = [*HEADER, "เงินสด", "เงินฝากธนาคาร"]
    reading = finance(header, [*month(), 95_000.25, 45_800_000])
    assert figure(reading, "finance.cash") == 45_895_000.25
    assert {code for code, _ in codes(reading)} == {"W302"}


def test_a_title_that_adds_a_word_gives_way_to_the_exact_one_and_that_is_said() -> None:
    header = [*HEADER[:5], "สินค้าคงคลัง (เฉพาะยา)", *HEADER[5:]]
    row = month()
    reading = finance(header, [*row[:5], 77, *row[5:]])
    assert figure(reading, "finance.inventories") == 5_140_000
    assert ("W398", "G1") in codes(reading)


def test_the_ratio_of_cash_is_not_the_cash_beside_it() -> None:
    ratios = ["current_ratio", "quick_ratio", "cash_ratio"]
    titles = ["hcode", "period", *ratios, "cash", "nwc", "net_income"]
    row = ["10871", "2567-M02", 4.72, 4.06, 3.09, 7_814_242, 9_489_732, 2_917_755]
    reading = read("official-results", [*titles, "level"], [*row, 0])
    assert figure(reading, "official.cash_ratio") == 3.09
    assert {code for code, _ in codes(reading)} <= {"W302"}


# Months, codes, amounts


@pytest.mark.parametrize("typed", ["12/65", "12-65", "65/12", "ธ.ค.65", "12/2565"])
def test_months_with_a_short_year_are_read(typed: str) -> None:
    assert [str(one.period) for one in compensation(C=typed).lines] == ["2566-M03"]


def test_a_month_beside_a_fiscal_year_is_of_that_year() -> None:
    """December of fiscal year 2566 lies in 2565; so do no months from January on."""
    header = changed(COMPENSATION_HEADER, C="เดือน")
    del header[1]
    rows = [["10871", "ธ.ค. ปีงบประมาณ 2566", 512_300, 498_150.5]]
    rows.append(["10871", "ม.ค. ปีงบประมาณ 2566", 512_300, 498_150.5])
    reading = read("compensation", header, *rows)
    assert [str(line.period) for line in reading.lines] == ["2566-M03", "2566-M04"]


@pytest.mark.parametrize(
    "typed", ["10871-รพ.ตัวอย่าง", "10871 รพ.ตัวอย่าง", "รพ.ตัวอย่าง (10871)", "[10871] รพ.ตัวอย่าง 2"]
)
def test_a_code_beside_a_name_is_read(typed: str) -> None:
    reading = compensation(A=typed)
    assert [line.hcode for line in reading.lines] == ["10871"]
    assert codes(reading) == []


@pytest.mark.parametrize(
    "typed", ["10871-1", "10871/10872", "10871x", "รพ.ตัวอย่าง 108712", "รวม 10871"]
)
def test_a_code_that_may_be_another_is_not_read(typed: str) -> None:
    assert [line.hcode for line in compensation(A=typed).lines if line.is_placed] == []


@pytest.mark.parametrize(
    "typed",
    [
        "512,300.-", "512,300,-", "฿512,300", "512,300.00 บาท", "512300บาท", "THB 512,300",
        "512,300.- บาท", "512,300 บาทถ้วน",
    ],
)  # fmt: skip
def test_an_amount_with_its_unit_is_read(typed: str) -> None:
    reading = compensation(D=typed)
    assert figure(reading, "compensation.due") == 512_300
    assert codes(reading) == []


@pytest.mark.parametrize("typed", ["512,300 คน", "0.5 ล้านบาท", "512.300,00", "512,300 บาท/เดือน"])
def test_an_amount_with_another_unit_is_not(typed: str) -> None:
    assert ("W103", "D2") in codes(compensation(D=typed))


def test_an_amount_in_baht_under_a_title_in_millions_is_not_guessed() -> None:
    header = changed(COMPENSATION_HEADER, D=f"{COMPENSATION_HEADER[3]} (ล้านบาท)")
    assert ("W103", "D2") in codes(compensation(header, D="512,300 บาท"))


@pytest.mark.parametrize("typed", ["512.300", "1.512.300", "512.300 บาท"])
def test_dots_that_may_part_thousands_are_asked_about(typed: str) -> None:
    reading = compensation(D=typed)
    assert figure(reading, "compensation.due") is None
    assert ("W399", "D2") in codes(reading)


@pytest.mark.parametrize("other", ["1512300.250", "0.250", "1,512,300.250"])
def test_dots_are_decimal_points_where_the_column_shows_it(other: str) -> None:
    reading = compensation(None, changed(PAID, A="10872", D=other), D="512.300", E=500)
    assert figure(reading, "compensation.due") == 512.3


def test_a_ratio_may_have_three_decimals() -> None:
    reading = finance([*HEADER, "ต้นทุนต่อหน่วยผู้ป่วยนอก"], [*month(), "812.345"])
    assert figure(reading, "cost.op_unit") == 812.345


# What is counted


@pytest.mark.parametrize(("typed", "is_counted"), [(1.77, False), (159, True), (1e-9, True)])
def test_a_percentage_where_visits_are_counted_is_not_taken(typed: float, is_counted: bool) -> None:
    names = ("visits", "missing", "delayed", "expired", "sent", "error")
    header = [*COMPENSATION_HEADER[:3], *(f"claims.{name}" for name in names)]
    reading = read("revenue-4s4c", header, [*PAID[:3], 9000, typed, 0, 0, 8000, 12])
    assert (figure(reading, "claims.missing") is not None) is is_counted
    assert (("W400", "E2") in codes(reading)) is not is_counted


def test_full_time_equivalents_may_have_decimals() -> None:
    table = table_form("msss-4s4p").tables[0]
    fte = table.column("msss.core_fte")
    assert fte is not None
    assert fte.is_ratio


@pytest.mark.parametrize(("typed", "is_type"), [(8, True), (9, False), (2.5, False), (0, False)])
def test_a_planfin_type_is_one_of_eight(typed: float, is_type: bool) -> None:
    reading = finance([*HEADER, "ประเภทแผน Planfin"], [*month(), typed])
    assert (figure(reading, "planfin.type") == typed) is is_type


# What messages say


def test_an_empty_key_is_said_to_be_empty() -> None:
    reading = finance(HEADER, [None, None, None, *month()[3:]])
    assert codes(reading) == [("W305", "A2"), ("W309", "B2"), ("W310", "C2")]
    assert not any("“”" in text for i in reading.issues for text in (i.text.th, i.text.en))


def test_an_answer_that_is_a_date_or_an_error_is_told_as_an_answer() -> None:
    titles = ["hcode", "fiscal_year", "round", "sop_issued", "cups_briefed", "pao_briefed"]
    page = sheet(["district", *titles[1:]], ["6101", 2566, 1, "#N/A?", "ใช่", "ใช่"])
    reading = read_table(table_form("transfer"), book(page))
    assert all("ต้องเป็นตัวเลข" not in issue.text.th for issue in reading.issues)


def test_people_counted_in_thousands_are_not_said_to_be_baht() -> None:
    header = ["hcode", "fiscal_year", "round", "foreign_insured (พันคน)", "foreign_eligible (พันคน)"]
    reading = read("coverage", header, ["10871", 2566, 1, 1.234, 2.5])
    told = next(issue for issue in reading.issues if issue.code == "W344")
    assert figure(reading, "coverage.foreign_insured") == 1234
    assert "บาท" not in told.text.th
    assert "baht" not in told.text.en


@pytest.mark.parametrize(
    ("titles", "nearest"),
    [
        (["พตส. ที่ต้องจ่าย", "ผู้ป่วย"], "HR compensation"),
        ([CASH, "หนี้สินหมุนเวียน", "ผู้ป่วย"], "Monthly finance"),
        (["รหัสหน่วยบริการ", "ปีงบประมาณ", "เดือน", "ผู้ป่วย"], ""),
    ],
)
def test_a_refusal_names_the_form_that_is_nearest_by_its_own_columns(
    titles: list[str], nearest: str
) -> None:
    intake = examine((",".join(titles) + "\n1,2,3,4\n").encode(), "a.csv")
    (refused,) = intake.issues
    assert refused.code == "F011"
    assert ("nearest" in refused.text.en) is bool(nearest)
    assert nearest in refused.text.en


def test_the_noise_of_binary_numbers_is_not_printed() -> None:
    reading = compensation(D="-0.30000000000000004", E=-32149333.333333332)
    assert [issue.found for issue in reading.issues] == ["-0.3", "-32149333.33333333"]
