"""What if: a hospital's month as the scoring core would judge it with other figures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypedDict

import numpy as np
from sqlalchemy import Engine

from core.access.roles import Action
from core.periods import Period
from core.quantities import number_or_none
from core.scoring.base.inputs import FloatArray
from core.scoring.base.outcomes import ItemScores
from core.scoring.finance.score import FinanceScores
from core.services.foresight.months import MonthFigures, figures_of
from core.services.foresight.whatif.change import checked, figures_after, within_limits
from core.services.guard.doors import door
from core.services.rules.units import unit_of_test
from core.services.scored.basis import UNKNOWN, Basis
from core.text import Text

Pair = tuple[float | None, float | None]
"""Before and after; None where there is none."""


@dataclass(frozen=True, slots=True)
class MovedTest:
    """One test before and after: its figure and points, None where there is none."""

    id: str
    name: Text
    unit: str
    figure: Pair
    points: Pair
    cutoff: float | None

    @property
    def is_other(self) -> bool:
        return self.points[0] != self.points[1]


@dataclass(frozen=True, slots=True)
class Simulation:
    """A hospital's month before and after a change; never stored as a result.

    `amounts`: lever -> baht as asked; `limited` are the levers of which less was there than asked,
    with what was used. Pairs are before and after; None where there is none. `basis` is what the
    level before rests on.
    """

    hcode: str
    period: Period
    amounts: Mapping[str, float]
    days: Mapping[str, float]
    limited: Mapping[str, float]
    level: Pair
    score: Pair
    possible: Pair
    tests: tuple[MovedTest, ...]
    items: tuple[MovedTest, ...]
    basis: Basis


@door(Action.READ, "hcode")
def simulate(
    engine: Engine,
    hcode: str,
    period: Period,
    amounts: Mapping[str, float],
    days: Mapping[str, float] | None = None,
) -> Simulation | None:
    """A hospital's month after so much of each lever (baht) and so many days more or less.

    None where the hospital reported nothing in the month. Raises what `checked` does. Peers and
    their values stay those of the month, the hospital's own changed figures among them.
    """
    wanted, shifts = checked(amounts, days)
    figures = figures_of(engine, period)
    if hcode not in figures.rows:
        return None
    row = figures.rows[hcode]
    used = within_limits(figures.of((hcode,)), wanted)
    after = figures_after(figures, np.array([row]), used, shifts)
    return Simulation(
        hcode=hcode,
        period=period,
        amounts=wanted,
        days=shifts,
        limited={lever: float(baht[0]) for lever, baht in used.items() if baht[0] < wanted[lever]},
        basis=figures.bases.get(hcode, UNKNOWN),
        **_before_and_after(figures, row, (figures.now, figures.scores(after))),
    )


class _Both(TypedDict):
    level: Pair
    score: Pair
    possible: Pair
    tests: tuple[MovedTest, ...]
    items: tuple[MovedTest, ...]


def _before_and_after(
    figures: MonthFigures, row: int, both: tuple[FinanceScores, FinanceScores]
) -> _Both:
    before, after = both
    return {
        "level": _pair(before.crisis.level, after.crisis.level, row),
        "score": _pair(before.tps.score, after.tps.score, row),
        "possible": _pair(before.tps.possible, after.tps.possible, row),
        "tests": tuple(_tests(figures, before.crisis.tests, after.crisis.tests, row)),
        "items": tuple(_tests(figures, before.tps.items, after.tps.items, row)),
    }


def _tests(
    figures: MonthFigures,
    before: Mapping[str, ItemScores],
    after: Mapping[str, ItemScores],
    row: int,
) -> Iterator[MovedTest]:
    for id_, was in before.items():
        now, node = after[id_], figures.rules.nodes[id_]
        yield MovedTest(
            id=id_,
            name=node.name,
            unit=unit_of_test(node),
            figure=_pair(was.figure, now.figure, row),
            points=_pair(was.points, now.points, row),
            cutoff=number_or_none(now.cutoff[row]),
        )


def _pair(before: FloatArray, after: FloatArray, row: int) -> Pair:
    return number_or_none(before[row]), number_or_none(after[row])
