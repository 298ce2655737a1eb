"""A province's plan at the end of a month: what is done, what is late, how its KPIs stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Final, Literal

import numpy as np
from sqlalchemy import Engine

from core.access.roles import Action
from core.criteria.model import Op
from core.errors import UsageError
from core.forms.document.plan import Item, Kpi, Plan, is_done
from core.periods import Period, nearest_period
from core.scoring.base.states import Verdict
from core.scoring.base.threshold import keeps
from core.services.deadlines.lateness import today
from core.services.geography.country import Place
from core.services.guard.doors import ANYWHERE, door
from core.services.overview.month import every_month
from core.services.strategy.sources import HOSPITAL, Fed, Scope, Share, fed
from core.services.strategy.stored import StoredPlan, planned, stored_plan
from core.store.engine.unit_of_work import reading
from core.store.results.area_rows import area_names, sites
from core.store.results.versions import Stamps, stamps_now
from core.text import Text

_CACHED: Final = 128
_MONTHS: Final = 12

ItemState = Literal["done", "late", "running", "waiting", "unscheduled"]
"""Of an item at the end of a month: `late` when its last month is over and it is not done, or a
step of it is late; `running` when its first month has come, `waiting` when it has not,
`unscheduled` without months."""


@dataclass(frozen=True)
class Selection:
    """The province, year and month an address stands for; `plans` are all there are."""

    plans: tuple[tuple[str, int], ...]
    names: Mapping[str, Text]
    area: str
    fiscal_year: int
    period: Period

    @property
    def periods(self) -> tuple[Period, ...]:
        """The months of the plan's year, the newest first."""
        return tuple(Period(self.fiscal_year, "M", n) for n in range(_MONTHS, 0, -1))

    @property
    def years(self) -> tuple[int, ...]:
        """The years of which the province has a plan."""
        return tuple(year for area, year in self.plans if area == self.area)


@dataclass(frozen=True)
class ItemView:
    """An item at the end of a month; `done` is the percent that was done, None without a measure.

    `depth` is how far it lies below the root.
    """

    item: Item
    state: ItemState
    done: float | None
    months: tuple[int, ...]
    depth: int


@dataclass(frozen=True)
class KpiView:
    """A KPI with what it came to; `share` is the newest, None where nothing tells it.

    `op` and `target` are what is asked, `is_read` where no comparison is printed. `serving` are its
    activities, `late` those of them that are late.
    """

    kpi: Kpi
    fed: Fed
    op: Op
    target: float | None
    is_read: bool
    verdict: Verdict
    serving: tuple[ItemView, ...]

    @property
    def share(self) -> Share | None:
        return self.fed.course[-1] if self.fed.course else None

    @property
    def late(self) -> tuple[ItemView, ...]:
        return tuple(one for one in self.serving if one.state == "late")

    @property
    def change(self) -> float | None:
        """By how many percentage points it changed since the last time; None without one."""
        if len(self.fed.course) < 2:
            return None
        return self.fed.course[-1].percent - self.fed.course[-2].percent


@dataclass(frozen=True)
class PlanView:
    """One plan at the end of a month; `hospitals` are names by hcode."""

    stored: StoredPlan
    place: Place
    period: Period
    items: tuple[ItemView, ...]
    kpis: tuple[KpiView, ...]
    hospitals: Mapping[str, Text]

    @property
    def plan(self) -> Plan:
        return self.stored.plan

    @cached_property
    def by_id(self) -> Mapping[str, ItemView]:
        """The items by their ids."""
        return {one.item.id: one for one in self.items}

    @property
    def activities(self) -> tuple[ItemView, ...]:
        return tuple(one for one in self.items if one.item.level == "activity")

    def in_state(self, state: ItemState) -> tuple[ItemView, ...]:
        """The activities in a state."""
        return tuple(one for one in self.activities if one.state == state)

    def endangers(self, activity: ItemView) -> tuple[KpiView, ...]:
        """The KPIs that an activity serves, those nearest to it first."""
        ids = [kpi.id for kpi in self.plan.kpis_of(activity.item)]
        return tuple(one for key in ids for one in self.kpis if one.kpi.id == key)

    @property
    def failing(self) -> tuple[KpiView, ...]:
        """The KPIs that miss their target."""
        return tuple(one for one in self.kpis if one.verdict is Verdict.FAIL)


