"""Invented balance sheets that follow from revenue and expense, month by month.

Working capital moves by what is earned and what is built. Debts to suppliers, money owed by funds
and stocks follow from days; cash is the remainder. Where it is too low, payables grow.
"""

from dataclasses import dataclass

import numpy as np

from core.demo.accounts.money import MATERIALS, Money, whole
from core.demo.country.stories import Cast, every_year
from core.scoring.base.inputs import FloatArray

_DAYS: float = 365 / 12
"""Days of an average month."""


@dataclass(frozen=True)
class Balance:
    """Balances of n hospitals at the end of 24 months, n x 24, whole satang; `days` by measure."""

    cash: FloatArray
    inventories: FloatArray
    current_assets: FloatArray
    current_liabilities: FloatArray
    total_assets: FloatArray
    days: dict[str, FloatArray]


def invented_balance(cast: Cast, money: Money) -> Balance:
    """Balances by each hospital's story, consistent with what is earned, owed and invested."""
    monthly = money.year_expense
    used = {name: _smooth(money.parts[name]) for name in MATERIALS}
    days = _days(cast)
    stocks = {name: whole(used[name] * days[f"inventory_{name}"] / _DAYS) for name in MATERIALS}
    inventories = sum(stocks.values(), np.zeros_like(monthly))
    purchases = sum(used.values(), np.zeros_like(monthly))
    owed = _receivables(cast, money, days)
    further = whole(monthly * cast.drawn("other assets", cast.parameters.other_assets)[:, None])
    payables = whole(purchases * days["payables"] / _DAYS)
    other_debts = _other_debts(cast, money)
    capital, built = _capital(cast, money)
    least = whole(monthly * cast.drawn("least cash", cast.parameters.least_cash)[:, None])
    cash = capital + payables + other_debts - inventories - owed - further
    waiting = np.maximum(least - cash, 0)
    payables, cash = payables + waiting, cash + waiting
    current_assets = cash + inventories + owed + further
    days["payables"] = payables / purchases * _DAYS
    days["inventory"] = inventories / purchases * _DAYS
    return Balance(
        cash=cash,
        inventories=inventories,
        current_assets=current_assets,
        current_liabilities=payables + other_debts,
        total_assets=current_assets + built,
        days=days,
    )


def _smooth(monthly: FloatArray) -> FloatArray:
    """The average of a month and the two before: what stocks and debts are reckoned by."""
    before = np.concatenate((monthly[:, :1], monthly[:, :1], monthly), axis=1)
    return (before[:, 2:] + before[:, 1:-1] + before[:, :-2]) / 3


def _days(cast: Cast) -> dict[str, FloatArray]:
    noise = cast.parameters.noise.days
    names = ("payables", "uc", "csmbs", "sss", "inventory")
    days = {name: cast.span(name)[:, None] * cast.noise(f"days {name}", noise) for name in names}
    whole_stock = days.pop("inventory")
    for name in MATERIALS:
        own = 0.8 + 0.4 * cast.draws.uniform(f"stock {name}", cast.size)[:, None]
        days[f"inventory_{name}"] = whole_stock * own * cast.noise(f"stock {name}", noise)
    return days


def _receivables(cast: Cast, money: Money, days: dict[str, FloatArray]) -> FloatArray:
    owed = np.zeros_like(money.revenue)
    for fund, span in cast.parameters.funds.items():
        share = cast.drawn(f"fund {fund}", span)[:, None] / 100
        owed = owed + whole(_smooth(money.revenue) * share * days[fund] / _DAYS)
    return owed


def _other_debts(cast: Cast, money: Money) -> FloatArray:
    """Wages due, deposits, and what the universal coverage fund has paid ahead."""
    parameters = cast.parameters
    due = cast.drawn("accrued", parameters.accrued) + cast.drawn("deposits", parameters.deposits)
    fund = cast.drawn("fund uc", parameters.funds["uc"])[:, None] / 100
    ahead = money.year_revenue * fund * every_year(parameters.paid_ahead)
    return whole(money.year_expense * due[:, None]) + whole(ahead)


def _capital(cast: Cast, money: Money) -> tuple[FloatArray, FloatArray]:
    """Working capital, and buildings and equipment."""
    worn = money.parts["depreciation"]
    own = whole(worn * cast.span("invested")[:, None] / 100)
    begun = whole(money.year_expense[:, :1] * cast.span("capital")[:, None])
    # Grants are revenue that is built with at once.
    built = own + money.grants
    capital = begun + np.cumsum(money.net_income + worn - built, axis=1)
    fixed = whole(
        12 * money.year_revenue[:, :1] * cast.drawn("fixed", cast.parameters.fixed_assets)[:, None]
    )
    return capital, fixed + np.cumsum(built - worn, axis=1)
