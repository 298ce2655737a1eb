"""Percentages of two measures, exact where their edges are."""

import numpy as np

from core.criteria.model.items import PercentKind
from core.quantities import finest_scale, whole_numbers
from core.scoring.base.inputs import BoolArray, FloatArray


def percents(kind: PercentKind, part: FloatArray, whole: FloatArray) -> FloatArray:
    """100 x part / whole, or 100 x their (absolute) difference / whole.

    NaN unless the whole is above zero, and where a subset is more than its whole.
    """
    scale = finest_scale([part, whole])
    top, bottom = whole_numbers(part, scale), whole_numbers(whole, scale)
    if kind == "subset":
        top = np.where(top <= bottom, top, np.nan)
    elif kind != "share":
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
