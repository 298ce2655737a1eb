"""Reads one cell as a number, as nothing, as "does not apply", or as an error."""

import math
import re
from decimal import Decimal
from functools import cache
from typing import Annotated, Final, NamedTuple

from core.criteria.load import DATA_FOLDER, read_model
from core.criteria.model.base import Listed, Strict
from core.forms.cells.number_format import shown_days
from core.forms.cells.workbook import Cell
from core.scoring.base.states import State
from core.text import fold, thai_digits_to_arabic

_NUMBER: Final = re.compile(r"^[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d*)?(e[+-]?\d+)?$", re.IGNORECASE)
_BRACKETS: Final = re.compile(r"^\((.+)\)$")
_SEVERAL: Final = re.compile(r"\d\s+[\d.,]")
"""Folding takes the space or line break out from between two numbers."""
_LONGEST: Final = 60
_DIGITS: Final = 16
"""Digits of a number that say something; those behind them are noise of its binary form."""
_EXACT: Final = 12
"""Floats written shorter carry no noise of their binary form."""
_SATANG: Final = 2
"""Decimals of an amount, however large: noise has more."""


class Words(Strict):
    """`data/forms/_words.yaml`."""

    not_reported: Annotated[tuple[str, ...], Listed]
    not_applicable: Annotated[tuple[str, ...], Listed]
    percent: Annotated[tuple[str, ...], Listed]


class NumberReading(NamedTuple):
    """A cell read as a number.

    `number` is NaN unless `state` is reported. `shown` is what stands in the cell as the user sees
    it, `code` the message where it is no number.
    """

    number: float
    state: State
    shown: str = ""
    code: str | None = None


NOTHING: Final = NumberReading(math.nan, State.NOT_REPORTED)


@cache
def _words() -> tuple[frozenset[str], frozenset[str], tuple[str, ...]]:
    words = read_model(DATA_FOLDER / "forms" / "_words.yaml", Words)
    return (
        frozenset(map(fold, words.not_reported)),
        frozenset(map(fold, words.not_applicable)),
        tuple(map(fold, words.percent)),
    )


def read_number(cell: Cell) -> NumberReading:
    """Read a cell that should hold a number.

    A number shown as percent counts x 100. An error cell, damaged content, a date, a time, a
    formula nobody calculated and any other text are errors, never blanks.
    """
    value = cell.value
    if cell.is_error:
        shown = str(value or "")
        return NumberReading(
            math.nan, State.ERROR, shown, "W115" if shown[:1] not in ("", "#") else "W105"
        )
    if value is None:
        return NumberReading(math.nan, State.ERROR, "", "W108") if cell.is_formula else NOTHING
    if isinstance(value, str):
        return _from_text(value)
    return _from_number(value, cell)


def _from_number(value: float, cell: Cell) -> NumberReading:
    if isinstance(value, bool):
        return NumberReading(math.nan, State.ERROR, str(value).upper(), "W103")
    if cell.is_date:
        return NumberReading(math.nan, State.ERROR, shown_days(value, cell.format), "W114")
    if not math.isfinite(value):
        return NumberReading(math.nan, State.ERROR, str(value), "W103")
    number = round(value * 100, 10) if cell.is_percent else value
    return NumberReading(number, State.REPORTED, plain(number))


def plain(number: float) -> str:
    """A number as a person would type it: no exponent, no trailing zeros."""
    short = repr(number).removesuffix(".0")
    if (len(short) < _EXACT and "e" not in short) or abs(number) >= 1e15:
        return short
    if len(short.partition(".")[2]) <= _SATANG and "e" not in short:
        return short
    return f"{Decimal(f'{number:.{_DIGITS}g}'):.10f}".rstrip("0").rstrip(".")


def _from_text(text: str) -> NumberReading:
    not_reported, not_applicable, percent = _words()
    folded = fold(text)
    shown = text.strip()[:_LONGEST]
    if not folded or folded in not_reported:
        return NumberReading(math.nan, State.NOT_REPORTED, shown)
    if folded in not_applicable:
        return NumberReading(math.nan, State.NOT_APPLICABLE, shown)
    if _SEVERAL.search(text):
        return NumberReading(math.nan, State.ERROR, shown, "W357")
    number = _number(folded, percent)
    if number is None:
        return NumberReading(math.nan, State.ERROR, shown, "W103")
    return NumberReading(number, State.REPORTED, plain(number) if _is_noisy(shown) else shown)


def _is_noisy(text: str) -> bool:
    """Whether a number was written with the noise of its binary form: 0.30000000000000004."""
    return len(text.partition(".")[2]) >= _DIGITS


def _number(folded: str, percent: tuple[str, ...]) -> float | None:
    for word in percent:
        folded = folded.removeprefix(word).removesuffix(word)
    sign = 1
    if match := _BRACKETS.match(folded):  # an accountant's negative
        sign, folded = -1, match[1]
    if not _NUMBER.match(folded) or not any(map(str.isdigit, folded)):
        return None
    number = float(thai_digits_to_arabic(folded).replace(",", ""))
    return sign * number if math.isfinite(number) else None
