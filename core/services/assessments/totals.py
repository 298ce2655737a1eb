"""What self-assessments come to by their verified scores, beside what they came to by their own.

The scoring core computes both. Nothing of it is stored: published figures stay those of the own
scores, and an item that is not verified counts with its own score here as well.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final, NamedTuple

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.access.roles import Action
from core.forms.model.form import AssessmentForm, form
from core.periods import Period
from core.scoring.base.states import State
from core.services.assessments.items import states_by_subject
from core.services.guard.doors import ANYWHERE, door
from core.services.recompute.indicators import indicators_with
from core.services.recompute.star import star_in
from core.services.results.listing import ResultRow
from core.services.rules.in_force import readings_in_force
from core.services.rules.verified.forms import form_behind
from core.services.rules.verified.marks import Mark, last_step
from core.store.assessments.repository import standing
from core.store.assessments.rows import Key
from core.store.engine.unit_of_work import reading
from core.store.results.versions import stamp_now

_CACHED: Final = 64


class Total(NamedTuple):
    """A result by verified scores; NaN where there is no number."""

    value: float
    points: float
    full: float


Totals = Mapping[str, Mapping[str, Total]]
"""By criterion and subject."""


def verified_totals(engine: Engine, form_id: str, period: Period) -> Totals:
    """The results by verified scores of everybody with a score that differs from their own.

    For all others the results that are stored are those by verified scores.
    """
    return _totals(engine, stamp_now(engine), last_step(engine), form_id, period)


@lru_cache(maxsize=_CACHED)
def _totals(
    engine: Engine,
    stamp: str,  # noqa: ARG001
    step: int,  # noqa: ARG001
    form_id: str,
    period: Period,
) -> Totals:
    with reading(engine) as session:
        steps = standing(session, [form_id], [period])
        return totals_of(
            session, form_id, period, {k.subject for k, s in steps.items() if s.differing}
        )


@door(Action.READ, ANYWHERE)
def with_verified(engine: Engine, rows: Sequence[ResultRow]) -> tuple[ResultRow, ...]:
    """Results with what they come to by verified scores, where they rest on a self-assessment.

    Of areas nothing is added: their shares are counted by published results.
    """
    return tuple(_with_verified(engine, row) for row in rows)


def _with_verified(engine: Engine, row: ResultRow) -> ResultRow:
    if not isinstance(row.mark, Mark):
        return row
    value = verified_value(engine, row.indicator, row.subject, row.period, row.value, row.mark)
    return replace(row, verified_value=value)


def verified_value(
    engine: Engine, criterion: str, subject: str, period: Period, own: float | None, mark: Mark
) -> float | None:
    """A result by verified scores, `own` where none differs; None before any item is verified."""
    if not mark.verified:
        return None
    if not mark.differing:
        return own
    behind = form_behind(criterion, period)
    known = verified_totals(engine, behind or "", period).get(criterion, {}).get(subject)
    if known is None:
        return own
    return None if math.isnan(known.value) else known.value


def totals_of(session: Session, form_id: str, period: Period, subjects: Collection[str]) -> Totals:
    """The results by verified scores of some subjects."""
    keys = [Key(form_id, subject, period) for subject in subjects]
    instead = {
        key.subject: {
            one.item.measure: one.verified.verified for one in states if one.verified is not None
        }
        for key, states in states_by_subject(session, form_id, keys).items()
    }
    if not instead:
        return {}
    chosen, readings = form(form_id), readings_in_force(session)
    results = (
        star_in(session, chosen, period, readings, list(instead), instead)[0]
        if isinstance(chosen, AssessmentForm)
        else indicators_with(session, period, readings, instead)
    )
    totals: dict[str, dict[str, Total]] = {}
    for new in results:
        rows = zip(
            new.subjects, new.value.tolist(), new.points.tolist(), new.full_marks.tolist(),
            new.state.tolist(), strict=True,
        )  # fmt: skip
        totals[new.criterion] = {
            subject: Total(value, points, full)
            for subject, value, points, full, state in rows
            if subject in instead and state != State.NOT_REPORTED
        }
    return totals
