"""Columns of measures: what scoring takes in."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.scoring.states import State

FloatArray = NDArray[np.float64]
StateArray = NDArray[np.int8]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Column:
    """One measure of n subjects: values (NaN where there is none) and their states."""

    values: FloatArray
    states: StateArray

    @staticmethod
    def of(values: FloatArray) -> "Column":
        """A column whose NaN is "not reported"."""
        missing = np.isnan(values)
        states = np.where(missing, State.NOT_REPORTED, State.REPORTED).astype(np.int8)
        return Column(values, states)

    @staticmethod
    def empty(subjects: int) -> "Column":
        return Column(
            np.full(subjects, np.nan), np.full(subjects, State.NOT_REPORTED, dtype=np.int8)
        )


class Inputs:
    """All columns of n subjects by measure code; an absent one was not reported."""

    def __init__(self, columns: Mapping[str, Column], subjects: int) -> None:
        self.columns = columns
        self.subjects = subjects
        self._absent = Column.empty(subjects)

    def column(self, code: str) -> Column:
        return self.columns.get(code, self._absent)

    def __contains__(self, code: str) -> bool:
        return code in self.columns
