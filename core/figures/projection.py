"""Where a place on earth stands on our map: Mercator, so that shapes keep their proportions.

From 5 to 21 degrees north its scale differs by 7 in a hundred, which nobody sees.
"""

import math
from typing import Final

UNITS: Final = 1000
"""Units of the map in a degree of longitude; one is about 110 metres."""

SOUTH, NORTH, WEST, EAST = 5.0, 21.0, 97.0, 106.0
"""The rectangle around Thailand, in degrees."""


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Degrees as units of the map: x to the east from `WEST`, y to the south from `NORTH`."""
    return (longitude - WEST) * UNITS, (_stretched(NORTH) - _stretched(latitude)) * UNITS


def in_thailand(latitude: float, longitude: float) -> bool:
    """Whether a place lies in the rectangle around Thailand; NaN does not."""
    return SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST


def _stretched(latitude: float) -> float:
    return math.degrees(math.asinh(math.tan(math.radians(latitude))))
