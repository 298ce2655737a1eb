"""Figures for people: separators, half rounded up, a dash where there is none."""

import math
from typing import Final

from components.reader.language import _
from core.quantities import rounded_exactly

NONE: Final = "–"


def points(value: float | None, *, most: int = 4) -> str:
    """Points with two decimals, and with up to `most` where two would change the figure."""
    if value is None or not math.isfinite(value):
        return NONE
    rounded = rounded_exactly(value, most)
    decimals = next(n for n in range(2, most + 1) if rounded_exactly(rounded, n) == rounded)
    return f"{rounded:,.{decimals}f}"


def against(value: float | None, limit: float | None) -> str:
    """A figure with two decimals, and with more where they would put it across its limit."""
    if value is None or math.isinf(value):
        return NONE if value is None else "∞"
    for decimals in range(2, 9):
        shown = rounded_exactly(value, decimals)
        if limit is None or (shown > limit, shown < limit) == (value > limit, value < limit):
            break
    else:
        shown, decimals = value, 9
    return f"{shown:,.{decimals}f}"


def score(value: float | None) -> str:
    """A score with two decimals, as the printed form shows it."""
    return points(value, most=2)


def whole(value: float | None) -> str:
    """Weights and full marks: as many decimals as they have."""
    return NONE if value is None else f"{value:,.10g}"


def percent(value: float) -> str:
    """A percentage with one decimal, in the words of the language."""
    return _("{figure}%", figure=percent_figure(value))


def percent_figure(value: float, decimals: int = 1) -> str:
    """A percentage where the heading says that it is one."""
    return f"{rounded_exactly(value, decimals):,.{decimals}f}"
