"""One area at two moments: what it came to before and now, and whether that is better or worse."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from sqlalchemy import Engine

from core.periods import Period
from core.scoring.base.states import Verdict
from core.services.comparison.areas import Asked, Compared, targets_met
from core.services.comparison.data import Measured, Past, land, meant, measured, past, period_at
from core.services.geography.country import Place
from core.services.overview.area_share import Share
from core.store.results.versions import stamp_now

_KEPT: Final = 256

Direction = Literal["better", "worse", "same"]


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """One criterion before and now; a side is None where it is not judged in that period."""

    criterion: Measured
    before: Compared | None
    now: Compared | None

    @property
    def change(self) -> float | None:
        """By how many points of percent the share is another one; None where one is missing."""
        was, now = (side.percent if side else None for side in (self.before, self.now))
        return None if was is None or now is None else now - was

    @property
    def direction(self) -> Direction | None:
        """Whether the change is one for the better."""
        if self.change is None:
            return None
        if self.change == 0:
            return "same"
        return "better" if (self.change > 0) == (self.criterion.better == "higher") else "worse"

    @property
    def verdicts(self) -> tuple[Verdict, Verdict]:
        """What was judged before, and what is judged now."""
        return _verdict(self.before), _verdict(self.now)

    @property
    def has_turned(self) -> bool:
        """Whether it was judged both times, and otherwise; that nothing was told is no verdict."""
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
        """How many criteria went a way."""
        return sum(row.direction == direction for row in self.rows)

    @property
    def comparable(self) -> tuple[PeriodRow, ...]:
        """The rows that are known both times."""
        return tuple(row for row in self.rows if row.change is not None)

    @property
    def turned(self) -> tuple[PeriodRow, ...]:
        """The rows whose verdict is another one."""
        return tuple(row for row in self.rows if row.has_turned)

    @property
    def met(self) -> tuple[int, int]:
        """How many targets are met now, of how many that are judged."""
        return targets_met([_share(row.now) for row in self.rows])

    @property
    def met_before(self) -> tuple[int, int]:
        """How many targets were met before, of how many that were judged."""
        return targets_met([_share(row.before) for row in self.rows])


def _share(side: Compared | None) -> Share | None:
    return side.share if side else None


def _verdict(side: Compared | None) -> Verdict:
    share = _share(side)
    return share.verdict if share else Verdict.NOT_JUDGED


def earlier(asked: Asked) -> tuple[Period, ...]:
    """The moments before the one shown, newest first."""
    return tuple(one for one in asked.moments if one.month < asked.moment.month)


def before_of(asked: Asked, wanted: str) -> Period | None:
    """The earlier moment an address means, else the last one of the round before.

    None where there is nothing earlier.
    """
    known = earlier(asked)
    found = meant(wanted, known)
    if found or not known:
        return found
    return next((one for one in known if one.round != asked.moment.round), known[0])


def compare_periods(engine: Engine, asked: Asked, before: Period | None) -> PeriodComparison:
    """The area of an address at its moment and at an earlier one."""
    version = stamp_now(engine)
    return _compare(engine, version, asked.criteria, asked.area, (asked.moment, before))


@lru_cache(maxsize=_KEPT)
def _compare(
    engine: Engine,
    version: str,  # noqa: ARG001
    criteria: tuple[str, ...],
    area: str,
    moments: tuple[Period, Period | None],
) -> PeriodComparison:
    moment, before = moments
    where, known = land(engine, moment), past(engine, criteria, area)
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
    criterion: str, known: Past, before: Period | None, now: Period | None
) -> PeriodRow | None:
    """A criterion's row; None where nothing is known of it in either period."""
    was, is_now = (_side(criterion, known, period) for period in (before, now))
    newest = now or before
    shares = [share for share in (_share(was), _share(is_now)) if share]
    if newest is None or not any(share.expected for share in shares):
        return None
    return PeriodRow(measured(criterion, known.rules, newest), was, is_now)


def _side(criterion: str, known: Past, period: Period | None) -> Compared | None:
    return Compared(period, known.share(criterion, period)) if period else None
