"""Stored self-assessments: the networks of an area side by side, and one of them in full."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.access.roles import Action
from core.areas import COUNTRY, Level, chain, parse_area
from core.criteria.catalog import RuleSet
from core.criteria.model import Radar, WeightedGroup
from core.forms.model.form import AssessmentForm, form
from core.periods import Period, nearest_period
from core.services.assessments.totals import Total, totals_of
from core.services.geography.country import Country, Located, Place
from core.services.guard.doors import ANYWHERE, door
from core.services.rules.in_force import rules_in_force
from core.services.rules.verified.marks import UNVERIFIED, Mark, marks_in, stamp_with_steps
from core.services.scored.assessment import RadarResult, SpokeResult
from core.store.engine.unit_of_work import reading
from core.store.results.area_rows import StandingRow, area_names, explained, standing
from core.store.results.repository import periods_with_results
from core.store.uploads.repository import UploadInfo, uploads
from core.text import Text

FORM: Final = "star-2561"
_CACHED: Final = 64


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the form, or its grand total: its name, and what its score is out of."""

    id: str
    name: Text
    out_of: float


@dataclass(frozen=True, slots=True)
class Network:
    """A district network's scores by section; None for a section without a report.

    `mark` says how far they are verified, `verified` is the total by verified scores.
    """

    place: Place
    province: Place
    scores: Mapping[str, float | None]
    total: float | None
    mark: Mark
    verified: float | None


@dataclass(frozen=True)
class StarView:
    """The self-assessments of an area in a fiscal year, the best first.

    `chosen` is the network shown, None where the area holds several; `radars` are its own, and
    `versions` its uploads, the newest first.
    """

    period: Period
    periods: tuple[Period, ...]
    area: Place
    chain: tuple[Place, ...]
    regions: tuple[Place, ...]
    sections: tuple[Section, ...]
    total: Section
    networks: tuple[Network, ...]
    chosen: Network | None
    radars: tuple[RadarResult, ...]
    versions: tuple[UploadInfo, ...]


@door(Action.READ, ANYWHERE)
def star_view(engine: Engine, *, period: str, area: str) -> StarView | None:
    """The view for an address's period and area; None while no self-assessment is stored."""
    version = stamp_with_steps(engine)
    return _view(engine, version, period, area)


@lru_cache(maxsize=_CACHED)
def _view(engine: Engine, version: str, period: str, area: str) -> StarView | None:  # noqa: ARG001
    known = form(FORM)
    if not isinstance(known, AssessmentForm):
        return None
    with reading(engine) as session:
        groups = [section.group for section in known.sections]
        reported = {one for group in groups for one in periods_with_results(session, group)}
        if not reported:
            return None
        periods = tuple(sorted(reported, reverse=True))
        chosen = nearest_period(period, periods)
        return _of(session, known, chosen, periods, area)


def _of(
    session: Session, known: AssessmentForm, period: Period, periods: tuple[Period, ...], area: str
) -> StarView:
    rules = rules_in_force(session, period)
    country = _Areas(area_names(session))
    code = country.meant(area)
    sections = tuple(_section(rules, s.group, s.short) for s in known.sections)
    total = _section(rules, known.total, rules.rule(known.total).name)
    networks = _networks(session, country, sections, total, period)
    alone = parse_area(code).level is Level.DISTRICT
    inside = parse_area(code).province if alone else code
    return StarView(
        period=period,
        periods=periods,
        area=country.place(code),
        chain=country.chain(code),
        regions=tuple(country.place(one) for one in sorted(country.areas) if one.startswith("R")),
        sections=sections,
        total=total,
        # One network is shown beside those of its province.
        networks=tuple(one for one in networks if country.holds(inside, one.place.code)),
        chosen=next((one for one in networks if one.place.code == code), None),
        radars=tuple(_radars(session, rules, known, period, code)) if alone else (),
        versions=uploads(session, form=FORM, subject=code, fiscal_year=period.fiscal_year)
        if alone
        else (),
    )


class _Areas(Country[Located]):
    """The areas of the register: assessments are of areas, not of facilities."""

    def __init__(self, areas: Mapping[str, tuple[str, str, str]]) -> None:
        self.areas = areas
        self.facilities = {}

    def holds(self, area: str | None, code: str) -> bool:
        """Whether an area lies in another, which is the country where it is None."""
        return area in (None, COUNTRY) or area in chain(code, self.parents)


def _section(rules: RuleSet, group: str, name: Text) -> Section:
    rule = rules.rule(group)
    return Section(group, name, rule.out_of if isinstance(rule, WeightedGroup) else 0.0)


def _networks(
    session: Session,
    country: _Areas,
    sections: tuple[Section, ...],
    total: Section,
    period: Period,
) -> list[Network]:
    """Every network with an assessment, the best first; those without a total come last."""
    scored = {one.id: standing(session, one.id, [period])[period] for one in (*sections, total)}
    marks = marks_in(session, FORM, period)
    differing = [code for code, mark in marks.items() if mark.differing]
    verified = totals_of(session, FORM, period, differing).get(total.id, {})
    networks = [
        Network(
            place=country.place(subject),
            province=country.place(country.parents.get(subject, COUNTRY)),
            scores={one.id: _value(scored[one.id].get(subject)) for one in sections},
            total=_value(scored[total.id].get(subject)),
            mark=marks.get(subject, UNVERIFIED),
            verified=_verified(subject, scored[total.id].get(subject), marks, verified),
        )
        for subject in {subject for rows in scored.values() for subject in rows}
    ]
    return sorted(networks, key=lambda one: (one.total is None, -(one.total or 0), one.place.code))


def _verified(
    subject: str,
    row: StandingRow | None,
    marks: Mapping[str, Mark],
    verified: Mapping[str, Total],
) -> float | None:
    """The total by verified scores; None before any item is verified."""
    if not marks.get(subject, UNVERIFIED).verified:
        return None
    total = verified.get(subject)
    return _value(row) if total is None or math.isnan(total.value) else total.value


def _value(row: StandingRow | None) -> float | None:
    return row.value if row else None


def _radars(
    session: Session, rules: RuleSet, known: AssessmentForm, period: Period, code: str
) -> Iterator[RadarResult]:
    """The radars of one network, as they were stored."""
    for radar in known.radars:
        rule = rules.rule(radar)
        parts = explained(session, radar, period, [code]).get(code)
        if isinstance(rule, Radar) and parts is not None:
            spokes = (SpokeResult(s.id, s.name, parts[s.id][0]) for s in rule.spokes)
            yield RadarResult(radar, rule.name, rule.scale, tuple(spokes))
