"""Figures as people read them: with separators, half rounded up, a dash where there is none."""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from core.quantities import MINUS, MISSING, rounded_exactly

_MOST_DECIMALS: Final = 6


def points(value: float | None, *, most: int = 4) -> str:
    """Points with two decimals, and with up to `most` where two would change the figure."""
    if value is None or not math.isfinite(value):
        return MISSING
    rounded = rounded_exactly(value, most)
    decimals = next(n for n in range(2, most + 1) if rounded_exactly(rounded, n) == rounded)
    return _signed(f"{rounded:,.{decimals}f}")


def figure_text(value: float | None, limit: float | None) -> str:
    """A figure with two decimals, with more where rounding would put it across its limit."""
    if value is None or math.isinf(value):
        return MISSING if value is None else "∞"
    return rounded_beside(value, [] if limit is None else [limit], decimals=2, most=9)


def rounded_beside(value: float, limits: Sequence[float], *, decimals: int, most: int) -> str:
    """A figure with `decimals`, or as many up to `most` as keep it on its side of every limit."""
    for places in range(decimals, most):
        shown = rounded_exactly(value, places)
        if all(_side(shown, limit) == _side(value, limit) for limit in limits):
            return _signed(f"{shown:,.{places}f}")
    return _signed(f"{value:,.{most}f}")


def _signed(shown: str) -> str:
    """A true minus: a hyphen is not as wide as a digit. Nothing is less than nothing."""
    return shown.removeprefix("-") if not shown.strip("-0.,") else shown.replace("-", MINUS)


def _side(value: float, limit: float) -> int:
    """1 above the limit, -1 below it, 0 on it."""
    return (value > limit) - (value < limit)


def score(value: float | None) -> str:
    """A score with two decimals, as the printed form shows it."""
    return points(value, most=2)


def money(value: float | None, decimals: int = 2) -> str:
    """An amount to the satang, or to as many decimals; a dash where there is none."""
    if value is None or not math.isfinite(value):
        return MISSING
    return _signed(f"{value:,.{decimals}f}")


def money_change(value: float | None, decimals: int = 2) -> str:
    """A change of an amount with its sign, also where it rose."""
    if value is None or not math.isfinite(value):
        return MISSING
    return _signed(f"{value:+,.{decimals}f}")


def whole(value: float | None) -> str:
    """Weights and full marks: as many decimals as they have."""
    return MISSING if value is None else _signed(f"{value:,.10g}")


def percent_figure(value: float, decimals: int = 1) -> str:
    """A percentage without its sign, for columns whose heading says percent."""
    return _signed(f"{rounded_exactly(value, decimals):,.{decimals}f}")


@lru_cache(maxsize=4096)  # A map and its ranking show the same few hundred over and over.
def percent_text(value: float | None, limit: float | None = None) -> str:
    """A percentage with one decimal, with more where rounding would put it across its limit."""
    if value is None or math.isnan(value):
        return MISSING
    if limit is None:
        return percent_figure(value)
    return rounded_beside(value, [limit], decimals=1, most=_MOST_DECIMALS)
