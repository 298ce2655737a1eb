"""Data that comparisons use: shares of an area in all periods, the periods, and the areas.

Each is read once for each version of the results and cached.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final, Literal

from sqlalchemy import Engine

from core.areas import COUNTRY, chain, parse_area
from core.criteria.catalog import catalog
from core.criteria.model import AreaShare, Indicator
from core.errors import UsageError
from core.periods import Period
from core.services.geography.country import Place
from core.services.overview.area_share import Share, share_of
from core.services.overview.month import HOSPITAL
from core.services.rules.finance import CRISIS_AREA, EFFICIENCY
from core.services.rules.in_force import RulesInForce, rules_of
from core.store.engine.unit_of_work import reading
from core.store.results.area_rows import (
    AreaShareRow,
    area_history,
    area_names,
    area_shares,
    sites,
)
from core.store.results.repository import periods_with_results
from core.store.results.versions import stamp_now
from core.text import Text, say

FIRST: Final = (CRISIS_AREA, EFFICIENCY, "crisis.budgeting", "crisis.planfin")
"""Criteria that come before the themes of the menu."""

_CACHED: Final = 256


@dataclass(frozen=True, slots=True)
class ComparedCriterion:
    """An area criterion as a row of a comparison; `short` where there is little room.

    `headline` is the id of the line that gives the share.
    """

    id: str
    name: Text
    short: Text
    better: Literal["higher", "lower"]
    headline: str

    def limit(self, share: Share | None) -> float | None:
        """The target of the share itself; None where it has none, or only its other lines have."""
        lines = share.lines if share else ()
        return next((line.limit for line in lines if line.id == self.headline), None)


@dataclass(frozen=True)
class AreaHistory:
    """The results of an area, by criterion and period, and the rules in force."""

    rows: Mapping[tuple[str, Period], AreaShareRow]
    rules: RulesInForce

    def share(self, criterion: str, period: Period | None) -> Share | None:
        """The share in a period; None where there is none."""
        row = self.rows.get((criterion, period)) if period else None
        if row is None or period is None:
            return None
        return share_of(self.rules.of(period).rules.get(criterion), row)


@dataclass(frozen=True)
class AreaIndex:
    """The areas with a hospital: names, parent area and number of hospitals by code."""

    names: Mapping[str, Text]
    parents: Mapping[str, str]
    sizes: Mapping[str, int]

    def place(self, code: str) -> Place:
        """An area by its name."""
        return Place(code, self.names[code])

    def chain(self, code: str) -> tuple[Place, ...]:
        """The places from the country down to an area."""
        return tuple(map(self.place, chain(code, self.parents)))

    def known(self, text: str) -> str | None:
        """The area a text names; None: no such area."""
        try:
            code = parse_area(text).code
        except UsageError:
            return None
        return code if code in self.sizes else None

    def below(self, code: str) -> tuple[str, ...]:
        """The areas right below one, in the order of their codes."""
        return self._children.get(code, ())

    @cached_property
    def _children(self) -> Mapping[str, tuple[str, ...]]:
        children: dict[str, list[str]] = defaultdict(list)
        for one in sorted(self.sizes):
            children[self.parents.get(one, "")].append(one)
        return {parent: tuple(codes) for parent, codes in children.items()}

    def beside(self, code: str) -> tuple[str, ...]:
        """The other areas of its level: those of the same parent first, then by nearest size."""
        level, parent, size = parse_area(code).level, self.parents.get(code), self.sizes[code]
        others = (o for o in self.sizes if o != code and parse_area(o).level is level)
        alike = {o: (self.parents.get(o) != parent, abs(self.sizes[o] - size), o) for o in others}
        return tuple(sorted(alike, key=lambda one: alike[one]))


def criteria_of(menu: Sequence[str]) -> tuple[str, ...]:
    """Area criteria in the order of the menu, the crisis before them all."""
    known = catalog().criteria
    shares = (one for one in menu if one in known and known[one].kind == "area_share")
    return tuple(dict.fromkeys((*FIRST, *shares)))


def compared_criterion(criterion: str, rules: RulesInForce, period: Period) -> ComparedCriterion:
    """A criterion with the names it has in a period."""
    head = catalog().criteria[criterion]
    rule = rules.of(period).rules.get(criterion) or head.editions[0].rule
    headline = f"{rule.id}.{rule.headline}" if isinstance(rule, AreaShare) else ""
    return ComparedCriterion(criterion, rule.name, rule.short or rule.name, head.better, headline)


def period_at(
    criterion: str, moment: Period, rules: RulesInForce, *, reported: Sequence[Period] = ()
) -> Period | None:
    """The month or round by which a criterion is judged at a moment; None: not judged then.

    With `reported` a round without results becomes the newest earlier one of its fiscal year.
    """
    held = rules.of(moment).rules
    rule = held.get(criterion)
    if not isinstance(rule, AreaShare):
        return None
    unit = held.get(rule.of)
    if not isinstance(unit, Indicator) or unit.per == "month":
        return moment if moment.part == "M" else None
    period = moment.round
    if unit.round not in (None, period.number):
        return None
    if reported and period not in reported:
        earlier = [p for p in reported if p < period and p.fiscal_year == period.fiscal_year]
        period = earlier[-1] if earlier else period
    return period


def moments(engine: Engine, criteria: tuple[str, ...]) -> tuple[Period, ...]:
    """Moments to compare, newest first: months, and rounds without a month of their own."""
    reported = periods(engine, criteria).values()
    months = {period for known in reported for period in known if period.part == "M"}
    within = {month.round for month in months}
    rounds = {period for known in reported for period in known if period.part == "R"} - within
    return tuple(sorted(months | rounds, key=lambda one: one.month, reverse=True))


def periods(engine: Engine, criteria: tuple[str, ...]) -> Mapping[str, tuple[Period, ...]]:
    """The periods each criterion has results in, oldest first."""
    return _periods(engine, stamp_now(engine), criteria)


def history(engine: Engine, criteria: tuple[str, ...], area: str) -> AreaHistory:
    """All results of an area by some criteria."""
    return _history(engine, stamp_now(engine), criteria, area)


def area_index(engine: Engine, moment: Period) -> AreaIndex:
    """The areas of a moment."""
    return _area_index(engine, stamp_now(engine), moment.month)


@lru_cache(maxsize=8)
def _periods(
    engine: Engine,
    version: str,  # noqa: ARG001
    criteria: tuple[str, ...],
) -> Mapping[str, tuple[Period, ...]]:
    with reading(engine) as session:
        return {criterion: periods_with_results(session, criterion) for criterion in criteria}


@lru_cache(maxsize=_CACHED)
def _history(engine: Engine, version: str, criteria: tuple[str, ...], area: str) -> AreaHistory:  # noqa: ARG001
    with reading(engine) as session:
        return AreaHistory(area_history(session, criteria, area), rules_of(session))


def at_moment(
    engine: Engine, criteria: tuple[str, ...], moment: Period, areas: Sequence[str]
) -> list[AreaHistory]:
    """The results of some areas by which they are judged at one moment, by one query."""
    reported = periods(engine, criteria)
    with reading(engine) as session:
        rules = rules_of(session)
        wanted = (period_at(one, moment, rules, reported=reported[one]) for one in criteria)
        judged = {period for period in wanted if period is not None}
        rows = area_shares(session, criteria, judged, areas=areas)
    shares: dict[str, dict[tuple[str, Period], AreaShareRow]] = {area: {} for area in areas}
    for (criterion, when, area), row in rows.items():
        shares[area][criterion, when] = row
    return [AreaHistory(shares[area], rules) for area in areas]


@lru_cache(maxsize=16)
def _area_index(engine: Engine, version: str, month: Period) -> AreaIndex:  # noqa: ARG001
    with reading(engine) as session:
        names = area_names(session)
        hospitals = sites(session, HOSPITAL, month)
    sizes = Counter(
        code
        for site in hospitals.values()
        for code in (COUNTRY, site.region, site.province, site.district)
    )
    return AreaIndex(
        names={COUNTRY: say("Thailand")} | {c: Text(th, en) for c, (th, en, _up) in names.items()},
        parents={code: parent for code, (_th, _en, parent) in names.items()},
        sizes=sizes,
    )
