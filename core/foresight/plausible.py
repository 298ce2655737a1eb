"""Figures that are unlike a hospital's own past: to be looked at, never corrected."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from core.scoring.base.inputs import BoolArray, FloatArray

MONTHS: Final = 24
"""How far back a figure is compared with its own hospital."""
SPREADS: Final = 3.0
"""Standard deviations from the mean beyond which a figure is told of; source: the checks of
plausibility used on trial balances, mean ± 3 SD."""
_FEWEST: Final = 12


@dataclass(frozen=True, slots=True)
class Unlike:
    """Where the last month of n rows is unlike the months before it.

    `mean` and `spread` of those months, NaN where there are fewer than twelve.
    """

    is_unlike: BoolArray
    mean: FloatArray
    spread: FloatArray


def unlike_own_past(values: FloatArray) -> Unlike:
    """Each row's last value held against its own earlier ones: n rows of months, the last one last.

    NaN is a month that is not known. A figure that never moved is unlike as soon as it moves.
    """
    before, last = values[:, :-1][:, -MONTHS:], values[:, -1]
    known = ~np.isnan(before)
    count = known.sum(axis=1)
    enough = count >= _FEWEST
    total = np.where(known, before, 0.0).sum(axis=1)
    mean = np.where(enough, total / np.maximum(count, 1), np.nan)
    around = np.where(known, before - mean[:, np.newaxis], 0.0)
    spread = np.sqrt((around**2).sum(axis=1) / np.maximum(count - 1, 1))
    spread = np.where(enough, spread, np.nan)
    unlike: BoolArray = np.abs(last - mean) > SPREADS * spread
    return Unlike(unlike, mean, spread)
