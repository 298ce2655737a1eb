"""Stored results as rows: of an indicator, an area and all that lies in it, and a period."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.access.roles import Action
from core.areas import COUNTRY, Level, chain, parse_area
from core.criteria.catalog import catalog
from core.criteria.model import GradeScale, Indicator, Node
from core.errors import UsageError
from core.periods import Period
from core.scoring.base.states import State, Verdict
from core.services.guard.doors import door
from core.services.guard.whose import area_or_country
from core.services.rules.finance import CRISIS, GRADE, TPS
from core.services.rules.in_force import RulesInForce, rules_of
from core.services.rules.units import edges_of
from core.services.rules.verified.marks import AreaMarks, Mark, MarksOfResults
from core.services.scored.basis import UNKNOWN, Basis, bases
from core.store.engine.unit_of_work import reading
from core.store.register.repository import areas, facilities, facility
from core.store.results.listing import ListedResult, listed
from core.store.results.repository import details
from core.text import Text, say


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One stored result; None where there is no number, or no name in the register.

    `points` are of `full_marks`. `grade` is the letter of a grade. `verdict` and `state` are the
    names of `core.scoring.base.states` in small letters. It stands since `version` of the results.
    `unit` is that of `value`; `edges` are what it is held against. `mark` says how far the
    self-assessment it rests on is verified, or how many of an area's are; `verified_value` is what
    it comes to by verified scores, None where nobody looked it up. `basis` is what a hospital's
    level, score or grade of a month rests on.
    """

    id: int
    indicator: str
    name: Text
    subject: str
    subject_name: Text | None
    period: Period
    value: float | None
    points: float | None
    full_marks: float | None
    grade: str | None
    verdict: str
    state: str
    version: int
    unit: str
    edges: tuple[float, ...]
    mark: Mark | AreaMarks | None = None
    verified_value: float | None = None
    basis: Basis = UNKNOWN


@door(Action.READ, area_or_country)
def results(
    engine: Engine,
    *,
    indicator: str | None = None,
    area: str | None = None,
    period: Period | None = None,
    at: int | None = None,
) -> tuple[ResultRow, ...]:
    """Results as they stand, or stood at version `at`; all of them without a filter.

    An area brings its own results and those of everything in it, a fiscal year or quarter also
    those of its months. Raises `UsageError`: U008 for an unknown indicator, U006 for no code of an
    area.
    """
    if indicator is not None and indicator not in catalog().criteria:
        raise UsageError("U008", indicator=indicator, known=", ".join(catalog().criteria))
    with reading(engine) as session:
        rows = listed(
            session,
            criterion=indicator,
            subjects=None if area is None else _within(session, area),
            periods=None if period is None else covered(period),
            at=at,
        )
        names = subject_names(session)
        rules = rules_of(session)
        marks = MarksOfResults(session, rules)
        marked = {one.id: marks.of(one.criterion, one.subject, one.period) for one in rows}
        rests = {} if at is not None else bases(session, {one.period for one in rows})
        noted = details(session, [one.id for one in rows if _is_graded(one, rules)])
    grades = {number: detail.notes.get("grade") for number, detail in noted.items()}
    return tuple(
        replace(_row(one, names, rules, grades, marked), basis=_basis(one, rests)) for one in rows
    )


def _basis(one: ListedResult, rests: Mapping[Period, Mapping[str, Basis]]) -> Basis:
    is_monthly = one.criterion in (CRISIS, TPS, GRADE)
    return rests.get(one.period, {}).get(one.subject, UNKNOWN) if is_monthly else UNKNOWN


def _is_graded(one: ListedResult, rules: RulesInForce) -> bool:
    """Whether a result's own rule has grades, which stand with what explains it."""
    rule = rules.of(one.period).rules.get(one.criterion)
    return isinstance(rule, Indicator) and bool(rule.grades)


def subject_names(session: Session) -> Mapping[str, Text]:
    """The names of all areas and facilities of the register, by code."""
    names = {COUNTRY: say("Thailand")}
    names |= {row.code: Text(row.name_th, row.name_en) for row in areas(session).values()}
    return names | {f.hcode: Text(f.name_th, f.name_en) for f in facilities(session)}


def subject_name(session: Session, code: str) -> Text | None:
    """The name of one area or facility; None where the register does not know it."""
    if code == COUNTRY:
        return say("Thailand")
    is_facility = parse_area(code).level is Level.FACILITY
    row = facility(session, code) if is_facility else areas(session).get(code)
    return Text(row.name_th, row.name_en) if row else None


def grade_of(rule: Node | None, value: float | None) -> str | None:
    """The letter of a grade by its place; None for what is no grade, or has none."""
    if value is None or math.isnan(value) or not isinstance(rule, GradeScale):
        return None
    return rule.grades[int(value)].grade


def _within(session: Session, area: str) -> set[str] | None:
    """An area and everything in it, as the register has it now; None for the whole country."""
    code = parse_area(area).code
    if code == COUNTRY:
        return None
    if parse_area(code).level is Level.FACILITY:
        return {code}
    parents = {row.code: row.parent for row in areas(session).values()}
    inside = {one for one in parents if code in chain(one, parents)}
    return {code} | inside | {one.hcode for one in facilities(session, area=code)}


def covered(period: Period) -> set[Period]:
    """A period, and the months, quarters and rounds that lie in it."""
    year = period.fiscal_year
    parts = [Period(year, "M", month) for month in period.months]
    if not period.part:
        parts += [Period(year, "Q", quarter) for quarter in range(1, 5)]
        parts += [Period(year, "R", number) for number in (1, 2)]
    return {period, *parts}


def _row(
    one: ListedResult,
    names: Mapping[str, Text],
    rules: RulesInForce,
    grades: Mapping[int, str | None],
    marked: Mapping[int, Mark | AreaMarks | None],
) -> ResultRow:
    rule = rules.of(one.period).rules.get(one.criterion)
    known = catalog().criteria.get(one.criterion)
    return ResultRow(
        id=one.id,
        indicator=one.criterion,
        name=indicator_name(one.criterion),
        subject=one.subject,
        subject_name=names.get(one.subject),
        period=one.period,
        value=one.value,
        points=one.points,
        full_marks=one.full_marks,
        grade=grade_of(rule, one.value) or grades.get(one.id),
        verdict=Verdict(one.verdict).name.lower(),
        state=State(one.state).name.lower(),
        version=one.since,
        unit=known.unit if known else "",
        edges=edges_of(rule),
        mark=marked[one.id],
    )


def indicator_name(criterion: str) -> Text:
    """The name of a criterion; its id when the rules no longer know it."""
    known = catalog().criteria.get(criterion)
    return known.name if known else Text(criterion, criterion)
