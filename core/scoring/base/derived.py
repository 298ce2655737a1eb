"""Figures derived from measures: each a named function that says what it needs.

Amounts are computed in whole satang, so that a ratio of exactly 1.5, capital of exactly 0 and
exactly 3.0 months come out exact. A missing input makes the figure NaN; a figure that cannot exist
(a difference from a plan of 0) is NaN and an error.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.criteria.model import Income, percent_of
from core.quantities import to_satang
from core.scoring.base.inputs import BoolArray, Column, FloatArray, StateArray
from core.scoring.base.percents import nothing_of_nothing, percents
from core.scoring.base.states import State

IntArray = NDArray[np.int64]
Columns: TypeAlias = Mapping[str, Column | FloatArray]

# AdjRW are sums of weights of four decimals; as whole numbers their differences are exact.
_ADJRW_SCALE: Final = 10_000.0

# Where several inputs of one figure are missing, the first of these says why.
_REASONS: Final = (
    State.ERROR,
    State.CONTRADICTORY,
    State.STALE,
    State.NOT_APPLICABLE,
    State.NOT_REPORTED,
)


class Figures:
    """All figures of n hospital-months by name, each computed once.

    `columns` by measure code, in the measure's own unit; an array is a column whose NaN is "not
    reported"; an absent column was not reported at all. `months` are ordinals (`Period.ordinal`):
    flows are cumulative since 1 October. `income` says what counts as income.
    """

    def __init__(self, columns: Columns, months: IntArray, income: Income = "ni") -> None:
        self.columns = columns
        self.months = months
        self.income: Income = income
        self._values: dict[str, FloatArray] = {}
        self._satang: dict[str, FloatArray] = {}
        self._missing: dict[str, BoolArray] = {}
        self._states: dict[str, StateArray] = {}

    def __getitem__(self, name: str) -> FloatArray:
        """Values of a measure (its own unit) or derived figure; NaN where there is none."""
        if name not in self._values:
            formula = formula_of(name, self.income)
            self._values[name] = formula.compute(self) if formula else self._reported(name)
        return self._values[name]

    def _reported(self, code: str) -> FloatArray:
        column = self.columns.get(code)
        if column is None:
            return np.full(self.months.shape, np.nan)
        if isinstance(column, Column):
            return np.where(column.states == State.REPORTED, column.values, np.nan)
        return column

    def satang(self, code: str) -> FloatArray:
        """A measure in baht as whole satang."""
        if code not in self._satang:
            self._satang[code] = to_satang(self[code])
        return self._satang[code]

    def missing(self, name: str) -> BoolArray:
        """Where a figure is NaN."""
        if name not in self._missing:
            self._missing[name] = np.isnan(self[name])
        return self._missing[name]

    def states(self, name: str) -> StateArray:
        """Why a figure is there or missing; several missing inputs give the weightiest reason."""
        if name not in self._states:
            found = np.zeros(self.months.shape, dtype=np.int8)
            rows = np.flatnonzero(self.missing(name))
            if rows.size:
                found[rows] = self._reasons(name, rows)
            self._states[name] = found
        return self._states[name]

    def _reasons(self, name: str, rows: IntArray) -> StateArray:
        formula = formula_of(name, self.income)
        needs = (name,) if formula is None else formula.needs
        inputs = np.stack([self._state_of(need, rows) for need in needs])
        # All inputs are there and still no figure: nothing it could be of, or it cannot be.
        reason = np.full(rows.shape, State.ERROR, dtype=np.int8)
        if formula is not None and formula.idle is not None:
            reason[formula.idle(self)[rows]] = State.NOT_APPLICABLE
        undecided = (inputs != State.REPORTED).any(axis=0)
        for state in _REASONS:
            hit = undecided & (inputs == state).any(axis=0)
            reason[hit] = state
            undecided &= ~hit
        return reason

    def _state_of(self, code: str, rows: IntArray) -> StateArray:
        if formula_of(code, self.income) is not None:
            return self.states(code)[rows]
        column = self.columns.get(code)
        if isinstance(column, Column):
            return column.states[rows]
        if column is None:
            return np.full(rows.shape, State.NOT_REPORTED, dtype=np.int8)
        return np.isnan(column[rows]).astype(np.int8) * np.int8(State.NOT_REPORTED)


@dataclass(frozen=True, slots=True)
class Formula:
    """How a figure is computed, the measures or figures it needs, and where it does not apply."""

    needs: tuple[str, ...]
    compute: Callable[[Figures], FloatArray]
    idle: Callable[[Figures], BoolArray] | None = None


def formula_of(name: str, income: Income = "ni") -> Formula | None:
    """The formula of a derived figure; None for a measure. `income` depends on the reading."""
    if name == "income":
        return INCOMES[income]
    return FORMULAS.get(name) or _percent_formula(name)


@cache
def _percent_formula(name: str) -> Formula | None:
    percent = percent_of(name)
    if percent is None:
        return None
    kind, part, whole = percent
    return Formula(
        (part, whole),
        lambda figures: percents(kind, figures[part], figures[whole]),
        lambda figures: nothing_of_nothing(figures[part], figures[whole]),
    )


def measures_of(name: str, income: Income = "ni") -> tuple[str, ...]:
    """The measure codes a figure is computed from, each once; a measure is its own."""
    formula = formula_of(name, income)
    if formula is None:
        return (name,)
    codes = (code for need in formula.needs for code in measures_of(need, income))
    return tuple(dict.fromkeys(codes))


def _per_liabilities(top: FloatArray, figures: Figures) -> FloatArray:
    """A ratio to current liabilities; without any it is unbounded, not an error."""
    liabilities = figures.satang("finance.current_liabilities")
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = top / liabilities
    none = liabilities == 0
    if none.any():
        ratio[none & ~np.isnan(top)] = np.inf
    return ratio


def _percent(top: FloatArray, bottom: FloatArray) -> FloatArray:
    """100 x top / bottom; NaN unless the bottom is above zero."""
    with np.errstate(divide="ignore", invalid="ignore"):
        percent = 100.0 * top / bottom
    impossible = bottom <= 0
    if impossible.any():
        percent[impossible] = np.nan
    return percent


def current_ratio(figures: Figures) -> FloatArray:
    """Current assets / current liabilities."""
    return _per_liabilities(figures.satang("finance.current_assets"), figures)


def quick_ratio(figures: Figures) -> FloatArray:
    """(Current assets - inventories) / current liabilities."""
    assets = figures.satang("finance.current_assets")
    return _per_liabilities(assets - figures.satang("finance.inventories"), figures)


def cash_ratio(figures: Figures) -> FloatArray:
    """Cash and equivalents / current liabilities."""
    return _per_liabilities(figures.satang("finance.cash"), figures)


def _capital(figures: Figures) -> FloatArray:
    assets = figures.satang("finance.current_assets")
    return assets - figures.satang("finance.current_liabilities")


def net_working_capital(figures: Figures) -> FloatArray:
    """Current assets - current liabilities, baht."""
    return _capital(figures) / 100.0


def net_income(figures: Figures) -> FloatArray:
    """Net income as reported; where it is not, revenue - expense. Cumulative, baht."""
    given = figures.satang("finance.net_income")
    rows = np.flatnonzero(np.isnan(given))
    if rows.size:
        # A net income in error or in doubt is not mended by another figure.
        rows = rows[figures.states("finance.net_income")[rows] == State.NOT_REPORTED]
        given = given.copy()
        revenue, expense = (figures.satang(f"finance.{name}") for name in ("revenue", "expense"))
        given[rows] = revenue[rows] - expense[rows]
    return given / 100.0


def _with_depreciation(figures: Figures) -> FloatArray:
    return (to_satang(figures["net_income"]) + figures.satang("finance.depreciation")) / 100.0


def capital_months(figures: Figures) -> FloatArray:
    """Months that net working capital and monthly income outlast one another.

    abs(NWC) x months elapsed / abs(cumulative income); infinite without income.
    """
    elapsed = figures.months % 12 + 1
    capital = np.abs(_capital(figures))
    income = np.abs(to_satang(figures["income"]))
    with np.errstate(divide="ignore", invalid="ignore"):
        months = capital * elapsed / income
    none = income == 0
    if none.any():
        months[none & ~np.isnan(capital)] = np.inf
    return months


def _plan_difference(figures: Figures, name: str) -> FloatArray:
    plan = figures.satang(f"finance.plan_{name}")
    return _percent(figures.satang(f"finance.{name}") - plan, plan)


def adjrw_growth(figures: Figures) -> FloatArray:
    """Growth of the sum of AdjRW over the same period of the year before, percent."""
    now, before = (
        np.rint(figures[code] * _ADJRW_SCALE)
        for code in ("activity.adjrw", "activity.adjrw_previous_year")
    )
    return _percent(now - before, before)


INCOMES: Final[Mapping[Income, Formula]] = {
    "ni": Formula(("net_income",), lambda figures: figures["net_income"]),
    "ni_plus_depreciation": Formula(("net_income", "finance.depreciation"), _with_depreciation),
    "ebitda": Formula(("finance.ebitda",), lambda figures: figures["finance.ebitda"]),
}

_CURRENT: Final = ("finance.current_assets", "finance.current_liabilities")

FORMULAS: Final[Mapping[str, Formula]] = {
    "adjrw_growth": Formula(("activity.adjrw", "activity.adjrw_previous_year"), adjrw_growth),
    "capital_months": Formula((*_CURRENT, "income"), capital_months),
    "cash_ratio": Formula(("finance.cash", "finance.current_liabilities"), cash_ratio),
    "current_ratio": Formula(_CURRENT, current_ratio),
    "expense_plan_difference": Formula(
        ("finance.expense", "finance.plan_expense"),
        lambda figures: _plan_difference(figures, "expense"),
    ),
    "net_income": Formula(("finance.net_income", "finance.revenue", "finance.expense"), net_income),
    "net_working_capital": Formula(_CURRENT, net_working_capital),
    "operating_margin": Formula(
        ("finance.ebitda", "finance.operating_revenue"),
        lambda figures: _percent(
            figures.satang("finance.ebitda"), figures.satang("finance.operating_revenue")
        ),
    ),
    "quick_ratio": Formula(
        ("finance.current_assets", "finance.inventories", "finance.current_liabilities"),
        quick_ratio,
    ),
    "return_on_assets": Formula(
        ("net_income", "finance.total_assets"),
        lambda figures: _percent(
            to_satang(figures["net_income"]), figures.satang("finance.total_assets")
        ),
    ),
    "revenue_plan_difference": Formula(
        ("finance.revenue", "finance.plan_revenue"),
        lambda figures: _plan_difference(figures, "revenue"),
    ),
    "revenue_surplus": Formula(
        ("finance.revenue", "finance.expense"),
        lambda figures: (
            (figures.satang("finance.revenue") - figures.satang("finance.expense")) / 100
        ),
    ),
}
