"""How far self-assessments are verified: of one subject, and how many of an area."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.access.roles import Action
from core.areas import COUNTRY, chain
from core.criteria.catalog import RuleSet
from core.criteria.model import AreaShare
from core.periods import Period
from core.services.guard.doors import door
from core.services.rules.in_force import RulesInForce, rules_in_force
from core.services.rules.verified.forms import (
    form_behind,
    form_of,
    forms_behind,
    periods_shown,
    self_assessed_forms,
)
from core.store.assessments.repository import standing
from core.store.assessments.rows import Key, Stage, Step
from core.store.engine.unit_of_work import reading
from core.store.register.repository import parents
from core.store.results.versions import stamps_now
from core.store.uploads.submissions import current_submissions
from core.text import Text

_CACHED: Final = 256


@dataclass(frozen=True, slots=True)
class Mark:
    """How far one self-assessment is verified; `by` and `at` are of its newest step."""

    stage: Stage = Stage.SUBMITTED
    items: int = 0
    verified: int = 0
    differing: int = 0
    is_reopened: bool = False
    by: str = ""
    at: datetime | None = None


UNVERIFIED: Final = Mark()


@dataclass(frozen=True, slots=True)
class AreaMarks:
    """How many self-assessments of an area are verified, by one form in one period.

    `sent` were sent in; `verified` are wholly verified, `locked` of them locked; of others
    `under_way` are being verified.
    """

    form: str
    name: Text
    period: Period
    sent: int
    under_way: int
    verified: int
    locked: int
    place: Text | None = None
    """The name of the area, where several stand side by side."""


@dataclass(frozen=True)
class ColumnMarks:
    """The marks behind a column of results of a `form`, and how many of the area's are verified.

    Of a column that rests on no self-assessment there is no form, and there are no counts.
    """

    form: str | None
    period: Period
    marks: Mapping[Key, Mark]
    counts: AreaMarks | None

    def of(self, subject: str) -> Mark | None:
        """The mark of somebody who has a result in the column."""
        if self.form is None:
            return None
        return self.marks.get(Key(self.form, subject, self.period), UNVERIFIED)


def mark_of(step: Step | None) -> Mark:
    """The mark of a self-assessment by its newest step; None where there was none."""
    if step is None:
        return UNVERIFIED
    return Mark(
        stage=step.stage, items=step.items, verified=step.verified, differing=step.differing,
        is_reopened=step.action == "reopened", by=step.by, at=step.at,
    )  # fmt: skip


def marks_in(
    session: Session, form: str, period: Period, subjects: Collection[str] | None = None
) -> Mapping[str, Mark]:
    """The mark of everybody whose self-assessment counts in a period, or of some of them."""
    sent = {one.subject for one in current_submissions(session, form, [period])}
    if subjects is not None:
        sent &= set(subjects)
    steps = standing(session, [form], [period])
    return {one: mark_of(steps.get(Key(form, one, period))) for one in sorted(sent)}


def mark_of_result(
    session: Session, rules: RuleSet, criterion: str, subject: str, period: Period
) -> Mark | None:
    """How far what a result rests on is verified; None where it rests on no self-assessment.

    That of an area rests on those of its facilities: `area_marks` counts them.
    """
    form = form_of(rules, criterion)
    if form is None or criterion in _of_areas(rules):
        return None
    return mark_of(standing(session, [form], [period], [subject]).get(Key(form, subject, period)))


def _of_areas(rules: RuleSet) -> frozenset[str]:
    return rules.compiled(
        ("area_shares",),
        lambda: frozenset(key for key, one in rules.rules.items() if isinstance(one, AreaShare)),
    )


class MarksOfResults:
    """The marks of many results, read once: of a facility's its own, of an area's how many are."""

    def __init__(self, session: Session, rules: RulesInForce) -> None:
        self._session, self._rules = session, rules
        self._own: dict[tuple[str, Period], Mapping[str, Mark]] = {}
        self._areas: dict[tuple[str, Period], Mapping[str, AreaMarks]] = {}

    def of(self, criterion: str, subject: str, period: Period) -> Mark | AreaMarks | None:
        """The mark of a result; None where it rests on no self-assessment."""
        rules = self._rules.of(period)
        form = form_of(rules, criterion)
        if form is None:
            return None
        if criterion in _of_areas(rules):
            return self._of_area(form, period).get(subject)
        return self._of_all(form, period).get(subject, UNVERIFIED)

    def _of_all(self, form: str, period: Period) -> Mapping[str, Mark]:
        if (form, period) not in self._own:
            self._own[form, period] = marks_in(self._session, form, period)
        return self._own[form, period]

    def _of_area(self, form: str, period: Period) -> Mapping[str, AreaMarks]:
        if (form, period) not in self._areas:
            lying, inside = parents(self._session), defaultdict[str, list[Mark]](list)
            for subject, mark in self._of_all(form, period).items():
                for area in chain(subject, lying):
                    inside[area].append(mark)
            self._areas[form, period] = {
                area: _counted(form, period, marks) for area, marks in inside.items()
            }
        return self._areas[form, period]


def mark_after(
    engine: Engine, step: int, criterion: str, subject: str, period: Period
) -> Mark | None:
    """How far what a result rests on is verified after the newest step; None for all others."""
    form = form_behind(criterion, period)
    if form is None:
        return None
    return _marks_after(engine, step).get(Key(form, subject, period), UNVERIFIED)


@lru_cache(maxsize=4)
def _marks_after(engine: Engine, step: int) -> Mapping[Key, Mark]:
    if not step:
        return {}
    with reading(engine) as session:
        steps = standing(session, [*self_assessed_forms()])
    return {key: mark_of(one) for key, one in steps.items()}


def _first_with_marks(
    session: Session, form: str, period: Period
) -> tuple[Period, Mapping[str, Mark]] | None:
    for when in periods_shown(self_assessed_forms()[form], period):
        if marks := marks_in(session, form, when):
            return when, marks
    return None


@door(Action.READ, "area")
def area_marks(
    engine: Engine, criteria: Iterable[str] | None, period: Period, area: str = COUNTRY
) -> tuple[AreaMarks, ...]:
    """How many of an area's self-assessments behind some criteria are verified, by form.

    Of all forms without criteria; those that nobody of the area sent are left out.
    """
    return marks_behind(engine, None if criteria is None else tuple(criteria), period, area)


def marks_behind(
    engine: Engine, criteria: tuple[str, ...] | None, period: Period, area: str
) -> tuple[AreaMarks, ...]:
    """The same for a view whose area was asked for already."""
    return _area_marks(engine, *stamps_now(engine).verified, criteria, period, area)


@lru_cache(maxsize=_CACHED)
def _area_marks(
    engine: Engine,
    stamp: str,
    step: int,  # noqa: ARG001
    criteria: tuple[str, ...] | None,
    period: Period,
    area: str,
) -> tuple[AreaMarks, ...]:
    lying = _lying(engine, stamp)
    with reading(engine) as session:
        behind = (
            tuple(self_assessed_forms())
            if criteria is None
            else forms_behind(rules_in_force(session, period), criteria)
        )
        if not behind:
            return ()
        counted = (
            _counted(form, when, [mark for one, mark in marks.items() if area in chain(one, lying)])
            for form in behind
            for when, marks in filter(None, [_first_with_marks(session, form, period)])
        )
        return tuple(one for one in counted if one.sent)


@lru_cache(maxsize=4)
def _lying(engine: Engine, stamp: str) -> Mapping[str, str]:  # noqa: ARG001
    """Where areas and facilities lie; read once for each version of the results."""
    with reading(engine) as session:
        return parents(session)


def _counted(form: str, period: Period, marks: Collection[Mark]) -> AreaMarks:
    stages = [mark.stage for mark in marks]
    locked = stages.count(Stage.LOCKED)
    return AreaMarks(
        form=form,
        name=self_assessed_forms()[form].name,
        period=period,
        sent=len(stages),
        under_way=stages.count(Stage.UNDER_WAY),
        verified=stages.count(Stage.VERIFIED) + locked,
        locked=locked,
    )


Columns = tuple[tuple[str, Period], ...]
"""Criteria with the period of their results."""


@door(Action.READ, "area")
def column_marks(engine: Engine, columns: Columns, area: str = COUNTRY) -> tuple[ColumnMarks, ...]:
    """The marks behind each column of a table of an area; empty where it rests on nothing such."""
    return _column_marks(engine, *stamps_now(engine).verified, columns, area)


@lru_cache(maxsize=_CACHED)
def _column_marks(
    engine: Engine, stamp: str, step: int, columns: Columns, area: str
) -> tuple[ColumnMarks, ...]:
    marks = _marks_after(engine, step)
    return tuple(
        ColumnMarks(
            form_behind(criterion, period),
            period,
            marks,
            next(iter(_area_marks(engine, stamp, step, (criterion,), period, area)), None),
        )
        for criterion, period in columns
    )


def stamp_with_steps(engine: Engine) -> str:
    """The key of caches that hold results and how far they are verified."""
    stamp, step = stamps_now(engine).verified
    return f"{stamp} {step}"


def last_step(engine: Engine) -> int:
    """The number of the newest step; it is another after every step of any verification."""
    return stamps_now(engine).step
