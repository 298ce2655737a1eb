"""Named random draws that are the same on every machine.

Only whole words of the bit generator and exact arithmetic are used: the library's own normal and
exponential draws may differ from version to version, and from processor to processor.
"""

import math
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.scoring.base.inputs import FloatArray

IntArray = NDArray[np.int64]
Number = float | FloatArray

_BITS: Final = np.uint64(11)
_UNIT: Final = 2.0**-53
_BELL: Final = math.sqrt(3.0)


@dataclass(frozen=True, slots=True)
class Draws:
    """Random streams by name: a new one changes none of the others."""

    seed: int

    def uniform(self, name: str, *shape: int) -> FloatArray:
        """Uniform numbers from 0 up to but not 1."""
        seed = np.random.SeedSequence([self.seed, zlib.crc32(name.encode())])
        size = int(np.prod(shape))
        words = np.random.Generator(np.random.PCG64(seed)).bit_generator.random_raw(size)
        numbers: FloatArray = (words >> _BITS).astype(np.float64) * _UNIT
        return numbers.reshape(shape)

    def normal(self, name: str, *shape: int) -> FloatArray:
        """Roughly normal numbers: mean 0, standard deviation 1, none beyond 3.5."""
        first, second, third, fourth = self.uniform(name, 4, *shape)
        numbers: FloatArray = ((first + second) + (third + fourth) - 2.0) * _BELL
        return numbers

    def permutation(self, name: str, size: int) -> IntArray:
        """0 to `size` - 1, shuffled."""
        return np.argsort(self.uniform(name, size), kind="stable")

    def dealt(self, name: str, size: int, shares: Sequence[float]) -> IntArray:
        """For each of `size` places the index of its share; every share gets its exact part.

        Shares need not add up to 1: they are parts of their sum.
        """
        edges = np.rint(np.cumsum(shares) / np.cumsum(shares)[-1] * size)
        dealt = np.empty(size, dtype=np.int64)
        dealt[self.permutation(name, size)] = np.searchsorted(edges, np.arange(size), side="right")
        return dealt

    def dealt_names(self, name: str, size: int, shares: Mapping[str, float]) -> tuple[str, ...]:
        """For each of `size` places the key of its share."""
        keys = tuple(shares)
        return tuple(keys[place] for place in self.dealt(name, size, tuple(shares.values())))


def within(low: Number, high: Number, place: FloatArray) -> FloatArray:
    """Values between two others by their place, 0 for the first and 1 for the second."""
    return low + place * (high - low)
