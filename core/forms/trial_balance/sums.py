"""Adds up lines of accounts to measures: arrays in, arrays out."""

import numpy as np

from core.quantities import SATANG
from core.scoring.base.derived import IntArray
from core.scoring.base.inputs import BoolArray, FloatArray


def sums(satang: FloatArray, weights: FloatArray, groups: IntArray, size: int) -> FloatArray:
    """Measures of `size` groups of lines in baht, measures × groups.

    `satang` is debit − credit of n lines as whole satang, `weights` measures × n, `groups` the
    number of each line's group. Nothing is lost below 2^53 satang; a group without lines has 0.
    """
    rows = [np.bincount(groups, weights=satang * row, minlength=size) for row in weights]
    return np.array(rows, dtype=np.float64).reshape(len(weights), size) / SATANG


def touched(lines: BoolArray, weights: FloatArray, groups: IntArray, size: int) -> BoolArray:
    """Measures and groups that some lines go into, measures × groups."""
    counts = [np.bincount(groups, weights=lines & (row != 0), minlength=size) for row in weights]
    return np.array(counts).reshape(len(weights), size) > 0
