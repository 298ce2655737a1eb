"""Three-tier indicators: the tier that a result reaches, and a score between tiers."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from core.scoring.base.inputs import FloatArray

NONE: Final = -1
"""The tier of a result that reaches none."""


def tiers_reached(results: FloatArray, edges: FloatArray) -> FloatArray:
    """The highest tier whose edge is met: n results, n x k edges (lowest first), NaN is no edge.

    Gives n places of tiers, -1 below the lowest edge; NaN without a result or any edge.
    """
    met = (results[:, None] >= edges) & ~np.isnan(edges)
    places = np.where(met.any(axis=1), met.shape[1] - 1 - met[:, ::-1].argmax(axis=1), NONE)
    unknown = np.isnan(results) | np.isnan(edges).all(axis=1)
    return np.where(unknown, np.nan, places.astype(np.float64))


def tier_scores(results: FloatArray, edges: FloatArray, points: Sequence[float]) -> FloatArray:
    """Points of n results between n x k edges worth k points: linear between edges.

    An edge that is NaN is left out and the line drawn between its neighbours; 0 below the lowest
    edge, the highest points from the highest edge on. NaN without a result or any edge.
    """
    worth = np.asarray(points, dtype=np.float64)
    scored = np.full(results.shape, np.nan)
    for row, (result, own) in enumerate(zip(results, edges, strict=True)):
        there = ~np.isnan(own)
        if np.isnan(result) or not there.any():
            continue
        below = result < own[there].min()
        scored[row] = 0.0 if below else np.interp(result, own[there], worth[there])
    return scored
