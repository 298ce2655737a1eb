"""Rungs: a figure looked up, and the percentage a numerator and a denominator make."""

import math

import numpy as np

from core.criteria.model import Ratio
from core.criteria.model.base import Bands
from core.scoring.base.inputs import Column, FloatArray, Inputs
from core.scoring.base.states import State


def thresholds(bands: Bands) -> tuple[list[float], list[float]]:
    """Where each rung but the first begins, and the points of all.

    `up_to` includes its edge: the next rung begins one float above it.
    """
    edges = []
    for band in bands[:-1]:
        if band.below is not None:
            edges.append(band.below)
        elif band.up_to is not None:
            edges.append(math.nextafter(band.up_to, math.inf))
    return edges, [band.points for band in bands]


def look_up(values: FloatArray, bands: Bands) -> FloatArray:
    """Points of the first rung each value falls into; NaN stays NaN."""
    edges, points = thresholds(bands)
    places = np.searchsorted(edges, values, side="right")
    return np.where(np.isnan(values), np.nan, np.array(points)[places])


def rung(value: float, bands: Bands) -> int:
    """The place of the rung one value falls into, 0 for the first."""
    for place, band in enumerate(bands):
        if band.edge is None or value < band.edge or (band.below is None and value == band.edge):
            return place
    raise ValueError("the last rung catches the rest")


def percentage(ratio: Ratio, inputs: Inputs) -> Column:
    """`100 x numerator / denominator`; an error where it cannot be, missing where either is."""
    top, bottom = inputs.column(ratio.numerator), inputs.column(ratio.denominator)
    with np.errstate(divide="ignore", invalid="ignore"):
        values = 100 * top.values / bottom.values
    wrong = (top.states == State.ERROR) | (bottom.states == State.ERROR)
    wrong |= (bottom.values <= 0) | (top.values < 0) | (top.values > bottom.values)
    values[wrong] = np.nan
    column = Column.of(values)
    column.states[wrong] = State.ERROR
    return column
