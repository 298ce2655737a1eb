"""How much money, or how many days, each failing test of a hospital lies from its cut-off."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from sqlalchemy import Engine

from core.access.roles import Action
from core.criteria.model import Threshold
from core.foresight.stocks import LIABILITIES, RATIOS
from core.periods import Period
from core.quantities import number_or_none
from core.scoring.base.outcomes import ItemScores
from core.services.foresight.months import MonthFigures, figures_of
from core.services.guard.doors import door
from core.services.rules.units import unit_of_test
from core.store.results.versions import stamp_now
from core.text import Text

_CACHED: Final = 256
_DUST: Final = 0.005


@dataclass(frozen=True, slots=True)
class TestGap:
    """A test that is not passed: `gap` baht or days lie between its figure and its cut-off.

    Of a ratio it is the amount that its numerator lacks. `figure` and `cutoff` have the test's own
    `unit`.
    """

    id: str
    name: Text
    unit: str
    figure: float
    cutoff: float
    gap: float
    gap_unit: Literal["baht", "days"]


@door(Action.READ, "hcode")
def gaps(engine: Engine, hcode: str, period: Period) -> tuple[TestGap, ...]:
    """The gaps of a hospital's failing tests, those of the crisis level first.

    Never to be added up: the same baht closes several. A test in percent or points has none, nor
    has one of which an amount was not reported; empty where nothing was reported in the month.
    """
    return _gaps(engine, stamp_now(engine), hcode, period)


@lru_cache(maxsize=_CACHED)
def _gaps(engine: Engine, version: str, hcode: str, period: Period) -> tuple[TestGap, ...]:  # noqa: ARG001
    figures = figures_of(engine, period)
    if hcode not in figures.rows:
        return ()
    return tuple(_of_row(figures, figures.rows[hcode]))


def _of_row(figures: MonthFigures, row: int) -> Iterator[TestGap]:
    for id_, scores in figures.now.crisis.tests.items():
        if scores.points[row] > 0:
            yield from _gap(figures, id_, scores, row)
    for id_, scores in figures.now.tps.items.items():
        if scores.points[row] == 0:
            yield from _gap(figures, id_, scores, row)


def _gap(figures: MonthFigures, id_: str, scores: ItemScores, row: int) -> Iterator[TestGap]:
    figure, cutoff = number_or_none(scores.figure[row]), number_or_none(scores.cutoff[row])
    node = figures.rules.nodes[id_]
    if figure is None or cutoff is None or not isinstance(node, Threshold):
        return
    unit = unit_of_test(node)
    if node.figure in RATIOS:
        stocks = figures.situations.stocks[row]
        gap = cutoff * stocks[LIABILITIES] - stocks[RATIOS[node.figure]]
    elif unit in ("baht", "days"):
        gap = abs(cutoff - figure)
    else:
        return
    if gap > _DUST:
        own: Literal["baht", "days"] = "days" if unit == "days" else "baht"
        yield TestGap(id_, node.name, unit, figure, cutoff, float(gap), own)
