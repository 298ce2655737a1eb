"""Holds a file against what the store has: units, months before and after, hospital groups."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.forms.model.issues import CellIssue
from core.forms.table.checks.series import by_month, smaller_than_known, stocks_of
from core.forms.table.checks.stored import Known, KnownMonth, against_stored, cumulative_of
from core.scoring.base.states import State
from core.services.importing.documents import changed_meanwhile
from core.services.importing.known_groups import group_issues
from core.services.intake.kinds import DocumentIntake, Intake, RegisterIntake, TableIntake
from core.services.records.beside import district_issues, issues_beside
from core.store.engine.unit_of_work import reading
from core.store.uploads.observations import Difference, NewSubmission, Observed, same_figure
from core.store.uploads.observed_table import ObservedTable, observed_table
from core.store.uploads.submissions import Key, submissions_by_id

Figures = Mapping[str, Observed]


def beside_store(engine: Engine, intake: Intake) -> Intake:
    """A file with what is odd of it beside the figures the store has; nothing is stored."""
    with reading(engine) as session:
        return replace(intake, issues=(*intake.issues, *stored_issues(session, intake)))


def stored_issues(session: Session, intake: Intake) -> tuple[CellIssue, ...]:
    """Rows of a table that do not go with what the store has; those told of already are left out.

    Amounts that look typed in thousands or millions, cumulative figures that fall, years of the
    calendar typed as fiscal ones, and groups of which the register has no hospital, or more.
    """
    if isinstance(intake, DocumentIntake):
        return tuple(changed_meanwhile(session, intake))
    if not isinstance(intake, TableIntake) or isinstance(intake, RegisterIntake):
        return ()
    noted = {(one.code, one.sheet, one.cell) for one in intake.issues}
    issues = (
        *_of_figures(session, intake),
        *group_issues(session, intake),
        *issues_beside(session, intake),
        *district_issues(session, intake),
    )
    return tuple(one for one in issues if (one.code, one.sheet, one.cell) not in noted)


def _of_figures(session: Session, intake: TableIntake) -> Iterator[CellIssue]:
    reading_, form = intake.reading, intake.reading.form
    compared = (*stocks_of(form, reading_.columns), *cumulative_of(form, reading_.columns))
    subjects = {line.subject for line in reading_.lines if line.is_placed and line.subject}
    if not compared or not subjects:
        return
    measures = {figure.measure for figure in compared}
    table = observed_table(session, intake.form.id, subjects=subjects, measures=measures)
    if not table.subjects:
        return
    rows = (form, reading_.lines, reading_.columns)
    yield from smaller_than_known(*rows, _largest(intake, table))
    yield from against_stored(*rows, _months(session, table))


def _largest(intake: TableIntake, table: ObservedTable) -> Mapping[str, Mapping[str, float]]:
    """The largest amount stored of each subject, by measure; cumulative ones by month."""
    months = np.array([period.number for period in table.periods], dtype=np.int64)
    largest: dict[str, dict[str, float]] = {}
    for figure in stocks_of(intake.reading.form, intake.reading.columns):
        if column := table.columns.get(figure.measure):
            values = by_month(figure, column.values, months)
            for subject, value in zip(table.subjects, values.tolist(), strict=True):
                of_subject = largest.setdefault(subject, {})
                if not math.isnan(value):
                    of_subject[figure.measure] = max(of_subject.get(figure.measure, 0.0), value)
    return largest


def _months(session: Session, table: ObservedTable) -> Known:
    """The stored months, each with the file it came in."""
    numbers = table.submissions.tolist()
    files = {number: one.file_name for number, one in submissions_by_id(session, numbers).items()}
    columns = {measure: column.values.tolist() for measure, column in table.columns.items()}
    return {
        key: KnownMonth(
            {m: values[row] for m, values in columns.items() if not math.isnan(values[row])},
            files.get(number, ""),
        )
        for row, (key, number) in enumerate(
            zip(zip(table.subjects, table.periods, strict=True), numbers, strict=True)
        )
    }


def counting_figures(
    session: Session, form: str, submissions: Sequence[NewSubmission]
) -> Mapping[Key, Figures]:
    """The figures that count now for the subjects and periods of a file."""
    table = observed_table(
        session,
        form,
        periods={one.period for one in submissions},
        subjects={one.subject for one in submissions},
    )
    keys = tuple(zip(table.subjects, table.periods, strict=True))
    figures: dict[Key, dict[str, Observed]] = {key: {} for key in keys}
    for measure, column in table.columns.items():
        rows = zip(keys, column.values.tolist(), column.states.tolist(), strict=True)
        for key, value, state in rows:
            if state != State.NOT_REPORTED:
                figures[key][measure] = Observed(measure, value, State(state))
    for measure, texts in table.texts.items():
        for key, text in zip(keys, texts, strict=True):
            if text is not None:
                figures[key][measure] = Observed(measure, math.nan, State.REPORTED, text=text)
    return figures


def figure_differences(
    before: Mapping[Key, Figures], submissions: Sequence[NewSubmission]
) -> Iterator[Difference]:
    """The figures of a file that are others than those that counted until now."""
    for one in submissions:
        was = before.get((one.subject, one.period))
        if was is None:
            continue
        now = {o.measure: o for o in one.observations if o.state != State.NOT_REPORTED}
        for measure in dict.fromkeys((*now, *was)):
            if not same_figure(was.get(measure), now.get(measure)):
                yield Difference(
                    one.subject, one.period, measure, was.get(measure), now.get(measure)
                )
