"""Periods and moments as the reader writes them: Thai months, years of the Buddhist era."""

from datetime import datetime, timedelta, timezone
from typing import Final

from components.reader.language import _, current_language, tr
from core.periods import BUDDHIST_ERA, Period, month_name, month_text, parse_period

_BANGKOK: Final = timezone(timedelta(hours=7))


def period_text(period: Period | str) -> str:
    """A period with its fiscal year: `June 2023 · FY 2566`, `Round 1 · FY 2566`."""
    parsed = parse_period(period) if isinstance(period, str) else period
    year = parsed.fiscal_year
    if parsed.part == "M":
        return _("{month} · FY {year}", month=tr(month_text(parsed)), year=year)
    if parsed.part == "R":
        return _("Round {number} · FY {year}", number=parsed.number, year=year)
    if parsed.part == "Q":
        return _("Quarter {number} · FY {year}", number=parsed.number, year=year)
    return _("Fiscal year {year}", year=year)


def period_short(period: Period) -> str:
    """A period in as few letters as possible, as on the axis of a trend."""
    if period.part == "M":
        return tr(month_text(period))
    if period.part == "R":
        return _("R{number}/{year}", number=period.number, year=period.fiscal_year)
    return str(period)


def of_age(when: str, *, is_stale: bool) -> str:
    """A written period, and that it is older than the one asked for where it is."""
    return _("{period}, older than asked for", period=when) if is_stale else when


def moment_text(at: datetime) -> str:
    """A moment as day, month, year and time of day in Thailand; `at` is aware of its zone."""
    here = at.astimezone(_BANGKOK)
    name = month_name(here.month, current_language(), short=True)
    return f"{here.day} {name} {here.year + BUDDHIST_ERA} {here:%H:%M}"
