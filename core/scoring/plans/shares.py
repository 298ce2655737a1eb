"""Shares of a plan: percentages of a whole, added up, by quarter; weights; levels of risks."""

import numpy as np

from core.scoring.base.inputs import FloatArray

_QUARTER = 3
_MONTHS = 12


def percent_of(part: FloatArray, whole: FloatArray) -> FloatArray:
    """Percent that parts are of wholes; NaN where either is missing or the whole is 0."""
    known = np.where(whole == 0, np.nan, whole)
    return 100.0 * part / known


def quarters_of(months: FloatArray) -> FloatArray:
    """Figures of fiscal months, n x 12, as n x 4 sums; a quarter without any figure is NaN."""
    by_quarter = months.reshape(-1, _MONTHS // _QUARTER, _QUARTER)
    sums: FloatArray = np.nansum(by_quarter, axis=2)
    return np.where(np.isnan(by_quarter).all(axis=2), np.nan, sums)


def cumulated_percent(parts: FloatArray) -> FloatArray:
    """Parts (k) added up one after another, in percent of all; missing ones add nothing."""
    whole = np.nansum(parts)
    sums: FloatArray = np.cumsum(np.nan_to_num(parts))
    return percent_of(sums, np.full(sums.shape, whole))


def weighted_progress(weights: FloatArray, done: FloatArray) -> float:
    """Percent of n weighted steps that is done, `done` from 0 to 1; NaN without any weight.

    A step that nobody told of counts as not done; the weights need not add up to 100.
    """
    known = np.nan_to_num(weights)
    whole = known.sum()
    return float(100.0 * (known * np.nan_to_num(done)).sum() / whole) if whole else float("nan")


def hours_spent(steps: FloatArray, minutes: FloatArray, people: FloatArray, times: FloatArray
) -> FloatArray:  # fmt: skip
    """Hours that work takes: steps, minutes a step, people at it, times it is done."""
    hours: FloatArray = steps * minutes * people * times / 60.0
    return hours
