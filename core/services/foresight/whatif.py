"""What if: a hospital's month as the scoring core would judge it with other figures."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypedDict

import numpy as np
from sqlalchemy import Engine

from core.errors import UsageError
from core.foresight.levers import levers, moved, with_states
from core.foresight.situations import Situations
from core.periods import Period
from core.quantities import number_or_none
from core.scoring.base.inputs import Column, FloatArray
from core.scoring.base.outcomes import ItemScores
from core.scoring.finance.score import FinanceScores
from core.services.foresight.months import MonthFigures, figures_of
from core.services.rules.units import unit_of_test
from core.text import Text

DAYS: Final = ("days.payables", "days.uc", "days.csmbs", "days.inventory")
"""Figures in days that may be changed by so many days."""


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
    with what was used. Pairs are before and after; None where there is none.
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


def simulate(
    engine: Engine,
    hcode: str,
    period: Period,
    amounts: Mapping[str, float],
    days: Mapping[str, float] | None = None,
) -> Simulation | None:
    """A hospital's month after so much of each lever (baht) and so many days more or less.

    None where the hospital reported nothing in the month. `UsageError` U090 for an unknown lever or
    an amount below zero. Peers and their values stay those of the month, the hospital's own changed
    figures among them.
    """
    wanted = {lever: float(amount) for lever, amount in amounts.items() if amount}
    _check(wanted)
    shifts = {code: float(shift) for code, shift in (days or {}).items() if shift}
    figures = figures_of(engine, period)
    if hcode not in figures.rows:
        return None
    used = _within_limits(figures.of((hcode,)), wanted)
    both = figures.now, figures.scores(_changed(figures, hcode, used, shifts))
    return Simulation(
        hcode=hcode,
        period=period,
        amounts=wanted,
        days=shifts,
        limited={lever: baht for lever, baht in used.items() if baht < wanted[lever]},
        **_before_and_after(figures, figures.rows[hcode], both),
    )


def parsed(given: Sequence[str]) -> tuple[dict[str, float], dict[str, float]]:
    """Amounts and days from words as `cash_in=5000000` or `days.uc=-20`.

    `UsageError` U092 for what is no such word.
    """
    amounts, days = dict[str, float](), dict[str, float]()
    for word in given:
        name, _, number = word.partition("=")
        try:
            (days if name in DAYS else amounts)[name] = float(number.replace(",", ""))
        except ValueError as error:
            raise UsageError("U092", word=word, levers=", ".join((*levers(), *DAYS))) from error
    return amounts, days


def _check(amounts: Mapping[str, float]) -> None:
    for lever, amount in amounts.items():
        if lever not in levers() or not amount > 0 or not np.isfinite(amount):
            raise UsageError(
                "U090", lever=lever, amount=f"{amount:,.0f}", levers=", ".join(levers())
            )


def _within_limits(month: Situations, wanted: Mapping[str, float]) -> dict[str, float]:
    """What can be moved of what was asked: what pays out comes last, from what came in."""
    used: dict[str, FloatArray] = {}
    for lever in sorted(wanted, key=_pays_out):
        used[lever] = np.minimum(month.room(lever, used), wanted[lever])
    return {lever: float(used[lever][0]) for lever in wanted}


def _pays_out(lever: str) -> bool:
    return levers()[lever].moves.get("finance.cash", 0) < 0


def _changed(
    figures: MonthFigures, hcode: str, used: Mapping[str, float], days: Mapping[str, float]
) -> dict[str, Column]:
    here = np.zeros(len(figures.hcodes))
    here[figures.rows[hcode]] = 1.0
    after = moved(
        with_states(figures.columns), {lever: here * baht for lever, baht in used.items()}
    )
    for code, shift in days.items():
        if code in after:
            shifted = np.maximum(after[code].values + shift, 0.0)
            after[code] = Column(
                np.where(here > 0, shifted, after[code].values), after[code].states
            )
    return after


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
