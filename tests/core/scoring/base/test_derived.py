"""Derived figures are exact at the edges, say what they need, and why they are missing."""

import math

import numpy as np
import pytest

from core.criteria.catalog import catalog, measures, walk
from core.criteria.model import DERIVED_FIGURES, AreaShare, GivenPoints, PointsOf, Shown, Threshold
from core.scoring.base.derived import INCOMES, Figures, formula_of, measures_of
from core.scoring.base.inputs import Column
from core.scoring.base.states import State


def figures(income="ni", month=9, **measured) -> Figures:
    columns = {code.replace("__", "."): np.array([float(v)]) for code, v in measured.items()}
    return Figures(columns, np.array([2566 * 12 + month - 1]), income)


def column(value: float, state: State) -> Column:
    return Column(np.array([value]), np.array([state], dtype=np.int8))


@pytest.mark.parametrize("name", DERIVED_FIGURES)
def test_every_figure_a_rule_may_name_has_a_formula_from_known_measures(name: str) -> None:
    for income in INCOMES:
        assert formula_of(name, income) is not None
        assert set(measures_of(name, income)) <= set(measures())


def test_every_figure_of_the_criteria_is_a_measure_or_derived() -> None:
    nodes = [
        node
        for criterion in catalog().criteria.values()
        for edition in criterion.editions
        for node in walk(edition.rule)
    ]
    tests = Threshold | GivenPoints | PointsOf | Shown
    named = {node.figure for node in nodes if isinstance(node, tests)}
    named |= {node.of for node in nodes if isinstance(node, AreaShare | PointsOf)}
    behind = {code for name in named for code in measures_of(name)}
    assert behind <= {*measures(), *catalog().criteria}


def test_a_figure_names_the_measures_behind_it_once() -> None:
    assert measures_of("finance.cash") == ("finance.cash",)
    assert measures_of("capital_months", "ebitda") == (
        "finance.current_assets",
        "finance.current_liabilities",
        "finance.ebitda",
    )


@pytest.mark.parametrize(
    ("assets", "liabilities"), [(150.15, 100.1), (0.03, 0.02), (1.05, 0.7), (33.15, 22.1)]
)
def test_a_ratio_of_exactly_one_and_a_half_is_exact(assets: float, liabilities: float) -> None:
    found = figures(finance__current_assets=assets, finance__current_liabilities=liabilities)
    assert found["current_ratio"][0] == 1.5


@pytest.mark.parametrize(("parts", "whole"), [((0.1, 0.2), 0.3), ((1.1, 2.2), 3.3)])
def test_equal_amounts_leave_exactly_no_capital(parts: tuple[float, float], whole: float) -> None:
    found = figures(finance__current_assets=sum(parts), finance__current_liabilities=whole)
    assert found["net_working_capital"][0] == 0


@pytest.mark.parametrize(
    ("loss", "month", "months"), [(-300.3, 9, 3), (-150.15, 9, 6), (-33.3, 1, 3.006)]
)
def test_survival_months_are_exact(loss: float, month: int, months: float) -> None:
    found = figures(
        month=month,
        finance__current_assets=200.1,
        finance__current_liabilities=100.0,
        finance__net_income=loss,
    )
    assert found["capital_months"][0] == pytest.approx(months, rel=1e-3)
    assert (found["capital_months"][0] in {3, 6}) == (months in {3, 6})


@pytest.mark.parametrize("top", [0.0, 5.0, -5.0])
def test_ratios_without_liabilities_are_unbounded(top: float) -> None:
    found = figures(finance__cash=top, finance__current_liabilities=0)
    assert found["cash_ratio"][0] == math.inf
    assert found.states("cash_ratio")[0] == State.REPORTED


def test_without_cash_reported_there_is_no_ratio_even_without_liabilities() -> None:
    found = figures(finance__current_liabilities=0)
    assert math.isnan(found["cash_ratio"][0])
    assert found.states("cash_ratio")[0] == State.NOT_REPORTED


@pytest.mark.parametrize("bottom", [0.0, -1.0])
@pytest.mark.parametrize(
    ("figure", "top", "below"),
    [
        ("revenue_plan_difference", "finance.revenue", "finance.plan_revenue"),
        ("expense_plan_difference", "finance.expense", "finance.plan_expense"),
        ("operating_margin", "finance.ebitda", "finance.operating_revenue"),
        ("return_on_assets", "finance.net_income", "finance.total_assets"),
        ("adjrw_growth", "activity.adjrw", "activity.adjrw_previous_year"),
    ],
)
def test_a_share_of_nothing_is_an_error_not_a_gap(
    figure: str, top: str, below: str, bottom: float
) -> None:
    found = Figures({top: np.array([5.0]), below: np.array([bottom])}, np.array([30000]))
    assert math.isnan(found[figure][0])
    assert found.states(figure)[0] == State.ERROR


def test_reported_net_income_outranks_revenue_less_expense() -> None:
    both = figures(finance__net_income=7, finance__revenue=500, finance__expense=400)
    assert both["net_income"][0] == 7
    assert figures(finance__revenue=500, finance__expense=400)["net_income"][0] == 100
    assert math.isnan(figures(finance__revenue=500)["net_income"][0])


@pytest.mark.parametrize("state", [State.CONTRADICTORY, State.ERROR, State.STALE])
def test_a_doubtful_net_income_is_not_mended_by_other_figures(state: State) -> None:
    columns = {
        "finance.net_income": column(7.0, state),
        "finance.revenue": np.array([500.0]),
        "finance.expense": np.array([400.0]),
    }
    found = Figures(columns, np.array([30000]))
    assert math.isnan(found["net_income"][0])
    assert found.states("net_income")[0] == state


@pytest.mark.parametrize(
    ("one", "other", "whole"),
    [
        (State.REPORTED, State.NOT_REPORTED, State.NOT_REPORTED),
        (State.NOT_REPORTED, State.NOT_APPLICABLE, State.NOT_APPLICABLE),
        (State.NOT_APPLICABLE, State.STALE, State.STALE),
        (State.STALE, State.CONTRADICTORY, State.CONTRADICTORY),
        (State.CONTRADICTORY, State.ERROR, State.ERROR),
    ],
)
def test_the_weightiest_reason_says_why_a_figure_is_missing(
    one: State, other: State, whole: State
) -> None:
    columns = {
        "finance.current_assets": column(1.0, one),
        "finance.current_liabilities": column(1.0, other),
    }
    found = Figures(columns, np.array([30000]))
    assert math.isnan(found["current_ratio"][0])
    assert found.states("current_ratio")[0] == whole


def test_a_value_that_was_not_reported_is_no_value() -> None:
    found = Figures({"days.uc": column(30.0, State.STALE)}, np.array([30000]))
    assert math.isnan(found["days.uc"][0])
