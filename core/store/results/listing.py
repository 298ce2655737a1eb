"""Results of many criteria as rows, for lists and downloads."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.periods import Period
from core.store.results.moment import standing
from core.store.schema.bulk import rows_of, table_of
from core.store.schema.keys import period_key, period_of
from core.store.schema.tables import Result

_RESULT = table_of(Result)
_FEW = 500
"""Up to so many subjects are selected by name; more are filtered after reading."""


@dataclass(frozen=True, slots=True)
class ListedResult:
    """A result without its explanation; None where there is no number."""

    id: int
    criterion: str
    subject: str
    period: Period
    value: float | None
    points: float | None
    full_marks: float | None
    verdict: int
    state: int
    since: int


def listed(
    session: Session,
    *,
    criterion: str | None = None,
    subjects: Collection[str] | None = None,
    periods: Collection[Period] | None = None,
    at: int | None = None,
) -> tuple[ListedResult, ...]:
    """Current results, or those of version `at`, sorted by criterion, period and subject.

    All of them unless a filter is given.
    """
    r = _RESULT.c
    query = select(
        r.id, r.criterion, r.subject, r.period_id, r.value, r.points, r.full_marks,
        r.verdict, r.state, r.since,
    )  # fmt: skip
    if criterion is not None:
        query = query.where(r.criterion == criterion)
    if periods is not None:
        query = query.where(r.period_id.in_({period_key(period) for period in periods}))
    if subjects is not None and len(subjects) <= _FEW:
        query = query.where(r.subject.in_(set(subjects)))
    query = query.where(standing(session, at)).order_by(r.criterion, r.period_id, r.subject)
    rows = rows_of(session, query)
    wanted = None if subjects is None else set(subjects)
    return tuple(
        ListedResult(number, name, subject, period_of(key), *rest)
        for number, name, subject, key, *rest in rows
        if wanted is None or subject in wanted
    )
