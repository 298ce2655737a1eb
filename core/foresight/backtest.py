"""What earlier forecasts were worth: each year foretold by a model that did not know it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from core.foresight.features import History, outcomes
from core.foresight.warning import Model, trained
from core.scoring.base.inputs import BoolArray, FloatArray

PARTS: Final = 5
_YEAR: Final = 12


@dataclass(frozen=True, slots=True)
class Part:
    """A fifth of the forecasts by probability: crises expected of so many, and crises that came."""

    forecasts: int
    expected: float
    came: int


@dataclass(frozen=True, slots=True)
class BackTest:
    """Forecasts held against what came.

    `auc` is the chance that a hospital that came into crisis had the higher probability than one
    that did not; `auc_new` among those not in crisis when foretold; `auc_level` and
    `auc_level_new` what today's level alone gives. NaN where nothing or everything came.
    """

    forecasts: int
    came: int
    auc: float
    auc_new: float
    auc_level: float
    auc_level_new: float
    parts: tuple[Part, ...]

    @property
    def base_rate(self) -> float:
        """Share of forecasts after which a crisis came; NaN without forecasts."""
        return self.came / self.forecasts if self.forecasts else np.nan


def yearly_models(
    history: History, horizon: int, first_red: int, *, first_cut: int
) -> Iterator[Model]:
    """A model at the end of each fiscal year from `first_cut` on (ordinals of Septembers)."""
    last = int(history.ordinals[-1]) if history.levels.size else first_cut - 1
    for until in range(first_cut, last + 1, _YEAR):
        model = trained(history, horizon, first_red, until)
        if model is not None:
            yield model


def forecasts_of(history: History, models: list[Model]) -> FloatArray:
    """Each month foretold by the last model trained before it; NaN before the first."""
    forecasts = np.full(history.levels.shape, np.nan)
    for model in models:
        after = history.ordinals > model.trained_until
        forecasts[:, after] = model.foretold(history)[:, after]
    return forecasts


def back_test(history: History, forecasts: FloatArray, horizon: int, first_red: int) -> BackTest:
    """Forecasts (n hospitals x t months) of which the outcome is known, held against it."""
    came = outcomes(history.levels, horizon, first_red)
    rows = ~np.isnan(forecasts) & ~np.isnan(came)
    level, chance, result = history.levels[rows], forecasts[rows], came[rows] > 0
    new = level < first_red
    return BackTest(
        forecasts=int(rows.sum()),
        came=int(result.sum()),
        auc=auc(chance, result),
        auc_new=auc(chance[new], result[new]),
        auc_level=auc(level, result),
        auc_level_new=auc(level[new], result[new]),
        parts=tuple(_parts(chance, result)),
    )


def _parts(chance: FloatArray, came: BoolArray) -> Iterator[Part]:
    order = np.argsort(chance, kind="stable")
    for part in np.array_split(order, PARTS) if order.size else ():
        yield Part(len(part), float(chance[part].sum()), int(came[part].sum()))


def auc(scores: FloatArray, came: BoolArray) -> float:
    """Area under the ROC curve, equal scores counting half; NaN unless both outcomes are there."""
    positive = int(came.sum())
    negative = came.size - positive
    if not positive or not negative:
        return float("nan")
    _, places, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks = (ends - (counts - 1) / 2.0)[places]
    above = ranks[came].sum() - positive * (positive + 1) / 2.0
    return float(above / (positive * negative))
