"""Exact arithmetic on figures people typed: rounding half up, whole numbers, missing values."""

import math
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

MISSING: Final = "\u2013"
"""Stands where there is no figure."""
MINUS: Final = "\u2212"
"""Stands before what is less than nothing: a hyphen is neither as wide as a digit nor a minus."""
# Wide enough for the digits of any float, so that no rounding happens but the one asked for.
_EXACT: Final = Context(prec=400, rounding=ROUND_HALF_UP)


def round_half_up(values: FloatArray, decimals: int) -> FloatArray:
    """Round decimals half up, away from zero, as a person would do it on the written figure.

    A float is read as the shortest decimal that names it: 64.995 becomes 65.00 although the binary
    number is a hair below. Any shape; NaN and infinities stay.
    """
    scale = 10.0**decimals
    with np.errstate(invalid="ignore", over="ignore"):
        scaled = np.abs(values) * scale
        whole = np.floor(scaled)
        fraction = scaled - whole
        # Scaling and the binary form are off by half a unit in the last place each.
        doubtful = np.abs(fraction - 0.5) <= scaled * 2.0**-51
        rounded = np.copysign((whole + (fraction >= 0.5)) / scale, values)
    # Floats this large are whole numbers already, and scaling them may overflow.
    rounded = np.where(np.abs(values) < 2.0**53, rounded, values)
    if doubtful.any():
        for place in np.argwhere(doubtful & np.isfinite(values)):
            rounded[tuple(place)] = rounded_exactly(float(values[tuple(place)]), decimals)
    return rounded


def rounded_exactly(value: float, decimals: int) -> float:
    """One finite value, rounded half up on its shortest decimal form."""
    return float(Decimal(repr(value)).quantize(_unit(decimals), context=_EXACT))


@cache
def _unit(decimals: int) -> Decimal:
    return Decimal(1).scaleb(-decimals)


# Spreadsheets compute with 15 significant digits: what differs beyond them was not typed.
_DUST: Final = 2.0**-48
SATANG: Final = 100.0
"""Parts of a baht."""
_SCALES: Final = (SATANG, 1e4, 1e6, 1e8)


def whole_numbers(values: FloatArray, scale: FloatArray | float) -> FloatArray:
    """Values times a power of ten, as whole numbers where they are such; NaN stays.

    Sums and comparisons of whole numbers are exact up to 2^53. A value with more decimals than the
    scale has stays as it is: nothing is rounded away.
    """
    scaled = values * scale
    nearest = np.rint(scaled)
    with np.errstate(invalid="ignore"):
        return np.where(np.abs(scaled - nearest) <= np.abs(scaled) * _DUST, nearest, scaled)


def finest_scale(columns: Iterable[FloatArray]) -> FloatArray | float:
    """The power of ten by which all values of a row are whole numbers: 100 for whole satang.

    One number when it is the same for all rows, else one a row; at most eight decimals.
    """
    table = [column for column in columns if column.size]
    if not table:
        return _SCALES[0]
    finer = _finer(table, _SCALES[0])
    if not finer.any():
        return _SCALES[0]
    scale = np.full(table[0].shape, _SCALES[0])
    for larger in _SCALES[1:]:
        scale[finer] = larger
        finer = _finer(table, scale)
    return scale


def _finer(table: list[FloatArray], scale: FloatArray | float) -> BoolArray:
    """Rows of which some value is no whole number at a scale."""
    finer = np.zeros(table[0].shape, dtype=np.bool_)
    with np.errstate(invalid="ignore"):
        for values in table:
            scaled = values * scale
            finer |= np.abs(scaled - np.rint(scaled)) > np.abs(scaled) * _DUST
    return finer


def number_or_none(value: float) -> float | None:
    """A float for people and JSON: NaN and infinities become None."""
    return float(value) if math.isfinite(value) else None
