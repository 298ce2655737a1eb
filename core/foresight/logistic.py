"""A logistic model with a ridge, and the calibration of its probabilities."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from core.scoring.base.derived import IntArray
from core.scoring.base.inputs import FloatArray

RIDGE: Final = 1.0
"""The usual weight of the penalty; `docs/foresight.md` says how it was chosen."""
_ROUNDS: Final = 50
_ENOUGH: Final = 1e-9
_FURTHEST: Final = 30.0
_FOLDS: Final = 5


@dataclass(frozen=True)
class Logistic:
    """Weights of standardised features, the constant first.

    A feature that never varied in training weighs nothing; a missing one counts as the mean.
    """

    means: FloatArray
    spreads: FloatArray
    weights: FloatArray

    def contributions(self, features: FloatArray) -> FloatArray:
        """What each feature adds to the log odds beside a hospital of means, n x features."""
        return self._standard(features) * self.weights[1:]

    def log_odds(self, features: FloatArray) -> FloatArray:
        odds: FloatArray = self.contributions(features).sum(axis=1) + self.weights[0]
        return odds

    def _standard(self, features: FloatArray) -> FloatArray:
        return np.nan_to_num((features - self.means) / self.spreads)


def fitted(features: FloatArray, outcomes: FloatArray) -> Logistic:
    """The model of n rows of features and their outcomes (1 or 0)."""
    means = np.array([_mean(column) for column in features.T])
    spreads = np.array([_spread(column) for column in features.T])
    standard = np.nan_to_num((features - means) / spreads)
    return Logistic(means, spreads, _weights(standard, outcomes, RIDGE))


def _mean(column: FloatArray) -> float:
    known = column[~np.isnan(column)]
    return float(known.mean()) if known.size else 0.0


def _spread(column: FloatArray) -> float:
    """The standard deviation; infinite for what never varies, so that it weighs nothing."""
    known = column[~np.isnan(column)]
    spread = float(known.std()) if known.size else 0.0
    return spread if spread > _ENOUGH else np.inf


def _weights(standard: FloatArray, outcomes: FloatArray, ridge: float) -> FloatArray:
    """Newton's method; the constant is not held down."""
    rows = np.column_stack([np.ones(len(standard)), standard])
    penalty = np.full(rows.shape[1], ridge)
    penalty[0] = _ENOUGH
    weights = np.zeros(rows.shape[1])
    for _ in range(_ROUNDS):
        chance = probability(rows @ weights)
        slope = rows.T @ (chance - outcomes) + penalty * weights
        curve = (rows * (chance * (1.0 - chance))[:, np.newaxis]).T @ rows + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        weights = weights - step
        if np.abs(step).max() < _ENOUGH:
            break
    return weights


def probability(log_odds: FloatArray) -> FloatArray:
    """Log odds as a probability."""
    chance: FloatArray = 1.0 / (1.0 + np.exp(-np.clip(log_odds, -_FURTHEST, _FURTHEST)))
    return chance


@dataclass(frozen=True, slots=True)
class Calibration:
    """Platt's two numbers: log odds are stretched and moved before they become a probability."""

    slope: float = 1.0
    shift: float = 0.0

    def probability(self, log_odds: FloatArray) -> FloatArray:
        return probability(self.slope * log_odds + self.shift)


def calibrated(
    features: FloatArray, outcomes: FloatArray, hospitals: IntArray, *, among: FloatArray
) -> Calibration:
    """How far the model is too sure of itself, from hospitals it was not trained on.

    Each fold of hospitals is foretold by a model of the others; `among` marks the rows that the two
    numbers are then fitted to (1 or 0): those of the last training year. The slope is kept between
    none and what the model says: a calibration may take certainty away and never adds any.
    """
    odds = np.full(len(outcomes), np.nan)
    for fold in range(_FOLDS):
        here = hospitals % _FOLDS == fold
        if here.any() and not here.all():
            odds[here] = fitted(features[~here], outcomes[~here]).log_odds(features[here])
    rows = (among > 0) & ~np.isnan(odds)
    if len(np.unique(outcomes[rows])) < 2:
        return Calibration()
    shift, slope = _weights(odds[rows, np.newaxis], outcomes[rows], 0.0)
    return Calibration(float(np.clip(slope, 0.0, 1.0)), float(shift))
