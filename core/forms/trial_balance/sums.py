"""Adds up lines of accounts to measures: arrays in, arrays out."""

from collections.abc import Sequence

import numpy as np

from core.forms.trial_balance.accounts import AccountSets, Edition
from core.quantities import SATANG
from core.scoring.base.derived import IntArray
from core.scoring.base.inputs import BoolArray, FloatArray


def weights_of(sets: AccountSets, edition: Edition, accounts: Sequence[str | None]) -> FloatArray:
    """By what debit − credit of each account goes into each measure, measures × accounts.

    An account that is None goes into none.
    """
    return np.array(
        [
            [sets.weight(composition, account) if account else 0 for account in accounts]
            for composition in edition.measures.values()
        ],
        dtype=np.float64,
    ).reshape(len(edition.measures), len(accounts))


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
