"""Citizen numbers in a workbook: nobody's may be stored here, so they are found before anything is.

A citizen number has 13 digits, the first of them 1 to 8, the last a check digit. It is one where it
stands alone, plain or in its printed groups (1-2345-67890-12-1), as a text or as a number shown
without thousands and decimals. No citizen number is a tax number of an office or a company (they
begin with 0), an account of the chart (ten digits of it, then three), money with its separators, or
a number that a formula came to.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any, Final, NamedTuple

from core.forms.cells.text.sheet import TextSheet, plain_text
from core.forms.cells.workbook import Cell, Place, Sheet, Workbook

DIGITS: Final = 13
_LEAST, _MOST = 1_000_000_000_000, 8_999_999_999_999
_SHAPE: Final = re.compile(
    # The digit before what must not stand before it: so texts are searched for it in half the time.
    r"([1-8\u0e51-\u0e58])(?<!\d.)(?<!\d[-.,].)([- ]?)(\d{4})\2(\d{5})\2(\d{2})\2(\d)(?![-.,]?\d)"
)
_LONG: Final = r"[0-9\x{0E50}-\x{0E59}][-0-9\x{0E50}-\x{0E59} ]{11}"
"""What a column that may hold one has, for a search that knows no more."""
_ACCOUNT: Final = 10
_ENOUGH: Final = 3
"""So many accounts of the chart in a column tell that the others in it are accounts as well."""


class NumberPlace(NamedTuple):
    """Where a citizen number stands; what it is nobody is told."""

    sheet: str
    cell: str


def citizen_number(workbook: Workbook, chart: Callable[[], Collection[str]]) -> NumberPlace | None:
    """The first citizen number of a workbook, hidden sheets too; None where there is none.

    `chart` gives the accounts of the chart by their ten digits, for they may be written without the
    dot before the other three; it is asked only where there is a number that may be one.
    """
    for sheet in workbook.sheets:
        suspects = [*_suspects(sheet)]
        if not suspects:
            continue
        accounts = chart()
        columns = _columns_of_accounts(suspects, accounts)
        for place, digits in suspects:
            if place.column not in columns and digits[:_ACCOUNT] not in accounts:
                return NumberPlace(sheet.name, place.name)
    return None


def holds_citizen_number(text: str) -> bool:
    """Whether a citizen number stands in a text of any length."""
    return bool(_in(text))


def is_citizen_number(digits: str) -> bool:
    """Whether 13 digits have the right check digit: 11 less the weighted sum, by its last digit.

    Source: the check digit of the civil registration's numbers, weights 13 down to 2, modulo 11.
    """
    weights = range(DIGITS, 1, -1)
    weighted = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))
    return len(digits) == DIGITS and (11 - weighted % 11) % 10 == int(digits[-1])


def _columns_of_accounts(
    suspects: list[tuple[Place, str]], accounts: Collection[str]
) -> frozenset[int]:
    """The columns in which accounts of the chart stand: unknown ones are among them."""
    counted: dict[int, int] = {}
    for place, digits in suspects:
        if digits[:_ACCOUNT] in accounts:
            counted[place.column] = counted.get(place.column, 0) + 1
    return frozenset(column for column, count in counted.items() if count >= _ENOUGH)


def _suspects(sheet: Sheet) -> Iterator[tuple[Place, str]]:
    """Every cell that holds what may be a citizen number, and its digits."""
    if isinstance(sheet, TextSheet):
        yield from _in_text(sheet)
        return
    for place, cell in sheet.cells.items():
        value = cell[0]
        # Most cells are numbers of fewer digits, or short texts: this is asked of each of them.
        if value.__class__ is str:
            digits = _in(value) if len(value) >= DIGITS else ""
        elif value.__class__ is not bool and value is not None and value >= _LEAST:  # type: ignore[operator]
            digits = _of_number(cell)
        else:
            continue
        if digits:
            yield place, digits


def _of_number(cell: Cell) -> str:
    """The digits of a number that is shown as one writes a citizen number; empty for any other."""
    value, shown = cell.value, cell.format
    if not isinstance(value, int | float) or value > _MOST or value != int(value):
        return ""
    is_plain = shown.kind == "number" and not {",", "."} & {*shown.code}
    digits = str(int(value))
    return digits if is_plain and not cell.is_formula and is_citizen_number(digits) else ""


def _in(text: str) -> str:
    """The digits of the first citizen number in a text; empty where there is none."""
    for match in _SHAPE.finditer(text):
        digits = "".join(str(int(letter)) for letter in match.group() if letter.isdigit())
        if is_citizen_number(digits):
            return digits
    return ""


def _in_text(sheet: TextSheet) -> Iterator[tuple[Place, str]]:
    columns = getattr(sheet.table, "columns", None)
    if columns is not None:
        yield from _in_columns(sheet.first, columns)
        return
    for row, fields in enumerate(sheet.table.rows, sheet.first):
        for column, field in enumerate(fields, 1):
            if len(field) >= DIGITS and (digits := _in(plain_text(field))):
                yield Place(row, column), digits


def _in_columns(first: int, columns: Sequence[Any]) -> Iterator[tuple[Place, str]]:
    import pyarrow.compute as pc  # noqa: PLC0415  # such a table has loaded it

    for column, texts in enumerate(columns, 1):
        if (pc.max(pc.utf8_length(texts)).as_py() or 0) < DIGITS:
            continue
        for row in pc.indices_nonzero(pc.match_substring_regex(texts, _LONG)).to_pylist():
            if digits := _in(plain_text(texts[row].as_py())):
                yield Place(row + first, column), digits
