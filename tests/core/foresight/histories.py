"""Invented histories in which who is short of cash comes into crisis."""

import numpy as np

from core.foresight.features import History
from tests.core.foresight.hospitals import OCTOBER


def history(hospitals: int = 40, months: int = 48, seed: int = 1) -> History:
    """Ratios wander; a crisis is where all of them are low, and more likely late in the year."""
    draws = np.random.default_rng(seed)
    start = draws.normal(0.0, 0.8, hospitals)[:, np.newaxis]
    strength = start + 0.15 * draws.normal(size=(hospitals, months)).cumsum(axis=1)
    season = 0.4 * ((np.arange(months) % 12) / 11.0)
    level = np.clip(np.round(2.0 - 3.0 * (strength - season)), 0.0, 7.0)
    ratio = np.exp(strength)
    spent = 10_000_000.0 * (np.arange(months) % 12 + 1)
    return History(
        OCTOBER,
        {
            "level": level,
            "current_ratio": 1.5 * ratio,
            "quick_ratio": ratio,
            "cash_ratio": 0.8 * ratio,
            "net_working_capital": 20_000_000.0 * strength,
            "expense": np.broadcast_to(spent, level.shape).copy(),
        },
    )
