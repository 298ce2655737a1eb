"""Which light each of n values lights."""

from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.criteria.model import Light
from core.scoring.base.inputs import FloatArray
from core.scoring.base.threshold import keeps

_SCALE: Final = 1_000_000.0
"""Indices have four decimals and their medians five: as whole numbers differences are exact."""


class LightColour(IntEnum):
    """A light, the more pressing the higher; nothing is lit where there is no value."""

    NONE = 0
    GREEN = 1
    YELLOW = 2
    RED = 3


_COLOURS: Final = {
    "green": LightColour.GREEN,
    "yellow": LightColour.YELLOW,
    "red": LightColour.RED,
}


def light(lights: tuple[Light, ...], values: FloatArray) -> NDArray[np.int8]:
    """The light of each value, unrounded: the first whose edge it keeps, else the last."""
    lit = np.full(values.shape, _COLOURS[lights[-1].light], dtype=np.int8)
    for one in reversed(lights[:-1]):
        if one.edge is not None:
            lit[keeps(values, *one.edge)] = _COLOURS[one.light]
    lit[np.isnan(values)] = LightColour.NONE
    return lit


def settled_light(lights: tuple[Light, ...], low: FloatArray, high: FloatArray) -> NDArray[np.int8]:
    """The light of values known to lie between two ends: none where it is not the same at both."""
    lit = light(lights, low)
    return np.where(lit == light(lights, high), lit, np.int8(LightColour.NONE))


def margin(figure: FloatArray, limit: FloatArray) -> FloatArray:
    """How far a figure lies above what it is held against, in percent of that.

    Exact at whole percents; NaN where a figure is missing or the limit is not above zero.
    """
    top, bottom = np.rint(figure * _SCALE), np.rint(limit * _SCALE)
    with np.errstate(divide="ignore", invalid="ignore"):
        percent: FloatArray = np.where(bottom > 0, 100.0 * (top - bottom) / bottom, np.nan)
    return percent
