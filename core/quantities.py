"""Exact arithmetic on figures people typed: rounding half up, money as satang, missing values."""

import math
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

# Wide enough for the digits of any float, so that no rounding happens but the one asked for.
MISSING: Final = "\u2013"
"""Stands where there is no figure."""
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


def to_satang(baht: FloatArray) -> FloatArray:
    """Baht as whole satang, so that sums and comparisons of amounts are exact; NaN stays.

    Floats hold whole numbers exactly up to 2^53, that is 90 million million baht.
    """
    return np.rint(baht * 100.0)


def number_or_none(value: float) -> float | None:
    """A float for people and JSON: NaN and infinities become None."""
    return float(value) if math.isfinite(value) else None
