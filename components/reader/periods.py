"""Periods in the reader's words."""

from components.reader.language import _, tr
from core.periods import Period, parse_period
from core.services.scored.finance_why import month_text


def period_text(period: Period | str) -> str:
    """A period with its fiscal year: `June 2023 · FY 2566`, `Round 1 · FY 2566`."""
    known = parse_period(period) if isinstance(period, str) else period
    year = known.fiscal_year
    if known.part == "M":
        return _("{month} · FY {year}", month=tr(month_text(known)), year=year)
    if known.part == "R":
        return _("Round {number} · FY {year}", number=known.number, year=year)
    if known.part == "Q":
        return _("Quarter {number} · FY {year}", number=known.number, year=year)
    return _("Fiscal year {year}", year=year)


def period_short(period: Period) -> str:
    """A period where there is little room, as on the axis of a trend."""
    if period.part == "M":
        return tr(month_text(period))
    if period.part == "R":
        return _("R{number}/{year}", number=period.number, year=period.fiscal_year)
    return str(period)
