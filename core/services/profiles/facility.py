"""The profile of one facility: level and score with every test, and the last 24 months."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.areas import COUNTRY
from core.criteria.catalog import RuleSet
from core.criteria.model import Block, GradeScale, Node, Threshold
from core.periods import Period
from core.services.geography.country import Place
from core.services.overview.month import HOSPITAL
from core.services.profiles.series import CAPITAL, CASH, CRITERIA, MonthPoint, month_series
from core.services.results.why import explain_together
from core.services.rules.explanation import StoredExplanation
from core.services.rules.finance import CRISIS, GRADE, TPS, edges, finance_rules
from core.services.rules.in_force import rules_in_force
from core.store.engine.unit_of_work import reading
from core.store.register.repository import PlacedFacility, areas, facility
from core.store.results.repository import results_about
from core.store.results.versions import stamp_now
from core.text import Text, say

_CACHED: Final = 256


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


@dataclass(frozen=True)
class Profile:
    """One facility in one month; `level` and `score` are None where nothing was reported.

    `chain` leads from the country down to it. `series` are 24 months, oldest first, the month
    itself the last; `latest` is the last month with a report, None where there is none. `moved` are
    the tests whose points changed since the month before.
    """

    place: Place
    chain: tuple[Place, ...]
    is_hospital: bool
    group: str | None
    period: Period
    level: StoredExplanation | None
    score: StoredExplanation | None
    grade: str | None
    series: tuple[MonthPoint, ...]
    moved: tuple[Moved, ...]
    cutoffs: Cutoffs

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


def profile(engine: Engine, hcode: str, period: Period) -> Profile | None:
    """The profile of a facility in a month; None when it is in neither register nor results."""
    return _profile(engine, stamp_now(engine), hcode, period)


@lru_cache(maxsize=_CACHED)
def _profile(engine: Engine, version: str, hcode: str, period: Period) -> Profile | None:  # noqa: ARG001
    with reading(engine) as session:
        series = tuple(month_series(session, hcode, period))
        known = facility(session, hcode, at=period)
        if known is None and not any(point.reported for point in series):
            return None
        chain = _chain(session, hcode, known)
        ids = {c: r.id for c, r in results_about(session, hcode, period).items() if c in CRITERIA}
        rules = rules_in_force(session, period)
    whys = {why.id: why for why in explain_together(engine, ids.values())}
    return Profile(
        place=chain[-1],
        chain=chain,
        is_hospital=known is None or known.kind == HOSPITAL,
        group=known.hgr if known else None,
        period=period,
        level=whys.get(CRISIS),
        score=whys.get(TPS),
        grade=whys[GRADE].grade if GRADE in whys else None,
        series=series,
        moved=tuple(_moved(series[-2], series[-1], rules)),
        cutoffs=_cutoffs(rules),
    )


def _chain(session: Session, hcode: str, known: PlacedFacility | None) -> tuple[Place, ...]:
    country = Place(COUNTRY, say("Thailand"))
    if known is None:
        return country, Place(hcode, Text(hcode, hcode))
    places = areas(session)
    above = [places[code] for code in (known.region, known.province, known.district)]
    return (
        country,
        *(Place(area.code, Text(area.name_th, area.name_en)) for area in above),
        Place(hcode, Text(known.name_th, known.name_en)),
    )


def _moved(before: MonthPoint, now: MonthPoint, rules: RuleSet) -> Iterator[Moved]:
    for key, points in (now.points or {}).items():
        was, node = (before.points or {}).get(key), rules.nodes.get(key)
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
