"""Areas side by side: what each came to by every area criterion, who is best and who is worst."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from sqlalchemy import Engine

from core.areas import COUNTRY
from core.periods import Period
from core.scoring.base.states import Verdict
from core.services.comparison.data import (
    Land,
    Measured,
    Past,
    land,
    meant,
    measured,
    moments,
    past,
    period_at,
    periods,
)
from core.services.geography.country import Place
from core.services.overview.area_share import Share
from core.store.results.versions import stamp_now

MOST: Final = 4
"""Areas side by side at most; two at least."""

_KEPT: Final = 256

Rank = Literal["best", "worst", ""]


@dataclass(frozen=True, slots=True)
class Compared:
    """What an area came to in a period, and how that stands among the others of its row."""

    period: Period
    share: Share | None
    rank: Rank = ""

    @property
    def percent(self) -> float | None:
        """Its share; None where nothing was reported, which is no zero."""
        return percent_of(self.share)


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One criterion, a cell for each area. `is_stale`: of an earlier round than asked for."""

    criterion: Measured
    period: Period
    is_stale: bool
    cells: tuple[Compared, ...]

    @property
    def known(self) -> tuple[float, ...]:
        """The shares there are."""
        return tuple(one.percent for one in self.cells if one.percent is not None)

    @property
    def is_comparable(self) -> bool:
        return len(self.known) > 1

    @property
    def spread(self) -> float:
        """How far the areas are apart, in points of percent."""
        return max(self.known) - min(self.known) if self.is_comparable else 0.0


@dataclass(frozen=True)
class AreaComparison:
    """Areas side by side at a moment; the first is the one the comparison is about."""

    moment: Period
    areas: tuple[Place, ...]
    chain: tuple[Place, ...]
    rows: tuple[AreaRow, ...]

    @property
    def comparable(self) -> tuple[AreaRow, ...]:
        """The rows with a share of two areas or more."""
        return tuple(row for row in self.rows if row.is_comparable)

    def ranked(self, place: int, rank: Rank) -> int:
        """In how many rows an area is best, or worst; areas as good as one another both are."""
        return sum(row.cells[place].rank == rank for row in self.rows)

    def met(self, place: int) -> tuple[int, int]:
        """How many targets an area meets, of how many that are judged."""
        return targets_met([row.cells[place].share for row in self.rows])


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for, mended where it asks for what there is not.

    `moments` are those that can be chosen, newest first; `land` the areas.
    """

    criteria: tuple[str, ...]
    moments: tuple[Period, ...]
    moment: Period
    land: Land
    areas: tuple[str, ...]
    area: str


def asked(
    engine: Engine, criteria: tuple[str, ...], *, period: str, areas: str, area: str
) -> Asked | None:
    """What an address means; None while there are no results at all.

    Areas that are not named: the one of the address with those most like it, else the first health
    regions. The one area is that of the address, else the first of those named.
    """
    known = moments(engine, criteria)
    if not known:
        return None
    moment = meant(period, known) or known[0]
    where = land(engine, moment)
    named = [code for code in map(where.known, areas.split(",")) if code]
    base = where.known(area) or COUNTRY
    chosen = _chosen(where, tuple(dict.fromkeys(named)), base)
    first = base if base != COUNTRY or not named else named[0]
    return Asked(criteria, known, moment, where, chosen, first)


def _chosen(where: Land, named: tuple[str, ...], base: str) -> tuple[str, ...]:
    """Two to four areas, unless the country has no more."""
    if len(named) > 1:
        return named[:MOST]
    first = named[0] if named else base
    if first == COUNTRY:
        return _parts(where)[:MOST] or (COUNTRY,)
    beside = where.beside(first)[: MOST - 1]
    # Alone of its level it is held against what it lies in.
    return (first, *beside) if beside else (first, where.parents[first])


def _parts(where: Land) -> tuple[str, ...]:
    """The highest areas of which there are several."""
    parts = where.below(COUNTRY)
    while len(parts) == 1:
        parts = where.below(parts[0])
    return parts


def compare(engine: Engine, meant: Asked) -> AreaComparison:
    """The areas of an address side by side."""
    return _compare(engine, stamp_now(engine), meant.criteria, meant.moment, meant.areas)


@lru_cache(maxsize=_KEPT)
def _compare(
    engine: Engine,
    version: str,  # noqa: ARG001
    criteria: tuple[str, ...],
    moment: Period,
    areas: tuple[str, ...],
) -> AreaComparison:
    where = land(engine, moment)
    pasts = [past(engine, criteria, area) for area in areas]
    told = periods(engine, criteria)
    rows = [_row(one, moment, pasts, told[one]) for one in criteria]
    return AreaComparison(
        moment=moment,
        areas=tuple(map(where.place, areas)),
        chain=where.chain(areas[0]),
        rows=tuple(row for row in rows if row),
    )


def _row(
    criterion: str, moment: Period, pasts: Sequence[Past], told: Sequence[Period]
) -> AreaRow | None:
    """A criterion's row; None where nobody was told of in that year, or it applies to nobody."""
    rules = pasts[0].rules
    period = period_at(criterion, moment, rules, told=told)
    if period is None or period not in told:
        return None
    shares = [past.share(criterion, period) for past in pasts]
    if all(share is not None and not share.expected for share in shares):
        return None
    head = measured(criterion, rules, period)
    ranks = _ranks([percent_of(share) for share in shares], head.better == "lower")
    cells = tuple(Compared(period, share, rank) for share, rank in zip(shares, ranks, strict=True))
    return AreaRow(head, period, period not in (moment, moment.round), cells)


def _ranks(values: Sequence[float | None], is_lower_better: bool) -> list[Rank]:
    known = [value for value in values if value is not None]
    if len(set(known)) < 2:
        return [""] * len(values)
    ends: tuple[Rank, Rank] = ("best", "worst") if is_lower_better else ("worst", "best")
    named = dict(zip((min(known), max(known)), ends, strict=True))
    return ["" if value is None else named.get(value, "") for value in values]


def percent_of(share: Share | None) -> float | None:
    """A share in percent; None where nothing was reported."""
    return share.percent if share and share.reporting else None


def targets_met(shares: Sequence[Share | None]) -> tuple[int, int]:
    """How many shares meet their target, of how many that are judged."""
    judged = [one.verdict for one in shares if one and one.verdict is not Verdict.NOT_JUDGED]
    return sum(verdict is Verdict.PASS for verdict in judged), len(judged)
