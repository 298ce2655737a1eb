"""The figures of all hospitals of the demonstration, before any mistake of reporting."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from core.demo.accounts.activity import (
    invented_accounting,
    invented_activity,
    invented_planfin,
    invented_unit_costs,
)
from core.demo.accounts.balance import Balance, invented_balance
from core.demo.accounts.money import MATERIALS, Money, invented_money
from core.demo.country.hospitals import DemoHospital, demo_hospitals
from core.demo.country.stories import YEAR, cast, since_october
from core.demo.draws import Draws
from core.demo.parameters import hospital_parameters, story_parameters
from core.periods import Period
from core.scoring.base.inputs import FloatArray

_SATANG: Final = 100


@dataclass(frozen=True)
class DemoFinance:
    """n invented hospitals through 24 months.

    `columns`: measure -> n x 24 in the measure's unit; nothing is missing. Flows are cumulative
    since 1 October. `months` are the columns' periods.
    """

    hospitals: tuple[DemoHospital, ...]
    stories: tuple[str, ...]
    months: tuple[Period, ...]
    columns: Mapping[str, FloatArray]


@cache
def demo_finance() -> DemoFinance:
    """Invent everything; the same figures on every machine."""
    parameters, hospitals = story_parameters(), demo_hospitals()
    actors = cast(hospitals, parameters, Draws(hospital_parameters().seed))
    money = invented_money(actors)
    balance = invented_balance(actors, money)
    columns = (
        _balances(balance)
        | _flows(money)
        | {f"days.{name}": np.round(values, 2) for name, values in balance.days.items()}
        | invented_unit_costs(actors)
        | invented_accounting(actors)
        | invented_activity(actors)
        | invented_planfin(actors, money, balance)
    )
    months = tuple(
        Period(year, "M", month) for year in parameters.fiscal_years for month in range(1, YEAR + 1)
    )
    return DemoFinance(hospitals, actors.stories, months, columns)


def _balances(balance: Balance) -> dict[str, FloatArray]:
    names = ("cash", "inventories", "current_assets", "current_liabilities", "total_assets")
    return {f"finance.{name}": getattr(balance, name) / _SATANG for name in names}


def _flows(money: Money) -> dict[str, FloatArray]:
    parts = {name: since_october(part) for name, part in money.parts.items()}
    revenue, expense = since_october(money.revenue), since_october(money.expense)
    flows = {
        "finance.revenue": revenue,
        "finance.expense": expense,
        "finance.net_income": revenue - expense,
        "finance.depreciation": parts["depreciation"],
        "finance.ebitda": revenue - expense + parts["depreciation"],
        "finance.operating_revenue": revenue - since_october(money.grants),
        "finance.plan_revenue": money.plan_revenue,
        "finance.plan_expense": money.plan_expense,
    }
    flows |= {f"cost.{name}": parts[name] for name in ("labour", *MATERIALS)}
    return {name: values / _SATANG for name, values in flows.items()}
