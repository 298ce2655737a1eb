"""Percentages of two measures, exact where their edges are."""

from typing import Final

import numpy as np

from core.criteria.model.items import PercentKind
from core.scoring.base.inputs import BoolArray, FloatArray

_SCALE: Final = 10_000.0
"""Amounts have two decimals, weights four: as whole numbers their differences are exact."""


def percents(kind: PercentKind, part: FloatArray, whole: FloatArray) -> FloatArray:
    """100 x part / whole, or 100 x their (absolute) difference / whole.

    NaN unless the whole is above zero.
    """
    top, bottom = np.rint(part * _SCALE), np.rint(whole * _SCALE)
    if kind != "share":
        top = top - bottom
    if kind == "distance":
        top = np.abs(top)
    with np.errstate(divide="ignore", invalid="ignore"):
        percent: FloatArray = np.where(bottom > 0, 100.0 * top / bottom, np.nan)
    return percent


def nothing_of_nothing(part: FloatArray, whole: FloatArray) -> BoolArray:
    """Where both are zero: there was nothing to be a share of."""
    is_none: BoolArray = (part == 0) & (whole == 0)
    return is_none
