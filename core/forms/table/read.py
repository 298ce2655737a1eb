"""Reads a filled table form: a row for every subject and period, with everything wrong by cell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from core.collector import collector_at_rest
from core.forms.cells.workbook import Workbook
from core.forms.model.form import TableForm
from core.forms.model.issues import CellIssue
from core.forms.table.checks.constant import constant_issues
from core.forms.table.checks.other_span import refuse_other_span
from core.forms.table.checks.placeholders import placeholder
from core.forms.table.checks.series import series_issues
from core.forms.table.checks.totals import without_totals
from core.forms.table.checks.within_rows import check_lines
from core.forms.table.header import header_issues, headers, hidden_tables
from core.forms.table.heads.head import Header
from core.forms.table.issue_list import IssueList
from core.forms.table.lines import Line, figures, figures_of, table_of
from core.forms.table.row_keys import Register, RowKeys
from core.forms.table.sheet_reader import SheetReader
from core.periods import Period
from core.scoring.base.inputs import BoolArray, Column

MOST_LINES: Final = 60_000
"""Rows read of one file: the whole country for five years. Below them reading stops."""
MOST_ERRORS: Final = 100_000
"""Errors after which a file is rubbish: more than one wrong column of a long table."""


_Key = tuple[str | None, Period | None]


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
    Raises `WorkbookError` F025 where every row is a quarter or a year and the form is monthly.
    """
    heads = headers(form, workbook)
    issues = IssueList()
    issues.extend(header_issues(form, heads))
    issues.extend(hidden_tables(form, workbook))
    with collector_at_rest():
        rows = _Rows(form, heads, known, issues)
        refuse_other_span(form, rows.lines)
        columns = rows.columns()
        issues.extend(check_lines(form, rows.headers, rows.lines, columns))
        issues.extend(series_issues(form, rows.lines, columns))
        issues.extend(constant_issues(form, rows.lines))
    return TableReading(form, tuple(rows.headers), tuple(rows.lines), columns, issues.issues)


class _Rows:
    """Rows of all sheets; rows for the same subject and period become one."""

    def __init__(
        self, form: TableForm, heads: Sequence[Header], known: Register | None, issues: IssueList
    ) -> None:
        self.lines: list[Line] = []
        self.headers: list[Header] = []
        self._issues = issues
        self._figures = figures(form)
        self._by_key: dict[_Key, Line] = {}
        self._slipped: list[tuple[Header, int]] = []
        rows = [line for header in heads for line in self._read(form, header, known)]
        for line in without_totals(form, rows, issues):
            if nobody := placeholder(line, None if form.holds == "register" else known):
                issues.add(nobody)
            self._add(line)
        issues.extend(_beside_slipped(self._slipped, self._by_key, known))
        self._present = {m for header in self.headers for m in _fed(form, header)}

    def _read(self, form: TableForm, header: Header, known: Register | None) -> Iterator[Line]:
        reader = SheetReader(form, header, self._issues, known)
        read = 0
        for row in header.rows:
            if read >= MOST_LINES or self._issues.errors >= MOST_ERRORS:
                reader.stop(row, read)
                break
            if line := reader.line(row):
                read += 1
                yield line
        reader.close()
        self.headers += reader.headers
        self._slipped += reader.slipped

    def _add(self, line: Line) -> None:
        earlier = line
        if line.is_placed:
            earlier = self._by_key.setdefault((line.subject, line.period), line)
        if earlier is line:
            self.lines.append(line)
        else:
            self._issues.extend(earlier.merge(line, self._figures))

    def columns(self) -> Mapping[str, Column]:
        """The figures of the columns that are there, by measure."""
        values, states = table_of(self.lines, len(self._figures))
        return {
            figure.measure: Column(values[:, figure.place].copy(), states[:, figure.place].copy())
            for figure in self._figures
            if figure.measure in self._present
        }


def _beside_slipped(
    slipped: Sequence[tuple[Header, int]], lines: Mapping[_Key, Line], known: Register | None
) -> Iterator[CellIssue]:
    """Rows whose facility and period another row names that could not be read."""
    for header, row in slipped:
        # What is wrong with the other row was said.
        keys = RowKeys(header, IssueList(), known)
        line = lines.get((keys.subject(row), keys.period(row)[0]))
        if line is not None:
            spot, other = line.key_spot, header.spot(row, header.first_column).place.name
            yield CellIssue("W423", spot.sheet, spot.place.name, line.subject or "", other)


def _fed(form: TableForm, header: Header) -> Iterator[str]:
    """The measures that a table's columns feed."""
    for typed in figures_of(form, header.table).values():
        yield from (figure.measure for at, figure in typed.items() if at in header.columns)
