"""An estimate of time saved: steps, minutes, people and times, before and after."""

from typing import NamedTuple

import numpy as np

from core.scoring.plans.shares import hours_spent
from core.services.backoffice.programme import programme
from core.text import Text, say


class Work(NamedTuple):
    """How work is done: steps, minutes a step, people at it, times in the period."""

    steps: float
    minutes: float
    people: float
    times: float


class Estimate(NamedTuple):
    """Hours before and after, and the days between them; never a measured figure."""

    before: float
    after: float
    days: float


def estimate(before: Work, after: Work) -> Estimate:
    """What a change of work saves; less than nothing where it takes longer now."""
    columns = np.array([before, after], dtype=np.float64).T
    hours = hours_spent(*columns)
    saved = float(hours[0] - hours[1]) / programme().calculator.hours_a_day
    return Estimate(float(hours[0]), float(hours[1]), saved)


def estimate_text(estimate: Estimate) -> Text:
    """The estimate in a sentence that says that it is one."""
    numbers = {"before": f"{estimate.before:,.1f}", "after": f"{estimate.after:,.1f}"}
    if estimate.days < 0:
        more = f"{-estimate.days:,.1f}"
        return say(
            "Estimate: {before} hours before, {after} after: {days} days more", days=more, **numbers
        )
    saved = f"{estimate.days:,.1f}"
    return say(
        "Estimate: {before} hours before, {after} after: {days} days saved", days=saved, **numbers
    )
