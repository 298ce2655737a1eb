"""All current results of one subject in one query; what explains them is read when asked for."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import nan

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.periods import Period
from core.scoring.base.states import State, Verdict
from core.store.results.basis_rows import BasisRow
from core.store.results.detail import Detail, read_detail
from core.store.results.moment import standing
from core.store.schema.bulk import rows_of, table_of
from core.store.schema.keys import period_of
from core.store.schema.tables import Result, ResultDetail, Submission

_RESULT = table_of(Result)
_DETAIL = table_of(ResultDetail)
_SUBMISSION = table_of(Submission)


@dataclass(frozen=True)
class SubjectRow:
    """One result; NaN where there is no number. `detail` is its explanation as it is stored.

    `rests` is what its figures came in; None for what was computed of no file.
    """

    id: int
    criterion: str
    period: Period
    value: float
    full_marks: float
    verdict: Verdict
    state: State
    submission_id: int | None
    content: str
    rests: BasisRow | None = None

    @cached_property
    def detail(self) -> Detail:
        """Its tests and notes."""
        return read_detail(self.content)

    @property
    def known(self) -> float | None:
        """Its value; None while it is missing or not final."""
        return None if self.state != State.REPORTED or self.value != self.value else self.value


SubjectRows = Mapping[str, Mapping[Period, SubjectRow]]
"""Results by criterion and period."""


def subject_rows(session: Session, subject: str) -> SubjectRows:
    """Every current result of a subject, the periods of a criterion by kind, oldest first."""
    r, s = _RESULT.c, _SUBMISSION.c
    query = (
        select(
            r.id, r.criterion, r.period_id, r.value, r.full_marks, r.verdict, r.state,
            r.submission_id, _DETAIL.c.detail, s.form, s.doubts, r.books_id,
        )
        .outerjoin(_DETAIL, _DETAIL.c.result_id == r.id)
        .outerjoin(_SUBMISSION, s.id == func.coalesce(r.books_id, r.submission_id))
        .where(r.subject == subject, standing(session))
        .order_by(r.criterion, r.period_id)
    )  # fmt: skip
    rows: dict[str, dict[Period, SubjectRow]] = defaultdict(dict)
    for number, criterion, key, value, full, verdict, state, submission, text, *rests in rows_of(
        session, query
    ):
        period = period_of(key)
        rows[criterion][period] = SubjectRow(
            number, criterion, period, nan if value is None else value,
            nan if full is None else full, Verdict(verdict), State(state), submission, text or "",
            BasisRow.of(*rests),
        )  # fmt: skip
    return rows
