"""Reads a filled table form: a row for every subject and period, with everything wrong by cell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from core.forms.cells.open import collector_at_rest
from core.forms.cells.workbook import Workbook
from core.forms.model.form import TableForm
from core.forms.model.issues import CellIssue
from core.forms.table.checks import check_lines
from core.forms.table.header import Header, header_issues, headers
from core.forms.table.issue_list import Telling
from core.forms.table.lines import Line, figures, figures_of
from core.forms.table.row_keys import Register
from core.forms.table.rows import RowReader
from core.periods import Period
from core.scoring.base.inputs import BoolArray, Column, FloatArray, StateArray

MOST_LINES: Final = 60_000
"""Rows read of one file: the whole country for five years. Below them reading stops."""
MOST_ERRORS: Final = 100_000
"""Errors after which a file is rubbish: more than one wrong column of a long table."""


@dataclass(frozen=True)
class TableReading:
    """A table as read: nothing scored yet.

    `lines` are its rows in order, one for each subject and period; `columns` hold their figures by
    measure code, with the state of each cell: a figure of another table of the form was not
    reported there. Columns that no table shows are absent.
    """

    form: TableForm
    headers: tuple[Header, ...]
    lines: tuple[Line, ...]
    columns: Mapping[str, Column]
    issues: tuple[CellIssue, ...]

    def texts(self, measure: str) -> tuple[str | None, ...]:
        """The words of a text column, one a line; None where there are none."""
        return tuple(line.texts.get(measure) for line in self.lines)

    def flags(self, measure: str) -> BoolArray:
        """Where a yes/no column says yes."""
        return np.array([line.flags.get(measure, False) for line in self.lines], dtype=np.bool_)


def read_table(
    form: TableForm, workbook: Workbook, *, known: Register | None = None
) -> TableReading:
    """Find, read and check every row of a table form.

    `known` looks codes up in the register of facilities; without it every code counts as typed.
    """
    found = headers(form, workbook)
    told = Telling()
    told.extend(header_issues(form, found))
    with collector_at_rest():
        collected = _Collected(form, found, known, told)
        columns = collected.columns()
        told.extend(check_lines(form, found, collected.lines, columns))
    return TableReading(form, found, tuple(collected.lines), columns, told.issues)


class _Collected:
    """Rows of all sheets; rows for the same subject and period become one."""

    def __init__(
        self, form: TableForm, found: Sequence[Header], known: Register | None, told: Telling
    ) -> None:
        self.lines: list[Line] = []
        self.told = told
        self._figures = figures(form)
        self._present = {m for header in found for m in _fed(form, header)}
        self._by_key: dict[tuple[str | None, Period | None], Line] = {}
        for header in found:
            self._read(RowReader(form, header, told, known))

    def _read(self, reader: RowReader) -> None:
        for row in reader.header.rows:
            if len(self.lines) >= MOST_LINES or self.told.errors >= MOST_ERRORS:
                reader.stop(row, len(self.lines))
                break
            if line := reader.line(row):
                self._add(line)
        reader.close()

    def _add(self, line: Line) -> None:
        earlier = line
        if line.is_placed:
            earlier = self._by_key.setdefault((line.subject, line.period), line)
        if earlier is line:
            self.lines.append(line)
        else:
            self.told.extend(earlier.merge(line, self._figures))

    def columns(self) -> Mapping[str, Column]:
        """The figures of the columns that are there, by measure."""
        shape = len(self.lines), len(self._figures)
        values: FloatArray = np.array([line.values for line in self.lines], dtype=np.float64)
        states: StateArray = np.array([line.states for line in self.lines], dtype=np.int8)
        values, states = values.reshape(shape), states.reshape(shape)
        return {
            figure.measure: Column(values[:, figure.place].copy(), states[:, figure.place].copy())
            for figure in self._figures
            if figure.measure in self._present
        }


def _fed(form: TableForm, header: Header) -> Iterator[str]:
    """The measures that a table's columns feed."""
    for typed in figures_of(form, header.table).values():
        yield from (figure.measure for at, figure in typed.items() if at in header.columns)
