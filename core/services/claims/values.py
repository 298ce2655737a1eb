"""Single values of claims: days of either era, money, funds, codes. None is missing, never zero."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final, Generic, Literal, NamedTuple, TypeVar

from core.claims.columns import rules, words_of
from core.claims.schema import SATANG, WEIGHT
from core.forms.table.moments import FISCAL_YEARS, LATEST_CHRISTIAN, day_in
from core.periods import BUDDHIST_ERA, month_number, month_of
from core.services.claims.sources import Value
from core.text import fold, thai_digits_to_arabic

T = TypeVar("T")
_DIGITS: Final = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{4,6})?")
_IN_WORDS: Final = re.compile(
    r"(\d{1,2})[\s/.-]*([^\d\s][^\d]*?)[\s/.-]*(\d{4}|\d{2})(?:\s+[\d:]+)?"
)
_YEAR_FIRST: Final = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T\s].*)?")
_CODE: Final = re.compile(r"[0-9A-Za-z ,;./_+-]{1,40}")
_DEPARTMENT: Final = re.compile(r"[0-9A-Za-z._-]{1,12}")
_LONG_NUMBER: Final = re.compile(r"\d{7,}")
_NOTHING: Final = frozenset(("", "-", "\u2013", "null", "none", "n/a", "nan", "00000000"))
_MARKS: Final = str.maketrans("", "", ", \u00a0\u0e3f")


class Odd(NamedTuple):
    """A value that cannot be what it should be."""

    found: str


class Parsed(Generic[T]):
    """A column's values, each different one read once."""

    def __init__(self, parse: Callable[[Value], T | Odd | None]) -> None:
        self._parse = parse
        self._known: dict[Value, T | Odd | None] = {}

    def of(self, value: Value) -> T | Odd | None:
        if value not in self._known:
            self._known[value] = self._parse(value)
        return self._known[value]


def text_of(value: Value) -> str:
    """A value as it would be typed; whole numbers without decimals."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value == int(value) else repr(value)
    return str(value).strip()


def is_nothing(value: Value) -> bool:
    """Whether a cell says that there is none."""
    return value is None or (isinstance(value, str) and value.strip().casefold() in _NOTHING)


def day(value: Value) -> date | Odd | None:
    """A day of either era: 20241005, 5/10/2567, 2024-10-05, 5 Oct 2567; a date of a workbook."""
    if is_nothing(value):
        return None
    if isinstance(value, date):
        return _christian(value.year, value.month, value.day) or Odd(str(value))
    text = thai_digits_to_arabic(text_of(value))
    day_ = _day_in(text)
    return day_ if day_ and month_of(day_).fiscal_year in FISCAL_YEARS else Odd(text[:40])


def _day_in(text: str) -> date | None:
    if match := _DIGITS.fullmatch(text) or _YEAR_FIRST.fullmatch(text):
        return _christian(*map(int, match.groups()))
    if match := _IN_WORDS.fullmatch(text):
        month = month_number(match[2])
        year = int(match[3])
        if month is None:
            return None
        if year < 100:
            return day_in(f"{match[1]}/{month}/{match[3]}")
        return _christian(year, month, int(match[1]))
    return day_in(text)


def _christian(year: int, month: int, number: int) -> date | None:
    try:
        return date(year - BUDDHIST_ERA if year >= LATEST_CHRISTIAN else year, month, number)
    except ValueError:
        return None


def whole(scale: int) -> Callable[[Value], int | Odd | None]:
    """Reads numbers into whole parts, rounded half up; brackets and minus are less than nothing."""

    def parse(value: Value) -> int | Odd | None:
        if is_nothing(value):
            return None
        text = thai_digits_to_arabic(text_of(value)).translate(_MARKS)
        if text.startswith("(") and text.endswith(")"):
            text = f"-{text[1:-1]}"
        try:
            number = Decimal(text)
        except InvalidOperation:
            return Odd(text_of(value)[:40])
        if not number.is_finite() or abs(number) > 10**12:
            return Odd(text_of(value)[:40])
        return int((number * scale).quantize(Decimal(1), ROUND_HALF_UP))

    return parse


satang: Final = whole(SATANG)
weight: Final = whole(WEIGHT)


def hcode(value: Value) -> str | Odd | None:
    """A facility's code of five digits; a number that lost its zeros gets them back."""
    if is_nothing(value):
        return None
    text = thai_digits_to_arabic(text_of(value))
    if text.isdigit() and 4 <= len(text) <= 5:
        return text.zfill(5)
    return Odd(text[:40])


def word(kind: Literal["funds", "patients", "statuses"]) -> Callable[[Value], str | Odd | None]:
    """Reads words for a fund, kind of patient or status."""
    known = words_of(kind)

    def parse(value: Value) -> str | Odd | None:
        if is_nothing(value):
            return None
        text = text_of(value)
        return known.get(fold(text)) or Odd(text[:40])

    return parse


def department(value: Value) -> str | None:
    """The code of a department; words are left out, for they may be a person's name."""
    text = text_of(value)
    return text if _DEPARTMENT.fullmatch(text) and not _LONG_NUMBER.search(text) else None


def code(value: Value) -> str | None:
    """Codes of errors; "" for those that say that there is none. Words are left out."""
    text = text_of(value)
    if is_nothing(value) or fold(text) in set(map(fold, rules().no_code)):
        return ""
    return text if _CODE.fullmatch(text) and not _LONG_NUMBER.search(text) else "?"


def document(value: Value) -> str:
    """The number of a reply or statement, which only orders them."""
    text = "".join(c for c in text_of(value) if c.isascii() and (c.isalnum() or c in "_-"))
    return text[:12]


def status_of_code(text: str, words: Sequence[str] = ("deny", "c_error", "v", "c")) -> str:
    """The status that a code of errors begins with; `c` where it begins with none."""
    plain = fold(text).replace("-", "_")
    return next((one for one in words if plain.startswith(one)), "c")


def month_of_rep(text: str) -> date | None:
    """The first day of the month a reply is numbered by: 6810… is October 2568."""
    match = re.match(r"(\d{2})(0[1-9]|1[0-2])\d{3,}", text)
    return date(int(match[1]) + 2500 - BUDDHIST_ERA, int(match[2]), 1) if match else None


def as_day(value: date | datetime) -> date:
    """A day without its time."""
    return value.date() if isinstance(value, datetime) else value
