"""What a cell holds: codes as tools damage them, several numbers, percentages of amounts."""

from typing import Any

import pytest

from tests.core.forms.sheets import HEADER, changed
from tests.core.forms.table.tables import (
    COVERAGE_HEADER,
    codes,
    figure,
    finance,
    formatted,
    month,
    read,
)

REGISTER = {
    "11122": "11122", "06101": "06101", "EA0099999": "22222", "001112200": "11122",
}.get  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "hcode"),
    [
        ("11122", "11122"), (11122, "11122"), ("11122.0", "11122"), ("11122.00", "11122"),
        (1122, "01122"), ("1122", "01122"), ('="01122"', "01122"), ("'01122", "01122"),
        (" 11122 ", "11122"), ("๑๑๑๒๒", "11122"),
    ],
)  # fmt: skip
def test_a_code_of_four_or_five_digits_is_read(typed: Any, hcode: str) -> None:
    reading = finance(HEADER, changed(month(), A=typed))
    assert (reading.lines[0].hcode, codes(reading)) == (hcode, [])


@pytest.mark.parametrize(
    "typed",
    [
        1, 12, 112, "112", "001", "0112 ", "0011122", "1.01712E+08", "1.1122E+04", "H11122",
        "11122-1",
        "รพ.ลอง", "11122/1", 11122.5, "E0011122", "EAA011122",
    ],
)  # fmt: skip
def test_a_number_of_something_else_is_no_code(typed: Any) -> None:
    reading = finance(HEADER, changed(month(), A=typed))
    assert codes(reading) == [("W305", "A2")]
    assert reading.lines[0].hcode is None


def test_running_numbers_are_no_codes() -> None:
    reading = finance(HEADER, *(month(number) for number in (1, 2, 3)))  # type: ignore[arg-type]
    assert codes(reading) == [("W305", f"A{row}") for row in (2, 3, 4)]


@pytest.mark.parametrize("sign", ["\u200b", "\ufeff", "\u200d", "\u2060", "\u00ad"])
def test_a_sign_that_nobody_sees_is_named(sign: str) -> None:
    reading = finance(HEADER, changed(month(), A=f"11122{sign}"))
    assert (reading.lines[0].hcode, codes(reading)) == ("11122", [("W361", "A2")])
    assert reading.issues[0].found == f"U+{ord(sign):04X}"


@pytest.mark.parametrize("typed", [6101, "6101", 1001, "9613"])
@pytest.mark.parametrize("form_id", ["finance", "coverage"])
def test_the_code_of_a_district_is_asked_about(form_id: str, typed: Any) -> None:
    row = month() if form_id == "finance" else ["", 2566, 1, 664, 1660, 95, 100]
    reading = read(
        form_id, HEADER if form_id == "finance" else COVERAGE_HEADER, changed(row, A=typed)
    )
    assert codes(reading) == [("W360", "A2")]
    assert reading.lines[0].subject is None


def test_it_is_a_facility_where_that_is_known() -> None:
    assert codes(finance(HEADER, changed(month(), A=6101), known=REGISTER)) == []
    both = finance(HEADER, changed(month(), A="06101"), changed(month(name="มีนาคม"), A="6101"))
    assert [line.hcode for line in both.lines] == ["06101", "06101"]
    other = finance(HEADER, changed(month(), A=6102), known=REGISTER)
    assert codes(other) == [("W360", "A2")]


@pytest.mark.parametrize(
    ("typed", "known", "hcode", "said"),
    [
        ("EA0099999", REGISTER, "22222", []),
        ("ea0099999", REGISTER, "22222", []),
        ("EA0011122", REGISTER, "11122", ["W362"]),
        ("EA0011122", None, "11122", ["W362"]),
        ("EA1234567", REGISTER, "EA1234567", ["W307"]),
        ("EA1234567", None, "EA1234567", ["W306"]),
        ("001112200", REGISTER, "11122", []),
        ("D00011122", None, None, ["W305"]),
    ],
)
def test_long_codes_are_looked_up(
    typed: str, known: Any, hcode: str | None, said: list[str]
) -> None:
    reading = finance(HEADER, changed(month(), A=typed), known=known)
    assert reading.lines[0].hcode == hcode
    assert [code for code, _ in codes(reading)] == said


# Figures


@pytest.mark.parametrize(
    "typed", ["120\n35", "85 90", "1,200 300", "12\r\n13", "5 (6)", "100\u00a0000", "1 234 567"]
)
def test_two_numbers_in_one_cell_are_none(typed: str) -> None:
    reading = finance(HEADER, changed(month(), F=typed))
    assert codes(reading) == [("W357", "F2")]
    assert figure(reading, "finance.inventories") is None


@pytest.mark.parametrize(
    "typed", [" 1,234.50 ", "1,234.50\n", "\t1234.5", "(1,234.50)", "๑,๒๓๔.๕๐"]
)
def test_a_single_number_may_have_room_around_it(typed: str) -> None:
    reading = finance(HEADER, changed(month(), H=typed))
    assert codes(reading) == []
    assert abs(figure(reading, "finance.net_income") or 0) == 1234.5


@pytest.mark.parametrize(
    "typed", ["95%", "ร้อยละ 95", "95 %", formatted(0.95, "0%"), formatted(3_200_000.0, "0.00%")]
)
@pytest.mark.parametrize(("column", "measure"), [("F", "finance.inventories"), ("I", "days.uc")])
def test_a_percentage_is_no_amount_and_no_number_of_days(
    typed: Any, column: str, measure: str
) -> None:
    header = [*HEADER, "ระยะเวลาเรียกเก็บหนี้ UC"]
    reading = finance(header, changed([*month(), 30], **{column: typed}))
    assert codes(reading) == [("W358", f"{column}2")]
    assert figure(reading, measure) is None


@pytest.mark.parametrize("typed", ["85%", formatted(0.85, "0%"), formatted(85.0, "0"), 85])
def test_a_percentage_is_one_where_it_belongs(typed: Any) -> None:
    reading = finance([*HEADER, "อัตราครองเตียง"], [*month(), typed])
    assert (figure(reading, "activity.occupancy"), codes(reading)) == (85, [])


@pytest.mark.parametrize("code", ["#,##0_%", "[<=1]0%;#,##0", "#,##0_d"])
def test_padding_and_sections_of_a_format_make_no_percentage(code: str) -> None:
    reading = finance(HEADER, changed(month(), D=formatted(3_200_000.0, code)))
    assert (figure(reading, "finance.cash"), codes(reading)) == (3_200_000, [])
