"""A slow, obvious twin of the form scoring, in decimals, one subject at a time."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from core.criteria.model import Checklist, Ladder, PassFail, RatioToTarget, Steps, Sum

Typed = Mapping[str, Decimal | None]


class WrongFigureError(Exception):
    """A figure outside what its rule allows."""


def points(rule, typed: Typed) -> Decimal:
    """Points of a rule for what was typed (None or absent = empty, counted as the form does)."""
    if isinstance(rule, Sum):
        total = sum((points(part, typed) for part in rule.parts), Decimal(0))
        return total if rule.then is None else rung(rule.then, rounded(total, rule.round_to))
    value = typed.get(rule.id)
    if isinstance(rule, Ladder):
        return ladder(rule, value)
    if isinstance(rule, RatioToTarget):
        return share_of_target(rule, value)
    assert isinstance(rule, Steps | PassFail | Checklist)
    if value is None:
        return Decimal(0)
    if not 0 <= value <= exact(rule.full):
        raise WrongFigureError(rule.id)
    return value


def ladder(rule: Ladder, value: Decimal | None) -> Decimal:
    if value is None:
        return exact(rule.empty_points) if rule.empty_points is not None else rung(rule.bands, 0)
    return rung(rule.bands, rounded(within(rule, value), rule.round_to))


def share_of_target(rule: RatioToTarget, value: Decimal | None) -> Decimal:
    value = rounded(within(rule, value or Decimal(0)), rule.round_to)
    return min(exact(rule.full), exact(rule.full) * value / exact(rule.target))


def within(rule, value: Decimal) -> Decimal:
    allowed = rule.valid_range
    if allowed and not exact(allowed.lowest) <= value <= exact(allowed.highest):
        raise WrongFigureError(rule.id)
    return value


def rung(bands, value: Decimal | int) -> Decimal:
    for band in bands:
        if band.below is not None and value < exact(band.below):
            return exact(band.points)
        if band.up_to is not None and value <= exact(band.up_to):
            return exact(band.points)
        if band.edge is None:
            return exact(band.points)
    raise AssertionError(bands)


def rounded(value: Decimal, places: int | None) -> Decimal:
    if places is None:
        return value
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def exact(number: float) -> Decimal:
    return Decimal(repr(number))
