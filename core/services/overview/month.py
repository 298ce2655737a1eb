"""What stands of one month, the whole country at once: what overviews are made of.

It is read once for each version of the results and kept; a click only looks things up.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.periods import Period, months_told
from core.services.geography.country import Country, Place
from core.services.overview.area_share import Share, share_of
from core.services.rules.finance import CRISIS, CRISIS_AREA, EFFICIENCY, Edges, edges
from core.services.rules.in_force import RulesInForce, rules_of
from core.store.engine.unit_of_work import reading
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

_HOSPITAL: Final = "hospital"
_KEPT: Final = 36
"""Months kept: three years."""


class Hospital(NamedTuple):
    """A hospital in one month and the one before; a level is None where it has none."""

    hcode: str
    name_th: str
    name_en: str
    district: str
    province: str
    region: str
    position: tuple[float, float] | None
    level: int | None
    before: int | None
    told: bool

    @property
    def place(self) -> Place:
        return Place(self.hcode, Text(self.name_th, self.name_en))

    @property
    def rose(self) -> bool:
        """Whether it is worse off than the month before."""
        return self.level is not None and self.before is not None and self.level > self.before

    @property
    def fell(self) -> bool:
        """Whether it is better off than the month before."""
        return self.level is not None and self.before is not None and self.level < self.before


@dataclass(frozen=True)
class Month(Country[Hospital]):
    """Everything that stands of a month; `before` is the month with results before it."""

    period: Period
    before: Period | None
    version: str
    areas: Mapping[str, tuple[str, str, str]]
    facilities: Mapping[str, Hospital]
    rows: Mapping[tuple[str, Period, str], AreaShareRow]
    rules: RulesInForce

    def share(self, criterion: str, code: str, *, before: bool = False) -> Share | None:
        """What an area came to; None where nobody in it was to report, or no rule was in force."""
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
        """The edges its sentences name."""
        return edges(self.rules.of(self.period))

    @cached_property
    def _shares(self) -> dict[tuple[str, Period | None, str], Share | None]:
        return {}


def months(engine: Engine) -> tuple[Period, ...]:
    """The months there are results of, oldest first."""
    return _months(engine, stamp_now(engine))


def every_month(engine: Engine) -> tuple[Period, ...]:
    """The same, and those in which only themes were told; a round alone in its last month."""
    return _every_month(engine, stamp_now(engine))


def month(engine: Engine, period: Period) -> Month:
    """What stands of a month, districts left out but for those of `districts`."""
    return _month(engine, stamp_now(engine), period)


def read_ahead(engine: Engine, newest: int = 24) -> None:
    """Read the newest months before anybody asks for them."""
    for period in months(engine)[-newest:]:
        month(engine, period)


def with_districts(engine: Engine, whole: Month, province: str) -> Month:
    """The same with what the districts of a province came to."""
    return _with_districts(engine, whole.version, whole.period, province)


@lru_cache(maxsize=8)
def _months(engine: Engine, version: str) -> tuple[Period, ...]:  # noqa: ARG001
    with reading(engine) as session:
        found = tuple(p for p in periods_with_results(session, CRISIS) if p.part == "M")
        # Who reported nothing but a theme still has months to look at.
        every = () if found else periods_with_results(session)
        return found or tuple(sorted({period.month for period in every}))


@lru_cache(maxsize=8)
def _every_month(engine: Engine, version: str) -> tuple[Period, ...]:
    with reading(engine) as session:
        told = periods_with_results(session)
    return months_told((*_months(engine, version), *told))


@lru_cache(maxsize=_KEPT)
def _month(engine: Engine, version: str, period: Period) -> Month:
    earlier = [one for one in _months(engine, version) if one < period]
    before = earlier[-1] if earlier else None
    with reading(engine) as session:
        return read_month(session, period, before, version)


def read_month(session: Session, period: Period, before: Period | None, version: str) -> Month:
    """Read what stands of a month and the one before it."""
    both = [one for one in (period, before) if one is not None]
    levels = values(session, CRISIS, both)
    now, was = levels[period], levels[before] if before else {}
    found = {
        hcode: _hospital(
            hcode,
            site,
            _whole(now.get(hcode)),
            _whole(was.get(hcode)),
            hcode in now,
        )
        for hcode, site in sites(session, _HOSPITAL, period).items()
    }
    rows = area_shares(session, (CRISIS_AREA, EFFICIENCY), both)
    return Month(period, before, version, area_names(session), found, rows, rules_of(session))


@lru_cache(maxsize=_KEPT)
def _with_districts(engine: Engine, version: str, period: Period, province: str) -> Month:
    whole = _month(engine, version, period)
    both = [one for one in (whole.period, whole.before) if one is not None]
    with reading(engine) as session:
        rows = area_shares(session, (CRISIS_AREA, EFFICIENCY), both, province=province)
    return replace(whole, rows={**whole.rows, **rows})


def _hospital(
    hcode: str, site: SiteRow, level: int | None, before: int | None, told: bool
) -> Hospital:
    name_th, name_en, district, province, region, north, east = site
    position = None if north is None or east is None else (north, east)
    return Hospital(
        hcode, name_th, name_en, district, province, region, position, level, before, told
    )


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)
