"""What an early warning looks at: each hospital's month, as it was known in that month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from core.scoring.base.derived import IntArray
from core.scoring.base.inputs import BoolArray, FloatArray

RATIOS: Final = ("current_ratio", "quick_ratio", "cash_ratio")
FEATURES: Final = (
    "level",
    *RATIOS,
    "capital_in_months",
    "target_month",
    "target_month_squared",
    "target_in_first_quarter",
    "crosses_year",
)
REASONS: Final[Mapping[str, Sequence[str]]] = {
    "level": ("level",),
    "liquidity": RATIOS,
    "capital_in_months": ("capital_in_months",),
    "season": FEATURES[5:],
}
"""Features that are told of together: of three ratios that move as one, none counts alone."""
_LOWEST, _HIGHEST = 0.05, 50.0
_FIRST_QUARTER: Final = 3


@dataclass(frozen=True)
class History:
    """Hospitals by months: arrays of n hospitals and t months in a row, NaN where nothing is known.

    `first` is the ordinal of the first month. `figures` by name: level, the three ratios,
    net_working_capital (baht) and expense (baht, cumulative since 1 October).
    """

    first: int
    figures: Mapping[str, FloatArray]

    @property
    def levels(self) -> FloatArray:
        return self.figures["level"]

    @property
    def ordinals(self) -> IntArray:
        return self.first + np.arange(self.levels.shape[1], dtype=np.int64)

    @property
    def known(self) -> BoolArray:
        known: BoolArray = ~np.isnan(self.levels)
        return known

    def until(self, last: int) -> "History":
        """What was known at the end of a month."""
        months = max(last - self.first + 1, 0)
        return History(
            self.first, {name: values[:, :months] for name, values in self.figures.items()}
        )


def features(history: History, horizon: int) -> FloatArray:
    """Features of each hospital and month, n x t x 9; NaN where a figure is missing.

    Each looks at its own month and earlier ones alone; of the month foretold only the calendar is
    known.
    """
    figures = history.figures
    target = (history.ordinals + horizon) % 12 + 1
    calendar = [
        target / 12.0,
        (target / 12.0) ** 2,
        target <= _FIRST_QUARTER,
        target <= horizon,
    ]
    columns = [
        figures["level"],
        *(np.log(np.clip(figures[name], _LOWEST, _HIGHEST)) for name in RATIOS),
        _signed_log(figures["net_working_capital"] / monthly_expense(history)),
        *(np.broadcast_to(one.astype(np.float64), history.levels.shape) for one in calendar),
    ]
    return np.stack(columns, axis=-1)


def monthly_expense(history: History) -> FloatArray:
    """Expense of a month in baht: of the last twelve months where they are known, else of the year.

    NaN where there is none above zero.
    """
    spent = history.figures["expense"]
    elapsed = history.ordinals % 12 + 1
    months = spent.shape[1]
    whole = np.full(spent.shape, np.nan)
    for place in range(12, months):
        passed = int(elapsed[place])
        year_end = spent[:, place - passed]
        whole[:, place] = spent[:, place] + year_end - spent[:, place - 12]
    own = np.where(np.isnan(whole), spent / elapsed, whole / 12.0)
    return np.where(own > 0, own, np.nan)


def outcomes(levels: FloatArray, horizon: int, first_red: int) -> FloatArray:
    """Whether a hospital is in crisis `horizon` months after each month: 1, 0, NaN for unknown."""
    later = np.full(levels.shape, np.nan)
    later[:, :-horizon] = levels[:, horizon:]
    return np.where(np.isnan(later), np.nan, (later >= first_red).astype(np.float64))


def _signed_log(values: FloatArray) -> FloatArray:
    logs: FloatArray = np.sign(values) * np.log1p(np.abs(values))
    return logs
