"""What names a row of a table: facility or district, fiscal year, month or round."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Annotated, Final, Generic, NamedTuple, TypeVar

from core.areas import parse_area
from core.criteria.load import DATA_FOLDER, read_model
from core.criteria.model.base import Listed, Strict
from core.errors import UsageError
from core.forms.cells.workbook import Cell
from core.forms.model.values import plain, said
from core.periods import BUDDHIST_ERA, calendar_month, fiscal_month, month_name, month_named
from core.scoring.base.states import State
from core.text import Text, fold, say, thai_digits_to_arabic

Read = TypeVar("Read")
_CODE: Final = re.compile(r"[0-9]{1,5}|[0-9]{9}")
_CODE_LENGTH: Final = 5
FISCAL_YEARS: Final = range(2540, 2600)
"""Fiscal years a workbook may mean (Buddhist era); what lies outside was mistyped."""
# Vowels above and below the line; the fold has taken tone marks already.
_LOST_VOWELS: Final = re.compile("[\u0e31\u0e34-\u0e39]")
_CHRISTIAN: Final = range(1950, 2150)
_SHORT: Final = range(40, 100)
_CENTURY: Final = 2500
_EXAMPLE_YEAR: Final = "2566"
_SHOWN: Final = 60
_ROUNDS: Final = {"1": 1, "2": 2}


class TableWords(Strict):
    """`data/forms/_table.yaml`."""

    total: Annotated[tuple[str, ...], Listed]
    aside: Annotated[tuple[str, ...], Listed]
    yes: Annotated[tuple[str, ...], Listed]
    no: Annotated[tuple[str, ...], Listed]
    round: Annotated[tuple[str, ...], Listed]
    district: Annotated[tuple[str, ...], Listed]
    province: Annotated[tuple[str, ...], Listed]


class Key(NamedTuple, Generic[Read]):
    """One key cell as read: a value, or the code of its message with what is expected there."""

    value: Read | None
    code: str = ""
    expected: str | Text = ""


@cache
def table_words() -> TableWords:
    """Words met in tables, from `data/forms/_table.yaml`."""
    return read_model(DATA_FOLDER / "forms" / "_table.yaml", TableWords)


@cache
def folded_words(kind: str) -> frozenset[str]:
    """Words of a kind (`yes`, `no`, `total` …) in comparing form."""
    words: tuple[str, ...] = getattr(table_words(), kind)
    return frozenset(map(fold, words))


def without_vowels(folded: str) -> str:
    """A text in comparing form without the vowels that PDF tools lose."""
    return _LOST_VOWELS.sub("", folded)


def is_blank(cell: Cell) -> bool:
    """Whether a cell says nothing; a dash says "no data", an error cell something else."""
    return not cell.is_error and (cell.value is None or not str(cell.value).strip())


def shown(cell: Cell) -> str:
    """What stands in a cell, as messages quote it."""
    value = cell.value
    if isinstance(value, float):
        return plain(value)
    return "" if value is None else str(value).strip()[:_SHOWN]


def begins_total(texts: Iterable[str]) -> bool:
    """Whether one of a row's folded texts says that the row adds up others."""
    words = folded_words("total")
    return any(text in words or text.startswith(tuple(words)) for text in texts)


def is_aside(text: str) -> bool:
    """Whether a text heads what stands beside the answers of a turned table: units, numbers."""
    return fold(text) in folded_words("aside")


def code_of(cell: Cell) -> Key[str]:
    """A facility code: 5 digits with their leading zeros, or 9 digits as typed."""
    if is_blank(cell):
        return Key(None, "W305", say("5 digits"))
    text = _digits(cell)
    if not _CODE.fullmatch(text):
        return Key(None, "W305", say("5 digits"))
    return Key(text.zfill(_CODE_LENGTH))


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
    return not is_blank(cell) and _digits(cell)[:1] in ("D", "d")


def _digits(cell: Cell) -> str:
    """A whole number as its digits, a text without the apostrophe that keeps it a text."""
    if isinstance(cell.value, str):
        return thai_digits_to_arabic(cell.value).strip().removeprefix("'").strip()
    number = _whole(cell)
    return "" if number is None else str(number)


def _whole(cell: Cell) -> int | None:
    """The whole number a cell holds; None when it holds anything else."""
    found = said(cell)
    if found.state != State.REPORTED or not float(found.number).is_integer():
        return None
    return int(found.number) if abs(found.number) < 10**9 else None


def year_of(cell: Cell) -> Key[int]:
    """A fiscal year of the Buddhist era; any other is told, never converted in silence."""
    number = _whole(cell) or 0
    if number in FISCAL_YEARS:
        return Key(number)
    if number in _CHRISTIAN:
        return Key(None, "W308", str(number + BUDDHIST_ERA))
    if number in _SHORT:
        return Key(None, "W309", str(_CENTURY + number))
    return Key(None, "W309", _EXAMPLE_YEAR)


def month_of(cell: Cell) -> Key[int]:
    """The fiscal month of a calendar month, by name or number (January is 1)."""
    named = month_named(cell.value) if isinstance(cell.value, str) else None
    number = named or _month_number(cell)
    if number is None:
        return Key(None, "W310", say("the name of a month, or 1–12 counted from January"))
    return Key(fiscal_month(number))


def fiscal_month_of(cell: Cell) -> Key[int]:
    """A fiscal month, by number (October is 1) or by name."""
    named = month_named(cell.value) if isinstance(cell.value, str) else None
    number = fiscal_month(named) if named else _month_number(cell)
    if number is None:
        return Key(None, "W310", say("the name of a month, or 1–12 counted from October"))
    return Key(number)


def round_of(cell: Cell) -> Key[int]:
    """An inspection round: 1 or 2, alone or after a word for it."""
    text = fold(shown(cell)) if isinstance(cell.value, str) else ""
    word = max((w for w in folded_words("round") if text.startswith(w)), key=len, default="")
    number = _ROUNDS.get(text.removeprefix(word)) if text else _whole(cell)
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
