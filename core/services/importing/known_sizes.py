"""Holds the amounts of a file against those the store has of the same facilities."""

import math
from collections.abc import Mapping

import numpy as np
from sqlalchemy.orm import Session

from core.forms.model.form import TableForm
from core.forms.model.issues import CellIssue
from core.forms.table.checks.series import by_month, smaller_than_known, stocks_of
from core.forms.table.read import TableReading
from core.services.intake.kinds import Intake, RegisterIntake, TableIntake
from core.store.uploads.observed_table import observed_table


def size_issues(session: Session, intake: Intake) -> tuple[CellIssue, ...]:
    """Rows of a table that look typed in thousands or millions beside what the store has.

    Rows that the file itself gives away are not named again.
    """
    if not isinstance(intake, TableIntake) or isinstance(intake, RegisterIntake):
        return ()
    reading = intake.reading
    known = _largest(session, intake.form, reading)
    smaller = smaller_than_known(intake.form, reading.lines, reading.columns, known)
    noted = {(one.code, one.sheet, one.cell) for one in intake.issues}
    return tuple(one for one in smaller if (one.code, one.sheet, one.cell) not in noted)


def _largest(
    session: Session, form: TableForm, reading: TableReading
) -> Mapping[str, Mapping[str, float]]:
    """The largest amount the store has of each subject, by measure; cumulative ones by month."""
    stocks = stocks_of(form, reading.columns)
    subjects = {line.subject for line in reading.lines if line.is_placed and line.subject}
    if not stocks or not subjects:
        return {}
    measures = [figure.measure for figure in stocks]
    table = observed_table(session, form.id, subjects=subjects, measures=measures)
    months = np.array([period.number for period in table.periods], dtype=np.int64)
    largest: dict[str, dict[str, float]] = {}
    for figure in stocks:
        if column := table.columns.get(figure.measure):
            values = by_month(figure, column.values, months)
            for subject, value in zip(table.subjects, values.tolist(), strict=True):
                of_subject = largest.setdefault(subject, {})
                if not math.isnan(value):
                    of_subject[figure.measure] = max(of_subject.get(figure.measure, 0.0), value)
    return largest
