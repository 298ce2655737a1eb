"""Areas side by side: their shares by every area criterion, and which is best and worst."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from sqlalchemy import Engine

from core.access.roles import Action
from core.areas import COUNTRY
from core.periods import Period, nearest_period
from core.scoring.base.states import Verdict
from core.services.comparison.data import (
    AreaHistory,
    AreaIndex,
    ComparedCriterion,
    area_index,
    at_moment,
    compared_criterion,
    moments,
    period_at,
    periods,
)
from core.services.geography.country import Place
from core.services.guard.doors import ANYWHERE, door
from core.services.guard.lying import meant, readable
from core.services.overview.area_share import Share
from core.store.results.versions import stamp_now

MOST: Final = 4
"""Areas side by side at most; two at least."""

_CACHED: Final = 256

Rank = Literal["best", "worst", ""]


@dataclass(frozen=True, slots=True)
class Compared:
    """An area's share in a period and its rank in its row."""

    period: Period
    share: Share | None
    rank: Rank = ""

    @property
    def percent(self) -> float | None:
        """Its share in percent; None where nothing was reported, which is no zero."""
        return percent_of(self.share)


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One criterion, a cell for each area; `is_stale`: of an earlier round than the one wanted."""

    criterion: ComparedCriterion
    period: Period
    is_stale: bool
    cells: tuple[Compared, ...]

    @property
    def known(self) -> tuple[float, ...]:
        """The shares that are known."""
        return tuple(one.percent for one in self.cells if one.percent is not None)

    @property
    def is_comparable(self) -> bool:
        return len(self.known) > 1

    @property
    def spread(self) -> float:
        """Highest minus lowest share, in percentage points."""
        return max(self.known) - min(self.known) if self.is_comparable else 0.0


@dataclass(frozen=True)
class AreaComparison:
    """Areas side by side at a moment; the first is the subject of the comparison."""

    moment: Period
    areas: tuple[Place, ...]
    chain: tuple[Place, ...]
    rows: tuple[AreaRow, ...]

    @property
    def comparable(self) -> tuple[AreaRow, ...]:
        """The rows with a share of two areas or more."""
        return tuple(row for row in self.rows if row.is_comparable)

    def ranked(self, place: int, rank: Rank) -> int:
        """In how many rows the area at `place` has a rank; equal shares have the same rank."""
        return sum(row.cells[place].rank == rank for row in self.rows)

    def met(self, place: int) -> tuple[int, int]:
        """How many targets the area at `place` meets, and how many are judged."""
        return targets_met([row.cells[place].share for row in self.rows])


@dataclass(frozen=True, slots=True)
class Selection:
    """The moment and areas to compare, each one that exists.

    `moments` are those that can be chosen, newest first; `areas` are compared side by side, `area`
    with itself at another moment. `index` holds all areas there are.
    """

    criteria: tuple[str, ...]
    moments: tuple[Period, ...]
    moment: Period
    index: AreaIndex
    areas: tuple[str, ...]
    area: str


@door(Action.READ, ANYWHERE)
def resolve_selection(
    engine: Engine, criteria: tuple[str, ...], *, period: str, areas: str, area: str
) -> Selection | None:
    """Resolve the values of an address; None while there are no results at all.

    Without `areas`: `area` with those most like it, else the first health regions. The single area
    is `area`, else the first of `areas`.
    """
    known = moments(engine, criteria)
    if not known:
        return None
    moment = nearest_period(period, known)
    index = area_index(engine, moment)
    codes = [code for code in map(index.known, areas.split(",")) if code]
    base = meant(index.known(area), index.parents)
    may = readable(engine)
    proposed = _chosen(index, tuple(dict.fromkeys(codes)), base)
    chosen = tuple(one for one in proposed if one in codes or may(one)) or (base,)
    first = base if base != COUNTRY or not codes else codes[0]
    return Selection(criteria, known, moment, index, chosen, first)


def _chosen(index: AreaIndex, codes: tuple[str, ...], base: str) -> tuple[str, ...]:
    """Two to four areas, fewer only where the country has fewer."""
    if len(codes) > 1:
        return codes[:MOST]
    first = codes[0] if codes else base
    if first == COUNTRY:
        return _parts(index)[:MOST] or (COUNTRY,)
    beside = index.beside(first)[: MOST - 1]
    # The only area of its level is compared with the area it lies in.
    return (first, *beside) if beside else (first, index.parents[first])


def _parts(index: AreaIndex) -> tuple[str, ...]:
    """The areas of the highest level that has several."""
    parts = index.below(COUNTRY)
    while len(parts) == 1:
        parts = index.below(parts[0])
    return parts


@door(Action.READ, "selection.areas")
def compare(engine: Engine, selection: Selection) -> AreaComparison:
    """The areas of a selection side by side."""
    return _compare(
        engine, stamp_now(engine), selection.criteria, selection.moment, selection.areas
    )


@lru_cache(maxsize=_CACHED)
def _compare(
    engine: Engine,
    version: str,  # noqa: ARG001
    criteria: tuple[str, ...],
    moment: Period,
    areas: tuple[str, ...],
) -> AreaComparison:
    index = area_index(engine, moment)
    histories = at_moment(engine, criteria, moment, areas)
    reported = periods(engine, criteria)
    rows = [_row(one, moment, histories, reported[one]) for one in criteria]
    return AreaComparison(
        moment=moment,
        areas=tuple(map(index.place, areas)),
        chain=index.chain(areas[0]),
        rows=tuple(row for row in rows if row),
    )


def _row(
    criterion: str, moment: Period, histories: Sequence[AreaHistory], reported: Sequence[Period]
) -> AreaRow | None:
    """A criterion's row; None where it has no results in that year or applies to no facility."""
    rules = histories[0].rules
    period = period_at(criterion, moment, rules, reported=reported)
    if period is None or period not in reported:
        return None
    shares = [history.share(criterion, period) for history in histories]
    if all(share is not None and not share.expected for share in shares):
        return None
    head = compared_criterion(criterion, rules, period)
    ranks = _ranks([percent_of(share) for share in shares], head.better == "lower")
    cells = tuple(Compared(period, share, rank) for share, rank in zip(shares, ranks, strict=True))
    return AreaRow(head, period, period not in (moment, moment.round), cells)


def _ranks(values: Sequence[float | None], is_lower_better: bool) -> list[Rank]:
    known = [value for value in values if value is not None]
    if len(set(known)) < 2:
        return [""] * len(values)
    ends: tuple[Rank, Rank] = ("best", "worst") if is_lower_better else ("worst", "best")
    rank_of = dict(zip((min(known), max(known)), ends, strict=True))
    return ["" if value is None else rank_of.get(value, "") for value in values]


def percent_of(share: Share | None) -> float | None:
    """A share in percent; None where nothing was reported."""
    return share.percent if share and share.reporting else None


def targets_met(shares: Sequence[Share | None]) -> tuple[int, int]:
    """How many shares meet their target, and how many are judged."""
    judged = [one.verdict for one in shares if one and one.verdict is not Verdict.NOT_JUDGED]
    return sum(verdict is Verdict.PASS for verdict in judged), len(judged)
