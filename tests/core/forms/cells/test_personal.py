"""Citizen numbers are found wherever they stand in a file, and nothing else is taken for one."""

import io
from typing import Any

import pytest
from openpyxl import Workbook

from core.forms.cells.open import read_workbook
from core.forms.cells.personal import citizen_number, is_citizen_number

# Invented: right check digits, numbers that nobody has.
VALID = "1234567890121"
PRINTED = "1-2345-67890-12-1"
CHART = ("1101030102", "2101020199")


def book(*cells: tuple[str, Any] | tuple[str, Any, str], sheet: str = "รายชื่อ") -> bytes:
    """A workbook with values, and number formats where they are given."""
    made = Workbook()
    made.active.title = "ตาราง"
    made.active["A1"] = "รหัส"
    other = made.create_sheet(sheet)
    for place, value, *shown in cells:
        other[place] = value
        if shown:
            other[place].number_format = shown[0]
    made["รายชื่อ"].sheet_state = "hidden"
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def found(data: bytes, name: str = "x.xlsx") -> tuple[str, str] | None:
    workbook, _package = read_workbook(data, name)
    place = citizen_number(workbook, lambda: CHART)
    return place and (place.sheet, place.cell)


@pytest.mark.parametrize(
    ("digits", "is_one"),
    [(VALID, True), ("1234567890122", False), ("8888888888886", True), ("1234567890120", False),
     ("123456789012", False), ("12345678901210", False)],
)  # fmt: skip
def test_the_check_digit_tells(digits: str, is_one: bool) -> None:
    assert is_citizen_number(digits) is is_one


@pytest.mark.parametrize(
    "value",
    [VALID, PRINTED, PRINTED.replace("-", " "), "๑๒๓๔๕๖๗๘๙๐๑๒๑", f"ผู้ป่วย {PRINTED} รับยา",
     f"เลขที่{VALID}", f"'{VALID}", int(VALID), float(VALID)],
)  # fmt: skip
def test_a_citizen_number_is_found_in_any_cell_of_any_sheet(value: Any) -> None:
    assert found(book(("C7", value))) == ("รายชื่อ", "C7")


@pytest.mark.parametrize("shown", ["0", "General", "0-0000-00000-00-0", "@"])
def test_a_number_shown_as_digits_is_one(shown: str) -> None:
    assert found(book(("B2", int(VALID), shown))) == ("รายชื่อ", "B2")


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("1234567890122", "the check digit is wrong"),
        (f"{VALID}4", "fourteen digits"),
        (f"5{VALID}", "fourteen digits"),
        (f"{VALID}.00", "an amount"),
        (f"0.{VALID}", "a share"),
        ("1,234,567,890,121", "an amount"),
        ("0994000158319", "the tax number of an office"),
        ("9234567890127", "no citizen number begins with 9"),
        (f"{PRINTED}-4", "another kind of number"),
        ("1-2345-67890-121", "groups as nobody prints them"),
        ("1101030102.101", "an account"),
        ("1101030102103", "an account without its dot"),
        ("10713", "a hospital"),
        ("001071300", "a hospital"),
        (VALID[:12], "twelve digits"),
        (1234567890121.5, "no whole number"),
        (f"={VALID}", "what a formula came to"),
        ("โรงพยาบาล 2566 2567 2568", "years"),
    ],
)
def test_nothing_else_is_taken_for_one(value: Any, why: str) -> None:
    assert found(book(("C7", value))) is None, why


@pytest.mark.parametrize("shown", ["#,##0", "#,##0.00", "0.00", "d/m/yyyy", '#,##0,,"ล้าน"'])
def test_money_and_dates_are_none(shown: str) -> None:
    assert found(book(("B2", int(VALID), shown))) is None


def test_accounts_that_the_chart_lacks_are_none_beside_those_it_has() -> None:
    known = [(f"A{row}", f"{CHART[0]}{row:03}") for row in range(1, 1000)]
    valid = [pair for pair in known if is_citizen_number(pair[1])]
    assert len(valid) > 3, "accounts that have the right check digit by chance"
    assert found(book(*valid, ("A2000", VALID))) is None
    assert found(book(*valid, ("B2000", VALID))) == ("รายชื่อ", "B2000")


@pytest.mark.parametrize("rows", [3, 20_000])
@pytest.mark.parametrize("written", [VALID, PRINTED, f'="{VALID}"'])
def test_text_files_are_looked_through_short_and_long(rows: int, written: str) -> None:
    lines = [f"{n},10713,{n}.50,1101030102.101" for n in range(rows)]
    clean = "\n".join(["ลำดับ,รหัส,เงิน,บัญชี", *lines])
    assert found(clean.encode(), "x.csv") is None
    place = found(f"{clean}\n1,{written},2,3\n".encode(), "x.csv")
    assert place is not None
    assert place[1] == f"B{rows + 2}"
