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

    `columns` by measure, of n rows each; `forms` says in which forms a measure was reported, the
    first to count first, and `submissions` each form's submission of every row, -1 where it sent
    none. `texts` hold the words of measures that are words.
    """

    subjects: tuple[str, ...]
    periods: tuple[Period, ...]
    columns: Mapping[str, Column]
    forms: Mapping[str, Sequence[str]]
    submissions: Mapping[str, IntArray]
    texts: Mapping[str, Sequence[str | None]]

    @property
    def months(self) -> IntArray:
        """Ordinals of the rows' last months; `UsageError` U005 when a row is a round."""
        return np.array([period.ordinal for period in self.periods], dtype=np.int64)

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
        known = (form for measure in measures for form in self.forms.get(measure, ()))
        for form in dict.fromkeys(known):
            submissions = np.where(submissions < 0, self.submissions[form], submissions)
        return submissions


def joined_table(
    session: Session,
    forms: Collection[str],
    periods: Collection[Period] | None = None,
    measures: Collection[str] | None = None,
    subjects: Collection[str] | None = None,
) -> JoinedTable:
    """Figures of several forms, of some periods, measures and subjects or of all.

    A figure reported in two forms is the first one's; where that has no value, the next one's.
    """
    tables = {
        form: observed_table(session, form, periods=periods, subjects=subjects, measures=measures)
        for form in forms
    }
    keys = sorted({key for table in tables.values() for key in _keys(table)})
    row_of = {key: row for row, key in enumerate(keys)}
    columns: dict[str, Column] = {}
    texts: dict[str, list[str | None]] = {}
    forms_of: dict[str, list[str]] = {}
    submissions: dict[str, IntArray] = {}
    for form, table in tables.items():
        rows = np.array([row_of[key] for key in _keys(table)], dtype=np.int64)
        submissions[form] = np.full(len(keys), -1, dtype=np.int64)
        submissions[form][rows] = table.submissions
        for measure, column in table.columns.items():
            forms_of.setdefault(measure, []).append(form)
            _fill(columns.setdefault(measure, Column.empty(len(keys))), column, rows)
        for measure, words in table.texts.items():
            own = texts.setdefault(measure, [None] * len(keys))
            for row, word in zip(rows.tolist(), words, strict=True):
                own[row] = own[row] or word
    return JoinedTable(
        subjects=tuple(subject for _, subject in keys),
        periods=tuple(period for period, _ in keys),
        columns=columns,
        forms=forms_of,
        submissions=submissions,
        texts=texts,
    )


def _keys(table: ObservedTable) -> list[tuple[Period, str]]:
    return list(zip(table.periods, table.subjects, strict=True))


def _fill(into: Column, column: Column, rows: IntArray) -> None:
    """Enter a form's figures into rows where none before it has a value."""
    held = into.states[rows]
    is_reported = column.states != State.NOT_REPORTED
    free = (held == State.NOT_REPORTED) | (
        (held != State.REPORTED) & (column.states == State.REPORTED)
    )
    chosen = free & is_reported
    into.values[rows[chosen]] = column.values[chosen]
    into.states[rows[chosen]] = column.states[chosen]
