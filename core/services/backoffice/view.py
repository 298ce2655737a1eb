"""The programme in an area and a quarter: provinces, districts and units, counted and added up."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.access.roles import Action
from core.areas import COUNTRY, Level, parse_area
from core.errors import UsageError
from core.forms.records.record import Record
from core.forms.table.words import without_prefix
from core.periods import Period, nearest_period
from core.services.backoffice.data import (
    DAYS,
    DISTRICT,
    FORM,
    PLAN,
    QUARTERS,
    RELIEVED,
    TARGETED,
    WORDS,
    Report,
    Reports,
    reports,
)
from core.services.backoffice.programme import programme
from core.services.geography.country import Place
from core.services.geography.whereabouts import Whereabouts, whereabouts
from core.services.guard.doors import ANYWHERE, door
from core.services.guard.lying import meant
from core.services.records.stored import stored_records
from core.store.engine.unit_of_work import reading
from core.store.register.repository import facilities
from core.store.uploads.submissions import current_periods
from core.text import Text, fold

UNIT_KIND: Final = "pcu"
_PRINTED_YEAR: Final = 2565
"""The fiscal year of the printed counts."""


@dataclass(frozen=True)
class Standing:
    """How the programme stands in a place at the end of a quarter.

    `reporting` units told anything of the quarter, `relieved` had any process relieved by its end.
    `targeted` is how many the programme aims at, `registered` how many the register has; None where
    nobody says. `days` are by quarter, None for a quarter nobody told of. `processes` are sums over
    units that told, by field, with how many told. `step` is None where no district told.
    """

    place: Place
    reporting: int
    relieved: int
    targeted: int | None
    registered: int | None
    districts: int
    days: tuple[float | None, ...]
    processes: Mapping[str, tuple[float, int]]
    satisfaction: float | None
    step: int | None
    subs_done: int | None
    subs: Mapping[str, tuple[int, int]]
    """Of every sub-step, in how many districts it is done, of how many that told."""
    uses: tuple[str, ...] = ()

    @property
    def all_days(self) -> float | None:
        """Days saved since October; None where nobody told."""
        known = [days for days in self.days if days is not None]
        return sum(known) if known else None

    def coverage(self, of: int | None) -> float | None:
        """Percent of units that are relieved; None without a count to divide by."""
        return 100 * self.relieved / of if of else None


@dataclass(frozen=True)
class UnitRow:
    """A primary care unit with what it told of the quarter, None where it told nothing."""

    place: Place
    district: Place
    report: Report | None
    all_days: float | None


@dataclass(frozen=True)
class LaneActivity:
    """An activity of the year plan: its lane, what is done, in which fiscal months."""

    lane: Text
    activity: Text
    months: frozenset[int]


@dataclass(frozen=True)
class BackofficeView:
    """The programme in an area and quarter; `rows` are the places right below the area.

    `units` are those of a district. `is_plan_typed`: whether the year plan was sent; else it is
    the printed one. `records` are what was sent of the programme itself.
    """

    period: Period
    periods: tuple[Period, ...]
    area: Place
    chain: tuple[Place, ...]
    regions: tuple[Place, ...]
    whole: Standing
    rows: tuple[Standing, ...]
    cups: tuple[Standing, ...]
    units: tuple[UnitRow, ...]
    plan: tuple[LaneActivity, ...]
    is_plan_typed: bool
    processes: tuple[Record, ...]
    orders: tuple[Record, ...]
    unknown: tuple[str, ...]
    """Provinces of the table of target areas that nobody knows: their units are not aimed at."""


@door(Action.READ, ANYWHERE)
def backoffice_view(engine: Engine, *, period: str = "", area: str = "") -> BackofficeView | None:
    """The view for an address's period and area; None while nothing of the form is stored."""
    with reading(engine) as session:
        periods = tuple(sorted(current_periods(session, FORM), reverse=True))
        if not periods:
            return None
        chosen = nearest_period(period, periods)
        return _Year(session, chosen, periods).view(area)


