"""Smallest changes and early warning, beside one scoring of the same hospitals.

Invented hospitals: 900 of them in one month, and 900 through 60 months. Processor time of the whole
process. `python -m bench.foresight` prints times, limits, and how many scorings of all hospitals
each would be.
"""

import sys
import time
from collections.abc import Callable
from statistics import median

import numpy as np

from core.criteria.catalog import catalog
from core.foresight.backtest import back_test, forecasts_of, yearly_models
from core.foresight.features import History
from core.foresight.levers import levers
from core.foresight.situations import Situations
from core.foresight.smallest import Ways, least_amounts
from core.foresight.warning import HORIZONS
from core.scoring.base.inputs import Column
from core.services.rules.finance import finance_rules

HOSPITALS, MONTHS = 900, 60
FIRST_MONTH = 2562 * 12
ALONE = 20
"""Hospitals whose every way down is sought one by one."""
RED = 4


def main() -> int:
    """Print what each takes; 1 when one is above its limit."""
    months = _month()
    scoring = _spent(lambda: months.levels_after({}), times=5)
    print(f"scoring {HOSPITALS} hospitals once: {1e3 * scoring:.1f} ms")
    rows = [
        ("all ways of one hospital to every level", 0.050, _spent(lambda: _alone(months)) / ALONE),
        (
            f"all levers of {HOSPITALS} hospitals to every level",
            2.0,
            _spent(lambda: _together(months)),
        ),
        (f"training on {HOSPITALS} x {MONTHS} and its back-test", 10.0, _spent(_trained)),
    ]
    for name, limit, spent in rows:
        print(f"{name}: {spent:.3f} s (at most {limit} s), {spent / scoring:,.0f} scorings")
    return int(any(spent > limit for _name, limit, spent in rows))


def _spent(work: Callable[[], object], times: int = 3) -> float:
    """The median of processor seconds, caches warm."""
    spent = []
    for _ in range(times + 1):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return median(spent[1:])


def _month() -> Situations:
    draw = np.random.default_rng(2567)
    assets = draw.uniform(1e7, 3e8, HOSPITALS).round(2)
    cash = (assets * draw.uniform(0.02, 0.9, HOSPITALS)).round(2)
    columns = {
        "finance.current_assets": assets,
        "finance.quick_assets": (cash + (assets - cash) * draw.random(HOSPITALS)).round(2),
        "finance.cash": cash,
        "finance.current_liabilities": draw.uniform(1e7, 3e8, HOSPITALS).round(2),
        "finance.net_income": draw.uniform(-6e7, 4e7, HOSPITALS).round(2),
    }
    ordinals = np.full(HOSPITALS, FIRST_MONTH + 8)
    given = {code: Column.of(values) for code, values in columns.items()}
    return Situations(given, ordinals, finance_rules(catalog().ruleset(2567)).crisis)


def _alone(months: Situations) -> None:
    for place in range(ALONE):
        month = months.rows(np.array([place]))
        ways, level = Ways(month), int(month.levels[0])
        for target in {level - 1, min(3, level - 1), 0} if level else ():
            for lever in levers():
                ways.change_by(lever, target)
            ways.cheapest_pair(target)


def _together(months: Situations) -> None:
    for lever in levers():
        least_amounts(months, lever)


def _trained() -> None:
    draw = np.random.default_rng(1)
    shape = HOSPITALS, MONTHS
    strength = draw.normal(0, 0.8, (HOSPITALS, 1)) + 0.15 * draw.normal(size=shape).cumsum(axis=1)
    figures = {
        "level": np.clip(np.round(2 - 3 * strength), 0, 7),
        "current_ratio": 1.5 * np.exp(strength),
        "quick_ratio": np.exp(strength),
        "cash_ratio": 0.8 * np.exp(strength),
        "net_working_capital": 2e7 * strength,
        "expense": np.broadcast_to(1e7 * (np.arange(MONTHS) % 12 + 1), shape),
    }
    known = History(FIRST_MONTH, figures)
    for horizon in HORIZONS:
        models = list(yearly_models(known, horizon, RED, first_cut=FIRST_MONTH + 11))
        back_test(known, forecasts_of(known, models), horizon, RED)


if __name__ == "__main__":
    sys.exit(main())
