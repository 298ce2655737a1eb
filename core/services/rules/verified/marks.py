"""How far self-assessments are verified: of one subject, and how many of an area."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.areas import COUNTRY, chain
from core.periods import Period
from core.services.rules.in_force import rules_in_force
from core.services.rules.verified.forms import (
    form_of,
    forms_behind,
    periods_shown,
    self_assessed_forms,
)
from core.store.assessments.repository import newest_step, standing
from core.store.assessments.rows import Key, Stage, Step
from core.store.engine.unit_of_work import reading
from core.store.register.repository import parents
from core.store.results.versions import stamp_now
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


def marks_shown(
    engine: Engine, criterion: str, period: Period
) -> tuple[Period, Mapping[str, Mark]] | None:
    """The marks behind a criterion's results in a period, by subject; None for other criteria."""
    return _marks_shown(engine, *_stamps(engine), criterion, period)


@lru_cache(maxsize=_CACHED)
def _marks_shown(
    engine: Engine,
    stamp: str,  # noqa: ARG001
    step: int,  # noqa: ARG001
    criterion: str,
    period: Period,
) -> tuple[Period, Mapping[str, Mark]] | None:
    with reading(engine) as session:
        form = form_of(rules_in_force(session, period), criterion)
        return _first_with_marks(session, form, period) if form else None


def _first_with_marks(
    session: Session, form: str, period: Period
) -> tuple[Period, Mapping[str, Mark]] | None:
    for when in periods_shown(self_assessed_forms()[form], period):
        if marks := marks_in(session, form, when):
            return when, marks
    return None


def area_marks(
    engine: Engine, criteria: Iterable[str], period: Period, area: str = COUNTRY
) -> tuple[AreaMarks, ...]:
    """How many of an area's self-assessments behind some criteria are verified, by form.

    Forms that nobody of the area sent are left out.
    """
    return _area_marks(engine, *_stamps(engine), tuple(criteria), period, area)


@lru_cache(maxsize=_CACHED)
def _area_marks(
    engine: Engine,
    stamp: str,  # noqa: ARG001
    step: int,  # noqa: ARG001
    criteria: tuple[str, ...],
    period: Period,
    area: str,
) -> tuple[AreaMarks, ...]:
    with reading(engine) as session:
        behind = forms_behind(rules_in_force(session, period), criteria)
        if not behind:
            return ()
        lying = parents(session)
        counted = (
            _counted(form, when, [mark for one, mark in marks.items() if area in chain(one, lying)])
            for form in behind
            for when, marks in filter(None, [_first_with_marks(session, form, period)])
        )
        return tuple(one for one in counted if one.sent)


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


def _stamps(engine: Engine) -> tuple[str, int]:
    return stamp_now(engine), last_step(engine)


def last_step(engine: Engine) -> int:
    """The number of the newest step; it is another after every step of any verification."""
    with reading(engine) as session:
        return newest_step(session)
