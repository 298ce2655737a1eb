"""One area at two moments: its shares before and now, and whether they became better."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from sqlalchemy import Engine

from core.access.roles import Action
from core.periods import Period, matching_period
from core.scoring.base.states import Verdict
from core.services.comparison.areas import Compared, Selection, targets_met
from core.services.comparison.data import (
    AreaHistory,
    ComparedCriterion,
    area_index,
    compared_criterion,
    history,
    period_at,
)
from core.services.geography.country import Place
from core.services.guard.doors import door
from core.services.overview.area_share import Share
from core.store.results.versions import stamp_now

_CACHED: Final = 256

Direction = Literal["better", "worse", "same"]


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """One criterion before and now; a side is None where it is not judged in that period."""

    criterion: ComparedCriterion
    before: Compared | None
    now: Compared | None

    @property
    def change(self) -> float | None:
        """Change of the share in percentage points; None where a side is missing."""
        was, now = (side.percent if side else None for side in (self.before, self.now))
        return None if was is None or now is None else now - was

    @property
    def direction(self) -> Direction | None:
        """Whether the change is for the better; None where there is no change to judge."""
        if self.change is None:
            return None
        if self.change == 0:
            return "same"
        return "better" if (self.change > 0) == (self.criterion.better == "higher") else "worse"

    @property
    def verdicts(self) -> tuple[Verdict, Verdict]:
        """The verdicts before and now."""
        return _verdict(self.before), _verdict(self.now)

    @property
    def has_turned(self) -> bool:
        """Whether it has a verdict both times, and another one now."""
        before, now = self.verdicts
        return before != now and Verdict.NOT_JUDGED not in (before, now)


@dataclass(frozen=True)
class PeriodComparison:
    """An area at two moments; `before` is None where there is nothing earlier.

    `left_out` is how many criteria were judged by the same round both times.
    """

    moment: Period
    before: Period | None
    area: Place
    chain: tuple[Place, ...]
    rows: tuple[PeriodRow, ...]
    left_out: int

    def count(self, direction: Direction) -> int:
        """How many criteria changed in a direction."""
        return sum(row.direction == direction for row in self.rows)

    @property
    def comparable(self) -> tuple[PeriodRow, ...]:
        """The rows that are known both times."""
        return tuple(row for row in self.rows if row.change is not None)

    @property
    def turned(self) -> tuple[PeriodRow, ...]:
        """The rows whose verdict changed."""
        return tuple(row for row in self.rows if row.has_turned)

    @property
    def met(self) -> tuple[int, int]:
        """How many targets are met now, and how many are judged."""
        return targets_met([_share(row.now) for row in self.rows])

    @property
    def met_before(self) -> tuple[int, int]:
        """How many targets were met before, and how many were judged."""
        return targets_met([_share(row.before) for row in self.rows])


def _share(side: Compared | None) -> Share | None:
    return side.share if side else None


def _verdict(side: Compared | None) -> Verdict:
    share = _share(side)
    return share.verdict if share else Verdict.NOT_JUDGED


def earlier(selection: Selection) -> tuple[Period, ...]:
    """The moments before the one shown, newest first."""
    return tuple(one for one in selection.moments if one.month < selection.moment.month)


def before_of(selection: Selection, wanted: str) -> Period | None:
    """The earlier moment a text names, else the last one of the round before.

    None where there is nothing earlier.
    """
    known = earlier(selection)
    chosen = matching_period(wanted, known)
    if chosen or not known:
        return chosen
    return next((one for one in known if one.round != selection.moment.round), known[0])


@door(Action.READ, "selection.area")
def compare_periods(
    engine: Engine, selection: Selection, before: Period | None
) -> PeriodComparison:
    """The area of a selection at its moment and at an earlier one."""
    version = stamp_now(engine)
    return _compare(engine, version, selection.criteria, selection.area, (selection.moment, before))


@lru_cache(maxsize=_CACHED)
def _compare(
    engine: Engine,
    version: str,  # noqa: ARG001
    criteria: tuple[str, ...],
    area: str,
    moments: tuple[Period, Period | None],
) -> PeriodComparison:
    moment, before = moments
    where, known = area_index(engine, moment), history(engine, criteria, area)
    rows, left_out = [], 0
    for criterion in criteria:
        now = period_at(criterion, moment, known.rules)
        was = period_at(criterion, before, known.rules) if before else None
        if now is not None and now == was:
            left_out += 1
        elif row := _row(criterion, known, was, now):
            rows.append(row)
    return PeriodComparison(
        moment, before, where.place(area), where.chain(area), tuple(rows), left_out
    )


def _row(
    criterion: str, known: AreaHistory, before: Period | None, now: Period | None
) -> PeriodRow | None:
    """A criterion's row; None where nothing is known of it in either period."""
    was, is_now = (_side(criterion, known, period) for period in (before, now))
    newest = now or before
    shares = [share for share in (_share(was), _share(is_now)) if share]
    if newest is None or not any(share.expected for share in shares):
        return None
    return PeriodRow(compared_criterion(criterion, known.rules, newest), was, is_now)


def _side(criterion: str, known: AreaHistory, period: Period | None) -> Compared | None:
    return Compared(period, known.share(criterion, period)) if period else None
