"""Where degrees stand on the map."""

import math

import numpy as np
import pytest

from core.figures.projection import EAST, NORTH, SOUTH, UNITS, WEST, in_thailand, projected


def place(latitude: float, longitude: float) -> tuple[float, float]:
    x, y = projected(np.array([[longitude, latitude]]))[0]
    return float(x), float(y)


def test_the_corner_of_the_map_is_in_the_north_west() -> None:
    assert place(NORTH, WEST) == (0, 0)
    x, y = place(SOUTH, EAST)
    assert x == 9 * UNITS
    assert y > 16 * UNITS


@pytest.mark.parametrize("latitude", [6, 13, 20])
def test_a_small_square_stays_a_square(latitude: float) -> None:
    """A hundredth of a degree to the north, and as many metres to the east."""
    across = 0.01 / math.cos(math.radians(latitude))
    x0, y0 = place(latitude - 0.005, 100)
    x1, y1 = place(latitude + 0.005, 100 + across)
    assert (x1 - x0) / (y0 - y1) == pytest.approx(1, rel=1e-4)


def test_an_unknown_place_stays_unknown() -> None:
    assert np.isnan(projected(np.array([[np.nan, np.nan]]))).all()


@pytest.mark.parametrize(
    ("longitude", "latitude", "inside"),
    [
        (WEST, SOUTH, True),
        (EAST, NORTH, True),
        (WEST - 0.01, 13, False),
        (EAST + 0.01, 13, False),
        (100, SOUTH - 0.01, False),
        (100, NORTH + 0.01, False),
        (13.75, 100.5, False),  # the two exchanged
        (0, 0, False),
        (float("nan"), 13, False),
    ],
)
def test_what_counts_as_thailand(longitude: float, latitude: float, inside: bool) -> None:
    assert in_thailand(np.array([[longitude, latitude]])).tolist() == [inside]
