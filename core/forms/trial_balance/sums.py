"""Adds up lines of accounts to measures: arrays in, arrays out."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

import numpy as np

from core.forms.trial_balance.accounts import Edition
from core.quantities import SATANG, whole_numbers
from core.scoring.base.inputs import BoolArray, FloatArray, StateArray
from core.scoring.base.states import State

FLOWS: Final = frozenset("45")
"""Classes of the chart that are closed to zero at the end of a fiscal year."""


@dataclass(frozen=True)
class Books:
    """The n accounts of one hospital's month.

    `carried` is debit − credit in baht, NaN where it could not be read, `twice` marks accounts that
    stand there again. `classes` are those of the chart (first digits) that any account is of,
    `is_closed` marks books whose income and expense were closed to zero.
    """

    carried: FloatArray
    twice: BoolArray
    classes: AbstractSet[str]
    is_closed: bool

    def measures(self, edition: Edition, weights: FloatArray) -> tuple[FloatArray, StateArray]:
        """Value in baht and state of each measure; `weights` is measures × n.

        A measure of a class without any account was not reported; NaN where there is no figure.
        Sums are of whole satang: nothing is lost below 2^53 of them.
        """
        is_lost = np.isnan(self.carried)
        satang = whole_numbers(np.where(is_lost, 0.0, self.carried), SATANG)
        values = weights @ satang / SATANG
        states = np.full(len(weights), int(State.REPORTED), dtype=np.int8)
        states[_touched(self.twice, weights)] = int(State.CONTRADICTORY)
        states[_touched(is_lost, weights)] = int(State.ERROR)
        states[~self._reported(edition)] = int(State.NOT_REPORTED)
        return np.where(states == int(State.REPORTED), values, np.nan), states

    def _reported(self, edition: Edition) -> BoolArray:
        there = self.classes - FLOWS if self.is_closed else self.classes
        needed = (composition.classes for composition in edition.measures.values())
        return np.array([classes <= there for classes in needed], dtype=np.bool_)


def _touched(lines: BoolArray, weights: FloatArray) -> BoolArray:
    """Measures that any of some lines goes into."""
    touched: BoolArray = (weights[:, lines] != 0).any(axis=1)
    return touched
