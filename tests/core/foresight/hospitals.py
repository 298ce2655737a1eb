"""Invented hospital-months in small and in large numbers."""

import numpy as np

from core.criteria.catalog import catalog
from core.criteria.model import Crisis
from core.foresight.situations import Situations
from core.scoring.base.inputs import Column, FloatArray
from core.services.rules.finance import finance_rules

OCTOBER = 2567 * 12
"""The ordinal of the first month of fiscal year 2567."""


def crisis_rule(**readings: str) -> Crisis:
    chosen = {name.replace("__", "."): option for name, option in readings.items()}
    return finance_rules(catalog().ruleset(2567, chosen)).crisis


def situation(
    *,
    assets: float = 100.0,
    liabilities: float = 100.0,
    cash: float = 20.0,
    quick: float | None = 60.0,
    income: float = -10.0,
    inventories: float | None = None,
    month: int = 6,
    rule: Crisis | None = None,
) -> Situations:
    """One hospital-month; `month` counts from October."""
    given = {
        "finance.current_assets": assets,
        "finance.current_liabilities": liabilities,
        "finance.cash": cash,
        "finance.quick_assets": quick,
        "finance.inventories": inventories,
        "finance.net_income": income,
    }
    columns = {
        code: Column.of(np.array([value], dtype=np.float64))
        for code, value in given.items()
        if value is not None
    }
    return Situations(columns, np.array([OCTOBER + month - 1]), rule or crisis_rule())


def invented(count: int, largest: int, seed: int) -> Situations:
    """Hospital-months of whole baht, most of them in trouble."""
    draws = np.random.default_rng(seed)
    assets = draws.integers(1, largest, count).astype(np.float64)
    cash = np.floor(assets * draws.random(count))
    given: dict[str, FloatArray] = {
        "finance.current_assets": assets,
        "finance.current_liabilities": draws.integers(0, largest * 13 // 10, count) * 1.0,
        "finance.cash": cash,
        "finance.quick_assets": np.floor(cash + (assets - cash) * draws.random(count)),
        "finance.net_income": draws.integers(-largest // 2, largest // 3, count) * 1.0,
    }
    months = OCTOBER + draws.integers(0, 12, count)
    columns = {code: Column.of(values) for code, values in given.items()}
    return Situations(columns, months, crisis_rule())
