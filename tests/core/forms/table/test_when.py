"""When a row is: months and years as people write them, and what cannot be true of them."""

from datetime import date
from typing import Any

import pytest

from core.forms.cells.workbook import Cell
from core.forms.table.moments import day_in, moment_in
from tests.core.forms.sheets import HEADER, changed
from tests.core.forms.table.tables import (
    COMPENSATION_HEADER,
    codes,
    finance,
    formatted,
    month,
    read,
)

OCTOBER, MARCH, BUDDHIST_MARCH = 44865.0, 45016.0, 243343.0
"""31 October 2022, 31 March 2023, 31 March 2566 typed as a year of our era."""


def period_of(title: str, value: Any, year: Any = 2566) -> tuple[str, list[tuple[str, str]]]:
    reading = finance(changed(HEADER, C=title), changed(month(year=year), C=value))
    return str(reading.lines[0].period), codes(reading)


@pytest.mark.parametrize(
    "written",
    [
        "ต.ค. 65", "ตุลาคม 2565", "ต.ค.65", "ต.ค. ๒๕๖๕", "Oct-22", "Oct 2022", "October 2022",
        "ตุลาคม พ.ศ. 2565", "เดือนตุลาคม 2565", "31/10/2565", "31/10/2022", "10/2565",
        "2022-10-31", "31 ต.ค. 2565", formatted(OCTOBER, "yyyy-mm-dd"),
        formatted(OCTOBER, "d mmm bbbb"), formatted(OCTOBER, "mmm-yy"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("title", ["เดือน", "เดือนงบประมาณ", "เดือนที่", "งวดเดือน"])
def test_a_month_with_its_calendar_year_lies_in_the_fiscal_year_after(
    title: str, written: Any
) -> None:
    assert period_of(title, written) == ("2566-M01", [])


@pytest.mark.parametrize(
    ("days", "period"), [(OCTOBER, "2566-M01"), (MARCH, "2566-M06"), (BUDDHIST_MARCH, "2566-M06")]
)
def test_days_of_a_workbook_are_months_in_either_era(days: float, period: str) -> None:
    assert period_of("เดือน", formatted(days, "yyyy-mm-dd")) == (period, [])


@pytest.mark.parametrize(
    ("written", "year"),
    [("ต.ค. 65", 2565), ("Oct-22", 2567), ("มี.ค. 65", 2566), (formatted(MARCH, "d/m/yyyy"), 2565)],
)
def test_a_month_whose_year_is_another_is_refused(written: Any, year: int) -> None:
    assert period_of("เดือน", written, year) == ("None", [("W348", "C2")])


def test_a_day_is_quoted_as_it_is_seen() -> None:
    reading = finance(HEADER, changed(month(), B=formatted(MARCH, "d/m/yyyy"), D=9, E=10, F=1, G=1))
    (issue,) = [issue for issue in reading.issues if issue.code == "W309"]
    assert "45016" not in issue.text.th
    assert issue.found == "31/3/2023"


@pytest.mark.parametrize(
    "written", ["พ.ศ. 2566", "ปี 2566", "ปีงบประมาณ 2566", "FY2566", "ปีงบ 2566", "2566.0", "๒๕๖๖"]
)
def test_a_fiscal_year_may_come_with_a_word_for_it(written: str) -> None:
    assert period_of("เดือน", "ตุลาคม", written) == ("2566-M01", [])


@pytest.mark.parametrize(
    ("title", "first"),
    [("เดือน", "M04"), ("Month", "M04"), ("เดือนงบประมาณ", "M01"), ("เดือน (1 = มกราคม)", "M04")],
)
def test_numbers_count_from_where_the_title_says(title: str, first: str) -> None:
    assert period_of(title, 1) == (f"2566-{first}", [])


@pytest.mark.parametrize(
    "title", ["เดือนที่", "ลำดับเดือน", "Month no.", "เดือน (1-12)", "เดือน (ต.ค.-ก.ย.)"]
)
@pytest.mark.parametrize("number", [1, "10", "๑๒"])
def test_numbers_that_may_count_from_either_are_asked_about(title: str, number: Any) -> None:
    assert period_of(title, number) == ("None", [("W347", "C2")])
    assert period_of(title, "ตุลาคม") == ("2566-M01", [])


@pytest.mark.parametrize(
    ("title", "written", "period"),
    [
        ("TimeID", 256908, "2569-M08"), ("TimeID", "256908", "2569-M08"),
        ("งวด", "256601", "2566-M01"), ("งวด", "พ.ค. 2569", "2569-M08"),
        ("รหัสงวด", "ต.ค. 65", "2566-M01"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("form_id", ["finance", "compensation"])
def test_year_and_month_may_stand_in_one_column(
    form_id: str, title: str, written: Any, period: str
) -> None:
    header, row = HEADER, month()
    if form_id == "compensation":
        header, row = COMPENSATION_HEADER, ["11223", 0, 0, 100, 90]
    reading = read(form_id, [header[0], title, *header[3:]], [row[0], written, *row[3:]])
    assert str(reading.lines[0].period) == period
    assert codes(reading) == []


@pytest.mark.parametrize("written", [256913, 256900, "ตุลาคม", "x", 199908])
def test_what_is_no_year_and_month_is_none(written: Any) -> None:
    header = [HEADER[0], "TimeID", *HEADER[3:]]
    reading = finance(header, ["11223", written, *month()[3:]])
    assert codes(reading) == [("W310", "B2")]
    assert reading.lines[0].period is None


def test_a_code_of_year_and_month_must_agree_with_both() -> None:
    header = [*HEADER, "TimeID"]
    assert codes(finance(header, [*month(), 256601])) == []
    assert codes(finance(header, [*month(), 256602])) == [("W311", "I2")]
    assert codes(finance(header, [*month(), 256501])) == [("W348", "I2")]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("ต.ค.", (None, 10)), ("เดือนมีนาคม", (None, 3)), ("มี.ค.-66", (2566, 3)),
        ("oct'22", (2565, 10)), ("2565 ต.ค.", (2565, 10)), ("15-Oct-22", (2565, 10)),
        ("12", None), ("13/2565", None), ("เดือนหน้า", None), ("ม", None), ("2566", None), ("", None),
    ],
)  # fmt: skip
def test_moments(text: str, moment: tuple[int | None, int] | None) -> None:
    assert moment_in(text) == moment


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("30/09/2565", date(2022, 9, 30)), ("30-9-2022", date(2022, 9, 30)),
        ("๓๐/๐๙/๒๕๖๕", date(2022, 9, 30)), ("2022-09-30", date(2022, 9, 30)),
        ("31/09/2565", None), ("กันยายน 2565", None), ("2565", None),
    ],
)  # fmt: skip
def test_days(text: str, day: date | None) -> None:
    assert day_in(text) == day


def test_a_time_of_day_is_no_month() -> None:
    reading = finance(HEADER, changed(month(), C=Cell(0.5, is_date=True)))
    assert codes(reading) == [("W310", "C2")]


# Months held against one another


def rows_of(*periods: tuple[int, str]) -> list[list[Any]]:
    return [month(name=name, year=year) for year, name in periods]


@pytest.mark.parametrize(
    ("periods", "is_odd"),
    [
        ([(2565, "ต.ค."), (2565, "ธ.ค."), (2566, "ม.ค."), (2566, "มี.ค.")], True),
        ([(2565, "ธ.ค."), (2566, "ม.ค.")], True),
        ([(2565, "ต.ค."), (2566, "ต.ค."), (2566, "ม.ค."), (2567, "ม.ค.")], True),
        ([(2566, "ต.ค."), (2566, "ธ.ค."), (2566, "ม.ค.")], False),
        ([(2565, "ก.ย."), (2566, "ต.ค.")], False),
        ([(2565, "ธ.ค."), (2566, "ธ.ค.")], False),
        ([(2564, "ธ.ค."), (2566, "ม.ค.")], False),
    ],
)
def test_calendar_years_in_the_column_of_fiscal_years_are_noticed(
    periods: list[tuple[int, str]], is_odd: bool
) -> None:
    found = codes(finance(HEADER, *rows_of(*periods)))
    assert [cell for code, cell in found if code == "W349"] == (["B2"] if is_odd else [])


@pytest.mark.parametrize("title", ["รายได้รวม", "ค่าใช้จ่ายรวม", "แผนรายได้", "ค่าเสื่อมราคา"])
@pytest.mark.parametrize(
    ("later", "is_odd"), [(9_999_999.98, True), (10_000_000.0, False), (11_000_000.0, False)]
)
def test_a_cumulative_figure_cannot_fall_within_its_year(
    title: str, later: float, is_odd: bool
) -> None:
    rows = [[*month(name="พฤศจิกายน"), later], [*month(), 10_000_000.0]]
    found = codes(finance([*HEADER, title], *rows))
    assert (("W350", "I2") in found) is is_odd


def test_a_new_year_and_another_facility_begin_anew() -> None:
    rows = [
        [*month(name="กันยายน"), 9e7], [*month(year=2567), 8e6], [*month("11224"), 7e6],
    ]  # fmt: skip
    assert codes(finance([*HEADER, "รายได้รวม"], *rows)) == []


def test_a_balance_and_a_result_may_fall() -> None:
    lower = changed(month(name="พฤศจิกายน"), D=30_000_000, H=-1)
    assert codes(finance(HEADER, month(), lower)) == []


@pytest.mark.parametrize(
    ("months", "is_missing"),
    [
        (["ต.ค. 65", "พ.ย. 65"], False),
        ([formatted(OCTOBER, "mmm-yy"), formatted(MARCH, "mmm-yy")], False),
        (["ต.ค. 65", "พฤศจิกายน"], True),
        (["ตุลาคม", "พฤศจิกายน"], True),
        ([10, 11], True),
    ],
)
def test_a_column_of_years_is_not_missed_where_every_month_names_its_year(
    months: list[Any], *, is_missing: bool
) -> None:
    rows = [[row[0], *row[2:]] for row in (changed(month(), C=value) for value in months)]
    reading = finance([HEADER[0], *HEADER[2:]], *rows)
    assert (("W301", "A1") in codes(reading)) is is_missing
    if not is_missing:
        # The months of this table are alike on purpose, which is asked about.
        assert {code for code, _ in codes(reading)} <= {"W425"}
        assert all(line.period and line.period.fiscal_year == 2566 for line in reading.lines)
