"""What names a row of a table: facility, district or group; fiscal year, month, quarter, round."""

import csv
import re
import unicodedata
from functools import cache
from typing import Final, Generic, NamedTuple, TypeVar

from core.areas import parse_area
from core.criteria.load import DATA_FOLDER
from core.errors import UsageError
from core.forms.cells.number_format import shown_days
from core.forms.cells.workbook import Cell
from core.forms.model.values import plain, read_number
from core.forms.table.moments import (
    CENTURY,
    CHRISTIAN_YEARS,
    FISCAL_YEARS,
    SHORT_YEARS,
    Moment,
    moment_of,
    period_code,
    quarter_in,
)
from core.forms.table.words import begins_total, without_prefix
from core.periods import BUDDHIST_ERA, calendar_month, fiscal_month, month_name
from core.scoring.base.states import State
from core.text import Text, fold, say, thai_digits_to_arabic

Value = TypeVar("Value")
_CODE: Final = re.compile(r"[1-9][0-9]{3}|[0-9]{5}|[0-9]{9}|[A-Z]{2}[0-9]{7}")
_NEW_CODE: Final = re.compile(r"[A-Z]{2}00([0-9]{5})")
_BEFORE_NAME: Final = re.compile(r"[(\[]?([0-9]{5})(?:[)\]]\s*|\s*[-\u2013:/|]\s*|\s+)[^\W\d_].*")
_BEHIND_NAME: Final = re.compile(r"[^\W\d_][^0-9]*(?:[\s:\u2013-]|[(\[])([0-9]{5})[)\]]?")
_ACCOUNT: Final = re.compile(r"(?=[1-5])(\d{10})\.?(\d{3})|[1-5]\d{0,9}")
_AS_FORMULA: Final = re.compile(r'="?([^"]*)"?')
_DECIMALS: Final = re.compile(r"\.0+$")
_CODE_LENGTH: Final = 5
_DISTRICT_DIGITS: Final = 4
_EXAMPLE_YEAR: Final = "2566"
_SHOWN: Final = 60
_ROUNDS: Final = {"1": 1, "2": 2}
_LARGEST: Final = 10**9


class Key(NamedTuple, Generic[Value]):
    """One key cell as read: a value, or the code of its message with what is expected there."""

    value: Value | None
    code: str = ""
    expected: str | Text = ""


class When(NamedTuple):
    """What a cell says of when a row is: its fiscal year, its fiscal month or quarter, or both.

    `code` is the message of a cell that says none, with what is expected there.
    """

    fiscal_year: int | None = None
    month: int | None = None
    code: str = ""
    expected: str | Text = ""
    quarter: int | None = None


def is_blank(cell: Cell) -> bool:
    """Whether a cell says nothing; a dash says "no data", an error cell something else."""
    return not cell.is_error and (cell.value is None or not str(cell.value).strip())


def shown(cell: Cell) -> str:
    """What stands in a cell, as messages quote it."""
    value = cell.value
    if isinstance(value, float):
        return shown_days(value, cell.format) if cell.is_date else plain(value)
    return "" if value is None else str(value).strip()[:_SHOWN]


def code_of(cell: Cell) -> Key[str]:
    """A facility code: 5 digits with their leading zero, or the 9 signs of a long one as typed.

    Of a number four digits lack their zero; fewer are a number of something else.
    """
    text = "" if is_blank(cell) else _digits(cell).upper()
    if _CODE.fullmatch(text):
        return Key(text.zfill(_CODE_LENGTH))
    code = _code_in_text(text)
    return Key(code) if code else Key(None, "W305", say("5 digits"))


def _code_in_text(text: str) -> str | None:
    """The 5 digits that stand before, behind or in brackets beside a name; None without any."""
    if begins_total([fold(text)]):
        return None
    for pattern in (_BEFORE_NAME, _BEHIND_NAME):
        if match := pattern.fullmatch(text):
            return match[1]
    return None


def invisible_signs(cell: Cell) -> str:
    """The signs in a text that nobody sees, by their numbers; empty when there are none."""
    if not isinstance(cell.value, str) or cell.value.isascii():
        return ""
    signs = dict.fromkeys(sign for sign in cell.value if unicodedata.category(sign) == "Cf")
    return ", ".join(f"U+{ord(sign):04X}" for sign in signs)


def short_form(code: str) -> str | None:
    """The 5-digit code that a new long code of two letters was made from; None for others."""
    match = _NEW_CODE.fullmatch(code)
    return match[1] if match else None


def may_be_district(cell: Cell) -> bool:
    """Whether what stands for a facility may be the number of a district: four digits of one."""
    text = _digits(cell)
    return len(text) == _DISTRICT_DIGITS and f"D{text}" in district_codes()


@cache
def district_codes() -> frozenset[str]:
    """The districts of the country, from `data/reference/districts.csv`."""
    path = DATA_FOLDER / "reference" / "districts.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return frozenset(row["code"] for row in csv.DictReader(file))


def district_of(cell: Cell) -> Key[str]:
    """A district by its 4-digit number, with or without its D."""
    text = "" if is_blank(cell) else _digits(cell).upper()
    try:
        area = parse_area(text if text.startswith("D") else f"D{text}")
    except UsageError:
        return Key(None, "W330", say("the 4 digits of a district"))
    return Key(area.code)


def names_district(cell: Cell) -> bool:
    """Whether a cell holds a district's code with its D, which no facility's code has."""
    text = "" if is_blank(cell) else _digits(cell).upper()
    return text[:1] == "D" and text[1:].isdigit() and len(text) == _DISTRICT_DIGITS + 1


