"""What the peer group of a hospital stands for: median, mean, or mean and standard deviation.

Peers are the facilities of one hospital group (HGR) in one period that report the figure, the
judged facility among them.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.criteria.model import PeerValue
from core.scoring.base.derived import IntArray
from core.scoring.base.inputs import BoolArray, FloatArray
from core.text import fold

FEW_PEERS: Final = 5
"""Below this many, a result says that its peers are few."""

GroupFigures = Mapping[tuple[str, PeerValue], FloatArray]
"""By figure and kind of value: what n hospital-months are held against, NaN where nothing is."""

_SAME_SIGNS: Final = str.maketrans({"\u2264": "<=", "\u2265": ">=", ",": "", ".": ""})

# How far arithmetic may stray from the exact average, in units of the last place. A facility that
# lies exactly on the average of others must not fall beside it for a rounding of ours.
_ULP: Final = 2.0**-51


@dataclass(frozen=True)
class PeerValues:
    """One figure's peer value for n hospital-months.

    `value` is NaN without a known group or a reporting peer. `slack` is how far off arithmetic may
    be. `published` marks rows whose value comes from the ministry's table; None when none does.
    """

    value: FloatArray
    slack: FloatArray
    published: BoolArray | None
    _cell: IntArray
    _cell_count: IntArray

    @cached_property
    def count(self) -> IntArray:
        """How many peers a value was computed from; 0 where a published one stands instead."""
        count = self._cell_count[self._cell]
        return count if self.published is None else np.where(self.published, 0, count)

    @cached_property
    def few(self) -> BoolArray:
        """Where a value was computed from fewer than five peers."""
        return (self.count > 0) & (self.count < FEW_PEERS)

    def overlaid(self, published: FloatArray) -> "PeerValues":
        """These values with published ones laid over them, where those are not NaN."""
        there = ~np.isnan(published)
        return replace(
            self,
            value=np.where(there, published, self.value),
            # A mean and a deviation were added up: equal to their sum is not above it.
            slack=np.where(there, np.abs(published) * _ULP, self.slack),
            published=there,
        )


@dataclass(frozen=True)
class _Shelf:
    """Peer cells of about the same size, as a table: a row of row numbers for each, padded."""

    cells: IntArray
    rows: NDArray[np.int64]


class PeerGroups:
    """n hospital-months sorted into cells of one group and one period each.

    `groups` are small codes (`group_codes`), negative where the group is not known; `months` are
    ordinals of the period.
    """

    def __init__(self, groups: IntArray, months: IntArray) -> None:
        self._span = int(np.ptp(months)) + 1 if months.size else 1
        first = int(months.min()) if months.size else 0
        self.cell: IntArray = np.where(groups < 0, -1, groups * self._span + (months - first))
        self._size = max(int(groups.max(initial=-1)) + 1, 0) * self._span

    @cached_property
    def _shelves(self) -> tuple[_Shelf, ...]:
        """Cells shelved by size, so that little of a table is padding."""
        n = self.cell.size
        known = np.flatnonzero(self.cell >= 0)
        counts = np.bincount(self.cell[known], minlength=self._size)
        order = known[np.argsort(self.cell[known], kind="stable")]
        starts = np.cumsum(counts) - counts
        padded = np.append(order, n)
        shelves = []
        heights = np.ceil(np.log2(np.maximum(counts, 1))).astype(np.int64)
        for height in np.unique(heights[counts > 0]):
            cells = np.flatnonzero((heights == height) & (counts > 0))
            across = np.arange(counts[cells].max())
            places = np.where(
                across < counts[cells, None], starts[cells, None] + across, order.size
            )
            shelves.append(_Shelf(cells, padded[places]))
        return tuple(shelves)

    def values(self, figure: FloatArray, kind: PeerValue) -> PeerValues:
        """The peer value of one figure; NaN is no peer."""
        padded = np.append(figure, np.nan)
        # The last place is for facilities without a group.
        value, slack = np.full(self._size + 1, np.nan), np.zeros(self._size + 1)
        count = np.zeros(self._size + 1, dtype=np.int64)
        for shelf in self._shelves:
            table = padded[shelf.rows]
            missing = np.isnan(table)
            number = table.shape[1] - np.count_nonzero(missing, axis=1)
            count[shelf.cells] = number
            averaged = _median(table, number) if kind == "median" else _mean(table, number, kind)
            value[shelf.cells], slack[shelf.cells] = averaged
        return PeerValues(value[self.cell], slack[self.cell], None, self.cell, count)


def group_key(name: str) -> str:
    """A group's name for comparing: people part the same words and signs otherwise."""
    return fold(name).translate(_SAME_SIGNS)


def group_codes(names: Sequence[Hashable | None]) -> IntArray:
    """A small number for each group name; -1 where there is none."""
    codes: dict[Hashable, int] = {}
    return np.array(
        [-1 if name is None else codes.setdefault(name, len(codes)) for name in names],
        dtype=np.int64,
    )


def _median(table: FloatArray, number: IntArray) -> tuple[FloatArray, FloatArray]:
    table.sort(axis=1)  # NaN goes to the end.
    row = np.arange(table.shape[0])
    low = table[row, np.maximum(number - 1, 0) // 2]
    high = table[row, number // 2]
    return (low + high) / 2, np.where(low == high, 0.0, np.maximum(abs(low), abs(high)) * _ULP)


def _mean(table: FloatArray, number: IntArray, kind: PeerValue) -> tuple[FloatArray, FloatArray]:
    some = np.maximum(number, 1)
    mean = np.where(number > 0, np.nansum(table, axis=1) / some, np.nan)
    size = np.nansum(np.abs(table), axis=1) / some
    if kind == "mean_plus_sd":
        squares = np.nansum(np.square(table - mean[:, None]), axis=1)
        # The sample's deviation; one facility alone has none.
        deviation = np.sqrt(squares / np.maximum(number - 1, 1))
        mean, size = mean + deviation, size + deviation
    return mean, size * _ULP * (number + 4)
