"""Periods and moments as the reader writes them: Thai months, years of the Buddhist era."""

from datetime import datetime
from functools import lru_cache

from components.reader.language import _, tr
from core import periods
from core.periods import Period, parse_period
from core.text import Text


def period_text(period: Period | str) -> str:
    """A period with its fiscal year: `June 2023 · FY 2566`, `Round 1 · FY 2566`."""
    parsed = parse_period(period) if isinstance(period, str) else period
    return tr(_period_text(parsed))


@lru_cache(maxsize=2048)  # Lists of periods are written with every view.
def _period_text(parsed: Period) -> Text:
    return periods.period_text(parsed)


def period_short(period: Period) -> str:
    """A period in as few letters as possible, as on the axis of a trend."""
    return tr(periods.period_short(period))


def of_age(when: str, *, is_stale: bool) -> str:
    """A written period, and that it is older than the one asked for where it is."""
    return _("{period}, older than asked for", period=when) if is_stale else when


def moment_text(at: datetime) -> str:
    """A moment as day, month, year and time of day in Thailand."""
    return tr(periods.moment_text(at))
