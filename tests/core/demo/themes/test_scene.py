"""What themes follow from: rounds, accounts as they look at them, and how well hospitals work."""

from typing import get_args

import numpy as np
import pytest

from core.demo.country.stories import MONTHS
from core.demo.theme_parameters import Decline, Theme
from core.demo.themes.scene import between, by_work, declining, demo_scene

SCENE = demo_scene()
STORIES = np.array(SCENE.cast.stories)
THEMES = get_args(Theme)


def test_two_rounds_a_year_look_back_from_where_the_program_takes_them_to_end() -> None:
    assert [str(period) for period in SCENE.rounds] == ["2565-R1", "2565-R2", "2566-R1", "2566-R2"]
    months = [SCENE.finance.months[month] for month in SCENE.looked_at]
    assert months == [period.month for period in SCENE.rounds]


def test_flows_of_months_add_up_to_the_accounts() -> None:
    monthly = SCENE.of_month("finance.expense")
    assert np.allclose(monthly[:, :12].sum(axis=1), SCENE.figure("finance.expense")[:, 11])
    assert np.allclose(monthly[:, 12:].sum(axis=1), SCENE.figure("finance.expense")[:, 23])
    assert (monthly > 0).all()


def test_quarters_are_those_that_are_over_in_each_round() -> None:
    monthly = SCENE.of_month("cost.drugs")
    quarters = SCENE.of_quarters("cost.drugs")
    for place, first in enumerate((3, 9, 15, 21)):
        assert np.allclose(quarters[:, place], monthly[:, first : first + 3].sum(axis=1))
    assert np.allclose(SCENE.balanced("cost.drugs")[:, 5], monthly[:, 3:6].mean(axis=1))


@pytest.mark.parametrize("theme", THEMES)
def test_work_goes_the_way_of_the_stories(theme: Theme) -> None:
    work = SCENE.work(theme)
    assert work.shape == (SCENE.size, MONTHS)
    assert 0 <= work.min() < work.max() <= 1
    names = sorted(set(SCENE.cast.stories))
    mean = {name: work[np.isin(STORIES, name)].mean(axis=0) for name in names}
    assert mean["sliding"][-1] < mean["sliding"][0] - 0.1
    assert mean["recovering"][-1] > mean["recovering"][0] + 0.2
    order = ("comfortable", "steady", "tight", "faltering", "sliding", "deep")
    at_the_end = [mean[story][-1] for story in order]
    assert at_the_end == sorted(at_the_end, reverse=True)


def test_themes_differ_from_region_to_region() -> None:
    regions = np.array([hospital.region for hospital in SCENE.cast.hospitals])
    best = set()
    for theme in THEMES:
        work = SCENE.work(theme)[:, -1]
        best.add(max(np.unique(regions), key=lambda region: work[np.isin(regions, region)].mean()))
    assert len(best) >= 3


def test_ranges_and_declines() -> None:
    place = np.array([0.0, 0.5, 1.0])
    assert between((2, 4), place).tolist() == [2, 3, 4]
    assert by_work((50, 100), place).tolist() == [0.5, 0.75, 1]
    found = declining(Decline(best=2, worse=3, until=0.8), np.array([1.0, 0.8, 0.7, 0.6]))
    assert found.round(10).tolist() == [0.02, 0.02, 0.05, 0.14]
