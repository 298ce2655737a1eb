"""Columns of measures: what scoring takes in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.scoring.base.states import State

FloatArray = NDArray[np.float64]
StateArray = NDArray[np.int8]
BoolArray = NDArray[np.bool_]
_NOTHING = np.nan, State.NOT_REPORTED


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
        self._columns = columns
        self.subjects = subjects
        self._absent = Column.empty(subjects)

    @property
    def columns(self) -> Mapping[str, Column]:
        return self._columns

    def column(self, code: str) -> Column:
        return self._columns.get(code, self._absent)

    def table(self, codes: Sequence[str]) -> tuple[FloatArray, StateArray]:
        """Values and states of many measures, as new arrays: a row each, a column per subject."""
        shape = len(codes), self.subjects
        if not codes:
            return np.empty(shape), np.empty(shape, dtype=np.int8)
        columns = [self.column(code) for code in codes]
        values = np.concatenate([column.values for column in columns]).reshape(shape)
        return values, np.concatenate([column.states for column in columns]).reshape(shape)

    def __contains__(self, code: str) -> bool:
        return code in self._columns


class OneSubject(Inputs):
    """What one subject reported, figure by figure: measure -> number (NaN for none) and state."""

    def __init__(self, figures: Mapping[str, tuple[float, State]]) -> None:
        super().__init__({}, 1)
        self._figures = figures

    @property
    def columns(self) -> Mapping[str, Column]:
        return {code: self.column(code) for code in self._figures}

    def column(self, code: str) -> Column:
        return Column(*(row[0] for row in self.table((code,))))

    def table(self, codes: Sequence[str]) -> tuple[FloatArray, StateArray]:
        figures = [self._figures.get(code, _NOTHING) for code in codes]
        values = np.array([number for number, _ in figures], dtype=np.float64)
        states = np.array([state for _, state in figures], dtype=np.int8)
        return values.reshape(-1, 1), states.reshape(-1, 1)

    def __contains__(self, code: str) -> bool:
        return code in self._figures
