"""All results of one area criterion in one period, for the whole country.

Read once for each version of the results and cached.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.criteria.model import AreaShare, Indicator
from core.errors import UsageError
from core.periods import Period
from core.scoring.base.states import State, Verdict
from core.services.geography.country import Country, Place
from core.services.overview.area_share import Share, share_of
from core.services.rules.expected import units_to_report
from core.services.rules.in_force import RulesInForce, rules_of
from core.store.engine.unit_of_work import reading
from core.store.results.area_rows import (
    AreaShareRow,
    SiteRow,
    UnitRow,
    area_names,
    area_shares,
    sites,
    unit_rows,
)
from core.store.results.light_rows import open_ends, subjects_of_year
from core.store.results.repository import periods_with_results
from core.store.results.versions import stamp_now
from core.text import Text

_CACHED: Final = 64
"""Criteria and periods in the cache, about a megabyte each."""

Ends = tuple[float, float]
"""The lowest and the highest value that is still possible."""


class Unit(NamedTuple):
    """A facility's result in one period; numbers are None where there are none.

    `points` of `full` were earned; `before` is the value in the period before. `result` is the id
    of the stored result, None where nothing was reported. `ends` and `ends_before` bound the value
    while tests are missing; None where none is.
    """

    hcode: str
    name_th: str
    name_en: str
    district: str
    province: str
    region: str
    position: tuple[float, float] | None
    value: float | None
    points: float | None
    full: float | None
    verdict: Verdict
    state: State
    grade: str | None
    before: float | None
    result: int | None
    ends: Ends | None = None
    ends_before: Ends | None = None
    was_outside: bool = False
    """Whether it did not apply in the period before."""

    @property
    def is_outside(self) -> bool:
        """Whether the indicator does not apply to it, as where there was no service."""
        return self.state is State.NOT_APPLICABLE

    @property
    def place(self) -> Place:
        return Place(self.hcode, Text(self.name_th, self.name_en))

    @property
    def has_result(self) -> bool:
        """Whether anything was reported of the facility."""
        return self.result is not None


@dataclass(frozen=True)
class ThemePeriod(Country[Unit]):
    """All results of one area criterion in a period; `before` is the period before it."""

    rule: AreaShare
    unit: Indicator
    period: Period
    before: Period | None
    areas: Mapping[str, tuple[str, str, str]]
    facilities: Mapping[str, Unit]
    rows: Mapping[tuple[str, Period, str], AreaShareRow]
    rules: RulesInForce

    def share(self, code: str, *, before: bool = False) -> Share | None:
        """The share of an area; None where no facility in it had to report."""
        period = self.before if before else self.period
        row = self.rows.get((self.rule.id, period, code)) if period else None
        if row is None or period is None:
            return None
        return share_of(self.rules.of(period).rules.get(self.rule.id), row)


def theme_periods(engine: Engine, criterion: str) -> tuple[Period, ...]:
    """The periods an area criterion has results in, oldest first."""
    return _periods(engine, stamp_now(engine), criterion)


@lru_cache(maxsize=_CACHED)
def _periods(engine: Engine, version: str, criterion: str) -> tuple[Period, ...]:  # noqa: ARG001
    with reading(engine) as session:
        return periods_with_results(session, criterion)


def theme_period(engine: Engine, criterion: str, period: Period) -> ThemePeriod:
    """All results of an area criterion in a period.

    Districts are left out but for those of `with_districts`. `UsageError` U002 where there is no
    such area criterion of an indicator in that year.
    """
    return _theme_period(engine, stamp_now(engine), criterion, period, None)


def with_districts(engine: Engine, whole: ThemePeriod, province: str) -> ThemePeriod:
    """The same with the shares of a province's districts added."""
    return _theme_period(engine, stamp_now(engine), whole.rule.id, whole.period, province)


@lru_cache(maxsize=_CACHED)
def _theme_period(
    engine: Engine, version: str, criterion: str, period: Period, province: str | None
) -> ThemePeriod:
    with reading(engine) as session:
        rules = rules_of(session)
        held = rules.of(period).rules
        rule = held.get(criterion)
        unit = held.get(rule.of) if isinstance(rule, AreaShare) else None
        if not isinstance(rule, AreaShare) or not isinstance(unit, Indicator):
            raise UsageError("U002", criterion=criterion, fiscal_year=period.fiscal_year)
        earlier = [one for one in _periods(engine, version, criterion) if one < period]
        before = earlier[-1] if earlier else None
        both = [one for one in (period, before) if one is not None]
        rows = area_shares(session, (criterion,), both)
        if province:
            rows |= area_shares(session, (criterion,), both, province=province)
        facilities = _facilities(session, unit, period, before)
        names = area_names(session)
        return ThemePeriod(rule, unit, period, before, names, facilities, rows, rules)


def _facilities(
    session: Session, unit: Indicator, period: Period, before: Period | None
) -> dict[str, Unit]:
    """Every facility that should have reported, by hcode, with its result or without one."""
    both = [one for one in (period, before) if one is not None]
    rows = unit_rows(session, unit.id, both, graded=bool(unit.grades))
    now, was = rows[period], rows.get(before, {}) if before else {}
    open_ = open_ends(session, [unit.id], both)
    ends, ends_before = (open_.get((unit.id, one), {}) if one else {} for one in (period, before))
    everybody = sites(session, unit.of, period.month)
    if unit.of != "hospital":
        reporting = subjects_of_year(session, [unit.id], period.fiscal_year)
        due = units_to_report(everybody, reporting)
        everybody = {hcode: site for hcode, site in everybody.items() if hcode in due}
    return {
        hcode: _unit(hcode, site, now.get(hcode), was.get(hcode))._replace(
            ends=ends.get(hcode),
            ends_before=ends_before.get(hcode),
            was_outside=hcode in was and was[hcode].state == State.NOT_APPLICABLE,
        )
        for hcode, site in everybody.items()
    }


def _unit(hcode: str, site: SiteRow, now: UnitRow | None, was: UnitRow | None) -> Unit:
    north, east = site.latitude, site.longitude
    place = (hcode, site.name_th, site.name_en, site.district, site.province, site.region)
    position = None if north is None or east is None else (north, east)
    before = was.value if was and was.state == State.REPORTED else None
    if now is None:
        return Unit(
            *place, position, None, None, None, Verdict.NOT_JUDGED, State.NOT_REPORTED, None,
            before, None,
        )  # fmt: skip
    known = now.value if now.state == State.REPORTED else None
    return Unit(
        *place, position, known, now.points, now.full, Verdict(now.verdict), State(now.state),
        now.grade, before, now.id,
    )  # fmt: skip
