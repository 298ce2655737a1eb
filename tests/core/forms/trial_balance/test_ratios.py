"""The ministry's ratios from accounts: end, average, sum of credits. All amounts are invented."""

import math

import numpy as np
import pytest

from core.forms.trial_balance.accounts import chart
from core.forms.trial_balance.ratios import Balances, Months, RatioValue, ratio_tables, ratios_of
from core.periods import Period, parse_period

MONEY, PAYABLE, REVENUE, COST = (
    "1101010101.101", "2101010102.133", "4301020105.202", "5104010104.101",
)  # fmt: skip
LAST = parse_period("2567-M12")


def balances(*rows: tuple[str, float, float]) -> Balances:
    """Accounts with what they carry and their credits of the month."""
    accounts, carried, credit = zip(*rows, strict=True)
    return Balances(accounts, np.array(carried, dtype=float), np.array(credit, dtype=float))


def books(
    payable: float, credit: float, revenue: float = 0, money: float | None = None
) -> Balances:
    """Accounts of a month: what is owed, what was bought on credit, what was earned."""
    return balances(
        (MONEY, payable if money is None else money, 0),
        (PAYABLE, -payable, credit),
        (REVENUE, -revenue, revenue),
        (COST, revenue / 2, 0),
    )


def month(number: int) -> Period:
    return Period(2568, "M", number)


def of(months: Months, period: Period, ratio: str) -> RatioValue:
    return next(one for one in ratios_of(months)[period] if one.ratio.id == ratio)


YEAR: Months = {
    LAST: books(100, math.nan), month(1): books(200, 40, 10), month(2): books(300, 60, 30),
}  # fmt: skip


def test_a_payment_period_takes_the_average_balance_and_the_credits_since_october() -> None:
    found = of(YEAR, month(2), "260")
    assert (found.x, found.y) == ((300 + 100) / 2, 40 + 60)
    assert found.value == 200 / 100 * 30 * 2


def test_without_last_years_end_an_average_is_not_known() -> None:
    found = of({one: YEAR[one] for one in (month(1), month(2))}, month(2), "260")
    assert math.isnan(found.x)
    assert found.y == 100
    assert math.isnan(found.value)


def test_with_a_month_missing_a_sum_of_credits_is_not_known() -> None:
    found = of({one: YEAR[one] for one in (LAST, month(2))}, month(2), "260")
    assert found.x == 200
    assert math.isnan(found.y)


def test_balances_are_natural_sided_and_profit_is_revenue_less_expense() -> None:
    assert of(YEAR, month(2), "100").x == 300
    assert of(YEAR, month(2), "100").y == 300
    assert of(YEAR, month(2), "104").value == 0
    assert of(YEAR, month(2), "321").x == 30 - 15


def test_a_class_without_any_account_is_not_zero() -> None:
    only = {month(1): balances((MONEY, 5, 0))}
    assert of(only, month(1), "102").x == 5
    assert math.isnan(of(only, month(1), "102").y)


def test_an_amount_that_is_not_known_spoils_only_what_it_counts_in() -> None:
    spoiled = {month(1): books(200, 40, 10, money=math.nan)}
    assert math.isnan(of(spoiled, month(1), "102").x)
    assert of(spoiled, month(1), "102").y == 200


def test_nothing_below_the_line_gives_no_value() -> None:
    assert math.isnan(of({month(1): books(0, 0)}, month(1), "102").value)


def test_closed_books_give_no_income() -> None:
    found = {one.ratio.id: one for one in ratios_of({LAST: books(100, 0)}, closed=[LAST])[LAST]}
    assert found["102"].value == 1
    assert math.isnan(found["334"].value)


def test_the_tables_are_whole() -> None:
    tables = ratio_tables()
    assert len(tables.ratios) == 33
    assert {name for one in tables.ratios for name in (one.x, one.y)} == tables.items.keys()
    prefixes = {p for item in tables.items.values() for t in item.terms for p in t.prefixes}
    without = {p for p in prefixes if not any(code.startswith(p) for code in chart().codes)}
    # Two accounts of the ministry's own list are in no chart.
    assert without == {"1102050132", "2101020117"}


@pytest.mark.parametrize(
    ("ratio", "measure"), [("260", "days.payables"), ("261", "days.uc"), ("264", "days.inventory")]
)
def test_periods_in_days_are_figures_of_monthly_finance(ratio: str, measure: str) -> None:
    known = {one.id: one.measure for one in ratio_tables().ratios}
    assert known[ratio] == measure
