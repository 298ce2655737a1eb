"""The test of survival in words: what counted, and what would give fewer points of risk."""

import numpy as np
import pytest

from core.criteria.catalog import catalog
from core.criteria.model import Survival
from core.periods import parse_period
from core.scoring.base.derived import Figures
from core.scoring.finance.crisis import score_survival
from core.services.rules.judged.survival import (
    Lived,
    survival_hit,
    survival_requirement,
    survival_sentence,
    survival_step,
)

SEPTEMBER = parse_period("2566-M12").ordinal
MILLION = 1e6


@pytest.fixture(scope="module")
def rule() -> Survival:
    found = catalog().ruleset(2566).nodes["crisis.level.survival"]
    assert isinstance(found, Survival)
    return found


def points(rule: Survival, capital: float, income: float) -> float:
    columns = {
        "finance.current_assets": np.array([max(capital, 0.0)]),
        "finance.current_liabilities": np.array([max(-capital, 0.0)]),
        "finance.net_income": np.array([income]),
        "finance.total_assets": np.array([1.0]),  # A row of zeros would count as not filled in.
    }
    return float(score_survival(rule, Figures(columns, np.array([SEPTEMBER])))[0][0])


@pytest.mark.parametrize(
    ("capital", "income", "said"),
    [
        # A loss of 1 million a month: more than 3 months need more than 3 million of capital.
        (-1.5, -12.0, "ถ้า NWC เพิ่มขึ้น 4.51 ล้านบาท โดย NI เท่าเดิม จะเหลือความเสี่ยง 1 คะแนน"),
        (2.0, -12.0, "ถ้า NWC เพิ่มขึ้น 1.01 ล้านบาท โดย NI เท่าเดิม จะเหลือความเสี่ยง 1 คะแนน"),
        # A hole of 6 million is filled within 6 months by 1 million a month, 12 a year.
        (-6.0, 6.0, "ถ้า NI เพิ่มขึ้น 6 ล้านบาท โดย NWC เท่าเดิม จะเหลือความเสี่ยง 1 คะแนน"),
        (-6.0, 6.0, "ถ้า NWC เพิ่มขึ้น 3 ล้านบาท โดย NI เท่าเดิม จะเหลือความเสี่ยง 1 คะแนน"),
        # No risk: with 12 million a loss of up to 2 million a month lasts 6 months.
        (12.0, 0.0, "NI ลดลงได้อีก 24 ล้านบาท โดย NWC เท่าเดิม ก่อนจะเสี่ยง"),
    ],
)
def test_it_says_what_would_change_the_points(
    rule: Survival, capital: float, income: float, said: str
) -> None:
    step = survival_step(rule, Lived(capital * MILLION, income * MILLION, SEPTEMBER))
    assert step is not None
    assert said in step.th


def test_a_loss_alone_cannot_be_mended_by_capital_that_is_not_there(rule: Survival) -> None:
    """Capital of 0 with a loss is gone at once: it is no way out, and is not told as one."""
    assert points(rule, 0.0, -12 * MILLION) == 2
    step = survival_step(rule, Lived(-1 * MILLION, -12 * MILLION, SEPTEMBER))
    assert step is not None
    assert "NWC เพิ่มขึ้น 1 ล้านบาท" not in step.th


@pytest.mark.parametrize("capital", [-9.0, -3.0, -0.5, 0.0, 0.5, 2.99, 3.0, 5.0, 7.0])
@pytest.mark.parametrize("income", [-20.0, -12.0, -1.0, 0.0, 1.0, 12.0, 20.0])
def test_the_line_it_points_to_gives_the_points_it_has(
    rule: Survival, capital: float, income: float
) -> None:
    lived = Lived(capital * MILLION, income * MILLION, SEPTEMBER)
    lines = [band.points for case in rule.cases for band in case.bands]
    assert lines[survival_hit(rule, lived)] == points(rule, lived.capital, lived.income)


def test_the_sentence_names_both_amounts_the_months_and_the_points(rule: Survival) -> None:
    said = survival_sentence(rule, 1, Lived(4 * MILLION, -12 * MILLION, SEPTEMBER)).th
    assert said == (
        "ทุนสำรองสุทธิ (NWC) 4,000,000 บาท รายได้สุทธิสะสม (NI) \u221212,000,000 บาท:"
        " NI ติดลบ แต่ NWC ไม่ติดลบ คำนวณได้ 4 เดือน จึงเสี่ยง 1 จาก 2 คะแนน"
    )


def test_months_are_not_told_where_they_decide_nothing(rule: Survival) -> None:
    said = survival_sentence(rule, 2, Lived(-1 * MILLION, -12 * MILLION, SEPTEMBER)).th
    assert "เดือน" not in said
    assert said.endswith("NWC และ NI ติดลบทั้งคู่ จึงเสี่ยง 2 จาก 2 คะแนน")


@pytest.mark.parametrize(
    ("capital", "income", "asked"),
    [
        (1.0, 1.0, "NWC or NI below zero"),
        (-1.0, -1.0, "working capital and income below zero"),
        (
            6.0,
            -6.0,
            (
                "income below zero, working capital not:"
                " up to 3 months (2); above 3 up to 6 months (1)"
            ),
        ),
        (
            -6.0,
            6.0,
            (
                "working capital below zero, income not: above 3 up to 6 months (1);"
                " above 6 months (2)"
            ),
        ),
    ],
)
def test_what_is_a_risk_is_told_in_the_bands_of_those_signs(
    rule: Survival, capital: float, income: float, asked: str
) -> None:
    lived = Lived(capital * MILLION, income * MILLION, SEPTEMBER)
    assert survival_requirement(rule, lived).en == asked
