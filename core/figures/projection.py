"""Where a place on earth stands on our map: Mercator, so that shapes keep their proportions.

From 5 to 21 degrees north its scale differs by 7 in a hundred, which nobody sees.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

UNITS: Final = 1000
"""Units of the map in a degree of longitude; one is about 110 metres."""

SOUTH, NORTH, WEST, EAST = 5.0, 21.0, 97.0, 106.0
"""The rectangle around Thailand, in degrees."""


def projected(places: Floats) -> Floats:
    """Places on the map, both n × 2: longitude and latitude in degrees; x east, y south in units.

    The corner of the map is `NORTH` and `WEST`. NaN stays NaN.
    """
    x = places[:, 0] - WEST
    y = _stretched(np.float64(NORTH)) - _stretched(places[:, 1])
    return np.column_stack((x, y)) * UNITS


def in_thailand(places: Floats) -> NDArray[np.bool_]:
    """Which places lie in the rectangle around Thailand; NaN does not."""
    inside: NDArray[np.bool_] = np.all(
        (places >= (WEST, SOUTH)) & (places <= (EAST, NORTH)), axis=1
    )
    return inside


def _stretched(latitude: Floats | np.float64) -> Floats:
    return np.degrees(np.arcsinh(np.tan(np.radians(latitude))))
