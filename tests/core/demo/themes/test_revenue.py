"""Invented revenue centres: better from round to round, worse where money runs out."""

import numpy as np

from core.scoring.base.inputs import FloatArray
from tests.core.demo.themes.reported import TOLD, in_story, passing, percent, share, themes


def earned() -> FloatArray:
    figures = themes()["revenue"]
    names = TOLD.revenue.full
    points = sum(figures[f"revenue.{name}_points"] for name in names)
    full = sum(figures[f"revenue.{name}_full"] for name in names)
    return percent(np.asarray(points), np.asarray(full))


def test_revenue_centres_get_better_and_some_regions_reach_the_target() -> None:
    good = earned() > 80
    shares = [share(good[:, n]) for n in range(4)]
    assert shares == sorted(shares)
    assert 80 < shares[0] < shares[3] < 94
    assert all(4 <= passing(good[:, n]) <= 9 for n in range(4))


def test_every_grade_of_revenue_centres_comes_up() -> None:
    counted = np.bincount(np.digitize(earned()[:, 3], [60, 70, 80, 90]), minlength=5)
    assert (counted > 0).all()
    assert counted[4] > counted[3]


def test_who_slides_collects_worse() -> None:
    score = earned()
    assert share(score[in_story("comfortable"), 3] > 80) == 100
    assert score[in_story("sliding"), 3].mean() < score[in_story("sliding"), 0].mean() - 10
    assert score[in_story("recovering"), 3].mean() > score[in_story("recovering"), 0].mean() + 10