class _Year:
    """Everything the store has of one year."""

    def __init__(self, session: Session, period: Period, periods: tuple[Period, ...]) -> None:
        self.period, self.periods = period, periods
        self.reports: Reports = reports(session, period.fiscal_year)
        self.where: Whereabouts = _placed(whereabouts(session, period), self.reports)
        self.records = stored_records(session, [PLAN], period.fiscal_year)
        known = facilities(session, at=period.month)
        self.registered = [one.hcode for one in known if one.kind == UNIT_KIND]

    def view(self, area: str) -> BackofficeView:
        code = self._meant(area)
        level = parse_area(code).level
        below = Level.DISTRICT if level >= Level.PROVINCE else Level.PROVINCE
        plan = tuple(self._plan())
        return BackofficeView(
            period=self.period,
            periods=self.periods,
            area=self._place(code),
            chain=tuple(map(self._place, self.where.chain(code))),
            regions=tuple(
                self._place(one) for one in sorted(self.where.parents) if one.startswith("R")
            ),
            whole=self._standing(code),
            rows=tuple(map(self._standing, self._below(code, below))),
            cups=tuple(map(self._standing, self._below(code, Level.DISTRICT))),
            units=tuple(self._units(code)) if level is Level.DISTRICT else (),
            plan=plan or tuple(_printed_plan()),
            is_plan_typed=bool(plan),
            processes=tuple(one for one in self.records if one.table == "processes"),
            orders=tuple(one for one in self.records if one.table == "orders"),
            unknown=tuple(one.no for one in self._targets() if _bare(one.no) not in self._names()),
        )

    def _meant(self, area: str) -> str:
        return meant(self._with_names(area), self.where.parents)

    def _with_names(self, area: str) -> str | None:
        try:
            code: str | None = parse_area(area).code
        except UsageError:
            return None
        if code and parse_area(code).level is Level.FACILITY:
            code = self.where.part_of(code, Level.DISTRICT)
        return code if code == COUNTRY or code in self.where.parents else None

    def _place(self, code: str) -> Place:
        return Place(code, self.where.name(code))

    def _below(self, area: str, level: Level) -> list[str]:
        """The places of a level in an area where anybody told anything, by their codes."""
        places = (*self.reports.units, *self.reports.districts)
        below = {self.where.part_of(one, level) for one in places if self.where.is_in(one, area)}
        return sorted(code for code in below if code is not None)

    def _standing(self, area: str) -> Standing:
        own = [r for unit, r in self.reports.units.items() if self.where.is_in(unit, area)]
        now = [by[self.period.number] for by in own if self.period.number in by]
        reports = [r for d, r in self.reports.districts.items() if self.where.is_in(d, area)]
        steps = [_newest(by, self.period.number) for by in reports]
        known = [one for one in steps if one is not None]
        return Standing(
            place=self._place(area),
            reporting=len(now),
            relieved=sum(_is_relieved(by, self.period.number) for by in own),
            targeted=self._targeted(area),
            registered=sum(self.where.is_in(one, area) for one in self.registered) or None,
            districts=len(self._below(area, Level.DISTRICT)),
            days=tuple(_days(own, quarter, self.period.number) for quarter in QUARTERS),
            processes={measure: _sum(now, measure) for measure in RELIEVED},
            satisfaction=_mean(one.satisfaction for one in now),
            step=min((one.step for one in known), default=None),
            subs_done=min((one.subs_done for one in known), default=None),
            subs={measure: _done(known, measure) for measure in programme().sub_steps},
            uses=tuple(dict.fromkeys(one.words[WORDS[1]] for one in now if WORDS[1] in one.words)),
        )

    def _targeted(self, area: str) -> int | None:
        """How many units the programme aims at: what districts typed, else the printed counts."""
        level = parse_area(area).level
        typed = [
            _newest_figure(by, TARGETED, self.period.number)
            for district, by in self.reports.districts.items()
            if self.where.is_in(district, area)
        ]
        known = [number for number in typed if number is not None]
        if level is Level.DISTRICT:
            return int(sum(known)) if known else None
        counted = [n for code, n in self._by_province().items() if self.where.is_in(code, area)]
        if counted:
            return int(sum(counted))
        return int(sum(known)) if known else None

    def _by_province(self) -> Mapping[str, float]:
        """Units aimed at by province: as typed, else the printed counts of their year."""
        codes = self._names()
        typed = {
            codes[name]: one.value("target.units")
            for one in self._targets()
            if (name := _bare(one.no)) in codes and "target.units" in one.values
        }
        if typed or self.period.fiscal_year != _PRINTED_YEAR:
            return typed
        return {c.province: c.units for c in programme().counts if c.province in self.where.parents}

    def _targets(self) -> tuple[Record, ...]:
        return tuple(o for o in self.records if o.table == "targets" and not o.is_total)

    def _names(self) -> Mapping[str, str]:
        """Provinces by their names in both languages, and by their codes."""
        return {
            fold(spelled): code
            for code, name in self.where.names.items()
            if code.startswith("P")
            for spelled in (name.th, name.en, code, code[1:])
        }

    def _units(self, district: str) -> Iterator[UnitRow]:
        units = {u for u in self.reports.units if self.where.is_in(u, district)}
        there = {u for u in self.registered if self.where.is_in(u, district)}
        for unit in sorted(units | there):
            by = self.reports.units.get(unit, {})
            days = [r.days for q, r in by.items() if q <= self.period.number and r.days is not None]
            yield UnitRow(
                self._place(unit), self._place(district), by.get(self.period.number),
                sum(days) if days else None,
            )  # fmt: skip

    def _plan(self) -> Iterator[LaneActivity]:
        for one in self.records:
            if one.table == "lanes":
                lane, activity = one.labels[0], one.text("lane.activity")
                months = frozenset(n for n in range(1, 13) if one.flags.get(f"lane.m{n:02}"))
                yield LaneActivity(Text(lane, lane), Text(activity, activity), months)


