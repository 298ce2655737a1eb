"""How far a figure is from its cut-off: the way, the unit, and the baht that would be enough."""

import math

import numpy as np
import pytest

from core.criteria.catalog import catalog
from core.criteria.model import Threshold
from core.criteria.model.items import Op
from core.periods import parse_period
from core.scoring.base.derived import Figures
from core.services.rules.judged.distances import ReportedFigures, threshold_step, value_step

SEPTEMBER = parse_period("2566-M12").ordinal
TWO = {"current_ratio": 2, "quick_ratio": 2, "cash_ratio": 2}


def risk(name: str) -> Threshold:
    rule = catalog().ruleset(2566).nodes[f"crisis.level.{name}"]
    assert isinstance(rule, Threshold)
    return rule


def item(name: str) -> Threshold:
    rule = catalog().ruleset(2566).nodes[f"tps.score.{name}"]
    assert isinstance(rule, Threshold)
    return rule


def step(
    test: Threshold, figure: float, cutoff: float, *, is_risk: bool = False, **told: float
) -> str:
    values = {f"finance.{name}": value for name, value in told.items()}
    said = threshold_step(
        test, figure, cutoff, ReportedFigures(values, SEPTEMBER, decimals=TWO), is_risk=is_risk
    )
    assert said is not None
    return said.th


def test_a_ratio_in_danger_says_how_much_more_assets_it_takes() -> None:
    """1.495 x 10,000,000 - 13,600,000 = 1,350,000: 1.495 rounds to 1.5, which is no risk."""
    said = step(risk("liquidity.current_ratio"), 1.36, 1.5, is_risk=True,
                current_assets=13.6e6, current_liabilities=10e6)  # fmt: skip
    assert said == (
        "ต้องเพิ่มขึ้นอีก 0.14 เท่า จึงจะผ่าน คือสินทรัพย์หมุนเวียน ยังขาดอีก 1.35 ล้านบาท เมื่อหนี้สินหมุนเวียน เท่าเดิม"
    )


def test_the_amount_it_says_is_enough_and_a_satang_less_is_not() -> None:
    assets, liabilities, need = 13_600_000.0, 10_000_000.0, 1_350_000.0
    said = step(risk("liquidity.current_ratio"), 1.36, 1.5, is_risk=True,
                current_assets=assets, current_liabilities=liabilities)  # fmt: skip
    assert "1.35 ล้านบาท" in said
    columns = {
        "finance.current_assets": np.array([assets + need, assets + need - 0.01]),
        "finance.current_liabilities": np.full(2, liabilities),
    }
    ratios = Figures(columns, np.full(2, SEPTEMBER), decimals=TWO)["current_ratio"]
    assert ratios.tolist() == [1.5, 1.49]


def test_a_safe_ratio_says_what_is_left() -> None:
    """16,000,000 - 1.495 x 10,000,000 = 1,050,000."""
    said = step(risk("liquidity.current_ratio"), 1.6, 1.5, is_risk=True,
                current_assets=16e6, current_liabilities=10e6)  # fmt: skip
    assert said == (
        "ยังลดลงได้อีก 0.1 เท่า ก่อนจะไม่ผ่าน คือสินทรัพย์หมุนเวียน ลดลงได้อีก 1.05 ล้านบาท เมื่อหนี้สินหมุนเวียน เท่าเดิม"
    )


def test_a_ratio_that_was_not_rounded_needs_all_of_its_edge() -> None:
    values = {"finance.cash": 700.0, "finance.current_liabilities": 1000.0}
    said = threshold_step(
        risk("liquidity.cash_ratio"), 0.7, 0.8, ReportedFigures(values, SEPTEMBER), is_risk=True
    )
    assert said is not None
    assert "ยังขาดอีก 100 บาท" in said.th


def test_an_amount_is_its_own_distance() -> None:
    said = step(risk("stability.net_working_capital"), -1_486_314.82, 0, is_risk=True)
    assert said == "ต้องเพิ่มขึ้นอีก 1.49 ล้านบาท จึงจะผ่าน"


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        (222, "ต้องลดลงอีก 42 วัน จึงจะผ่าน"),
        (180, "ค่าอยู่ที่เกณฑ์พอดี ซึ่งยังผ่าน"),
        (138, "ยังเพิ่มขึ้นได้อีก 42 วัน ก่อนจะไม่ผ่าน"),
    ],
)
def test_days_are_told_in_days(figure: float, said: str) -> None:
    assert step(item("process.assets.payables"), figure, 180) == said


def test_a_plan_is_missed_in_percentage_points_and_baht() -> None:
    """11,000,000 is 10 % above 10,000,000; 5 % are allowed: 500,000 too much."""
    said = step(item("process.planfin.expense"), 10, 5, expense=11e6, plan_expense=10e6)
    assert said == (
        "ต้องลดลงอีก 5 จุดร้อยละ จึงจะผ่าน คือค่าใช้จ่ายรวม เกินอยู่ 500,000 บาท เมื่อแผนค่าใช้จ่าย (PlanFin) เท่าเดิม"
    )


@pytest.mark.parametrize(
    ("edges", "value", "said"),
    [
        ({"above": 80}, 76.004, "ต้องเพิ่มขึ้นอีก 4 จุดร้อยละ จึงจะผ่าน"),
        ({"above": 80}, 80, "ค่าอยู่ที่เกณฑ์พอดี ต้องมากกว่านี้จึงจะผ่าน"),
        ({"below": 50}, 50, "ค่าอยู่ที่เกณฑ์พอดี ต้องน้อยกว่านี้จึงจะผ่าน"),
        ({"above": 80}, 80.004, "ยังลดลงได้อีก 0.004 จุดร้อยละ ก่อนจะไม่ผ่าน"),
    ],
)
def test_what_is_needed_is_rounded_up_and_what_is_left_down(
    edges: dict[Op, float], value: float, said: str
) -> None:
    found = value_step(edges, value, "percent")
    assert found is not None
    assert found.th == said


def test_nothing_is_told_of_a_figure_without_bound() -> None:
    assert (
        threshold_step(
            risk("liquidity.current_ratio"), math.inf, 1.5, ReportedFigures({}, 0), is_risk=True
        )
        is None
    )
