"""All inspection themes of one month and its round, for the whole country.

Read once for each version of the results and cached; areas' attention lists are made of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.criteria.catalog import RuleSet
from core.criteria.model import AreaShare, Indicator
from core.periods import Period
from core.services.geography.country import Place
from core.services.geography.places import facilities_in
from core.services.overview.area_share import Share, share_of
from core.services.overview.month import HOSPITAL
from core.services.rules.expected import units_to_report
from core.services.rules.in_force import rules_in_force
from core.services.rules.indicators import indicator_rules
from core.store.engine.unit_of_work import reading
from core.store.results.area_rows import AreaShareRow, SiteRow, area_shares
from core.store.results.detail import FULL_MARKS, POINTS
from core.store.results.light_rows import Key, part_rows, subjects_with_results
from core.text import Text

DEFECTS: Final = "revenue.defects"
"""The rule whose parts are claim defects."""

_CACHED: Final = 12


class Judged(NamedTuple):
    """An area criterion in the period it is judged by in a month."""

    rule: AreaShare
    unit: Indicator
    period: Period

    @property
    def theme(self) -> str:
        return self.rule.id.partition(".")[0]


class Located(NamedTuple):
    """A facility and its place in the register."""

    hcode: str
    site: SiteRow

    @property
    def place(self) -> Place:
        return Place(self.hcode, Text(self.site.name_th, self.site.name_en))


class Defects(NamedTuple):
    """A hospital and the local ids of its claim defects that are new since the month before."""

    hospital: Located
    parts: tuple[str, ...]


@dataclass(frozen=True)
class ThemeMonth:
    """All themes in a month.

    `silent`: by theme with any report, the facilities that did not report it. `defects` are those
    new since the month before.
    """

    rules: RuleSet
    period: Period
    judged: tuple[Judged, ...]
    rows: Mapping[tuple[str, Period, str], AreaShareRow]
    silent: Mapping[str, tuple[Located, ...]]
    defects: tuple[Defects, ...]

    def share(self, one: Judged, area: str) -> Share | None:
        """The share of an area by a criterion; None where no facility in it had to report."""
        row = self.rows.get((one.rule.id, one.period, area))
        return share_of(one.rule, row) if row else None


def themes_at(
    engine: Engine, version: str, period: Period, before: Period | None, province: str | None = None
) -> ThemeMonth:
    """All themes in a month from a version of the results; districts only of one province."""
    whole = _month(engine, version, period, before)
    return whole if province is None else _with_districts(engine, version, whole, province)


@lru_cache(maxsize=_CACHED)
def _month(engine: Engine, version: str, period: Period, before: Period | None) -> ThemeMonth:
    with reading(engine) as session:
        rules = rules_in_force(session, period)
        judged = tuple(judged_in(rules, period))
        kinds: set[str] = {HOSPITAL, *(one.unit.of for one in judged)}
        known = {kind: facilities_in(engine, version, kind, period) for kind in kinds}
        ids, periods = {one.rule.id for one in judged}, {one.period for one in judged}
        return ThemeMonth(
            rules=rules,
            period=period,
            judged=judged,
            rows=area_shares(session, ids, periods) if judged else {},
            silent=_silent(session, judged, period, known),
            defects=tuple(_defects(session, period, before, known[HOSPITAL])),
        )


@lru_cache(maxsize=64)
def _districts(
    engine: Engine,
    version: str,  # noqa: ARG001
    judged: tuple[tuple[str, Period], ...],
    province: str,
) -> Mapping[tuple[str, Period, str], AreaShareRow]:
    criteria = {criterion for criterion, _period in judged}
    periods = {period for _criterion, period in judged}
    with reading(engine) as session:
        return area_shares(session, criteria, periods, province=province)


def _with_districts(engine: Engine, version: str, whole: ThemeMonth, province: str) -> ThemeMonth:
    judged = tuple((one.rule.id, one.period) for one in whole.judged)
    rows = {**whole.rows, **_districts(engine, version, judged, province)}
    return ThemeMonth(whole.rules, whole.period, whole.judged, rows, whole.silent, whole.defects)


def judged_in(rules: RuleSet, period: Period) -> Iterator[Judged]:
    """The area criteria of a month and its round, each with the indicator it counts."""
    for per, when in (("month", period), ("round", period.round)):
        known = indicator_rules(rules, per)
        for rule in known.areas:
            unit = known.units[rule.of]
            if unit.round in (None, when.number):
                yield Judged(rule, unit, when)


def _silent(
    session: Session,
    judged: Iterable[Judged],
    period: Period,
    known: Mapping[str, Mapping[str, SiteRow]],
) -> Mapping[str, tuple[Located, ...]]:
    """By theme: facilities without a result for any of its criteria in the period judged by."""
    themes: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        themes[one.theme].append(one)
    year = [Period(period.fiscal_year, "R", number) for number in (1, 2)]
    units = {one.unit.id for some in themes.values() for one in some}
    subjects = subjects_with_results(session, units, [period, *year])
    silent = {}
    for theme, some in themes.items():
        now = _subjects_of(subjects, ((one.unit.id, one.period) for one in some))
        kind = some[0].unit.of
        reporting = _subjects_of(subjects, ((one.unit.id, when) for one in some for when in year))
        is_hospital = kind == HOSPITAL
        due = set(known[kind]) if is_hospital else units_to_report(known[kind], reporting)
        if now:
            silent[theme] = tuple(Located(one, known[kind][one]) for one in sorted(due - now))
    return silent


def _subjects_of(subjects: Mapping[Key, frozenset[str]], keys: Iterable[Key]) -> frozenset[str]:
    return frozenset[str]().union(*(subjects.get(key, ()) for key in keys))


def _defects(
    session: Session, period: Period, before: Period | None, hospitals: Mapping[str, SiteRow]
) -> Iterator[Defects]:
    """Claim defects with no points now and full marks in the month before."""
    if before is None:
        return
    rows = part_rows(session, DEFECTS, [period, before])
    for hcode, now in rows[period].items():
        was = rows[before].get(hcode)
        if was is None or hcode not in hospitals:
            continue
        new = tuple(
            local
            for local, part in now.parts.items()
            if part[POINTS] == 0 and part[FULL_MARKS] and _passed(was.parts.get(local))
        )
        if new:
            yield Defects(Located(hcode, hospitals[hcode]), new)


def _passed(part: object) -> bool:
    return isinstance(part, list) and bool(part[FULL_MARKS]) and part[POINTS] == part[FULL_MARKS]
