"""A facility's 24 months: level, score and the figures whose trends are drawn."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from core.criteria.model import Node
from core.periods import Period, month_at
from core.scoring.base.states import State
from core.services.profiles.record import Record
from core.services.results.listing import grade_of
from core.services.rules.finance import CRISIS, GRADE, TPS
from core.services.scored.basis import UNKNOWN, Basis, basis_of
from core.store.results.subject_rows import SubjectRow

CRITERIA: Final = (CRISIS, TPS, GRADE)
"""Criteria a profile shows."""
MONTHS: Final = 24
"""How far back the trends go, the month shown included."""
CASH: Final = "liquidity.cash_ratio"
CAPITAL: Final = "stability.net_working_capital"


@dataclass(frozen=True, slots=True)
class MonthPoint:
    """One month of the trends; None where there is no number.

    `reported` is False where nothing was reported. `score` is of `possible` points and is only held
    against grades where `graded`. `rows` are the stored results of both, `basis` what the level
    rests on.
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
    rows: tuple[SubjectRow, ...] = ()
    basis: Basis = UNKNOWN

    @property
    def points(self) -> Mapping[str, float | None]:
        """The points of every test, by full id."""
        return {
            f"{row.criterion}.{local}": _or_none(part.points)
            for row in self.rows
            for local, part in row.detail.parts.items()
        }


def month_series(known: Record, last: Period) -> Iterator[MonthPoint]:
    """The months up to `last`, those without results among them."""
    for back in range(MONTHS - 1, -1, -1):
        month = month_at(last.ordinal - back)
        rows = {c: row for c in CRITERIA if (row := known.of(c).get(month))}
        yield _point(month, rows, known.shared.rules.of(month).rules.get(GRADE))


def _point(period: Period, rows: Mapping[str, SubjectRow], scale: Node | None) -> MonthPoint:
    if not rows:
        return MonthPoint(period, reported=False)
    crisis, tps, grade = (rows.get(criterion) for criterion in CRITERIA)
    return MonthPoint(
        period,
        reported=True,
        level=_or_none(crisis.value) if crisis else None,
        cash_ratio=_figure(crisis, CASH),
        capital=_figure(crisis, CAPITAL),
        score=_or_none(tps.value) if tps else None,
        possible=_or_none(tps.full_marks) if tps else None,
        graded=tps is not None and tps.state == State.REPORTED,
        grade=grade_of(scale, grade.value) if grade else None,
        rows=tuple(row for row in (crisis, tps) if row),
        basis=basis_of(crisis.rests) if crisis else UNKNOWN,
    )


def _figure(row: SubjectRow | None, part: str) -> float | None:
    """The figure of a test; None where it is missing or infinite."""
    known = row.detail.parts.get(part) if row else None
    return known.figure if known and math.isfinite(known.figure) else None


def _or_none(value: float) -> float | None:
    return None if math.isnan(value) else value
