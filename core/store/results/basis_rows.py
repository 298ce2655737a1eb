"""What results rest on: the form their figures came in, and what puts them in doubt."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.periods import Period
from core.store.results.moment import standing
from core.store.schema.bulk import rows_of, table_of
from core.store.schema.keys import period_key, period_of
from core.store.schema.tables import Result, Submission

_RESULT = table_of(Result)
_SUBMISSION = table_of(Submission)


class BasisRow(NamedTuple):
    """The form that counts, the codes of what puts it in doubt, and whether another stands by."""

    form: str
    doubts: tuple[str, ...]
    has_both: bool

    @staticmethod
    def of(form: str | None, doubts: str | None, books_id: int | None) -> "BasisRow | None":
        """What a submission and the books beside it say; None without a submission."""
        if form is None:
            return None
        return BasisRow(form, tuple((doubts or "").split()), books_id is not None)


def basis_rows(
    session: Session,
    criterion: str,
    *,
    periods: Collection[Period] | None = None,
    subjects: Collection[str] | None = None,
) -> dict[Period, dict[str, BasisRow]]:
    """What the results of a criterion rest on, by period and subject; books come before the rest.

    In all periods, or of all subjects, unless some are named.
    """
    r, s = _RESULT.c, _SUBMISSION.c
    query = (
        select(r.period_id, r.subject, s.form, s.doubts, r.books_id)
        .join(_SUBMISSION, s.id == func.coalesce(r.books_id, r.submission_id))
        .where(r.criterion == criterion, standing(session))
    )
    if periods is not None:
        query = query.where(r.period_id.in_([period_key(period) for period in periods]))
    if subjects is not None:
        query = query.where(r.subject.in_(set(subjects)))
    by_key: dict[int, dict[str, BasisRow]] = {}
    for period, subject, *rests in rows_of(session, query):
        if row := BasisRow.of(*rests):
            by_key.setdefault(period, {})[subject] = row
    return {period_of(key): rows for key, rows in by_key.items()}
