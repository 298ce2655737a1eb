"""Crisis level and TPS of 900 hospitals through 60 months, against plain NumPy on the same columns.

The lower bound is the same arithmetic written straight down, with floats as they come and nothing
kept but levels, scores and grades; what peer groups stand for comes from one table each.
Figures are invented. `python -m bench.finance` prints the ratio.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.criteria.catalog import catalog
from core.scoring.finance.score import FinanceRules, FinanceScores, score_finance

HOSPITALS, MONTHS = 900, 60
FIRST_MONTH = 2562 * 12
MISSING = 0.03
LIMIT = 3.0
Floats = NDArray[np.float64]

DAYS = ("payables", "uc", "csmbs", "inventory")
PEER_FIGURES = ("op_unit", "ip_unit", "labour", "drugs", "lab", "supplies")


@dataclass(frozen=True)
class Table:
    """Invented hospital-months: columns by measure code, and where each row belongs."""

    columns: dict[str, Floats]
    months: NDArray[np.int64]
    groups: NDArray[np.int64]
    islands: NDArray[np.bool_]


def invented(seed: int = 2566) -> Table:
    """54,000 rows, 20 groups of 6 to 90 hospitals, three in a hundred figures missing."""
    draw = np.random.default_rng(seed)
    sizes = np.linspace(6, 84, 20).round().astype(int)
    group = np.repeat(np.arange(20), sizes)[:HOSPITALS]
    n = HOSPITALS * MONTHS

    def money(low: float, high: float) -> Floats:
        return np.round(draw.uniform(low, high, n), 2)

    columns = {
        "finance.cash": money(1e6, 9e7),
        "finance.current_assets": money(5e7, 2e8),
        "finance.inventories": money(1e6, 3e7),
        "finance.current_liabilities": money(3e7, 1.2e8),
        "finance.total_assets": money(2e8, 9e8),
        "finance.revenue": money(1e8, 2e8),
        "finance.expense": money(1e8, 2e8),
        "finance.net_income": money(-4e7, 4e7),
        "finance.ebitda": money(-1e7, 5e7),
        "finance.operating_revenue": money(9e7, 1.8e8),
        "finance.plan_revenue": money(1e8, 2e8),
        "finance.plan_expense": money(1e8, 2e8),
        "accounting.trial_balance_score": draw.integers(0, 2, n).astype(np.float64),
        "activity.occupancy": draw.uniform(40, 110, n),
        "activity.adjrw": np.round(draw.uniform(500, 3000, n), 4),
        "activity.adjrw_previous_year": np.round(draw.uniform(500, 3000, n), 4),
    }
    columns |= {f"days.{name}": draw.uniform(20, 200, n) for name in ("payables", "uc", "csmbs")}
    columns["days.inventory"] = draw.uniform(20, 120, n)
    columns |= {f"cost.{name}": draw.uniform(500, 900, n) for name in PEER_FIGURES}
    for values in columns.values():
        values[draw.random(n) < MISSING] = np.nan
    return Table(
        columns=columns,
        months=np.tile(np.arange(FIRST_MONTH, FIRST_MONTH + MONTHS), HOSPITALS),
        groups=np.repeat(group, MONTHS),
        islands=np.repeat(draw.random(HOSPITALS) < 0.03, MONTHS),
    )


def plain(table: Table) -> dict[str, NDArray[Any]]:
    """The same arithmetic straight down: level, survival months, TPS score, possible, grade."""
    column, month = table.columns, table.months
    liabilities, assets = column["finance.current_liabilities"], column["finance.current_assets"]
    cash_ratio = _rounded(column["finance.cash"] / liabilities, 2)
    capital = assets - liabilities
    given = column["finance.net_income"]
    income = np.where(np.isnan(given), column["finance.revenue"] - column["finance.expense"], given)
    crisis = _plain_crisis(table, cash_ratio, capital, income)
    groups = _Cells(table.groups * MONTHS + (month - FIRST_MONTH))
    score, possible = _plain_tps(table, groups, cash_ratio, capital, income)
    grade = np.searchsorted([7.5, 9.0, 10.5, 12.0], score, side="right")
    return {**crisis, "score": score, "possible": possible, "grade": grade}


def _plain_crisis(
    table: Table, cash_ratio: Floats, capital: Floats, income: Floats
) -> dict[str, Floats]:
    column = table.columns
    liabilities, assets = column["finance.current_liabilities"], column["finance.current_assets"]
    current = _rounded(assets / liabilities, 2)
    quick = _rounded((assets - column["finance.inventories"]) / liabilities, 2)
    months = np.abs(capital) * (table.months % 12 + 1) / np.abs(income)
    middle = (months > 3) & (months <= 6)
    shrinking = np.where(months <= 3, 2, np.where(middle, 1, 0))
    growing = np.where(months <= 3, 0, np.where(middle, 1, 2))
    survival = np.where(
        capital < 0, np.where(income < 0, 2, growing), np.where(income < 0, shrinking, 0)
    )
    level = (current < 1.5) + 1.0 * (quick < 1.0) + (cash_ratio < 0.8)
    level = level + (capital < 0) + (income < 0) + survival
    level[np.isnan(quick + cash_ratio + capital + income)] = np.nan
    return {"level": level, "months": months}


def _rounded(values: Floats, decimals: int) -> Floats:
    scale = 10.0**decimals
    return np.floor(values * scale + 0.5) / scale


class _Cells:
    """Rows of one group and month beside one another in a table."""

    def __init__(self, cell: NDArray[np.int64]) -> None:
        self.cell = cell
        counts = np.bincount(cell)
        order = np.argsort(cell, kind="stable")
        self.rows = np.full((counts.size, counts.max()), cell.size)
        self.rows[np.arange(counts.max()) < counts[:, None]] = order

    def mean(self, values: Floats, deviations: int = 0) -> Floats:
        table = np.append(values, np.nan)[self.rows]
        number = table.shape[1] - np.isnan(table).sum(axis=1)
        mean = np.nansum(table, axis=1) / number
        if deviations:
            squares = np.nansum(np.square(table - mean[:, None]), axis=1)
            mean = mean + np.sqrt(squares / (number - 1))
        return np.take(mean, self.cell)

    def median(self, values: Floats) -> Floats:
        table = np.sort(np.append(values, np.nan)[self.rows], axis=1)
        number = table.shape[1] - np.isnan(table).sum(axis=1)
        row = np.arange(table.shape[0])
        middle = table[row, (number - 1) // 2] + table[row, number // 2]
        middle /= 2
        return np.take(middle, self.cell)


def _plain_tps(
    table: Table, cells: _Cells, cash_ratio: Floats, capital: Floats, income: Floats
) -> tuple[Floats, Floats]:
    column = table.columns
    score, possible = np.zeros(capital.shape), np.zeros(capital.shape)
    for name in ("revenue", "expense"):
        plan = column[f"finance.plan_{name}"]
        _add(score, possible, 5 - np.abs(100 * (column[f"finance.{name}"] - plan) / plan), 1)
    limit = np.where(cash_ratio >= 0.8, 90, 180)
    days = {name: _rounded(column[f"days.{name}"], 0) for name in DAYS}
    _add(score, possible, np.where(np.isnan(cash_ratio), np.nan, limit) - days["payables"], 1)
    _add(score, possible, 60 - days["uc"], 0.5)
    _add(score, possible, 60 - days["csmbs"], 0.5)
    _add(score, possible, np.where(table.islands, 90, 60) - days["inventory"], 1)
    costs, judged = np.zeros(capital.shape), np.zeros(capital.shape)
    for name in PEER_FIGURES:
        values = column[f"cost.{name}"]
        is_unit = "unit" in name
        _add(costs, judged, cells.mean(values, is_unit) - values, 1 if is_unit else 0.5)
    score += np.minimum(costs, 2)
    possible += np.minimum(judged, 2)
    check = column["accounting.trial_balance_score"]
    score += np.where(np.isnan(check), 0, check)
    possible += ~np.isnan(check)
    _add(score, possible, column["activity.occupancy"] - 80, 1)
    adjrw, before = column["activity.adjrw"], column["activity.adjrw_previous_year"]
    met = (adjrw > cells.median(adjrw)) | (100 * (adjrw - before) / before >= 5)
    _add(score, possible, np.where(np.isnan(adjrw), np.nan, met - 0.5), 1)
    margin = 100 * column["finance.ebitda"] / column["finance.operating_revenue"]
    _add(score, possible, margin - cells.mean(margin), 1)
    returns = 100 * income / column["finance.total_assets"]
    _add(score, possible, returns - cells.mean(returns), 1)
    for distance in (column["finance.ebitda"], capital, cash_ratio - 0.8):
        _add(score, possible, distance, 1)
    return score, possible


def _add(score: Floats, possible: Floats, distance: Floats, points: float) -> None:
    score += points * (distance >= 0)
    possible += points * ~np.isnan(distance)


def shipped(table: Table) -> FinanceScores:
    """What ships, every figure, cut-off, state and verdict of every test kept."""
    rules = catalog().ruleset(2566)
    chosen: Any = {key: rules.rules[name] for key, name in _RULES.items()}
    return score_finance(
        table.columns,
        months=table.months,
        groups=table.groups,
        islands=table.islands,
        rules=FinanceRules(**chosen),
    )


_RULES = {"crisis": "crisis.level", "tps": "tps.score", "grade": "tps.grade"}


def best_of(work: Callable[[], object], times: int = 7) -> float:
    """The shortest of several runs, seconds: what the machine can do when it is let."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return min(taken)


def check(table: Table) -> None:
    """Both sides must agree before their speed says anything."""
    ours, lower = shipped(table), plain(table)
    np.testing.assert_array_equal(ours.crisis.level, lower["level"])
    np.testing.assert_allclose(ours.crisis.months, lower["months"])
    np.testing.assert_array_equal(ours.tps.whole.earned, lower["score"])
    np.testing.assert_array_equal(ours.tps.possible, lower["possible"])
    graded = ours.tps.complete
    np.testing.assert_array_equal(4 - ours.grade.places[graded], lower["grade"][graded])


def main() -> None:
    """Print both times and their ratio; fail above the limit."""
    table = invented()
    check(table)
    lower = best_of(lambda: plain(table))
    ours = best_of(lambda: shipped(table).tps.states)  # Made when asked for.
    print(f"crisis and TPS, {HOSPITALS} hospitals x {MONTHS} months")
    print(f"  plain NumPy {lower * 1000:7.1f} ms")
    print(f"  shipped     {ours * 1000:7.1f} ms   ratio {ours / lower:.2f} (limit {LIMIT:.0f})")
    sys.exit(ours > LIMIT * lower)


if __name__ == "__main__":
    main()
