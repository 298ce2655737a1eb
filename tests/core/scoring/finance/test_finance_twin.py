"""The vectorised finance rules are the slow exact ones, whatever the figures."""

import math
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.criteria.catalog import catalog
from core.scoring.finance.score import FinanceRules, FinanceScores, score_finance
from tests.core.scoring.finance import finance_twin as twin

MONEY = [
    "cash", "current_assets", "quick_assets", "inventories", "current_liabilities",
    "total_assets", "revenue", "expense", "net_income", "depreciation", "ebitda",
    "operating_revenue", "plan_revenue", "plan_expense",
]  # fmt: skip
# Figures around every cut-off, so that examples meet the edges and not only the plain.
POOLS = {
    **{
        f"finance.{name}": (
            "-300.01 -300 -150 -149.99 -100 -0.01 0 0 0 0.001 20 79.49 79.5 80 99.49 99.5 99.999 "
            "100 100.01 149.49 149.5 149.5005 150 200 300 300.01 949.99 950 1000 1050 1050.01"
        )
        for name in MONEY
    },
    **{
        f"days.{name}": "0 59.99 60 60.49 60.5 89.99 90 90.49 90.5 180 180.49 180.5"
        for name in ("payables", "uc", "csmbs", "inventory")
    },
    **{f"cost.{name}": "96 98 99 99.9 100 100.1 100.2 101" for name in twin.COSTS},
    "accounting.trial_balance_score": "-0.01 0 0.5 1 1.01",
    "activity.occupancy": "79.99 80 80.01 110",
    "activity.adjrw": "900 944.99 945 1000 1000.0001 1001",
    "activity.adjrw_previous_year": "0 900 1000",
}


@st.composite
def hospital_months(draw: st.DrawFn) -> list[twin.Row]:
    """A few hospitals of few groups in two months; a hole here and there."""
    sparse = draw(st.booleans())
    holes = [None] * (6 if sparse else 1)
    rows = []
    for _ in range(draw(st.integers(1, 7))):
        row: dict[str, Any] = {
            code: draw(st.sampled_from([*map(Decimal, pool.split()), *holes]))
            for code, pool in POOLS.items()
        }
        row["group"] = draw(st.sampled_from([0, 0, 0, 1, -1]))
        row["month"] = draw(st.sampled_from([9, 9, 9, 1]))
        row["island"] = draw(st.booleans())
        rows.append(row)
    return rows


def shipped(rows: list[twin.Row], readings: dict[str, str]) -> FinanceScores:
    rules = catalog().ruleset(2566, readings)
    columns = {
        code: np.array([math.nan if row[code] is None else float(row[code]) for row in rows])
        for code in POOLS
    }
    return score_finance(
        columns,
        months=np.array([2566 * 12 + row["month"] - 1 for row in rows]),
        groups=np.array([row["group"] for row in rows]),
        islands=np.array([row["island"] for row in rows]),
        rules=FinanceRules(
            crisis=rules.rules["crisis.level"],
            tps=rules.rules["tps.score"],
            grade=rules.rules["tps.grade"],
        ),
    )


def plain(array: Any) -> list[float | None]:
    return [None if math.isnan(value) else float(value) for value in array]


CRISIS_READINGS = [
    ("ni", "two_decimals", "three_in_outer"),
    ("ni", "unrounded", "three_in_middle"),
    ("ni_plus_depreciation", "two_decimals", "three_in_outer"),
    ("ebitda", "unrounded", "three_in_outer"),
]


@pytest.mark.parametrize("chosen", CRISIS_READINGS, ids=" ".join)
@settings(max_examples=60)
@given(rows=hospital_months())
def test_crisis_levels_are_the_exact_ones(
    chosen: tuple[str, str, str], rows: list[twin.Row]
) -> None:
    switches = ("crisis.level", "crisis.rounding", "crisis.survival_edge")
    scores = shipped(rows, dict(zip(switches, chosen, strict=True))).crisis
    expected = [twin.crisis(row, *chosen) for row in rows]
    assert plain(scores.level) == [e["level"] for e in expected]
    assert plain(scores.survival) == [e["survival"] for e in expected]
    liquidity = scores.blocks["crisis.level.liquidity"]
    stability = scores.blocks["crisis.level.stability"]
    for block, name in ((liquidity, "liquidity"), (stability, "stability")):
        whole = np.where(block.complete, block.earned, np.nan)
        assert plain(whole) == [e[name] for e in expected]


@settings(max_examples=60)
@given(rows=hospital_months())
def test_survival_months_are_the_exact_ones(rows: list[twin.Row]) -> None:
    for got, row in zip(shipped(rows, {}).crisis.months, rows, strict=True):
        expected = twin.months(row)
        if expected is None:
            assert math.isnan(got)
        elif expected == twin.UNBOUNDED:
            assert got == math.inf
        else:
            assert got == pytest.approx(float(expected), rel=1e-14)


READINGS = [
    {},
    {"payables_days": "always_90"},
    {"management": "half_points_either_or"},
    {"management": "section_capped"},
    {"peer_value": "mean_and_sd"},
    {"peer_value": "median"},
    {"rounding": "unrounded"},
    {"management": "section_capped", "peer_value": "mean_and_sd", "payables_days": "always_90"},
]


@pytest.mark.parametrize("readings", READINGS, ids=lambda chosen: " ".join(chosen.values()) or "-")
@settings(max_examples=60)
@given(rows=hospital_months())
def test_tps_is_the_exact_one(readings: dict[str, str], rows: list[twin.Row]) -> None:
    themes = {"rounding": "crisis"}
    scores = shipped(rows, {f"{themes.get(key, 'tps')}.{key}": v for key, v in readings.items()})
    expected = [twin.tps(row, rows, **readings) for row in rows]
    assert plain(scores.tps.score) == [e["score"] for e in expected]
    assert list(scores.tps.possible) == [e["possible"] for e in expected]
    assert list(scores.grade.letters) == [e["grade"] for e in expected]


@settings(max_examples=30)
@given(rows=hospital_months(), order=st.randoms(use_true_random=False))
def test_results_do_not_depend_on_the_order_of_rows(rows: list[twin.Row], order: Any) -> None:
    places = list(range(len(rows)))
    order.shuffle(places)
    straight, mixed = shipped(rows, {}), shipped([rows[place] for place in places], {})
    np.testing.assert_array_equal(straight.tps.score[places], mixed.tps.score)
    np.testing.assert_array_equal(straight.crisis.level[places], mixed.crisis.level)
