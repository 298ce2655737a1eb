"""Which light each of n values lights."""

from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.criteria.model import Light
from core.scoring.inputs import FloatArray
from core.scoring.threshold import keeps


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
    found = np.full(values.shape, _COLOURS[lights[-1].light], dtype=np.int8)
    for one in reversed(lights[:-1]):
        if one.edge is not None:
            found[keeps(values, *one.edge)] = _COLOURS[one.light]
    found[np.isnan(values)] = LightColour.NONE
    return found
