"""The least support that brings an area to its target: whom to lift, and to which level."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.scoring.base.derived import IntArray
from core.scoring.base.inputs import FloatArray


@dataclass(frozen=True, slots=True)
class LevelCap:
    """At most so many facilities of an area at levels from `lowest` to `highest`."""

    lowest: int
    highest: int
    at_most: int


def least_support(levels: IntArray, costs: FloatArray, caps: Sequence[LevelCap]) -> IntArray | None:
    """The level each of n facilities is lifted to, so that all caps are kept and the sum is least.

    `costs`: n x (worst level + 1), what it costs to bring a facility to this level or lower, 0
    where it is there, NaN where it cannot be. Facilities that need nothing keep their level. None
    where the caps cannot be kept. Exact: every way to fill the caps is weighed, facility by
    facility.
    """
    caps = tuple(caps)
    room = tuple(cap.at_most + 1 for cap in caps)
    sums = np.full(room, np.inf)
    sums[(0,) * len(caps)] = 0.0
    taken: list[IntArray] = []
    for level, row in zip(levels.tolist(), costs, strict=True):
        choices = [(to, float(row[to])) for to in range(level + 1) if not np.isnan(row[to])]
        sums, choice = _with_one_more(sums, choices, caps)
        taken.append(choice)
    if not np.isfinite(sums).any():
        return None
    # Of equal sums the last: the one that lifts the fewest.
    last = sums.size - 1 - int(np.argmin(sums.ravel()[::-1]))
    place = np.unravel_index(last, sums.shape)
    return _walked_back(tuple(int(one) for one in place), taken, caps)


def _with_one_more(
    sums: FloatArray, choices: Sequence[tuple[int, float]], caps: Sequence[LevelCap]
) -> tuple[FloatArray, IntArray]:
    """The least sums with one more facility, and the level it then has, by how full each cap is."""
    best = np.full(sums.shape, np.inf)
    level = np.full(sums.shape, -1, dtype=np.int64)
    # The highest level first: of equal sums a facility is lifted as little as need be.
    for to, cost in reversed(choices):
        filled = _filled(to, caps)
        into = tuple(slice(one, None) for one in filled)
        rest = tuple(slice(None, size - one) for one, size in zip(filled, sums.shape, strict=True))
        moved = sums[rest] + cost
        cheaper = moved < best[into]
        best[into] = np.where(cheaper, moved, best[into])
        level[into] = np.where(cheaper, to, level[into])
    return best, level


def _filled(level: int, caps: Sequence[LevelCap]) -> tuple[int, ...]:
    return tuple(int(cap.lowest <= level <= cap.highest) for cap in caps)


def _walked_back(
    place: tuple[int, ...], taken: Sequence[IntArray], caps: Sequence[LevelCap]
) -> IntArray:
    levels = np.zeros(len(taken), dtype=np.int64)
    for row in range(len(taken) - 1, -1, -1):
        levels[row] = taken[row][place]
        filled = _filled(int(levels[row]), caps)
        place = tuple(here - one for here, one in zip(place, filled, strict=True))
    return levels
