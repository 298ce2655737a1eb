"""Invented transfer of primary care units: step by step, farther in round 2, unlike by region."""

import hashlib

import numpy as np
import pytest

from core.criteria.catalog import measures
from core.demo.theme_parameters import transfer_parameters
from core.demo.themes.transfer import STEPS, invented_transfer
from core.scoring.base.inputs import FloatArray
from tests.core.demo.themes.reported import share

TRANSFER = invented_transfer()
TOLD = transfer_parameters()
REGIONS = np.array([unit.region for unit in TRANSFER.units])


def levels() -> FloatArray:
    """The highest phase of each unit with all steps up to its end done: m x 2."""
    passed = np.ones((len(TRANSFER.units), 2), dtype=np.bool_)
    found = np.zeros(passed.shape)
    for phase in range(1, 6):
        for step in STEPS:
            if step.startswith(f"{phase}_"):
                passed &= TRANSFER.steps[f"transfer.step_{step}"] == 1
        found += passed
    return found


def test_not_a_figure_changes_unasked() -> None:
    """Change the figures on purpose, then write the new digest here."""
    digest = hashlib.sha256()
    for figures in (TRANSFER.steps, TRANSFER.equity):
        for code in sorted(figures):
            digest.update(code.encode())
            digest.update(np.ascontiguousarray(figures[code], dtype="<f8").tobytes())
    assert digest.hexdigest()[:16] == "4b376a7160ef978d"


def test_every_figure_is_a_measure_of_units_or_networks() -> None:
    for figures, count in ((TRANSFER.steps, TRANSFER.units), (TRANSFER.equity, TRANSFER.networks)):
        for code, values in figures.items():
            assert code in measures()
            assert values.shape == (len(count), 2)
            assert (values >= 0).all()
    assert {unit.district for unit in TRANSFER.units} == set(TRANSFER.networks)


def test_all_levels_come_up_and_most_units_are_ready_in_round_two() -> None:
    for number in range(2):
        assert (np.bincount(levels()[:, number].astype(int), minlength=6) > 0).all()
    ready = [share(levels()[:, number] >= 4) for number in range(2)]
    assert ready[0] < 35
    assert 70 < ready[1] < 85


def test_some_regions_are_ready_and_bangkok_has_nothing_to_transfer() -> None:
    assert "R13" not in REGIONS
    ready = {region: share(levels()[np.isin(REGIONS, region), 1] >= 4) for region in set(REGIONS)}
    assert 3 <= sum(value > 90 for value in ready.values()) <= 7
    assert min(ready.values()) < 50


def test_hardly_any_unit_goes_back() -> None:
    for step in STEPS:
        done = TRANSFER.steps[f"transfer.step_{step}"]
        assert (done[:, 1] >= done[:, 0]).all()


def test_units_of_one_network_are_about_as_far() -> None:
    networks = np.array([unit.district for unit in TRANSFER.units])
    apart = [np.ptp(levels()[networks == code, 1]) for code in TRANSFER.networks]
    assert share(np.array(apart) <= 1) > 70


@pytest.mark.parametrize("name", ["sop_issued", "cups_briefed", "pao_briefed"])
def test_equity_is_agreed_on_more_and_more(name: str) -> None:
    told = TRANSFER.equity[f"transfer.{name}"]
    assert (told[:, 1] >= told[:, 0]).all()
    assert 45 < share(told[:, 0]) < share(told[:, 1]) < 95


def test_most_networks_treat_all_units_alike() -> None:
    given, kept = (
        TRANSFER.equity[f"transfer.per_head_{name}"] for name in ("transferred", "not_transferred")
    )
    assert (given <= kept).all()
    assert 55 < share(given == kept) < 80


def test_budgets_grow_with_the_year() -> None:
    for name in TOLD.by_service:
        budget = TRANSFER.steps[f"transfer.budget_{name}"]
        assert (budget[:, 1] > budget[:, 0]).all()
