"""Counts of findings by hand, and no rate of fewer than five."""

import math

import numpy as np
import pytest

from core.findings.rates import counts, rate
from core.findings.states import Stage


def test_six_findings_counted_by_hand() -> None:
    closed, open_ = Stage.CLOSED, Stage.OPEN
    stages = np.array([closed, closed, closed, open_, Stage.PLANNED, Stage.WITHDRAWN], np.int8)
    overdue = np.array([True, False, False, True, False, True])
    relapses = np.array([0, 1, 0, 2, 0, 0])
    days = np.array([10.0, 30.0, 90.0, 5.0, np.nan, np.nan])
    found = counts(stages, overdue, relapses, days)
    assert (found.opened, found.closed, found.open, found.withdrawn) == (6, 3, 2, 1)
    # Of those closed or withdrawn none is overdue; the days of a closing before a relapse are not.
    assert (found.overdue, found.relapsed, found.days) == (1, 2, 30.0)


def test_nothing_closed_has_no_days() -> None:
    none = np.array([], np.int8)
    found = counts(none, none.astype(bool), none.astype(np.int64), none.astype(float))
    assert (found.opened, found.open, math.isnan(found.days)) == (0, 0, True)


@pytest.mark.parametrize(("part", "of", "expected"), [(2, 5, 40.0), (0, 5, 0.0), (5, 5, 100.0)])
def test_a_rate_is_in_percent(part: int, of: int, expected: float) -> None:
    assert rate(part, of, 5) == expected


@pytest.mark.parametrize("of", [0, 4])
def test_there_is_no_rate_of_fewer_than_the_least(of: int) -> None:
    assert math.isnan(rate(of, of, 5))
