"""The profile of one facility: level and score with every test, and the last 24 months."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from sqlalchemy import Engine

from core.access.roles import Action
from core.areas import COUNTRY
from core.criteria.catalog import RuleSet
from core.criteria.model import Block, GradeScale, Node, Threshold
from core.periods import Period
from core.scoring.base.states import Verdict
from core.services.geography.country import Place
from core.services.guard.doors import door
from core.services.overview.month import HOSPITAL
from core.services.profiles.record import Record, record
from core.services.profiles.series import CAPITAL, CASH, MonthPoint, month_series
from core.services.results.why import explain_together, tests_of
from core.services.rules.explanation import Explanation, StoredExplanation
from core.services.rules.finance import CRISIS, GRADE, TPS, edges, finance_rules
from core.services.scored.basis import UNKNOWN, Basis
from core.store.register.repository import PlacedFacility
from core.store.results.versions import stamp_now
from core.text import Text, say

_CACHED: Final = 512


@dataclass(frozen=True, slots=True)
class Moved:
    """A test whose points changed since the month before; in the crisis level more are worse."""

    criterion: str
    name: Text
    before: float
    now: float

    @property
    def worse(self) -> bool:
        return (self.now > self.before) == (self.criterion == CRISIS)


@dataclass(frozen=True, slots=True)
class Cutoffs:
    """The limits drawn in the trend charts, of the rules of the year; None where it has none."""

    crisis: float
    worst: float
    cash_ratio: float | None
    capital: float | None
    grades: tuple[tuple[str, float], ...]
    full_score: float


@dataclass(frozen=True, slots=True)
class Tests:
    """A result of the month and its tests; `explained` tells what stands behind them."""

    result: int
    verdict: Verdict
    parts: tuple[Explanation, ...]


@dataclass(frozen=True)
class Profile:
    """One facility in one month; `level` and `score` are None where nothing was reported.

    `chain` leads from the country down to it. `series` are 24 months, oldest first, the month
    itself the last; `latest` is the last month with a report, None where there is none. `moved` are
    the tests whose points changed since the month before. `closed_on` is the last day of one that
    is no longer there. `basis` is what the level rests on.
    """

    place: Place
    chain: tuple[Place, ...]
    is_hospital: bool
    group: str | None
    period: Period
    level: Tests | None
    score: Tests | None
    series: tuple[MonthPoint, ...]
    moved: tuple[Moved, ...]
    cutoffs: Cutoffs
    closed_on: date | None = None
    basis: Basis = UNKNOWN

    @property
    def now(self) -> MonthPoint:
        return self.series[-1]

    @property
    def before(self) -> MonthPoint:
        """The month before, reported or not."""
        return self.series[-2]

    @property
    def latest(self) -> MonthPoint | None:
        return next((point for point in reversed(self.series) if point.reported), None)


@door(Action.READ, "hcode")
def profile(engine: Engine, hcode: str, period: Period) -> Profile | None:
    """The profile of a facility in a month; None when it is in neither register nor results."""
    return _profile(engine, stamp_now(engine), hcode, period)


@lru_cache(maxsize=_CACHED)
def _profile(engine: Engine, version: str, hcode: str, period: Period) -> Profile | None:
    stored = record(engine, version, hcode)
    known, series = stored.at(period), tuple(month_series(stored, period))
    if known is None and not any(point.reported for point in series):
        return None
    chain = _chain(stored, known)
    rules = stored.shared.rules.of(period)
    return Profile(
        place=chain[-1],
        chain=chain,
        is_hospital=known is None or known.kind == HOSPITAL,
        group=known.hgr if known else None,
        period=period,
        level=_tests(stored, CRISIS, period),
        score=_tests(stored, TPS, period),
        series=series,
        moved=tuple(_moved(series[-2], series[-1], rules)),
        cutoffs=_cutoffs(rules),
        closed_on=known.closed_on if known else None,
        basis=stored.basis(period),
    )


def _tests(stored: Record, criterion: str, period: Period) -> Tests | None:
    row = stored.of(criterion).get(period)
    if row is None:
        return None
    return Tests(row.id, row.verdict, tests_of(row, stored.shared.rules.of(period)))


@door(Action.READ, "shown.place.code")
def explained(engine: Engine, shown: Profile) -> Mapping[str, StoredExplanation]:
    """What stands behind level and score, by criterion: read only where somebody asks for it."""
    results = tuple(tests.result for tests in (shown.level, shown.score) if tests)
    return _explained(engine, stamp_now(engine), results)


@lru_cache(maxsize=_CACHED)
def _explained(
    engine: Engine,
    version: str,  # noqa: ARG001
    results: tuple[int, ...],
) -> Mapping[str, StoredExplanation]:
    return {why.id: why for why in explain_together(engine, results)}


def _chain(stored: Record, known: PlacedFacility | None) -> tuple[Place, ...]:
    country = Place(COUNTRY, say("Thailand"))
    if known is None:
        return country, Place(stored.hcode, Text(stored.hcode, stored.hcode))
    above = (known.region, known.province, known.district)
    return (
        country,
        *(Place(code, stored.shared.names[code]) for code in above),
        Place(stored.hcode, Text(known.name_th, known.name_en)),
    )


def _moved(before: MonthPoint, now: MonthPoint, rules: RuleSet) -> Iterator[Moved]:
    earlier = before.points
    for key, points in now.points.items():
        was, node = earlier.get(key), rules.nodes.get(key)
        if points is None or was is None or points == was or isinstance(node, Block | None):
            continue
        yield Moved(rules.owner[key], node.name, was, points)


def _cutoffs(rules: RuleSet) -> Cutoffs:
    finance, scale = finance_rules(rules), rules.rules.get(GRADE)
    grades = scale.grades if isinstance(scale, GradeScale) else ()
    return Cutoffs(
        crisis=edges(rules).first,
        worst=finance.crisis.full,
        cash_ratio=_limit(rules.nodes.get(f"{CRISIS}.{CASH}")),
        capital=_limit(rules.nodes.get(f"{CRISIS}.{CAPITAL}")),
        grades=tuple((one.grade, one.at_least) for one in grades if one.at_least is not None),
        full_score=getattr(rules.rules.get(TPS), "full", math.nan),
    )


def _limit(node: Node | None) -> float | None:
    limit = node.cutoffs[0].limit if isinstance(node, Threshold) else None
    return float(limit) if isinstance(limit, int | float) else None
