"""Adds up lines of accounts to measures: arrays in, arrays out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from core.forms.trial_balance.accounts import Edition
from core.quantities import SATANG, whole_numbers
from core.scoring.base.derived import IntArray
from core.scoring.base.inputs import BoolArray, FloatArray, StateArray
from core.scoring.base.states import State

FLOWS: Final = frozenset("45")
"""Classes of the chart that are closed to zero at the end of a fiscal year."""


@dataclass(frozen=True)
class Books:
    """The n accounts of one hospital's month.

    `accounts` are those of the chart, None in none. `carried` is debit − credit in baht, NaN where
    it could not be read. `twice` marks accounts that stand there again, `is_closed` books whose
    income and expense were closed to zero.
    """

    accounts: Sequence[str | None]
    carried: FloatArray
    twice: BoolArray
    is_closed: bool

    def measures(self, edition: Edition, weights: FloatArray) -> tuple[FloatArray, StateArray]:
        """Value in baht and state of each measure; `weights` is measures × n.

        A measure of a class without any account was not reported; NaN where there is no figure.
        """
        groups: IntArray = np.zeros(len(self.accounts), dtype=np.int64)
        satang = whole_numbers(np.nan_to_num(self.carried), SATANG)
        values = sums(satang, weights, groups, 1)[:, 0]
        states = np.full(values.size, int(State.REPORTED), dtype=np.int8)
        states[touched(self.twice, weights, groups, 1)[:, 0]] = int(State.CONTRADICTORY)
        states[touched(np.isnan(self.carried), weights, groups, 1)[:, 0]] = int(State.ERROR)
        states[~self._reported(edition)] = int(State.NOT_REPORTED)
        return np.where(states == int(State.REPORTED), values, np.nan), states

    def _reported(self, edition: Edition) -> BoolArray:
        there = {account[0] for account in self.accounts if account}
        if self.is_closed:
            there -= FLOWS
        needed = (composition.classes for composition in edition.measures.values())
        return np.array([classes <= there for classes in needed], dtype=np.bool_)


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