def _digits(cell: Cell) -> str:
    """A whole number as its digits, a text without what keeps it a text or hides in it."""
    if not isinstance(cell.value, str):
        number = _whole(cell)
        return "" if number is None else str(number)
    if cell.value.isascii() and cell.value.isdigit():  # nearly all there are
        return cell.value
    seen = "".join(sign for sign in cell.value if unicodedata.category(sign) != "Cf")
    text = thai_digits_to_arabic(seen).strip().removeprefix("'").strip()
    formula = _AS_FORMULA.fullmatch(text)
    return _DECIMALS.sub("", formula[1].strip() if formula else text)


def _whole(cell: Cell) -> int | None:
    """The whole number a cell holds; None when it holds anything else."""
    if cell.is_percent:
        return None
    read = read_number(cell)
    if read.state != State.REPORTED or not float(read.number).is_integer():
        return None
    return int(read.number) if abs(read.number) < _LARGEST else None


def year_of(cell: Cell) -> Key[int]:
    """A fiscal year of the Buddhist era; any other is a problem, never converted in silence."""
    number = _whole(cell) or _year_in_text(cell) or 0
    if number in FISCAL_YEARS:
        return Key(number)
    if number in CHRISTIAN_YEARS:
        return Key(None, "W308", str(number + BUDDHIST_ERA))
    if number in SHORT_YEARS:
        return Key(None, "W309", str(CENTURY + number))
    return Key(None, "W309", _EXAMPLE_YEAR)


def _year_in_text(cell: Cell) -> int | None:
    """A year behind a word for it: "B.E. 2566"."""
    if cell.is_error or not isinstance(cell.value, str):
        return None
    digits = _DECIMALS.sub("", without_prefix(fold(cell.value), "era").strip(".:"))
    return int(digits) if digits.isdecimal() and len(digits) <= len(_EXAMPLE_YEAR) else None


def month_of(cell: Cell, counts_from: str = "january") -> When:
    """A month by name, date or number; `counts_from` says which month is number 1, if any.

    A number of a column whose title leaves open from where it counts is asked about.
    """
    if moment := moment_of(cell):
        return _when(moment)
    number = _month_number(cell)
    if number is None:
        return When(code="W310", expected=_MONTHS_EXPECTED.get(counts_from, _MONTHS_EXPECTED[""])())
    if not counts_from:
        return When(code="W347", expected=str(number))
    return When(month=number if counts_from == "october" else fiscal_month(number))


_MONTHS_EXPECTED: Final = {
    "": lambda: say("the name of a month"),
    "january": lambda: say("the name of a month, or 1–12 counted from January"),
    "october": lambda: say("the name of a month, or 1–12 counted from October"),
}


def fiscal_month_of(cell: Cell) -> When:
    """A fiscal month, by number (October is 1), by name or date."""
    return month_of(cell, "october")


def time_id_of(cell: Cell) -> When:
    """Year and month in one: `256908` for fiscal month 8, or a month with its calendar year."""
    code = period_code(shown(cell)) if not (cell.is_date or cell.is_error) else None
    if code:
        return When(*code)
    moment = moment_of(cell)
    if moment is None or moment.year is None:
        return When(code="W310", expected=say("a month with its year, or a code such as 256908"))
    return _when(moment)


def quarter_of(cell: Cell) -> When:
    """A quarter, by number or words, alone or with its fiscal year; or by the month it ends with.

    A year of another era is a problem, as in a column of years.
    """
    text = "" if cell.is_error or cell.is_date or cell.is_percent else shown(cell)
    year, quarter = quarter_in(text) or (None, None)
    code = period_code(text)
    if code and code[1] % 3 == 0:
        year, quarter = code[0], code[1] // 3
    if quarter is None:
        return When(code="W410", expected=say("1–4, or with its fiscal year: 2566-Q2"))
    if year is not None and year not in FISCAL_YEARS:
        key = year_of(cell._replace(value=str(year)))
        return When(code=key.code, expected=key.expected)
    return When(year, quarter=quarter)


def group_of(cell: Cell) -> Key[str]:
    """The name of a hospital group as typed, its spaces single."""
    text = "" if is_blank(cell) or cell.is_date else unicodedata.normalize("NFC", shown(cell))
    name = " ".join("".join(c for c in text if unicodedata.category(c) != "Cf").split())
    if cell.is_error or not any(map(str.isalpha, name)):
        return Key(None, "W411", say("the name of a hospital group, as F2 P<=30,000"))
    return Key(name)


def account_of(cell: Cell) -> Key[str]:
    """An account of ten and three digits, with or without its dot, or the digits some begin with.

    A number loses the zeros it ends in: of one only all three digits behind its dot, or none, tell.
    """
    is_number = isinstance(cell.value, float) and not cell.value.is_integer()
    text = repr(cell.value) if is_number else _digits(cell)
    match = None if cell.is_error or is_blank(cell) else _ACCOUNT.fullmatch(text)
    if match is None:
        return Key(None, "W440", say("10 digits, a dot and 3 digits, or the first digits of them"))
    return Key(f"{match[1]}.{match[2]}" if match[2] else text)


def _when(moment: Moment) -> When:
    return When(moment.fiscal_year, moment.fiscal_month)


def round_of(cell: Cell) -> Key[int]:
    """An inspection round: 1 or 2, alone or after a word for it."""
    text = fold(shown(cell)) if isinstance(cell.value, str) else ""
    number = _ROUNDS.get(without_prefix(text, "round")) if text else _whole(cell)
    if number not in _ROUNDS.values():
        return Key(None, "W327", say("1 or 2"))
    return Key(number)


def _month_number(cell: Cell) -> int | None:
    number = _whole(cell)
    return number if number in range(1, 13) else None


def fiscal_month_name(number: int) -> Text:
    """The name of a fiscal month in both languages."""
    month = calendar_month(number)
    return Text(month_name(month, "th"), month_name(month, "en"))
