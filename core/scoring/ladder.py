"""Leaves: one typed figure or typed points of n subjects, scored at once."""

import numpy as np

from core.criteria.model import (
    Checklist,
    Ladder,
    Leaf,
    PassFail,
    Range,
    Ratio,
    RatioToTarget,
    Steps,
)
from core.criteria.model.base import Bands
from core.quantities import round_half_up
from core.scoring.inputs import BoolArray, Column, FloatArray, Inputs
from core.scoring.scores import Scores
from core.scoring.states import State


def look_up(values: FloatArray, bands: Bands) -> FloatArray:
    """Points of the first rung each value falls into; NaN stays NaN."""
    points = np.full(values.shape, bands[-1].points)
    for band in reversed(bands[:-1]):
        edge = np.inf if band.edge is None else band.edge
        points[values < edge if band.below is not None else values <= edge] = band.points
    points[np.isnan(values)] = np.nan
    return points


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


def _typed_or_derived(leaf: Leaf, ratio: Ratio | None, inputs: Inputs) -> tuple[Column, BoolArray]:
    """What was typed; where nothing was, the percentage of numerator and denominator."""
    typed = inputs.column(leaf.id)
    if ratio is None or ratio.denominator not in inputs:
        return typed, np.zeros(inputs.subjects, dtype=np.bool_)
    other = percentage(ratio, inputs)
    use = (typed.states == State.NOT_REPORTED) & (other.states != State.NOT_REPORTED)
    values = np.where(use, other.values, typed.values)
    return Column(values, np.where(use, other.states, typed.states).astype(np.int8)), use


def _refuse_outside(column: Column, allowed: Range) -> Column:
    outside = (column.values < allowed.lowest) | (column.values > allowed.highest)
    if not outside.any():
        return column
    states = np.where(outside, State.ERROR, column.states).astype(np.int8)
    return Column(np.where(outside, np.nan, column.values), states)


def _finish(leaf: Leaf, column: Column, points: FloatArray, at_zero: float) -> Scores:
    """Give empty cells what the form gives them, and take out what does not apply."""
    if leaf.when_empty == "as_zero":
        empty = column.states == State.NOT_REPORTED
        points = np.where(
            empty, at_zero if leaf.empty_points is None else leaf.empty_points, points
        )
    full = np.where(column.states == State.NOT_APPLICABLE, 0.0, leaf.full)
    points = np.where(column.states == State.NOT_APPLICABLE, 0.0, points)
    return Scores(leaf.id, points, full, column.values, column.states)


def score_ladder(rule: Ladder, inputs: Inputs) -> Scores:
    """A percentage looked up in its rungs."""
    column, _ = _typed_or_derived(rule, rule.input, inputs)
    column = _prepared(column, rule.round_to, rule.valid_range)
    at_zero = float(look_up(np.zeros(1), rule.bands)[0])
    return _finish(rule, column, look_up(column.values, rule.bands), at_zero)


def score_ratio(rule: RatioToTarget, inputs: Inputs) -> Scores:
    """`full x value / target`."""
    column, _ = _typed_or_derived(rule, rule.input, inputs)
    column = _prepared(column, rule.round_to, rule.valid_range)
    points = rule.full * column.values / rule.target
    if rule.capped:
        points = np.minimum(points, rule.full)
    return _finish(rule, column, points, 0.0)


def _prepared(column: Column, round_to: int | None, allowed: Range | None) -> Column:
    if round_to is not None:
        column = Column(round_half_up(column.values, round_to), column.states)
    return column if allowed is None else _refuse_outside(column, allowed)


def score_points(rule: Steps | PassFail | Checklist, inputs: Inputs) -> Scores:
    """Typed points, from 0 to full marks; empty steps may follow from numerator and denominator."""
    column = _refuse_outside(inputs.column(rule.id), Range(lowest=0, highest=rule.full))
    scores = _finish(rule, column, column.values, 0.0)
    if not isinstance(rule, Steps) or rule.derive is None or rule.input is None:
        return scores
    if rule.input.denominator not in inputs:
        return scores
    share = percentage(rule.input, inputs)
    figure = round_half_up(share.values * rule.derive.times / 100, rule.derive.round_to)
    use = (column.states == State.NOT_REPORTED) & (share.states != State.NOT_REPORTED)
    return Scores(
        rule.id,
        np.where(use, look_up(figure, rule.derive.bands), scores.points),
        scores.full,
        np.where(use, figure, scores.figure),
        np.where(use, share.states, scores.states).astype(np.int8),
    )
