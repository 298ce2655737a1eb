"""The four figures of a month that tiles and trends show, in the units they are shown in."""

from typing import Final

from core.services.profiles.series import MonthPoint

MILLION: Final = 1e6


def level(point: MonthPoint) -> float | None:
    """The crisis level."""
    return point.level


def cash(point: MonthPoint) -> float | None:
    """The cash ratio."""
    return point.cash_ratio


def capital(point: MonthPoint) -> float | None:
    """The working capital in million baht."""
    return millions(point.capital)


def any_score(point: MonthPoint) -> float | None:
    """The score, of however many points it is."""
    return point.score


def score(point: MonthPoint) -> float | None:
    """The score where it is held against grades: of fewer possible points it is another scale."""
    return point.score if point.graded else None


def millions(amount: float | None) -> float | None:
    """An amount of baht in millions."""
    return None if amount is None else amount / MILLION
