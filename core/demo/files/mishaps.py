"""Mistakes of reporting in a theme's figures: lost, left out, mistyped, contradictory."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Final

import numpy as np

from core.criteria.catalog import measures
from core.demo.draws import Draws
from core.demo.files.tables import Cell, DemoTable, Sending, Subject, set_state
from core.demo.theme_parameters import Slips
from core.periods import Period
from core.scoring.base.inputs import BoolArray, Column, FloatArray
from core.scoring.base.states import State

_ANSWER: Final = "answer"
_COUNT: Final = "count"


@dataclass(frozen=True)
class Plan:
    """A theme's figures as they were meant, n x p each; `name` is that of its draws.

    `away`: measure -> where it does not apply.
    """

    name: str
    form: str
    subjects: Sequence[Subject]
    periods: tuple[Period, ...]
    reported: BoolArray
    figures: Mapping[str, FloatArray]
    words: Mapping[str, list[list[str]]]
    away: Mapping[str, BoolArray]
    sending: Sending


def table_with_slips(plan: Plan, slips: Slips, draws: Draws) -> DemoTable:
    """The table as it is sent, with mistakes, and as a reader finds it."""
    columns = {measure: _column(plan, measure) for measure in plan.figures}
    chosen = iter(draws.permutation(f"{plan.name} wrong", plan.reported.size).tolist())
    typed = dict(zip(_cells(plan, columns, chosen, slips.mistyped), cycle(slips.texts)))
    twice = {
        cell: _other(cell.measure, float(plan.figures[cell.measure][cell[:2]]), slips.percent)
        for cell in _cells(plan, columns, chosen, slips.contradictory)
    }
    for cells, state in ((typed, State.ERROR), (twice, State.CONTRADICTORY)):
        for cell in cells:
            set_state(columns, cell, state)
    return DemoTable(
        plan.form, plan.subjects, plan.periods, plan.reported, plan.figures, columns, plan.words,
        typed, twice, plan.sending,
    )  # fmt: skip


def _column(plan: Plan, measure: str) -> Column:
    away = plan.away.get(measure, np.zeros(plan.reported.shape, dtype=np.bool_))
    column = Column.of(np.where(plan.reported & ~away, plan.figures[measure], np.nan))
    column.states[plan.reported & away] = State.NOT_APPLICABLE
    return column


def _cells(
    plan: Plan, columns: Mapping[str, Column], places: Iterator[int], count: int
) -> list[Cell]:
    """`count` cells with a figure above 0, measure after measure, no two of one row."""

    def chosen() -> Iterator[Cell]:
        measures_in_turn = cycle(plan.figures)
        measure = next(measures_in_turn)
        for place in places:
            cell = Cell(*divmod(place, len(plan.periods)), measure)
            if columns[measure].values[cell[:2]] > 0:  # NaN is not
                yield cell
                measure = next(measures_in_turn)

    return list(islice(chosen(), count))


def _other(measure: str, value: float, percent: float) -> float:
    """A plausible other figure for the same cell."""
    unit = measures()[measure].unit
    if unit == _ANSWER:
        return 0.0
    less = value * (1 - percent / 100)
    return float(max(np.floor(less) if unit == _COUNT else np.round(less, 1), 0))
