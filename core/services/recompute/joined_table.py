"""What counts now of several forms side by side: a row for each facility and period."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy.orm import Session

from core.periods import Period
from core.scoring.base.inputs import BoolArray, Column
from core.scoring.base.states import State
from core.store.uploads.observed_table import IntArray, ObservedTable, observed_table


@dataclass(frozen=True)
class JoinedTable:
    """n rows, sorted by period and subject.

    `columns` by measure, of n rows each; `forms` says in which form a measure was reported, and
    `submissions` each form's submission of every row, -1 where it sent none.
    """

    subjects: tuple[str, ...]
    periods: tuple[Period, ...]
    columns: Mapping[str, Column]
    forms: Mapping[str, str]
    submissions: Mapping[str, IntArray]

    def reported_in(self, measures: Collection[str]) -> BoolArray:
        """Where any of some measures was reported, "does not apply" included."""
        reported = np.zeros(len(self.subjects), dtype=np.bool_)
        for measure in measures:
            if measure in self.columns:
                reported |= self.columns[measure].states != State.NOT_REPORTED
        return reported

    def submissions_of(self, measures: Sequence[str]) -> IntArray:
        """The submission with the first of some measures, row by row; -1 where none did."""
        submissions = np.full(len(self.subjects), -1, dtype=np.int64)
        for form in dict.fromkeys(self.forms[m] for m in measures if m in self.forms):
            submissions = np.where(submissions < 0, self.submissions[form], submissions)
        return submissions


def joined_table(
    session: Session,
    forms: Collection[str],
    periods: Collection[Period],
    measures: Collection[str],
) -> JoinedTable:
    """Some measures of some periods; one reported in two forms is taken from the first."""
    tables = {
        form: observed_table(session, form, periods=periods, measures=measures) for form in forms
    }
    keys = sorted({key for table in tables.values() for key in _keys(table)})
    row_of = {key: row for row, key in enumerate(keys)}
    columns: dict[str, Column] = {}
    form_of: dict[str, str] = {}
    submissions: dict[str, IntArray] = {}
    for form, table in tables.items():
        rows = np.array([row_of[key] for key in _keys(table)], dtype=np.int64)
        submissions[form] = np.full(len(keys), -1, dtype=np.int64)
        submissions[form][rows] = table.submissions
        for measure, column in table.columns.items():
            if measure not in columns:
                columns[measure], form_of[measure] = _spread(column, rows, len(keys)), form
    return JoinedTable(
        subjects=tuple(subject for _, subject in keys),
        periods=tuple(period for period, _ in keys),
        columns=columns,
        forms=form_of,
        submissions=submissions,
    )


def _keys(table: ObservedTable) -> list[tuple[Period, str]]:
    return list(zip(table.periods, table.subjects, strict=True))


def _spread(column: Column, rows: IntArray, size: int) -> Column:
    spread = Column.empty(size)
    spread.values[rows], spread.states[rows] = column.values, column.states
    return spread
