"""Tiers, shares, weights and hours: both sides of every edge, and what is missing."""

import numpy as np
import pytest

from core.scoring.plans.shares import (
    cumulated_percent,
    hours_spent,
    percent_of,
    quarters_of,
    weighted_progress,
)
from core.scoring.plans.tiers import tier_scores, tiers_reached

WORTH = (50, 75, 100)
NAN = float("nan")


@pytest.mark.parametrize(
    ("result", "place", "points"),
    [
        (54.99, -1, 0), (55, 0, 50), (59.99, 0, 74.95), (60, 1, 75), (64.99, 1, 99.95),
        (65, 2, 100), (99, 2, 100),
    ],
)  # fmt: skip
def test_a_result_at_the_edges_of_its_tiers(result: float, place: int, points: float) -> None:
    edges = np.array([[55.0, 60.0, 65.0]])
    assert tiers_reached(np.array([result]), edges)[0] == place
    assert tier_scores(np.array([result]), edges, WORTH)[0] == pytest.approx(points)


def test_a_missing_tier_is_skipped_and_a_missing_result_is_none() -> None:
    edges = np.array([[240.0, NAN, 350.0]] * 3 + [[NAN] * 3])
    results = np.array([295.0, 379.55, NAN, 5.0])
    places, points = tiers_reached(results, edges), tier_scores(results, edges, WORTH)
    assert places[:2].tolist() == [0, 2]
    assert points[:2].tolist() == [75, 100]
    assert np.isnan(places[2:]).all()
    assert np.isnan(points[2:]).all()


def test_quarters_and_shares() -> None:
    months = np.array([[1.0, 2, 3, 0, 0, 0, NAN, NAN, NAN, 4, NAN, NAN]])
    quarters = quarters_of(months)[0]
    assert quarters[[0, 1, 3]].tolist() == [6, 0, 4]
    assert np.isnan(quarters[2])
    assert cumulated_percent(quarters).tolist() == [60, 60, 60, 100]
    assert np.isnan(percent_of(np.array([1.0]), np.array([0.0]))[0])


def test_progress_and_hours() -> None:
    assert weighted_progress(np.array([60.0, 40]), np.array([1, NAN])) == 60
    assert np.isnan(weighted_progress(np.array([]), np.array([])))
    one = np.array([1.0])
    assert hours_spent(one * 3, one * 20, one * 2, one * 10)[0] == 20
