"""Months and years as cells write them: names, dates, codes of a period; also both in one cell."""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from core.forms.cells.workbook import Cell
from core.forms.table.words import longest_first, without_prefix, without_suffix
from core.periods import BUDDHIST_ERA, fiscal_month, month_number
from core.text import fold, thai_digits_to_arabic

FISCAL_YEARS: Final = range(2540, 2600)
"""Fiscal years a workbook may mean (Buddhist era); what lies outside was mistyped."""
CHRISTIAN_YEARS: Final = range(1950, 2150)
SHORT_YEARS: Final = range(40, 100)
"""Years of the Buddhist era without their century."""
CENTURY: Final = 2500
_FIRST_DAY: Final = date(1899, 12, 30)
"""Day 0 of a workbook's calendar."""
_DAYS: Final = 2_958_466
_FIRST_MONTH: Final = 10
"""The calendar month a fiscal year begins with."""
LATEST_CHRISTIAN: Final = 2400
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?:\d{1,2}:[\d:]+)?")
_YEAR_FIRST: Final = re.compile(r"(\d{4})[/-](\d{1,2})(?:[/-]\d{1,2})?(?:t?\d{1,2}:[\d:.]+)?")
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_MONTH_FIRST: Final = re.compile(r"(\d{1,2})[/-](\d{4}|[4-9]\d)")
_SHORT_YEAR_FIRST: Final = re.compile(r"([4-9]\d)[/-](\d{1,2})")
_PERIOD_CODE: Final = re.compile(r"(2[45]\d\d)(?:-M)?(0[1-9]|1[0-2])")
_NUMERIC: Final = (
    (_DAY_FIRST, 3, 2), (_YEAR_FIRST, 1, 2), (_MONTH_FIRST, 2, 1), (_SHORT_YEAR_FIRST, 1, 2),
)  # fmt: skip
"""Patterns, each with its groups of year and month."""
_QUARTER: Final = re.compile(
    r"(?:(?P<before>\d{4})(?P<gap>[-/.]?))?(?P<word>\D*?)\.?(?P<number>[1-4])"
    r"(?:[-/.,]?(?P<era>\D*?)(?P<after>\d{4}))?"
)
_BY_NAME: Final = re.compile(r"(?:\d{1,2}[-/.,]?)?([^\d]+?)[-/,'\u2019]*(\d{4}|\d{2})")
_NAME_LAST: Final = re.compile(r"(\d{4})[-/.,]*([^\d]+)")


class Moment(NamedTuple):
    """A calendar month, with its calendar year of the Buddhist era where one is written."""

    year: int | None
    month: int

    @property
    def fiscal_year(self) -> int | None:
        """The fiscal year the month lies in; None without a year."""
        return None if self.year is None else self.year + (self.month >= 10)

    @property
    def fiscal_month(self) -> int:
        return fiscal_month(self.month)


def moment_of(cell: Cell) -> Moment | None:
    """The month a cell names or whose day it holds; None for numbers and anything else."""
    if cell.is_error:
        return None
    if cell.is_date:
        day = day_of(cell)
        return None if day is None else Moment(_buddhist(day.year), day.month)
    return moment_in(cell.value) if isinstance(cell.value, str) else None


def day_of(cell: Cell) -> date | None:
    """The day of a date cell, its year as typed; None when it holds none."""
    value = cell.value
    if not cell.is_date or not isinstance(value, float) or not 1 <= value < _DAYS:
        return None
    return _FIRST_DAY + timedelta(days=int(value))


@lru_cache(4096)
def moment_in(text: str) -> Moment | None:
    """The month that a text names, alone or with its year; None when it names none."""
    plain = fold(text)
    if not plain or plain.isdigit():
        return None
    if name := _month(plain):
        return Moment(None, name)
    for pattern, year, month in _NUMERIC:
        if match := pattern.fullmatch(plain):
            return _moment(match[year], int(match[month]))
    if match := _BY_NAME.fullmatch(plain):
        return _moment(match[2], _month(match[1]), is_fiscal=match[1].endswith(_fiscal_words()))
    if match := _NAME_LAST.fullmatch(plain):
        return _moment(match[1], _month(match[2]))
    return None


def day_in(text: str) -> date | None:
    """The day that a text writes as day, month and year of either era; None when it does not."""
    plain = fold(text)
    if match := _DAY_FIRST.fullmatch(plain):
        year, month, day = match[3], match[2], match[1]
    elif match := _ISO.fullmatch(plain):
        year, month, day = match.groups()
    else:
        return None
    try:
        return date(_whole_year(int(year)) - BUDDHIST_ERA, int(month), int(day))
    except ValueError:
        return None


def period_code(text: str) -> tuple[int, int] | None:
    """Fiscal year and month of a code such as `256908` or `2569-M08`; None when it is none."""
    match = _PERIOD_CODE.fullmatch(thai_digits_to_arabic(text).strip().removesuffix(".0"))
    return (int(match[1]), int(match[2])) if match else None


def quarter_in(text: str) -> tuple[int | None, int] | None:
    """Fiscal year, if one is written, and quarter that a text names; None when it names none.

    `2`, `Q2`, `2/2566`, `2566-Q2`, and the same with words for quarter and year.
    """
    match = _QUARTER.fullmatch(fold(text).removesuffix(".0"))
    if match is None or without_prefix(match["word"], "quarter"):
        return None
    if without_prefix((match["era"] or "").strip(".:"), "era"):
        return None
    has_gap = match["gap"] or match["word"]
    if match["before"] and (match["after"] or not has_gap):
        return None
    year = match["before"] or match["after"]
    return (int(year) if year else None), int(match["number"])


def _moment(year: str, month: int | None, *, is_fiscal: bool = False) -> Moment | None:
    if month is None or month not in range(1, 13):
        return None
    return Moment(_whole_year(int(year)) - (is_fiscal and month >= _FIRST_MONTH), month)


def _fiscal_words() -> tuple[str, ...]:
    return longest_first("fiscal_era")


def _whole_year(year: int) -> int:
    """A year of the Buddhist era: two digits from 40 on are of that era, others of ours."""
    if year in SHORT_YEARS:
        return CENTURY + year
    return _buddhist(year if year >= 100 else 2000 + year)


def _buddhist(year: int) -> int:
    """Excel dates may be typed with years of either era."""
    return year if year >= LATEST_CHRISTIAN else year + BUDDHIST_ERA


def _month(folded: str) -> int | None:
    return month_number(without_suffix(without_prefix(folded, "month"), "era"))