def _placed(where: Whereabouts, reports: Reports) -> Whereabouts:
    """The same with units that the register lacks, in the districts their rows name.

    A unit whose district nobody can tell is of the country alone.
    """
    names: dict[str, list[str]] = {}
    for code, name in where.names.items():
        if code.startswith("D"):
            for spelled in (code, code[1:], name.th, name.en):
                names.setdefault(fold(spelled), []).append(code)
    strangers = {
        unit: _district(by, names)
        for unit, by in reports.units.items()
        if unit not in where.parents
    }
    return Whereabouts(where.names, {**where.parents, **strangers})


def _district(by: Mapping[int, Report], names: Mapping[str, Sequence[str]]) -> str:
    """The district that the rows of a unit name, where one alone bears the name."""
    names_ = {one.words[DISTRICT] for one in by.values() if DISTRICT in one.words}
    bare = {without_prefix(fold(text), "district") for text in names_}
    districts = {code for text in bare for code in names.get(text, ())}
    return districts.pop() if len(districts) == 1 else COUNTRY


def _bare(name: str) -> str:
    """The name of a province in comparing form, without the word for one."""
    return without_prefix(fold(name), "province")


def _printed_plan() -> Iterator[LaneActivity]:
    for lane in programme().lanes:
        for row in lane.rows:
            yield LaneActivity(lane.name, row.activity, frozenset(row.months))


def _newest(by: Mapping[int, Report], until: int) -> Report | None:
    """The last report up to a quarter."""
    quarters = [quarter for quarter in by if quarter <= until]
    return by[max(quarters)] if quarters else None


def _newest_figure(by: Mapping[int, Report], measure: str, until: int) -> float | None:
    quarters = [q for q, one in by.items() if q <= until and measure in one.figures]
    return by[max(quarters)].figures[measure] if quarters else None


def _is_relieved(by: Mapping[int, Report], until: int) -> bool:
    return any(one.is_relieved for quarter, one in by.items() if quarter <= until)


def _days(units: Sequence[Mapping[int, Report]], quarter: int, until: int) -> float | None:
    """Days of a quarter that units told of; None where none did or the quarter is to come."""
    numbers = [by[quarter].figures.get(DAYS) for by in units if quarter in by and quarter <= until]
    known = [days for days in numbers if days is not None]
    return sum(known) if known else None


def _sum(reports: Sequence[Report], measure: str) -> tuple[float, int]:
    known = [one.figures[measure] for one in reports if measure in one.figures]
    return sum(known), len(known)


def _done(reports: Sequence[Report], measure: str) -> tuple[int, int]:
    known = [one.figures[measure] for one in reports if measure in one.figures]
    return sum(value == 1 for value in known), len(known)


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
