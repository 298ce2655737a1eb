"""A fiscal year begins in October, and its parts are written in one way only."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UsageError
from core.periods import (
    Period,
    calendar_month,
    day_text,
    fiscal_month,
    matching_period,
    month_at,
    month_name,
    month_number,
    month_of,
    nearest_period,
    parse_day,
    parse_period,
    written_day,
)


@pytest.mark.parametrize("text", ["2566", "2566-Q2", "2566-R1", "2566-M09"])
def test_is_written_as_it_was_read(text: str) -> None:
    assert str(parse_period(text)) == text


@pytest.mark.parametrize(("text", "meant"), [("๒๕๖๖-Q๒", "2566-Q2"), (" 2566-m09 ", "2566-M09")])
def test_reads_thai_digits_and_small_letters(text: str, meant: str) -> None:
    assert str(parse_period(text)) == meant


@pytest.mark.parametrize(
    "text", ["", "66", "2566-", "2566-Q0", "2566-Q5", "2566-R3", "2566-M9", "2566-M13", "2566-M00"]
)
def test_refuses_what_is_no_period(text: str) -> None:
    with pytest.raises(UsageError) as refusal:
        parse_period(text)
    assert refusal.value.code == "U005"


@pytest.mark.parametrize(("month", "before"), [("2566-M02", "2566-M01"), ("2566-M01", "2565-M12")])
def test_a_month_is_found_by_its_ordinal(month: str, before: str) -> None:
    meant = parse_period(month)
    assert month_at(meant.ordinal) == meant
    assert month_at(meant.ordinal - 1) == parse_period(before)


def test_fiscal_year_2566_is_october_2022_to_september_2023() -> None:
    year = parse_period("2566")
    assert (year.first_day, year.last_day) == (date(2022, 10, 1), date(2023, 9, 30))
    assert list(year.months) == list(range(1, 13))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2566-Q1", date(2022, 10, 1), date(2022, 12, 31)),
        ("2566-Q2", date(2023, 1, 1), date(2023, 3, 31)),
        ("2566-Q4", date(2023, 7, 1), date(2023, 9, 30)),
        ("2566-M03", date(2022, 12, 1), date(2022, 12, 31)),
        ("2566-M04", date(2023, 1, 1), date(2023, 1, 31)),
        ("2567-M05", date(2024, 2, 1), date(2024, 2, 29)),
    ],
)
def test_days_of_a_part(text: str, first: date, last: date) -> None:
    period = parse_period(text)
    assert (period.first_day, period.last_day) == (first, last)


@pytest.mark.parametrize(
    ("text", "elapsed"),
    [("2566", 12), ("2566-Q1", 3), ("2566-Q4", 12), ("2566-M01", 1), ("2566-M12", 12)],
)
def test_counts_the_months_elapsed(text: str, elapsed: int) -> None:
    assert parse_period(text).ordinal % 12 + 1 == elapsed


def test_the_same_month_a_year_later_is_twelve_months_on() -> None:
    assert parse_period("2567-M01").ordinal - parse_period("2566-M01").ordinal == 12
    assert parse_period("2567-M01").ordinal - parse_period("2566-M12").ordinal == 1


def test_a_round_has_no_printed_months() -> None:
    assert not parse_period("2566-R1").months
    with pytest.raises(UsageError):
        _ = parse_period("2566-R1").first_day


@given(st.dates(date(1957, 10, 1), date(2100, 12, 31)))
def test_a_day_lies_in_its_fiscal_month(day: date) -> None:
    month = month_of(day)
    assert month.first_day <= day <= month.last_day


@given(st.dates(date(1957, 10, 1), date(2100, 12, 31)))
def test_months_follow_one_another(day: date) -> None:
    month = month_of(day)
    assert month_of(month.last_day + timedelta(days=1)) > month


@given(st.integers(1, 12))
def test_calendar_and_fiscal_months_are_each_other_backwards(month: int) -> None:
    assert calendar_month(fiscal_month(month)) == month


def test_october_is_the_first_and_september_the_last() -> None:
    assert (fiscal_month(10), fiscal_month(12), fiscal_month(1), fiscal_month(9)) == (1, 3, 4, 12)


def test_names_months_in_both_languages() -> None:
    assert month_name(10, "th") == "ตุลาคม"
    assert month_name(10, "th", short=True) == "ต.ค."
    assert month_name(9, "en", short=True) == "Sep"


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("ตุลาคม", 10),
        ("ต.ค.", 10),
        ("ตค", 10),
        ("ตุลา", 10),
        ("กุมภาพันธ", 2),
        (" มี.ค. ", 3),
        ("มิ.ย.", 6),
        ("OCTOBER", 10),
        ("Sept", 9),
        ("sep.", 9),
        ("May", 5),
    ],
)
def test_knows_a_month_by_its_names(text: str, month: int) -> None:
    assert month_number(text) == month


@pytest.mark.parametrize("text", ["", "10", "ม", "พฤ", "ju", "ไตรมาส 1", "octopus"])
def test_does_not_guess_a_month(text: str) -> None:
    assert month_number(text) is None


def test_sorts_months_by_time() -> None:
    months = [Period(2566, "M", 10), Period(2565, "M", 12), Period(2566, "M", 2)]
    assert [str(m) for m in sorted(months)] == ["2565-M12", "2566-M02", "2566-M10"]


KNOWN = tuple(map(parse_period, ("2565-M12", "2566-M03", "2566-M04", "2566-M08")))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2566-M04", "2566-M04"), ("2566-Q2", "2566-M04"), ("2566-Q1", "2566-M03"),
        ("2566-R1", "2566-M04"), ("2566-R2", "2566-M08"), ("2566", "2566-M08"),
        ("2566-M07", None), ("2565-R1", None), ("2567", None), ("rubbish", None), ("", None),
    ],
)  # fmt: skip
def test_a_text_names_the_newest_known_period_that_it_has_a_month_of(
    text: str, found: str | None
) -> None:
    assert matching_period(text, KNOWN) == (parse_period(found) if found else None)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2566-M07", "2566-M04"), ("2566-M02", "2566-M08"), ("2565-R1", "2566-M08"),
        ("2567", "2566-M08"), ("rubbish", "2566-M08"), ("2566-Q1", "2566-M03"),
    ],
)  # fmt: skip
def test_without_it_the_one_before_in_its_year_is_the_nearest_else_the_newest(
    text: str, found: str
) -> None:
    assert str(nearest_period(text, KNOWN)) == found


@pytest.mark.parametrize("text", ["2566-M02", "2566-Q1", "2566-R1"])
def test_a_moment_is_the_same_among_months_rounds_and_years(text: str) -> None:
    rounds = tuple(map(parse_period, ("2565-R2", "2566-R1", "2566-R2")))
    years = (Period(2565), Period(2566))
    assert str(matching_period(text, rounds)) == "2566-R1"
    assert matching_period(text, years) == Period(2566)


@pytest.mark.parametrize(
    "typed",
    ["31/3/2570", " ๓๑/๓/๒๕๗๐ ", "31/03/2570", "31.3.2570", "31-3-2570", "31/3/2027", "2570-03-31",
     "2027-03-31", "31 มี.ค. 2570", "31 มีนาคม 2570", "31 Mar 2570"],
)  # fmt: skip
def test_a_day_is_typed_as_people_write_it_in_either_era(typed: str) -> None:
    assert parse_day(typed) == date(2027, 3, 31)


@pytest.mark.parametrize(
    "typed", ["", "31/3/70", "31/3", "2570-03", "2570-13-01", "3/31/2570", "30/2/2570", "พรุ่งนี้"]
)
def test_what_is_no_day_or_has_no_whole_year_is_refused(typed: str) -> None:
    with pytest.raises(UsageError, match="U060"):
        parse_day(typed)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_day_that_is_shown_can_be_typed_again(day: date) -> None:
    shown = day_text(day)
    assert {parse_day(one) for one in (written_day(day), shown.th, shown.en)} == {day}
