"""The reported figures of one form: subjects by periods, with the mistakes of reporting."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from core.periods import Period
from core.scoring.base.inputs import BoolArray, Column, FloatArray
from core.scoring.base.states import State

_QUARTER: Final = 3


class Subject(NamedTuple):
    """The hcode of a facility or the code of a district, and the province that sends for it."""

    code: str
    province: str


class Cell(NamedTuple):
    """A figure by subject, period (both as places in the table) and measure."""

    subject: int
    period: int
    measure: str


class Batch(NamedTuple):
    """The periods of one file, their part of its name, and the month after whose end it is sent."""

    periods: range
    part: str
    until: Period


@dataclass(frozen=True)
class Sending:
    """The files a table is sent in; `drawn` names the draws of the delay in days."""

    batches: tuple[Batch, ...]
    name: str
    drawn: str
    days_after: tuple[int, int]


@dataclass(frozen=True, eq=False)
class DemoTable:
    """The figures of n subjects in p periods, as meant and as a reader finds them.

    `reported`: n x p, whether anything is. `invented`: measure -> n x p figures as they were meant;
    `columns`: as a reader of the files finds them. `typed` is what stands in cells that hold no
    proper figure, `twice` the other figure of a subject's period that stands in a file twice.
    `words`: measure -> n x p texts, and yes or no where an empty cell says no.
    """

    form: str
    subjects: Sequence[Subject]
    periods: tuple[Period, ...]
    reported: BoolArray
    invented: Mapping[str, FloatArray]
    columns: Mapping[str, Column]
    words: Mapping[str, Sequence[Sequence[str]]]
    typed: Mapping[Cell, str]
    twice: Mapping[Cell, float]
    sending: Sending

    def reported_rows(self, subjects: Sequence[int], batch: Batch) -> Iterator[tuple[int, int]]:
        """The reported subjects and periods of a file, all periods of a subject in turn."""
        reported = self.reported[subjects, batch.periods.start : batch.periods.stop].tolist()
        for subject, row in zip(subjects, reported, strict=True):
            for period, there in zip(batch.periods, row, strict=True):
                if there:
                    yield subject, period


def written(value: float) -> str:
    """A figure as a program writes it into a text file: the shortest that reads back the same."""
    return repr(float(value)).removesuffix(".0")


def by_quarter(months: Sequence[Period]) -> tuple[Batch, ...]:
    """Months sent quarter by quarter."""
    starts = range(0, len(months), _QUARTER)
    return tuple(
        Batch(range(start, start + _QUARTER), f"Q{last.number // _QUARTER}", last)
        for start in starts
        for last in [months[start + _QUARTER - 1]]
    )


def set_state(columns: Mapping[str, Column], cell: Cell, state: State) -> None:
    """Replace the figure that a reader finds in a cell by a state."""
    column = columns[cell.measure]
    column.values[cell[:2]], column.states[cell[:2]] = np.nan, state
