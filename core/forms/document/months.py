"""Months as the quarters of a plan print them: names, ranges, and arrows for work that goes on."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from core.forms.table.keys import fiscal_month_name
from core.forms.table.moments import moment_in
from core.text import Text, say, thai_digits_to_arabic

_PARTS: Final = re.compile(r"[,;/\n]|\s{2,}|(?<=[.\w])\s+(?=[^\W\d])")
_RANGE: Final = re.compile(r"\s*[-\u2013\u2014]\s*")
_ARROW: Final = re.compile(r"[\u2190\u2192\u2194\u2191<>=\u2014\u2013-]+")
_ARROWS: Final = "\u2190\u2192\u2194<>"
_QUARTER: Final = 3
_DIGITS: Final = re.compile(r"\d+")
_QUARTERS: Final = re.compile(r"(\d)(?:\s*[-\u2013\u2014]\s*[^\d\s]*\s*(\d))?")


class Fault(NamedTuple):
    """What is wrong with one word of a cell: the code of its message, the word, what is right."""

    code: str
    found: str
    expected: str | Text


class Cell(NamedTuple):
    """What a cell of a quarter says: its months, whether work goes on through it, what is wrong."""

    months: tuple[int, ...]
    goes_on: bool
    faults: tuple[Fault, ...]


def months_in(text: str, quarter: int, fiscal_year: int | None) -> Cell:
    """The fiscal months that a cell of a quarter names, from 1 for October.

    A month of another quarter counts as the month it is (W451); one with a year outside the
    fiscal year (W452), or a word that is no month (W450), does not count.
    """
    months: list[int] = []
    faults: list[Fault] = []
    goes_on = False
    # A tick that is a mark between months as well says no month: it stands as what it is.
    words = [*filter(None, map(str.strip, _PARTS.split(text)))] or [text.strip()]
    for word in words:
        if _ARROW.fullmatch(word) and any(sign in word for sign in _ARROWS):
            goes_on = True
            continue
        ends = [_month(part, fiscal_year) for part in _RANGE.split(word)]
        wrong = next((one for one in ends if isinstance(one, Fault)), None)
        if wrong is not None:
            expected = wrong.expected or months_of(quarter)
            faults.append(Fault(wrong.code, word, expected))
            continue
        first, last = int(ends[0]), int(ends[-1])  # type: ignore[arg-type]
        if last < first:
            faults.append(Fault("W450", word, months_of(quarter)))
            continue
        numbers = range(first, last + 1)
        months += numbers
        if any((month - 1) // _QUARTER + 1 != quarter for month in (first, last)):
            faults.append(Fault("W451", word, quarter_of(first)))
    return Cell(tuple(sorted({*months})), goes_on, tuple(faults))


def _month(word: str, fiscal_year: int | None) -> int | Fault:
    moment = moment_in(word)
    if moment is None:
        return Fault("W450", word, "")
    year = moment.fiscal_year
    if year is not None and fiscal_year is not None and year != fiscal_year:
        right = say("fiscal year {year}", year=fiscal_year)
        return Fault("W452", word, right)
    return moment.fiscal_month


def quarters_in(text: str) -> tuple[int, ...] | None:
    """The quarters that a text lists, such as `2 4` or `Q1-Q3`; None where it lists none."""
    plain = thai_digits_to_arabic(text)
    if any(digits not in "1234" or len(digits) > 1 for digits in _DIGITS.findall(plain)):
        return None
    numbers: set[int] = set()
    for first, last in _QUARTERS.findall(plain):
        if last and last < first:
            return None
        numbers |= {*range(int(first), int(last or first) + 1)}
    return tuple(sorted(numbers)) or None


def months_of(quarter: int) -> Text:
    """The three months of a quarter, as messages list them."""
    first = _QUARTER * (quarter - 1) + 1
    return Text.joined(map(fiscal_month_name, range(first, first + _QUARTER)), " / ")


def quarter_of(month: int) -> Text:
    """The quarter of a fiscal month, in words."""
    return say("quarter {number}", number=(month - 1) // _QUARTER + 1)


def spanned(cells: Iterable[tuple[int, Cell]]) -> tuple[int, ...]:
    """All months of a row: those named, and where an arrow stands its whole quarter.

    Work that goes on in a quarter goes on from the latest month named before it.
    """
    numbers: set[int] = set()
    for quarter, cell in cells:
        numbers |= {*cell.months}
        if cell.goes_on:
            numbers |= {*_arrow(quarter, numbers)}
    return tuple(sorted(numbers))


def _arrow(quarter: int, before: set[int]) -> Iterator[int]:
    first, last = _QUARTER * (quarter - 1) + 1, _QUARTER * quarter
    earlier = [month for month in before if month < first]
    yield from range(max(earlier, default=first - 1) + 1, last + 1)
