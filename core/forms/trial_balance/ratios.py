"""The ministry's ratios of a hospital's months, from `data/accounts/ratios.yaml`."""

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from typing import Annotated, Final, Literal, NamedTuple

import numpy as np
from pydantic import Field

from core.criteria.load import read_model
from core.criteria.model.base import Listed, Strict, TextField
from core.forms.trial_balance.accounts import ACCOUNTS_FOLDER, account_sets
from core.periods import Period
from core.quantities import SATANG
from core.scoring.base.derived import IntArray
from core.scoring.base.inputs import BoolArray, FloatArray

_Item = Annotated[str, Field(pattern=r"^\d{4}[XY]$")]
_TAKES: Final = ("end", "average", "credits")
_LAST: Final = 12
_PERCENT: Final = 100


class Ratio(Strict):
    """A ratio of two items; `measure` is the figure of monthly finance it is, where it is one."""

    id: str
    name: TextField
    x: _Item
    y: _Item
    how: Literal["ratio", "difference", "percent", "days"]
    unit: Literal["ratio", "baht", "percent", "days"]
    measure: str | None = None


class Term(Strict):
    """Accounts that count at one rate: all that begin with one of `prefixes`."""

    rate: float
    prefixes: Annotated[tuple[str, ...], Listed]


class Item(Strict):
    """What stands above or below the line of ratios; `profit` is revenue less expense."""

    name: TextField
    take: Literal["end", "average", "credits"]
    profit: bool = False
    terms: Annotated[tuple[Term, ...], Listed]

    def weight(self, account: str) -> float:
        """By what debit − credit of an account (of credits: its credits) counts."""
        rate = sum(term.rate for term in self.terms if account.startswith(term.prefixes))
        if self.take == "credits":
            return rate
        return rate * (-1 if self.profit else account_sets().side(account))

    @cached_property
    def classes(self) -> frozenset[str]:
        """The classes of the chart it draws on."""
        return frozenset(prefix[0] for term in self.terms for prefix in term.prefixes)


class RatioTables(Strict):
    """`data/accounts/ratios.yaml`."""

    days_a_month: int
    ratios: Annotated[tuple[Ratio, ...], Listed]
    items: Mapping[_Item, Item]


class Balances(NamedTuple):
    """The n accounts of a month in baht, NaN where not known; `carried` is debit − credit."""

    accounts: Sequence[str]
    carried: FloatArray
    credit: FloatArray


class RatioValue(NamedTuple):
    """A ratio of a month: `x` above and `y` below the line; NaN where it is not known."""

    ratio: Ratio
    x: float
    y: float
    value: float


Months = Mapping[Period, Balances]
"""The accounts of one hospital's months."""


@cache
def ratio_tables() -> RatioTables:
    """The ratios and their items, from `data/accounts/ratios.yaml`."""
    return read_model(ACCOUNTS_FOLDER / "ratios.yaml", RatioTables)


def ratios_of(
    months: Months, closed: Iterable[Period] = ()
) -> Mapping[Period, tuple[RatioValue, ...]]:
    """Every ratio of each month of a hospital.

    Averages need the last month of the fiscal year before, sums of credits every month since
    October; without them they are NaN. Of `closed` months, whose income and expense are zero, no
    item of income or expense is known.
    """
    known = {period: _Month(balances) for period, balances in months.items()}
    shut = {*closed}
    return {
        period: tuple(_ratios(period, _items(period, known, is_closed=period in shut)))
        for period in known
    }


class _Month:
    """The items of one month by its balances and by its credits, and the classes it tells of."""

    def __init__(self, balances: Balances) -> None:
        self._weights = item_weights(tuple(balances.accounts))
        self.classes = {account[0] for account in balances.accounts}
        self.ends = self._sums(balances.carried)
        self.credits = self._sums(balances.credit)

    def _sums(self, amounts: FloatArray) -> FloatArray:
        """Every item, NaN where an amount that counts is not known; exact to the satang."""
        satang = np.round(np.nan_to_num(amounts) * SATANG)
        lost: BoolArray = (self._weights[np.isnan(amounts)] != 0).any(axis=0)
        totals: FloatArray = np.where(lost, np.nan, satang @ self._weights / SATANG)
        return totals


@lru_cache(64)
def item_weights(accounts: tuple[str, ...]) -> FloatArray:
    """By what debit − credit (of credits: its credits) of each account counts, accounts × items.

    The months of a hospital mostly have the same accounts.
    """
    weights = np.array([_weights(account) for account in accounts], dtype=np.float64)
    return weights.reshape(len(accounts), len(ratio_tables().items))


@lru_cache(8192)
def _weights(account: str) -> tuple[float, ...]:
    return tuple(item.weight(account) for item in ratio_tables().items.values())


def _items(period: Period, months: Mapping[Period, _Month], *, is_closed: bool) -> FloatArray:
    """Every item of a month, in their order; NaN for what is not known."""
    month, year = months[period], period.fiscal_year
    nothing = np.full(len(ratio_tables().items), np.nan)
    before = months.get(Period(year - 1, "M", _LAST))
    since = [months.get(Period(year, "M", number)) for number in range(1, period.number + 1)]
    by_take = {
        "end": month.ends,
        "average": (month.ends + (before.ends if before else nothing)) / 2,
        "credits": np.sum([one.credits if one else nothing for one in since], axis=0),
    }
    there = month.classes - ({"4", "5"} if is_closed else set())
    values = np.choose(_takes(), [by_take[take] for take in _TAKES])
    return np.where(_reported(frozenset(there)), values, np.nan)


@cache
def _takes() -> IntArray:
    """What is taken of each item, as a place in `_TAKES`."""
    items = ratio_tables().items.values()
    return np.array([_TAKES.index(item.take) for item in items], dtype=np.int64)


@lru_cache(32)
def _reported(there: frozenset[str]) -> BoolArray:
    """The items whose classes of the chart are all there."""
    items = ratio_tables().items.values()
    return np.array([item.classes <= there for item in items], dtype=np.bool_)


@cache
def _lines() -> tuple[IntArray, IntArray]:
    """Where the items above and below the line of each ratio stand among all items."""
    place = {name: number for number, name in enumerate(ratio_tables().items)}
    pairs = [(place[ratio.x], place[ratio.y]) for ratio in ratio_tables().ratios]
    above, below = np.array(pairs, dtype=np.int64).T
    return above, below


def _ratios(period: Period, items: FloatArray) -> Iterable[RatioValue]:
    days = ratio_tables().days_a_month * period.number
    pairs = zip(*(items[places].tolist() for places in _lines()), strict=True)
    for ratio, (x, y) in zip(ratio_tables().ratios, pairs, strict=True):
        yield RatioValue(ratio, x, y, _value(ratio, x, y, days))


def _value(ratio: Ratio, x: float, y: float, days: int) -> float:
    if ratio.how == "difference":
        return x - y
    factor = {"ratio": 1, "percent": _PERCENT, "days": days}[ratio.how]
    return x / y * factor if y else math.nan
