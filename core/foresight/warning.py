"""Early warning: the probability of a crisis level in so many months, and what it rests on."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from core.foresight.features import FEATURES, REASONS, History, features, outcomes
from core.foresight.logistic import Calibration, Logistic, calibrated, fitted
from core.scoring.base.derived import IntArray
from core.scoring.base.inputs import BoolArray, FloatArray

HORIZONS: Final = (3, 6)
"""Months ahead."""
MONTHS_NEEDED: Final = 24
"""Of history before a forecast is made; source: a year to learn a season and one to try it."""
ROWS_NEEDED: Final = 300
"""Hospital-months with a known outcome before a forecast is made."""
_MOST_REASONS: Final = 3
_YEAR: Final = 12


@dataclass(frozen=True)
class Training:
    """Rows of which the outcome was known at the end of a month, in the order of hospitals."""

    features: FloatArray
    outcomes: FloatArray
    hospitals: IntArray
    is_last_year: BoolArray


@dataclass(frozen=True)
class Model:
    """What foretells `horizon` months ahead, trained on outcomes up to the month `trained_until`.

    `rows` hospital-months, `reds` of them in crisis at the end.
    """

    horizon: int
    trained_until: int
    rows: int
    reds: int
    logistic: Logistic
    calibration: Calibration

    @cached_property
    def version(self) -> str:
        """A name of exactly these numbers."""
        numbers = np.concatenate(
            [
                self.logistic.means,
                self.logistic.spreads,
                self.logistic.weights,
                [self.calibration.slope, self.calibration.shift, self.horizon, self.trained_until],
            ]
        )
        return hashlib.sha256(np.round(numbers, 9).tobytes()).hexdigest()[:12]

    def foretold(self, history: History) -> FloatArray:
        """Probabilities, n hospitals x t months; NaN where the level of the month is not known."""
        inputs = features(history, self.horizon)
        odds = self.logistic.log_odds(inputs.reshape(-1, len(FEATURES)))
        chance = self.calibration.probability(odds).reshape(history.levels.shape)
        return np.where(history.known, chance, np.nan)

    def reasons(self, history: History, month: int) -> list[Mapping[str, float]]:
        """What speaks most for a crisis of each hospital in a month: reason -> added log odds.

        At most three each, the largest first; only what raises the odds above a hospital of means.
        """
        inputs = features(history.until(month), self.horizon)[:, -1]
        added = self.logistic.contributions(inputs) * self.calibration.slope
        table = np.column_stack(
            [added[:, [FEATURES.index(name) for name in names]].sum(axis=1)
             for names in REASONS.values()]
        )  # fmt: skip
        order = np.argsort(-table, axis=1, kind="stable")[:, :_MOST_REASONS]
        names = list(REASONS)
        return [
            {names[place]: float(row[place]) for place in best if row[place] > 0}
            for row, best in zip(table, order.tolist(), strict=True)
        ]


def training(history: History, horizon: int, first_red: int, until: int) -> Training:
    """The rows whose outcome was known at the end of the month `until` (an ordinal)."""
    known = history.until(until)
    results = outcomes(known.levels, horizon, first_red)
    rows = known.known & ~np.isnan(results)
    hospitals, months = np.nonzero(rows)
    return Training(
        features(known, horizon)[rows],
        results[rows],
        hospitals.astype(np.int64),
        known.ordinals[months] + horizon > until - _YEAR,
    )


def trained(history: History, horizon: int, first_red: int, until: int) -> Model | None:
    """The model trained on all outcomes up to a month; None where all of them are alike."""
    rows = training(history, horizon, first_red, until)
    if len(np.unique(rows.outcomes)) < 2:
        return None
    calibration = calibrated(
        rows.features, rows.outcomes, rows.hospitals, among=rows.is_last_year.astype(np.float64)
    )
    return Model(
        horizon=horizon,
        trained_until=until,
        rows=len(rows.outcomes),
        reds=int(rows.outcomes.sum()),
        logistic=fitted(rows.features, rows.outcomes),
        calibration=calibration,
    )
