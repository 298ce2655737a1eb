"""Of when a trial balance is by its own word: when it was sent to the ministry, or printed.

Moments are on the clocks of Thailand, in the order of ISO 8601: `2026-08-10T17:23`, or the day
alone where no time is written. Midnight is no time: systems write it where they know the day.
"""

import re
from datetime import date, datetime, timedelta
from functools import cache
from itertools import chain
from typing import Final

from core.forms.cells.workbook import Cell
from core.forms.table.heads.head import Header
from core.forms.table.keys import shown
from core.forms.table.moments import FISCAL_YEARS, SHORT_YEARS, day_in, day_of
from core.forms.trial_balance.words import has_any, words_of
from core.periods import BUDDHIST_ERA, month_number
from core.text import thai_digits_to_arabic

SENT: Final = "sent_at"
"""The column that says when each line was sent."""
_MINUTES: Final = 24 * 60
_TIME: Final = re.compile(
    r"(?:^|[^\d:.])([01]?\d|2[0-3])[:.]([0-5]\d)(?::[0-5]\d(?:\.\d+)?)?(?![\d/-])"
)
_NUMERIC: Final = re.compile(
    r"(?<!\d)(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4})(?!\d)"
)
_IN_WORDS: Final = re.compile(r"(?<!\d)(\d{1,2})\s*([^\W\d_][^\d]{1,14}?)\s*(\d{4}|\d{2})(?!\d)")
_MOST: Final = 200
"""Signs of a line that are read."""


def moment_of(cell: Cell) -> str | None:
    """The moment a cell holds or writes; None where it is none."""
    if (day := day_of(cell)) is None:
        return None if cell.value is None or cell.is_error else moment_in(shown(cell))
    if day.year >= min(FISCAL_YEARS):
        day = day.replace(year=day.year - BUDDHIST_ERA)
    value = cell.value
    minutes = round(value % 1 * _MINUTES) if isinstance(value, float) else 0
    return _written(datetime.combine(day, datetime.min.time()) + timedelta(minutes=minutes))


def moment_in(text: str) -> str | None:
    """The first day that a text writes, with the time behind it; None where it writes none."""
    plain = thai_digits_to_arabic(text[:_MOST])
    days = [
        (match, day)
        for match in chain(_NUMERIC.finditer(plain), _IN_WORDS.finditer(plain))
        if (day := _day(match)) is not None
    ]
    if not days:
        return None
    match, day = min(days, key=lambda one: one[0].start())
    clock = _TIME.search(plain, match.end())
    hour, minute = map(int, clock.groups()) if clock else (0, 0)
    return _written(datetime(day.year, day.month, day.day, hour, minute))  # noqa: DTZ001


def above_as_of(header: Header) -> str | None:
    """What the lines above a table say of when it was sent or printed, the latest of them."""
    days = []
    for row, cells in header.sheet.rows.items():
        if row >= header.row:
            break
        line = " ".join(map(shown, cells.values()))
        if not has_any(line, "of_another") and (match := _sent().search(line)):
            days.append(moment_in(line[match.end() :]))
    return max(filter(None, days), default=None)


def _day(match: re.Match[str]) -> date | None:
    if not match.re.groups:
        return day_in(match[0])
    month, year = month_number(match[2]), int(match[3])
    if month is None:
        return None
    if year in SHORT_YEARS:
        year += 2500
    if year in FISCAL_YEARS:
        year -= BUDDHIST_ERA
    try:
        return date(year, month, int(match[1]))
    except ValueError:
        return None


def _written(moment: datetime) -> str:
    whole = moment.isoformat(timespec="minutes")
    return whole.removesuffix("T00:00")


@cache
def _sent() -> re.Pattern[str]:
    words = sorted(words_of("sent"), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)), re.IGNORECASE)
