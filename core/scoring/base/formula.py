"""Formulas that figures are computed by, of percentages and of the worst of several kinds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from core.criteria.model import count_of, of_kind, percent_of
from core.criteria.model.items import PercentKind
from core.scoring.base.inputs import BoolArray, FloatArray
from core.scoring.base.percents import nothing_of_nothing, percents
from core.scoring.base.states import State

if TYPE_CHECKING:
    from core.scoring.base.derived import Figures


@dataclass(frozen=True, slots=True)
class Formula:
    """How a figure is computed, the measures or figures it needs, and where it does not apply."""

    needs: tuple[str, ...]
    compute: Callable[["Figures"], FloatArray]
    idle: Callable[["Figures"], BoolArray] | None = None
    counts: Callable[["Figures"], BoolArray] | None = None
    """Which of its needs a row's figure is computed from, one line a need; None where from all."""
    rises: Callable[["Figures"], BoolArray] | None = None
    """Where what is still missing could make the figure larger; None where nowhere."""


@cache
def formula_of_name(name: str) -> Formula | None:
    """The formula a figure's name writes out, as `share:a.b/a.c`; None for any other figure."""
    count = count_of(name)
    if count is not None:
        return largest_formula(
            Formula((count.code,), lambda figures: figures[count.code]),
            [formula_of_measure(of_kind(count.code, kind)) for kind in count.each],
        )
    percent = percent_of(name)
    if percent is None:
        return None
    plain = _percentage(percent.kind, percent.part, percent.whole)
    if not percent.each:
        return plain
    return largest_formula(
        plain, [_percentage(percent.kind, *percent.of(kind)) for kind in percent.each]
    )


def formula_of_measure(code: str) -> Formula:
    """A measure as it is."""
    return Formula((code,), lambda figures: figures[code])


def _percentage(kind: PercentKind, part: str, whole: str) -> Formula:
    return Formula(
        (part, whole),
        lambda figures: percents(kind, figures[part], figures[whole]),
        lambda figures: nothing_of_nothing(figures[part], figures[whole]),
    )


def largest_formula(plain: Formula, kinds: Sequence[Formula]) -> Formula:
    """The largest figure of several kinds; that of all together where none stands apart.

    All together is no more than the largest of its kinds, so a total that is larger than every
    kind given counts. One kind in error leaves no figure: a good one must not hide it. A kind that
    is silent beside another, or half given, could be larger.
    """

    def given(figures: "Figures") -> list[BoolArray]:
        """Where anything of each kind is reported."""
        return [
            np.logical_or.reduce([figures.states(c) != State.NOT_REPORTED for c in one.needs])
            for one in kinds
        ]

    def apart(figures: "Figures") -> BoolArray:
        any_kind: BoolArray = np.logical_or.reduce(given(figures))
        return any_kind

    def rises(figures: "Figures") -> BoolArray:
        missing = [
            np.logical_or.reduce([figures.states(c) == State.NOT_REPORTED for c in one.needs])
            for one in kinds
        ]
        open_kind: BoolArray = apart(figures) & np.logical_or.reduce(missing)
        return open_kind

    def counts(figures: "Figures") -> BoolArray:
        there = given(figures)
        of_each = [here for here, one in zip(there, kinds, strict=True) for _ in one.needs]
        together = ~np.logical_or.reduce(there)
        return np.stack([*of_each, *(together for _ in plain.needs)])

    def compute(figures: "Figures") -> FloatArray:
        values = np.stack([one.compute(figures) for one in kinds])
        wrong = np.logical_or.reduce([_is_wrong(one, figures) for one in kinds])
        together = plain.compute(figures)
        largest = np.fmax(np.fmax.reduce(values, axis=0), together)
        return np.where(apart(figures), np.where(wrong, np.nan, largest), together)

    def idle(figures: "Figures") -> BoolArray:
        of_kinds = np.logical_or.reduce([one.idle(figures) for one in kinds if one.idle])
        whole = plain.idle(figures) if plain.idle else np.zeros(of_kinds.shape, dtype=np.bool_)
        nothing: BoolArray = np.where(apart(figures), of_kinds, whole)
        return nothing

    needs = (*(code for one in kinds for code in one.needs), *plain.needs)
    return Formula(needs, compute, idle if plain.idle else None, counts, rises)


def _is_wrong(formula: Formula, figures: "Figures") -> BoolArray:
    """Where the inputs of a figure are in error or in doubt, or there and no figure."""
    states = np.stack([figures.states(code) for code in formula.needs])
    doubtful = np.isin(states, (State.ERROR, State.CONTRADICTORY)).any(axis=0)
    impossible = (states == State.REPORTED).all(axis=0) & np.isnan(formula.compute(figures))
    if formula.idle is not None:
        impossible &= ~formula.idle(figures)
    wrong: BoolArray = doubtful | impossible
    return wrong
