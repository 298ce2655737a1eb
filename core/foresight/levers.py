"""Levers: how an amount of money moves all figures of a hospital-month consistently."""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Final, Literal

import numpy as np
from numpy.typing import NDArray

from core.criteria.load import read_model
from core.criteria.model.base import Id, Listed, Strict, TextField
from core.criteria.model.items import MeasureCode
from core.paths import DATA
from core.scoring.base.derived import Columns
from core.scoring.base.inputs import Column, FloatArray

SOURCE: Final = DATA / "foresight.yaml"


class Lever(Strict):
    """One way to move money."""

    id: Id
    name: TextField
    sentence: TextField
    """An amount of it in words; `{amount}` stands for baht."""
    assumption: TextField
    """What the lever takes for granted."""
    adds: Mapping[MeasureCode, Literal[-1, 1]]
    """What a baht of it adds to each measure."""


class Compared(Strict):
    """A figure held against its own hospital's past; a flow is added up since October."""

    measure: MeasureCode
    is_flow: bool


class _Settings(Strict):
    """`data/foresight.yaml`."""

    compared: Annotated[tuple[Compared, ...], Listed]
    levers: Annotated[tuple[Lever, ...], Listed]


@cache
def _settings() -> _Settings:
    return read_model(SOURCE, _Settings)


@cache
def levers() -> Mapping[str, Lever]:
    """All levers by id, in the order they are shown."""
    return {lever.id: lever for lever in _settings().levers}


def compared() -> tuple[Compared, ...]:
    """The figures that are held against their own past."""
    return _settings().compared


def moved(columns: Columns, amounts: Mapping[str, FloatArray]) -> dict[str, Column]:
    """Columns after so much of each lever: lever id -> n amounts in baht.

    What was not reported or is in error stays as it is: nobody knows what it would become.
    """
    after = with_states(columns)
    for lever, amount in amounts.items():
        for code, sign in levers()[lever].adds.items():
            if code in after:
                after[code] = Column(after[code].values + sign * amount, after[code].states)
    return after


def with_states(columns: Columns) -> dict[str, Column]:
    """The same columns, each with its states."""
    return {
        code: column if isinstance(column, Column) else Column.of(column)
        for code, column in columns.items()
    }


def rows_of(columns: Columns, rows: NDArray[np.int64]) -> dict[str, Column]:
    """Some rows of columns, in any order and repeated at will."""
    return {
        code: Column(column.values[rows], column.states[rows])
        for code, column in with_states(columns).items()
    }
