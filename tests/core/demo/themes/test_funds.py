"""Invented service plans, coverage and compensation: where they are, and how good."""

import numpy as np
import pytest

from core.demo.themes.sproi import PLANS
from tests.core.demo.themes.reported import HOSPITALS, TOLD, in_story, of, passing, share, themes

PROVINCES = np.array([hospital.province for hospital in HOSPITALS])
LEVELS = np.array([hospital.level for hospital in HOSPITALS])
SPROI, COVERAGE = themes()["sproi"], themes()["coverage"]
LAST = 3


# Service plans


@pytest.mark.parametrize("plan", PLANS)
def test_returns_reach_the_target_in_some_regions(plan: str) -> None:
    roi, served = of("sproi", f"{plan}_received", f"{plan}_cost"), SPROI[f"sproi.{plan}_cost"] > 0
    for number in range(4):
        there = served[:, number]
        assert 80 < share(roi[there, number] > 40) < 96
        assert 4 <= passing(roi[:, number] > 40, there) <= 11
    assert share(roi[served[:, LAST], LAST] > 40) > share(roi[served[:, 0], 0] > 40)


def test_covid_wanes_and_a_year_holds_its_first_half() -> None:
    costs = SPROI["sproi.covid_cost"].sum(axis=0)
    assert costs[0] > costs[2] > costs[1] > costs[LAST]
    assert costs[LAST] < 0.2 * costs[0]


def test_not_every_hospital_has_every_service() -> None:
    for plan in PLANS[1:]:
        served = SPROI[f"sproi.{plan}_cost"][:, 0] > 0
        assert served[np.isin(LEVELS, ["A", "S"])].all()
        assert not served[np.isin(LEVELS, "F3")].any()
        assert 15 < share(served) < 35


def test_only_the_forgetful_have_compensation_without_cost() -> None:
    for plan in PLANS:
        odd = (SPROI[f"sproi.{plan}_cost"] == 0) & (SPROI[f"sproi.{plan}_received"] > 0)
        assert odd.sum() == (TOLD.sproi.without_cost if plan == "stroke_stemi" else 0)


# Coverage


def test_foreigners_are_where_work_and_borders_are() -> None:
    eligible = COVERAGE["coverage.foreign_eligible"][:, LAST]
    places = TOLD.coverage.places
    told = {province for provinces in places.values() for province in provinces}
    assert not eligible[~np.isin(PROVINCES, list(told))].any()
    mean = {kind: eligible[np.isin(PROVINCES, places[kind])].mean() for kind in places}
    assert mean["industrial"] > mean["coastal"] > mean["few"]
    assert mean["border"] > 10 * mean["few"]
    assert 2e6 < eligible.sum() < 3.5e6


def test_the_fund_of_status_and_rights_lies_along_the_borders() -> None:
    budget = COVERAGE["coverage.fss_budget"][:, LAST]
    assert set(PROVINCES[budget > 0]) == set(TOLD.coverage.fss)
    assert (COVERAGE["coverage.fss_spent"] <= COVERAGE["coverage.fss_budget"]).all()


@pytest.mark.parametrize(
    ("part", "whole", "edge"),
    [("foreign_insured", "foreign_eligible", 70),
     ("foreign_checkup_insured", "foreign_checkup", 95),
     ("fss_spent", "fss_budget", 70), ("thai_insured", "thai_citizens", 99)],
)  # fmt: skip
def test_coverage_gets_better_and_is_good_in_some_regions(
    part: str, whole: str, edge: float
) -> None:
    covered, there = of("coverage", part, whole), COVERAGE[f"coverage.{whole}"] > 0
    good = [share(covered[there[:, n], n] > edge) for n in range(4)]
    assert good[0] < good[1] <= good[LAST]
    assert 75 < good[0] < good[LAST] < 98
    assert 3 <= passing(covered[:, LAST] > edge, there[:, LAST]) <= 12


def test_nearly_every_thai_has_rights() -> None:
    insured, citizens = (COVERAGE[f"coverage.thai_{name}"] for name in ("insured", "citizens"))
    assert (insured < citizens).all()
    assert (np.abs(100 * insured.sum(axis=0) / citizens.sum(axis=0) - 99.3) < 0.2).all()
    assert 50e6 < citizens[:, LAST].sum() < 62e6


def test_who_is_insured_came_for_a_check() -> None:
    named = ("insured", "checkup", "eligible")
    insured, checked, eligible = (COVERAGE[f"coverage.foreign_{name}"] for name in named)
    assert (insured <= checked).all()
    assert (checked <= eligible).all()


# Compensation


def test_compensation_is_paid_late_where_money_runs_out() -> None:
    paid = of("compensation", "paid_on_time", "due")
    assert share(paid[in_story("comfortable")] > 90) > 97
    assert share(paid[in_story("sliding"), 11] > 90) < 10
    assert np.median(paid[in_story("sliding"), 11]) < np.median(paid[in_story("sliding"), 0])
    assert 80 < share(paid[:, 11] > 90) < 92
    assert 3 <= passing(paid[:, 11] > 90) <= 9
