"""All results of one month in the whole country, which every overview is computed from.

Read once for each version of the results and cached.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.access.roles import Action
from core.periods import Period, months_of
from core.services.geography.country import Country, Place
from core.services.guard.doors import ANYWHERE, door
from core.services.overview.area_share import Share, share_of
from core.services.rules.finance import CRISIS, CRISIS_AREA, EFFICIENCY, Edges, edges
from core.services.rules.in_force import RulesInForce, rules_of
from core.services.scored.basis import UNKNOWN, Basis, bases
from core.store.engine.unit_of_work import reading
from core.store.register.repository import known_codes
from core.store.results.area_rows import (
    AreaShareRow,
    SiteRow,
    area_names,
    area_shares,
    sites,
    values,
)
from core.store.results.repository import periods_with_results
from core.store.results.versions import stamp_now
from core.text import Text

HOSPITAL: Final = "hospital"
_CACHED: Final = 36
"""Months in the cache: three years."""


class Hospital(NamedTuple):
    """A hospital with its level in one month and in the one `before`; None: no level.

    `basis` is what the level of the month rests on.
    """

    hcode: str
    name_th: str
    name_en: str
    district: str
    province: str
    region: str
    position: tuple[float, float] | None
    level: int | None
    before: int | None
    basis: Basis = UNKNOWN

    @property
    def place(self) -> Place:
        return Place(self.hcode, Text(self.name_th, self.name_en))

    @property
    def rose(self) -> bool:
        """Whether its level is higher, so worse, than in the month before."""
        return self.level is not None and self.before is not None and self.level > self.before

    @property
    def fell(self) -> bool:
        """Whether its level is lower, so better, than in the month before."""
        return self.level is not None and self.before is not None and self.level < self.before


@dataclass(frozen=True)
class Month(Country[Hospital]):
    """All results of a month; `before` is the last earlier month with results.

    `unregistered`: facilities with a level that the register does not know, so that they count in
    no area.
    """

    period: Period
    before: Period | None
    version: str
    areas: Mapping[str, tuple[str, str, str]]
    facilities: Mapping[str, Hospital]
    rows: Mapping[tuple[str, Period, str], AreaShareRow]
    rules: RulesInForce
    unregistered: tuple[str, ...]

    def share(self, criterion: str, code: str, *, before: bool = False) -> Share | None:
        """The share of an area; None where no facility had to report or no rule was in force."""
        key = criterion, self.before if before else self.period, code
        if key not in self._shares:
            self._shares[key] = self._share(*key)
        return self._shares[key]

    def _share(self, criterion: str, period: Period | None, code: str) -> Share | None:
        row = self.rows.get((criterion, period, code)) if period else None
        if row is None or period is None:
            return None
        return share_of(self.rules.of(period).rules.get(criterion), row)

    @cached_property
    def edges(self) -> Edges:
        """The limits that its sentences name."""
        return edges(self.rules.of(self.period))

    @cached_property
    def _shares(self) -> dict[tuple[str, Period | None, str], Share | None]:
        return {}


@door(Action.READ, ANYWHERE)
def months(engine: Engine) -> tuple[Period, ...]:
    """The months with results, oldest first."""
    return _months(engine, stamp_now(engine))


def every_month(engine: Engine) -> tuple[Period, ...]:
    """The months with results of any kind, oldest first; a round alone counts as its last month."""
    return _every_month(engine, stamp_now(engine))


@door(Action.READ, ANYWHERE)
def month(engine: Engine, period: Period) -> Month:
    """All results of a month, without districts; `with_districts` adds those of a province."""
    return _month(engine, stamp_now(engine), period)


@door(Action.MANAGE)
def read_ahead(engine: Engine, newest: int = 24) -> None:
    """Read the newest months into the cache."""
    for period in months(engine)[-newest:]:
        month(engine, period)


def with_districts(engine: Engine, whole: Month, province: str) -> Month:
    """The month with the shares of a province's districts added."""
    return _with_districts(engine, whole.version, whole.period, province)


@lru_cache(maxsize=8)
def _months(engine: Engine, version: str) -> tuple[Period, ...]:  # noqa: ARG001
    with reading(engine) as session:
        monthly = tuple(p for p in periods_with_results(session, CRISIS) if p.part == "M")
        # Where themes alone were reported there still are months to show.
        every = () if monthly else periods_with_results(session)
        return monthly or tuple(sorted({period.month for period in every}))


@lru_cache(maxsize=8)
def _every_month(engine: Engine, version: str) -> tuple[Period, ...]:
    with reading(engine) as session:
        periods = periods_with_results(session)
    return months_of((*_months(engine, version), *periods))


@lru_cache(maxsize=_CACHED)
def _month(engine: Engine, version: str, period: Period) -> Month:
    earlier = [one for one in _months(engine, version) if one < period]
    before = earlier[-1] if earlier else None
    with reading(engine) as session:
        return read_month(session, period, before, version)


def read_month(session: Session, period: Period, before: Period | None, version: str) -> Month:
    """Read the results of a month and of the one before it."""
    both = [one for one in (period, before) if one is not None]
    levels = values(session, CRISIS, both)
    now, was = levels[period], levels[before] if before else {}
    rests = bases(session, [period]).get(period, {})
    hospitals = {
        hcode: _hospital(hcode, site, _whole(now.get(hcode)), _whole(was.get(hcode)))._replace(
            basis=rests.get(hcode, UNKNOWN)
        )
        for hcode, site in sites(session, HOSPITAL, period).items()
    }
    rows = area_shares(session, (CRISIS_AREA, EFFICIENCY), both)
    return Month(
        period, before, version, area_names(session), hospitals, rows, rules_of(session),
        _unregistered(session, set(now) - set(hospitals)),
    )  # fmt: skip


def _unregistered(session: Session, others: set[str]) -> tuple[str, ...]:
    """Those that the register does not know at all: it may know others as closed since."""
    if not others:
        return ()
    return tuple(sorted(others - set(known_codes(session).values())))


@lru_cache(maxsize=_CACHED)
def _with_districts(engine: Engine, version: str, period: Period, province: str) -> Month:
    whole = _month(engine, version, period)
    both = [one for one in (whole.period, whole.before) if one is not None]
    with reading(engine) as session:
        rows = area_shares(session, (CRISIS_AREA, EFFICIENCY), both, province=province)
    return replace(whole, rows={**whole.rows, **rows})


def _hospital(hcode: str, site: SiteRow, level: int | None, before: int | None) -> Hospital:
    name_th, name_en, district, province, region, north, east, _marked = site
    position = None if north is None or east is None else (north, east)
    return Hospital(hcode, name_th, name_en, district, province, region, position, level, before)


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)
