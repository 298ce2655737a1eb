"""The smallest change: nothing smaller does, and it is what the rule itself says."""

from itertools import combinations

import numpy as np
import pytest

from core.criteria.catalog import catalog
from core.criteria.model import Crisis
from core.foresight.levers import levers
from core.foresight.situations import Situations
from core.foresight.smallest import Ways, least_amounts
from core.foresight.stocks import lines
from tests.core.foresight.hospitals import OCTOBER, crisis_rule, invented, situation

LARGEST = 16
FURTHEST = 24


def reached(month: Situations, amounts: dict[str, np.ndarray], target: int) -> np.ndarray:
    """Which amounts bring one month to its target, tried one by one."""
    tried = len(next(iter(amounts.values())))
    repeated = month.rows(np.zeros(tried, dtype=np.int64))
    return repeated.is_possible(amounts) & (repeated.levels_after(amounts) <= target)


def one_by_one(month: Situations, lever: str, target: int) -> int | None:
    amounts = np.arange(4.0 * LARGEST)
    done = amounts[reached(month, {lever: amounts}, target)]
    return int(done.min()) if done.size else None


def two_by_two(month: Situations, target: int) -> int | None:
    totals = []
    grid = np.stack(np.meshgrid(np.arange(FURTHEST), np.arange(FURTHEST)), axis=-1).reshape(-1, 2)
    for pair in combinations(levers(), 2):
        amounts = dict(zip(pair, grid.T.astype(np.float64), strict=True))
        totals += grid.sum(axis=1)[reached(month, amounts, target)].tolist()
    return min(totals, default=None)


HOSPITALS = invented(12, LARGEST, seed=2567)
TROUBLED = [
    (place, target)
    for place, level in enumerate(HOSPITALS.levels.tolist())
    for target in sorted({int(level) - 1, min(3, int(level) - 1)})
    if target >= 0
]


@pytest.mark.parametrize(("place", "target"), TROUBLED)
def test_no_smaller_amount_does(place: int, target: int) -> None:
    month = HOSPITALS.rows(np.array([place]))
    alone = {lever: one_by_one(month, lever, target) for lever in levers()}
    for lever, amount in alone.items():
        change = Ways(month).change_by(lever, target)
        assert (change and change.total) == amount, lever
        assert change is None or change.level <= target < change.short
    least = min((amount for amount in alone.values() if amount), default=FURTHEST)
    together, pair = two_by_two(month, target), Ways(month).cheapest_pair(target)
    if together is not None and together < least:
        assert pair is not None
        assert pair.total == together
        assert pair.level <= target < pair.short
    elif pair is not None:
        assert pair.total >= FURTHEST, "cheaper than all that was tried"


def test_paying_debt_alone_can_mend_the_current_ratio() -> None:
    # (150 - x) / (110 - x) is 1.50 at x = 30, and rounds up to it from 1.495 on: x = 29.19.
    month = situation(assets=150, liabilities=110, cash=110, quick=150, income=5)
    change = Ways(month).change_by("debt_paid", 0)
    assert month.levels.tolist() == [1]
    assert change is not None
    assert (dict(change.amounts), change.level, change.short) == ({"debt_paid": 30}, 0, 1)


def test_unrounded_ratios_need_the_last_baht() -> None:
    rule = crisis_rule(crisis__rounding="unrounded")
    rounded = situation(
        assets=1_000_000, liabilities=700_000, cash=700_000, quick=800_000, income=1
    )
    unrounded = situation(
        assets=1_000_000, liabilities=700_000, cash=700_000, quick=800_000, income=1, rule=rule
    )
    amounts = [
        change.total
        for month in (rounded, unrounded)
        if (change := Ways(month).change_by("cash_in", 0)) is not None
    ]
    assert amounts == [46_500, 50_000]


def test_a_level_there_already_needs_nothing() -> None:
    month = situation(assets=300, quick=250, cash=200, income=10)
    change = Ways(month).change_by("cash_in", 3)
    assert change is not None
    assert change.total == 0
    assert Ways(month).cheapest_pair(3) is None


@pytest.mark.parametrize("lever", ["debt_paid", "collected"])
def test_no_more_is_moved_than_there_is(lever: str) -> None:
    month = situation(assets=100, liabilities=400, cash=5, quick=10, income=-10)
    assert Ways(month).change_by(lever, 0) is None


def test_receivables_unknown_are_what_is_neither_stock_nor_cash() -> None:
    month = situation(assets=200, liabilities=100, cash=70, quick=None, inventories=100, income=5)
    change = Ways(month).change_by("collected", 0)
    assert change is not None
    assert change.total == 10, "cash of 79.5 rounds to a ratio of 0.80, but 30 are owed at most"


def test_a_month_nobody_can_judge_has_no_change() -> None:
    columns = dict(situation().columns)
    del columns["finance.cash"]
    month = Situations(columns, np.array([OCTOBER]), crisis_rule())
    assert np.isnan(month.levels[0])
    assert all(Ways(month).change_by(lever, 3) is None for lever in levers())
    assert Ways(month).cheapest_pair(3) is None


def test_many_hospitals_at_once_are_each_as_alone() -> None:
    months = invented(40, 40_000_000, seed=7)
    for lever in levers():
        together = least_amounts(months, lever)
        alone = [least_amounts(months.rows(np.array([place])), lever)[0] for place in range(40)]
        assert np.array_equal(together, np.array(alone), equal_nan=True)


def test_every_edition_and_reading_of_the_level_is_made_of_lines() -> None:
    criterion = catalog().criteria["crisis.level"]
    for edition in criterion.editions:
        options = [
            (name, option) for name, one in edition.readings.items() for option in one.options
        ]
        year = edition.fiscal_years[1] or edition.fiscal_years[0] or 2566
        for name, option in options:
            rule = catalog().ruleset(year, {name: option}).rule("crisis.level")
            assert isinstance(rule, Crisis)
            factors = lines(rule, np.array([year * 12]))
            assert np.isfinite(factors).all()
            assert factors.any(axis=-1).all()
