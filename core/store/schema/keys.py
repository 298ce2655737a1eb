"""Periods as numbers that sort, join and can be read: 2566-M09 is 256609."""

from typing import Final

from core.periods import Part, Period

_PARTS: Final[dict[Part, int]] = {"": 0, "M": 0, "Q": 20, "R": 30}
_QUARTERS: Final = 20
_ROUNDS: Final = 30


def period_key(period: Period) -> int:
    """Fiscal year and two digits: 00 the year, 01-12 months, 21-24 quarters, 31-32 rounds."""
    return period.fiscal_year * 100 + _PARTS[period.part] + period.number


def period_of(key: int) -> Period:
    """The period of a key."""
    year, number = divmod(int(key), 100)
    if number == 0:
        return Period(year)
    if number < _QUARTERS:
        return Period(year, "M", number)
    if number < _ROUNDS:
        return Period(year, "Q", number - _QUARTERS)
    return Period(year, "R", number - _ROUNDS)
