"""Figures as they were reported, each with the cell it came from."""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from core.periods import Period
from core.scoring.base.states import State
from core.store.schema.bulk import insert_rows, next_id, table_of
from core.store.schema.codes import enter_measures, enter_periods
from core.store.schema.columns import storable
from core.store.schema.keys import period_key, period_of
from core.store.schema.tables import Measure, Observation, Submission
from core.store.uploads.accounts import NO_ACCOUNTS, Accounts, insert_accounts
from core.store.uploads.document_lines import StoredLine, insert_lines
from core.store.uploads.submissions import Key

_OBSERVATION = table_of(Observation)
_SUBMISSION = table_of(Submission)
_MEASURE = table_of(Measure)


class Observed(NamedTuple):
    """One figure: NaN where there is none, with its state; `text` where the measure is a text."""

    measure: str
    value: float
    state: State
    sheet: str = ""
    cell: str = ""
    text: str | None = None


@dataclass(frozen=True, slots=True)
class NewSubmission:
    """The figures of one subject in one period, as a file has them.

    `accounts` are those behind them, `lines` the rows of a document. `doubts` are the codes of
    warnings to be looked at before its results are used, `as_of` the moment the file says its
    figures are of, as `core.forms.trial_balance.as_of` writes it; None where it says none.
    """

    subject: str
    period: Period
    observations: Sequence[Observed]
    accounts: Accounts = NO_ACCOUNTS
    lines: Sequence[StoredLine] = ()
    doubts: Sequence[str] = ()
    as_of: str | None = None

    def row(self, number: int, upload_id: int, form: str, *, current: bool) -> tuple[Any, ...]:
        """As a row of the store, under a number."""
        period, doubts = period_key(self.period), " ".join(self.doubts) or None
        return number, upload_id, form, self.subject, period, current, doubts, self.as_of


@dataclass(frozen=True, slots=True)
class Difference:
    """A measure with different figures in two uploads; None where one does not mention it."""

    subject: str
    period: Period
    measure: str
    before: Observed | None
    after: Observed | None


def enter_submissions(
    session: Session, *, upload_id: int, form: str, new: Sequence[NewSubmission]
) -> None:
    """Insert an upload's submissions with all their figures; none of them is current yet."""
    enter_periods(session, {period_key(submission.period) for submission in new})
    measures = enter_measures(session, (o.measure for s in new for o in s.observations))
    first = next_id(session, _SUBMISSION)
    insert_rows(
        session,
        _SUBMISSION,
        [one.row(number, upload_id, form, current=False) for number, one in enumerate(new, first)],
    )
    insert_observations(session, new, first, measures)


def insert_observations(
    session: Session, new: Sequence[NewSubmission], first: int, measures: Mapping[str, int]
) -> None:
    """Insert all that submissions numbered from `first` hold; `measures`: ids by code."""
    insert_rows(session, _OBSERVATION, _rows(new, first, measures))
    insert_accounts(session, (submission.accounts for submission in new), first)
    insert_lines(session, (submission.lines for submission in new), first)


def replace_observations(
    session: Session, submission_id: int, measures: Collection[str], new: Sequence[Observed]
) -> None:
    """Replace what a submission has of some measures, which were computed and not typed."""
    known = enter_measures(session, measures)
    o = _OBSERVATION.c
    wanted = o.measure_id.in_([known[measure] for measure in measures])
    session.execute(delete(_OBSERVATION).where(o.submission_id == submission_id, wanted))
    rows = [
        (submission_id, known[measure], storable(value), int(state), sheet, cell, text)
        for measure, value, state, sheet, cell, text in new
    ]
    insert_rows(session, _OBSERVATION, rows)


def _rows(
    new: Sequence[NewSubmission], first: int, measures: Mapping[str, int]
) -> Iterator[tuple[Any, ...]]:
    for number, submission in enumerate(new, first):
        for measure, value, state, sheet, cell, text in submission.observations:
            yield number, measures[measure], storable(value), int(state), sheet, cell, text


def observations(session: Session, submission_id: int) -> Mapping[str, Observed]:
    """The figures of one submission by measure, in the order the measures were first met."""
    chosen = select(_SUBMISSION.c.id).where(_SUBMISSION.c.id == submission_id)
    return _by_submission(session, chosen).get(submission_id, {})


def observations_of(
    session: Session, submission_ids: Collection[int]
) -> Mapping[int, Mapping[str, Observed]]:
    """The figures of some submissions, by submission and measure; those without any are absent."""
    if not submission_ids:
        return {}
    s = _SUBMISSION.c
    return _by_submission(session, select(s.id).where(s.id.in_(set(submission_ids))))


def _by_submission(session: Session, chosen: Select[int]) -> dict[int, dict[str, Observed]]:
    o = _OBSERVATION.c
    query = (
        select(o.submission_id, _MEASURE.c.code, o.value, o.state, o.sheet, o.cell, o.text)
        .join(_MEASURE, _MEASURE.c.id == o.measure_id)
        .where(o.submission_id.in_(chosen))
        .order_by(o.submission_id, o.measure_id)
    )
    by_submission: dict[int, dict[str, Observed]] = {}
    for submission, measure, value, state, *rest in session.execute(query):
        figures = by_submission.setdefault(submission, {})
        figures[measure] = Observed(measure, value, State(state), *rest)
    return by_submission


def compare(session: Session, before: int, after: int) -> tuple[Difference, ...]:
    """The figures of upload `after` that differ from upload `before`, subject by subject.

    Values are the same when they are the same float, or both missing with the same state.
    """
    old, new = _of_upload(session, before), _of_upload(session, after)
    return tuple(
        Difference(*key, measure, was.get(measure), now.get(measure))
        for key in dict.fromkeys((*old, *new))
        for was, now in [(old.get(key, {}), new.get(key, {}))]
        for measure in dict.fromkeys((*was, *now))
        if not same_figure(was.get(measure), now.get(measure))
    )


def same_figure(one: Observed | None, other: Observed | None) -> bool:
    """Whether two figures are equal, wherever they were typed."""
    if one is None or other is None:
        return one is other
    alike = one.value == other.value or (math.isnan(one.value) and math.isnan(other.value))
    return alike and one.state == other.state and one.text == other.text


def _of_upload(session: Session, upload_id: int) -> dict[Key, Mapping[str, Observed]]:
    s = _SUBMISSION.c
    query = select(s.id, s.subject, s.period_id).where(s.upload_id == upload_id).order_by(s.id)
    keys = {number: (subject, period_of(p)) for number, subject, p in session.execute(query)}
    figures = _by_submission(session, select(s.id).where(s.upload_id == upload_id))
    return {key: figures.get(number, {}) for number, key in keys.items()}
