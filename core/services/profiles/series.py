"""A facility's 24 months: level, score and the figures whose trends are drawn."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from core.criteria.model import Node
from core.periods import Period
from core.scoring.base.states import State
from core.services.results.listing import grade_of
from core.services.rules.finance import CRISIS, GRADE, TPS
from core.services.rules.in_force import rules_of
from core.store.results.detail import Detail
from core.store.results.repository import details, results_of

CRITERIA: Final = (CRISIS, TPS, GRADE)
"""Criteria a profile shows."""
MONTHS: Final = 24
"""How far back the trends go, the month shown included."""
CASH: Final = "liquidity.cash_ratio"
CAPITAL: Final = "stability.net_working_capital"

_Result = tuple[float, float, int, Detail | None]
"""Value, full marks, state, and the stored detail."""


@dataclass(frozen=True, slots=True)
class MonthPoint:
    """One month of the trends; None where there is no number.

    `reported` is False where nothing was reported. `score` is of `possible` points and is only held
    against grades where `graded`. `points` are those of every test, by full id.
    """

    period: Period
    reported: bool
    level: float | None = None
    cash_ratio: float | None = None
    capital: float | None = None
    score: float | None = None
    possible: float | None = None
    graded: bool = False
    grade: str | None = None
    points: Mapping[str, float | None] | None = None


def month_series(session: Session, hcode: str, last: Period) -> Iterator[MonthPoint]:
    """The months up to `last`, those without results among them."""
    months = [_month(last.ordinal - back) for back in range(MONTHS - 1, -1, -1)]
    results: dict[tuple[str, Period], _Result] = {}
    rules = rules_of(session)
    for criterion in CRITERIA:
        rows = results_of(session, criterion, [hcode], first=months[0], last=last)
        explained = details(session, rows.ids.tolist())
        for place, period in enumerate(rows.periods):
            numbers = float(rows.value[place]), float(rows.full_marks[place])
            explains = explained.get(int(rows.ids[place]))
            results[criterion, period] = (*numbers, int(rows.state[place]), explains)
    for month in months:
        scale = rules.of(month).rules.get(GRADE)
        yield _point(
            month, {c: results[c, month] for c in CRITERIA if (c, month) in results}, scale
        )


def _month(ordinal: int) -> Period:
    year, place = divmod(ordinal, 12)
    return Period(year, "M", place + 1)


def _point(period: Period, results: Mapping[str, _Result], scale: Node | None) -> MonthPoint:
    if not results:
        return MonthPoint(period, reported=False)
    nothing = math.nan, math.nan, int(State.NOT_REPORTED), None
    level, _full, _state, crisis = results.get(CRISIS, nothing)
    score, possible, state, tps = results.get(TPS, nothing)
    return MonthPoint(
        period,
        reported=True,
        level=_or_none(level),
        cash_ratio=_figure(crisis, CASH),
        capital=_figure(crisis, CAPITAL),
        score=_or_none(score),
        possible=_or_none(possible),
        graded=state == State.REPORTED,
        grade=grade_of(scale, results.get(GRADE, nothing)[0]),
        points=_points(CRISIS, crisis) | _points(TPS, tps),
    )


def _figure(detail: Detail | None, part: str) -> float | None:
    """The figure of a test; None where it is missing or infinite."""
    known = detail.parts.get(part) if detail else None
    return known.figure if known and math.isfinite(known.figure) else None


def _points(criterion: str, detail: Detail | None) -> dict[str, float | None]:
    parts = detail.parts if detail else {}
    return {f"{criterion}.{local}": _or_none(part.points) for local, part in parts.items()}


def _or_none(value: float) -> float | None:
    return None if math.isnan(value) else value