@door(Action.READ, ANYWHERE)
def resolve_selection(engine: Engine, *, area: str, year: str, period: str) -> Selection | None:
    """Resolve the values of an address; None while there is no plan at all.

    Without a month it is the newest of the plan's year that has results, else the year's last.
    """
    plans = planned(engine)
    if not plans:
        return None
    with reading(engine) as session:
        known = {code: Text(th, en) for code, (th, en, _) in area_names(session).items()}
        parents = {code: above for code, (_, _, above) in area_names(session).items()}
    names = {code: known.get(code, Text(code, code)) for code, _ in plans}
    province = parents.get(area, area) if area[:1] == "D" else area
    inside = [code for code in names if province in (code, parents.get(code))]
    chosen = inside[0] if inside else next(iter(names))
    years = [fiscal_year for code, fiscal_year in plans if code == chosen]
    wanted = int(year) if year.isdigit() else 0
    fiscal_year = wanted if wanted in years else _year_of(period, years)
    return Selection(plans, names, chosen, fiscal_year, _month(engine, fiscal_year, period))


def _year_of(period: str, years: list[int]) -> int:
    """The year of a period where there is a plan of it, else the newest."""
    year = int(period[:4]) if period[:4].isdigit() else 0
    return year if year in years else years[0]


def _month(engine: Engine, fiscal_year: int, period: str) -> Period:
    months = [Period(fiscal_year, "M", n) for n in range(1, _MONTHS + 1)]
    known = [one for one in every_month(engine) if one.fiscal_year == fiscal_year]
    usual = known[-1] if known else months[-1]
    if not period.startswith(str(fiscal_year)):
        return usual
    return nearest_period(period, months) if "-" in period else usual


@door(Action.READ, "area")
def plan_view(
    engine: Engine, area: str, fiscal_year: int, period: Period, day: date | None = None
) -> PlanView:
    """A plan at the end of a month, as of a day; `UsageError` U050 where there is none."""
    if period.fiscal_year != fiscal_year:
        raise UsageError("U005", period=period)
    return _view(engine, stamps_now(engine), area, fiscal_year, period, day or today())


@lru_cache(maxsize=_CACHED)
def _view(
    engine: Engine,
    stamps: Stamps,  # noqa: ARG001
    area: str,
    fiscal_year: int,
    period: Period,
    day: date,
) -> PlanView:
    stored = stored_plan(engine, area, fiscal_year)
    plan = stored.plan
    items = tuple(_item(plan, item, period) for item in plan.items)
    by_id = {one.item.id: one for one in items}
    fed_by = (fed(engine, Scope(area, period, kpi, day)) for kpi in plan.kpis)
    kpis = tuple(_kpi(*one, plan, by_id) for one in zip(plan.kpis, fed_by, strict=True))
    with reading(engine) as session:
        names = area_names(session)
        hospitals = sites(session, HOSPITAL, period)
    th, en, _ = names.get(area, (area, area, ""))
    inside = {h: Text(site.name_th, site.name_en) for h, site in hospitals.items()}
    return PlanView(stored, Place(area, Text(th, en)), period, items, kpis, inside)


def _item(plan: Plan, item: Item, period: Period) -> ItemView:
    at, months = period.last_day, plan.span(item)
    done = plan.progress(item, at)
    state = _state(item, done, months, period)
    steps = plan.below.get(item.id, ()) if item.level == "activity" else ()
    if state != "done" and any(_item(plan, step, period).state == "late" for step in steps):
        state = "late"
    return ItemView(item, state, done, months, plan.depth(item))


def _state(item: Item, done: float | None, months: tuple[int, ...], period: Period) -> ItemState:
    if is_done(item, period.last_day) or (done is not None and done >= 100):
        return "done"
    if not months:
        return "unscheduled"
    if months[-1] <= period.number:
        return "late"
    return "running" if months[0] <= period.number else "waiting"


def _kpi(kpi: Kpi, fed_: Fed, plan: Plan, by_id: Mapping[str, ItemView]) -> KpiView:
    op: Op = kpi.op or "at_least"
    serving = tuple(by_id[item.id] for item in plan.activities_of(kpi))
    share = fed_.course[-1] if fed_.course else None
    verdict = Verdict.NOT_JUDGED
    if share is not None and kpi.target is not None:
        is_met = keeps(np.array([share.percent]), op, kpi.target).all()
        verdict = Verdict.PASS if is_met else Verdict.FAIL
    return KpiView(kpi, fed_, op, kpi.target, kpi.op is None, verdict, serving)
