"""Figures derived from measures: each a named function that says what it needs.

Amounts are computed as whole numbers of their finest decimal, so that a ratio of exactly 1.5,
capital of exactly 0 and exactly 3.0 months come out exact, and nothing typed is rounded away. A
missing input makes the figure NaN; a figure that cannot exist (a difference from a plan of 0) is
NaN and an error.
"""

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.criteria.model import Income
from core.quantities import finest_scale, round_half_up, whole_numbers
from core.scoring.base.formula import Formula, formula_of_name
from core.scoring.base.inputs import BoolArray, Column, FloatArray, StateArray
from core.scoring.base.states import State

IntArray = NDArray[np.int64]
Columns: TypeAlias = Mapping[str, Column | FloatArray]

_NONE: Final[Mapping[str, int]] = MappingProxyType({})

# AdjRW are sums of weights of four decimals; as whole numbers their differences are exact.
_ADJRW_SCALE: Final = 10_000.0

# Amounts in baht of hospital-months, and those of their plan among them.
_FINANCE: Final = "finance."
_PLANNED: Final = "finance.plan_"
# Measures of a hospital-month that stand in one row.
_OF_A_MONTH: Final = (_FINANCE, "days.", "cost.", "activity.", "accounting.", "planfin.")

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
    flows are cumulative since 1 October. `income` says what counts as income. `decimals` names
    figures that are rounded half up before anything compares them, and to how many decimals; all
    others stay unrounded.
    """

    def __init__(
        self,
        columns: Columns,
        months: IntArray,
        income: Income = "ni",
        decimals: Mapping[str, int] = _NONE,
    ) -> None:
        self.columns = columns
        self.months = months
        self.income: Income = income
        self.decimals = decimals
        self._values: dict[str, FloatArray] = {}
        self._amounts: dict[str, FloatArray] = {}
        self._missing: dict[str, BoolArray] = {}
        self._states: dict[str, StateArray] = {}

    def __getitem__(self, name: str) -> FloatArray:
        """Values of a measure (its own unit) or derived figure; NaN where there is none."""
        if name not in self._values:
            formula = formula_of(name, self.income)
            values = formula.compute(self) if formula else self._reported(name)
            if name in self.decimals:
                values = round_half_up(values, self.decimals[name])
            self._values[name] = values
        return self._values[name]

    def _reported(self, code: str) -> FloatArray:
        column = self.columns.get(code)
        if column is None:
            return np.full(self.months.shape, np.nan)
        if isinstance(column, Column):
            column = np.where(column.states == State.REPORTED, column.values, np.nan)
        nothing = self._stands_for_nothing(code, column)
        return column if nothing is None else np.where(nothing, np.nan, column)

    @cached_property
    def empty(self) -> BoolArray:
        """Rows without liabilities, assets and income: their zeros stand for nothing reported."""
        return rows_of_zeros(self.columns, self.months.shape)

    def _stands_for_nothing(self, code: str, values: FloatArray) -> BoolArray | None:
        """Where a 0 stands for nothing; None when nowhere."""
        if not self._some_empty or not code.startswith(_OF_A_MONTH):
            return None
        nothing: BoolArray = self.empty & (values == 0)
        return nothing

    @cached_property
    def _some_empty(self) -> bool:
        return bool(self.empty.any())

    def amount(self, code: str) -> FloatArray:
        """A measure in baht as a whole number of `scale` parts of a baht."""
        if code not in self._amounts:
            self._amounts[code] = self.in_parts(self[code])
        return self._amounts[code]

    def in_parts(self, baht: FloatArray) -> FloatArray:
        """Baht of each row as a whole number of its `scale` parts."""
        if isinstance(self.scale, float):  # All amounts are whole satang.
            return np.rint(baht * self.scale)
        return whole_numbers(baht, self.scale)

    @cached_property
    def scale(self) -> FloatArray | float:
        """Parts of a baht that amounts are counted in: satang, or finer where a row has finer."""
        return finest_scale(
            column.values if isinstance(column, Column) else column
            for code, column in self.columns.items()
            if code.startswith(_FINANCE)
        )

    def missing(self, name: str) -> BoolArray:
        """Where a figure is NaN."""
        if name not in self._missing:
            self._missing[name] = np.isnan(self[name])
        return self._missing[name]

    def rises(self, name: str) -> BoolArray | None:
        """Where a figure could still be larger than it is; None where it nowhere could."""
        formula = formula_of(name, self.income)
        return formula.rises(self) if formula and formula.rises else None

    def states(self, name: str) -> StateArray:
        """Why a figure is there or missing; several missing inputs give the weightiest reason."""
        if name not in self._states:
            states = np.zeros(self.months.shape, dtype=np.int8)
            rows = np.flatnonzero(self.missing(name))
            if rows.size:
                states[rows] = self._reasons(name, rows)
            self._states[name] = states
        return self._states[name]

    def _reasons(self, name: str, rows: IntArray) -> StateArray:
        formula = formula_of(name, self.income)
        needs = (name,) if formula is None else formula.needs
        inputs = np.stack([self._state_of(need, rows) for need in needs])
        if formula is not None and formula.counts is not None:
            inputs[~formula.counts(self)[:, rows]] = State.REPORTED
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
        if column is None:
            return np.full(rows.shape, State.NOT_REPORTED, dtype=np.int8)
        if isinstance(column, Column):
            nothing = self._stands_for_nothing(code, column.values)
            if nothing is None:
                return column.states[rows]
            return np.where(nothing[rows], np.int8(State.NOT_REPORTED), column.states[rows])
        return np.isnan(self[code][rows]).astype(np.int8) * np.int8(State.NOT_REPORTED)


def formula_of(name: str, income: Income = "ni") -> Formula | None:
    """The formula of a derived figure; None for a measure. `income` depends on the reading."""
    if name == "income":
        return INCOMES[income]
    return FORMULAS.get(name) or formula_of_name(name)


def measures_of(name: str, income: Income = "ni") -> tuple[str, ...]:
    """The measure codes a figure is computed from, each once; a measure is its own."""
    formula = formula_of(name, income)
    if formula is None:
        return (name,)
    codes = (code for need in formula.needs for code in measures_of(need, income))
    return tuple(dict.fromkeys(codes))


def rows_of_zeros(columns: Columns, shape: tuple[int, ...]) -> BoolArray:
    """Rows that give their current liabilities and assets as 0, and no amount that is not 0.

    The plan of a year is no amount of its months.
    """
    if not columns.keys() >= set(_CURRENT):
        return np.zeros(shape, dtype=np.bool_)
    empty: BoolArray = _column(columns, _CURRENT[0]).values == 0
    if not empty.any():
        return empty
    for code in columns:
        if code.startswith(_FINANCE) and not code.startswith(_PLANNED):
            column = _column(columns, code)
            silent = (column.states == State.NOT_REPORTED) & (code not in _CURRENT)
            empty &= silent | ((column.values == 0) & (column.states == State.REPORTED))
    return empty


def _column(columns: Columns, code: str) -> Column:
    given = columns[code]
    return given if isinstance(given, Column) else Column.of(given)


def _per_liabilities(top: FloatArray, figures: Figures) -> FloatArray:
    """A ratio to current liabilities; without any it is unbounded, not an error."""
    liabilities = figures.amount("finance.current_liabilities")
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
    return _per_liabilities(figures.amount("finance.current_assets"), figures)


def quick_ratio(figures: Figures) -> FloatArray:
    """Quick assets / current liabilities; where they are not given, less exactly, from all assets.

    Quick assets are cash and receivables. Current assets less inventories still hold advances and
    prepaid expense.
    """
    quick = _or_else(
        figures,
        "finance.quick_assets",
        figures.amount("finance.current_assets") - figures.amount("finance.inventories"),
    )
    return _per_liabilities(quick, figures)


def _or_else(figures: Figures, code: str, other: FloatArray) -> FloatArray:
    """An amount as reported; where it is not, another. One in error or in doubt is not mended."""
    given = figures.amount(code)
    rows = np.flatnonzero(np.isnan(given))
    if rows.size:
        rows = rows[figures.states(code)[rows] == State.NOT_REPORTED]
        given = given.copy()
        given[rows] = other[rows]
    return given


def cash_ratio(figures: Figures) -> FloatArray:
    """Cash and equivalents / current liabilities."""
    return _per_liabilities(figures.amount("finance.cash"), figures)


def _capital(figures: Figures) -> FloatArray:
    assets = figures.amount("finance.current_assets")
    return assets - figures.amount("finance.current_liabilities")


def net_working_capital(figures: Figures) -> FloatArray:
    """Current assets - current liabilities, baht."""
    return _capital(figures) / figures.scale


def net_income(figures: Figures) -> FloatArray:
    """Net income as reported; where it is not, revenue - expense. Cumulative, baht."""
    difference = figures.amount("finance.revenue") - figures.amount("finance.expense")
    return _or_else(figures, "finance.net_income", difference) / figures.scale


def _with_depreciation(figures: Figures) -> FloatArray:
    plain = figures.in_parts(figures["net_income"])
    return (plain + figures.amount("finance.depreciation")) / figures.scale


def capital_months(figures: Figures) -> FloatArray:
    """Months that net working capital and monthly income outlast one another.

    abs(NWC) x months elapsed / abs(cumulative income); infinite without income.
    """
    elapsed = figures.months % 12 + 1
    capital = np.abs(_capital(figures))
    income = np.abs(figures.in_parts(figures["income"]))
    with np.errstate(divide="ignore", invalid="ignore"):
        months = capital * elapsed / income
    none = income == 0
    if none.any():
        months[none & ~np.isnan(capital)] = np.inf
    return months


def _plan_difference(figures: Figures, name: str) -> FloatArray:
    plan = figures.amount(f"finance.plan_{name}")
    return _percent(figures.amount(f"finance.{name}") - plan, plan)


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
            figures.amount("finance.ebitda"), figures.amount("finance.operating_revenue")
        ),
    ),
    "quick_ratio": Formula(
        (
            "finance.quick_assets",
            "finance.current_assets",
            "finance.inventories",
            "finance.current_liabilities",
        ),
        quick_ratio,
    ),
    "return_on_assets": Formula(
        ("net_income", "finance.total_assets"),
        lambda figures: _percent(
            figures.in_parts(figures["net_income"]), figures.amount("finance.total_assets")
        ),
    ),
    "revenue_plan_difference": Formula(
        ("finance.revenue", "finance.plan_revenue"),
        lambda figures: _plan_difference(figures, "revenue"),
    ),
    "revenue_surplus": Formula(
        ("finance.revenue", "finance.expense"),
        lambda figures: (
            (figures.amount("finance.revenue") - figures.amount("finance.expense")) / figures.scale
        ),
    ),
}
