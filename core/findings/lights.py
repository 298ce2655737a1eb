"""The light of a result as findings follow it: what opens one, and what settles it."""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from core.scoring.base.states import State

Lights = NDArray[np.int8]


class Light(IntEnum):
    """The light of one subject by one criterion; the numbers are stored."""

    NONE = 0
    """Nothing is judged, as where a criterion does not apply."""
    GREEN = 1
    YELLOW = 2
    RED = 3
    SILENT = 4
    """Due, and nothing that can be judged was reported."""


class Kind(IntEnum):
    """Why a finding is open, the weightier the higher; the numbers are stored."""

    SILENT = 0
    WATCH = 1
    """A yellow light, where a province wants findings of those as well."""
    RED = 2


_BY_VERDICT = np.array([Light.NONE, Light.GREEN, Light.YELLOW, Light.RED], dtype=np.int8)
_BY_LIGHT = np.array([-1, -1, Kind.WATCH, Kind.RED, Kind.SILENT], dtype=np.int8)
_UNUSABLE = (State.NOT_REPORTED, State.CONTRADICTORY, State.ERROR)


def lights_of(verdicts: Lights, states: Lights) -> Lights:
    """The light of each of n results by its verdict; silent where the figures cannot be judged.

    A verdict that is certain whatever is missing counts before the state.
    """
    lit = _BY_VERDICT[verdicts]
    silent = (lit == Light.NONE) & np.isin(states, _UNUSABLE)
    return np.where(silent, np.int8(Light.SILENT), lit)


def kinds_of(lights: Lights) -> Lights:
    """The kind of finding each light would open; -1 for green and for none."""
    return _BY_LIGHT[lights]


def opens(lights: Lights, watched: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which lights need a finding: red, silent, and yellow where it is `watched`."""
    needed: NDArray[np.bool_] = (lights == Light.RED) | (lights == Light.SILENT)
    needed |= (lights == Light.YELLOW) & watched
    return needed
