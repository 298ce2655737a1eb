"""Invented trial balances: the figures of some hospitals spread over accounts of the chart."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Final

import numpy as np

from core.criteria.load import read_model
from core.criteria.model.base import Listed, Strict
from core.demo.accounts.finance import DemoFinance, demo_finance
from core.demo.country.stories import YEAR
from core.demo.draws import Draws
from core.demo.parameters import FOLDER, hospital_parameters
from core.forms.trial_balance.accounts import account_sets
from core.periods import Period
from core.scoring.base.inputs import FloatArray

_SATANG: Final = 100


class BooksParameters(Strict):
    """`data/demo/books.yaml`."""

    stories: Annotated[tuple[str, ...], Listed]
    fiscal_year: int
    months: int
    file_name: str
    days_after: int
    drift: float
    figures: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class DemoBooks:
    """The books of one hospital: account -> debit − credit at the end of each month, in baht."""

    hcode: str
    province: str
    months: tuple[Period, ...]
    balances: Mapping[str, FloatArray]


@cache
def books_parameters() -> BooksParameters:
    """How books are invented; `CriteriaError` for a wrong file."""
    return read_model(FOLDER / "books.yaml", BooksParameters)


def book_months() -> tuple[Period, ...]:
    """The months books are sent of."""
    parameters = books_parameters()
    first = YEAR - parameters.months + 1
    return tuple(Period(parameters.fiscal_year, "M", number) for number in range(first, YEAR + 1))


def books_of(hospital: int) -> DemoBooks:
    """The books of the n-th hospital of the demonstration."""
    finance, parameters = demo_finance(), books_parameters()
    columns = [finance.months.index(month) for month in book_months()]
    figures = _figures(finance, hospital, columns)
    balances = {
        account: account_sets().side(account) * amounts / _SATANG
        for name, shares in parameters.figures.items()
        for account, amounts in _spread(figures[name], shares, f"{hospital} {name}")
    }
    one = finance.hospitals[hospital]
    return DemoBooks(one.hcode, one.province, book_months(), balances)


def _figures(finance: DemoFinance, hospital: int, months: list[int]) -> Mapping[str, FloatArray]:
    """The figures to be spread, natural-sided, in whole satang: one for each month."""
    figures = {
        name.partition(".")[2]: np.round(values[hospital, months] * _SATANG)
        for name, values in finance.columns.items()
        if name.startswith(("finance.", "cost."))
    }
    costs = {name: figures[name] for name in ("labour", "drugs", "supplies", "lab", "depreciation")}
    cash, inventories = figures["cash"], figures["inventories"]
    return {
        **costs,
        "cash": cash,
        "inventories": inventories,
        "receivables": figures["current_assets"] - cash - inventories,
        "fixed_assets": figures["total_assets"] - figures["current_assets"],
        "current_liabilities": figures["current_liabilities"],
        "revenue_from_care": figures["operating_revenue"],
        "grants": figures["revenue"] - figures["operating_revenue"],
        "other_expense": figures["expense"] - sum(costs.values()),
        "equity": figures["total_assets"] - figures["current_liabilities"] - figures["net_income"],
    }


def _spread(
    amounts: FloatArray, shares: Mapping[str, float], name: str
) -> Iterator[tuple[str, FloatArray]]:
    """Amounts over accounts whose shares come and go in the year; the last takes what is left."""
    drift = books_parameters().drift
    begun = Draws(hospital_parameters().seed).uniform(f"books {name}", len(shares)) * 2 * np.pi
    turn = np.arange(amounts.size) / YEAR * 2 * np.pi
    weights = np.array([*shares.values()])[:, None] * (1 + drift * np.sin(turn + begun[:, None]))
    parts = np.round(amounts * weights / weights.sum(axis=0))
    parts[-1] = amounts - parts[:-1].sum(axis=0)
    return zip(shares, parts, strict=True)
