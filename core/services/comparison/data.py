"""What comparisons look things up in: all an area ever came to, when, and which areas there are.

Each is read once for each version of the results and kept.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from sqlalchemy import Engine

from core.areas import COUNTRY, chain, parse_area
from core.criteria.catalog import catalog
from core.criteria.model import AreaShare, Indicator
from core.errors import UsageError
from core.periods import Period, parse_period
from core.services.geography.country import Place
from core.services.overview.area_share import Share, share_of
from core.services.rules.finance import CRISIS_AREA, EFFICIENCY
from core.services.rules.in_force import RulesInForce, rules_of
from core.store.engine.unit_of_work import reading
from core.store.results.area_rows import area_history, area_names, sites
from core.store.results.repository import periods_with_results
from core.store.results.versions import stamp_now
from core.text import Text, say

FIRST: Final = (CRISIS_AREA, EFFICIENCY, "crisis.budgeting", "crisis.planfin")
"""What stands before the themes of the menu."""

_KEPT: Final = 256
_HOSPITAL: Final = "hospital"


@dataclass(frozen=True, slots=True)
class Measured:
    """An area criterion as a row of a comparison; `short` where there is little room.

    `headline` is the line its share is the share of.
    """

    id: str
    name: Text
    short: Text
    better: Literal["higher", "lower"]
    headline: str

    def limit(self, share: Share | None) -> float | None:
        """What the share itself is held against; None where nothing is, or only parts of it."""
        lines = share.lines if share else ()
        return next((line.limit for line in lines if line.id == self.headline), None)


@dataclass(frozen=True)
class Past:
    """All an area ever came to, by criterion and period, and the rules it was made by."""

    shares: Mapping[tuple[str, Period], Share]
    rules: RulesInForce

    def share(self, criterion: str, period: Period | None) -> Share | None:
        """What it came to; None where nothing is known."""
        return self.shares.get((criterion, period)) if period else None


@dataclass(frozen=True)
class Land:
    """The areas that have a hospital: names, the area each lies in, how many hospitals it has."""

    names: Mapping[str, Text]
    parents: Mapping[str, str]
    sizes: Mapping[str, int]
    districts: Mapping[str, str]

    def place(self, code: str) -> Place:
        """An area by its name."""
        return Place(code, self.names[code])

    def chain(self, code: str) -> tuple[Place, ...]:
        """The places from the country down to an area."""
        return tuple(map(self.place, chain(code, self.parents)))

    def known(self, asked: str) -> str | None:
        """The area a text names, a hospital standing for its district; None for none there is."""
        try:
            code = parse_area(asked).code
        except UsageError:
            return None
        code = self.districts.get(code, code)
        return code if code in self.sizes else None

    def below(self, code: str) -> tuple[str, ...]:
        """The areas right below one, in the order of their codes."""
        return tuple(sorted(one for one in self.sizes if self.parents.get(one) == code))

    def beside(self, code: str) -> tuple[str, ...]:
        """Areas of its level, those beside it first, then by how alike they are in size."""
        level, parent, size = parse_area(code).level, self.parents.get(code), self.sizes[code]
        others = (o for o in self.sizes if o != code and parse_area(o).level is level)
        alike = {o: (self.parents.get(o) != parent, abs(self.sizes[o] - size), o) for o in others}
        return tuple(sorted(alike, key=lambda one: alike[one]))


def criteria_of(menu: Sequence[str]) -> tuple[str, ...]:
    """Area criteria in the order of the menu, the crisis before them all."""
    known = catalog().criteria
    shares = (one for one in menu if one in known and known[one].kind == "area_share")
    return tuple(dict.fromkeys((*FIRST, *shares)))


def measured(criterion: str, rules: RulesInForce, period: Period) -> Measured:
    """A criterion as a period calls it."""
    head = catalog().criteria[criterion]
    rule = rules.of(period).rules.get(criterion) or head.editions[0].rule
    headline = f"{rule.id}.{rule.headline}" if isinstance(rule, AreaShare) else ""
    return Measured(criterion, rule.name, rule.short or rule.name, head.better, headline)


def period_at(
    criterion: str, moment: Period, rules: RulesInForce, *, told: Sequence[Period] = ()
) -> Period | None:
    """The month or round by which a criterion is judged at a moment; None where by none.

    Of `told` a round falls back on the newest earlier one of its fiscal year.
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
    if told and period not in told:
        earlier = [p for p in told if p < period and p.fiscal_year == period.fiscal_year]
        period = earlier[-1] if earlier else period
    return period


def moments(engine: Engine, criteria: tuple[str, ...]) -> tuple[Period, ...]:
    """Moments that can be compared, newest first: months, and rounds none of whose months told."""
    told = periods(engine, criteria).values()
    months = {period for known in told for period in known if period.part == "M"}
    within = {month.round for month in months}
    rounds = {period for known in told for period in known if period.part == "R"} - within
    return tuple(sorted(months | rounds, key=lambda one: one.month, reverse=True))


def meant(asked: str, known: Sequence[Period]) -> Period | None:
    """The moment a text means: a round its newest month, a month perhaps its round."""
    try:
        period = parse_period(asked)
    except UsageError:
        return None
    if period in known:
        return period
    return next((one for one in known if one.round == period.round), None)


def periods(engine: Engine, criteria: tuple[str, ...]) -> Mapping[str, tuple[Period, ...]]:
    """The periods each criterion has results in, oldest first."""
    return _periods(engine, stamp_now(engine), criteria)


def past(engine: Engine, criteria: tuple[str, ...], area: str) -> Past:
    """All an area ever came to by some criteria."""
    return _past(engine, stamp_now(engine), criteria, area)


def land(engine: Engine, moment: Period) -> Land:
    """The areas as they were at a moment."""
    return _land(engine, stamp_now(engine), moment.month)


@lru_cache(maxsize=8)
def _periods(
    engine: Engine,
    version: str,  # noqa: ARG001
    criteria: tuple[str, ...],
) -> Mapping[str, tuple[Period, ...]]:
    with reading(engine) as session:
        return {criterion: periods_with_results(session, criterion) for criterion in criteria}


@lru_cache(maxsize=_KEPT)
def _past(engine: Engine, version: str, criteria: tuple[str, ...], area: str) -> Past:  # noqa: ARG001
    with reading(engine) as session:
        rules = rules_of(session)
        rows = area_history(session, criteria, area)
    shares = {
        (criterion, when): share_of(rules.of(when).rules.get(criterion), row)
        for (criterion, when), row in rows.items()
    }
    return Past(shares, rules)


@lru_cache(maxsize=16)
def _land(engine: Engine, version: str, month: Period) -> Land:  # noqa: ARG001
    with reading(engine) as session:
        names = area_names(session)
        found = sites(session, _HOSPITAL, month)
    sizes = Counter(
        code
        for site in found.values()
        for code in (COUNTRY, site.region, site.province, site.district)
    )
    return Land(
        names={COUNTRY: say("Thailand")} | {c: Text(th, en) for c, (th, en, _up) in names.items()},
        parents={code: parent for code, (_th, _en, parent) in names.items()},
        sizes=sizes,
        districts={hcode: site.district for hcode, site in found.items()},
    )
