"""The least support of an area, weighed against every other way to give it."""

from itertools import product

import numpy as np
import pytest

from core.foresight.plausible import unlike_own_past
from core.foresight.support import LevelCap, least_support

NONE_WORST = LevelCap(7, 7, 0)
ONE_IN_CRISIS = LevelCap(4, 6, 1)


def costs(*rows: list[float]) -> np.ndarray:
    return np.array(rows, dtype=np.float64)


def every_way(levels: np.ndarray, table: np.ndarray, caps: list[LevelCap]) -> float:
    """The least sum of all ways to lift each facility, tried one by one."""
    sums = [np.inf]
    for lifted in product(*(range(int(level) + 1) for level in levels)):
        kept = all(
            sum(cap.lowest <= level <= cap.highest for level in lifted) <= cap.at_most
            for cap in caps
        )
        total = sum(table[row, level] for row, level in enumerate(lifted))
        if kept and not np.isnan(total):
            sums.append(float(total))
    return min(sums)


@pytest.mark.parametrize("seed", range(8))
def test_no_other_way_costs_less(seed: int) -> None:
    draws = np.random.default_rng(seed)
    levels = draws.integers(0, 8, 4)
    table = np.full((4, 8), np.nan)
    for row, level in enumerate(levels):
        dearer = np.sort(draws.integers(1, 50, level))[::-1]
        table[row, : level + 1] = [*dearer, 0]
        table[row, :level][draws.random(level) < 0.2] = np.nan
    caps = [NONE_WORST, ONE_IN_CRISIS]
    lifted = least_support(levels, table, caps)
    expected = every_way(levels, table, caps)
    if lifted is None:
        assert expected == np.inf
    else:
        assert sum(table[row, level] for row, level in enumerate(lifted)) == expected


def test_the_worst_is_lifted_only_as_far_as_need_be() -> None:
    table = costs([90, 80, 70, 60, 5, 4, 3, 0], [50, 40, 30, 20, 0, *[np.nan] * 3])
    lifted = least_support(np.array([7, 4]), table, [NONE_WORST, ONE_IN_CRISIS])
    assert lifted is not None
    assert lifted.tolist() == [6, 3], "3 + 20 is less than 60 + 0"


def test_who_is_no_concern_keeps_its_level() -> None:
    lifted = least_support(np.array([2, 5]), np.zeros((2, 8)), [ONE_IN_CRISIS])
    assert lifted is not None
    assert lifted.tolist() == [2, 5]


def test_a_target_out_of_reach_is_said_to_be() -> None:
    table = np.full((1, 8), np.nan)
    table[0, 7] = 0
    assert least_support(np.array([7]), table, [NONE_WORST]) is None


def test_without_facilities_nothing_is_needed() -> None:
    lifted = least_support(np.zeros(0, dtype=np.int64), np.zeros((0, 8)), [NONE_WORST])
    assert lifted is not None
    assert lifted.size == 0


def test_a_figure_beyond_three_spreads_is_unlike_its_past() -> None:
    past = np.tile([9.0, 11.0], 12)
    table = np.array([[*past, 13.0], [*past, 14.0], [*past, 6.0], [*past, np.nan]])
    told = unlike_own_past(table)
    assert told.mean.tolist() == [10.0] * 4
    assert told.is_unlike.tolist() == [False, True, True, False], "3 spreads are 3.06"


def test_a_short_past_says_nothing() -> None:
    told = unlike_own_past(np.array([[1.0] * 11 + [100.0]]))
    assert not told.is_unlike[0]
    assert np.isnan(told.mean[0])


def test_what_never_moved_is_unlike_as_soon_as_it_does() -> None:
    assert unlike_own_past(
        np.array([[5.0] * 12 + [5.0], [5.0] * 12 + [5.01]])
    ).is_unlike.tolist() == [
        False,
        True,
    ]
