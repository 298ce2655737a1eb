"""Closed months that were sent again with other figures: findings about data, not performance."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import groupby

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.access.roles import Action
from core.criteria.catalog import measure_name
from core.foresight.plausible import MONTHS
from core.periods import Period, month_at
from core.quantities import number_or_none
from core.services.guard.doors import door
from core.services.recompute.finance import monthly_forms
from core.store.engine.unit_of_work import reading
from core.store.results.versions import stamp_now
from core.store.uploads.observations import Observed, observations, same_figure
from core.store.uploads.submissions import SubmissionInfo, submissions
from core.text import Text


@dataclass(frozen=True, slots=True)
class RestatedFigure:
    """A figure before and after; None where one of the files does not hold it."""

    name: Text
    before: float | None
    after: float | None

    @property
    def by(self) -> float:
        """How far it moved."""
        return abs((self.after or 0.0) - (self.before or 0.0))


@dataclass(frozen=True, slots=True)
class Restated:
    """A month that was sent again after it was closed; `figures` that are others, most moved first.

    A month is closed once a later month of the same hospital was sent.
    """

    period: Period
    first_at: datetime
    again_at: datetime
    figures: tuple[RestatedFigure, ...]


@door(Action.READ, "hcode")
def restated_months(engine: Engine, hcode: str, period: Period) -> tuple[Restated, ...]:
    """The months of the two years up to a month that were restated, the newest first.

    The first file of a month that was not withdrawn is held against the one that counts.
    """
    return _restated_months(engine, stamp_now(engine), hcode, period)


@lru_cache(maxsize=256)
def _restated_months(
    engine: Engine,
    version: str,  # noqa: ARG001
    hcode: str,
    period: Period,
) -> tuple[Restated, ...]:
    earliest = month_at(period.ordinal - MONTHS + 1)
    with reading(engine) as session:
        sent = [
            one
            for form in monthly_forms()
            for one in submissions(session, subject=hcode, form=form)
            if not one.withdrawn and one.period.part == "M"
        ]
        months = [
            one
            for (_form, month), files in _by_month(sent)
            if earliest <= month <= period and (one := _held(session, month, files, sent))
        ]
    return tuple(sorted(months, key=lambda one: one.period, reverse=True))


def _by_month(
    sent: Sequence[SubmissionInfo],
) -> Iterator[tuple[tuple[str, Period], list[SubmissionInfo]]]:
    ordered = sorted(sent, key=lambda one: (one.form, one.period, one.id))
    for key, files in groupby(ordered, lambda one: (one.form, one.period)):
        yield key, list(files)


def _held(
    session: Session, month: Period, files: Sequence[SubmissionInfo], sent: Sequence[SubmissionInfo]
) -> Restated | None:
    first, now = files[0], next((one for one in files if one.current), None)
    if now is None or now.id == first.id:
        return None
    closed = any(one.period > month and one.uploaded_at < now.uploaded_at for one in sent)
    if not closed:
        return None
    changed = tuple(_changed(observations(session, first.id), observations(session, now.id)))
    if not changed:
        return None
    moved = tuple(sorted(changed, key=lambda one: -one.by))
    return Restated(month, first.uploaded_at, now.uploaded_at, moved)


def _changed(
    before: Mapping[str, Observed], after: Mapping[str, Observed]
) -> Iterator[RestatedFigure]:
    for measure in dict.fromkeys((*before, *after)):
        was, now = before.get(measure), after.get(measure)
        if not same_figure(was, now):
            yield RestatedFigure(measure_name(measure), _value(was), _value(now))


def _value(one: Observed | None) -> float | None:
    return None if one is None else number_or_none(one.value)
