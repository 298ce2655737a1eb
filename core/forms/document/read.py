"""Reads a document: every row of its tables, cell by cell; what cannot be read stays as typed."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from core.forms.cells.workbook import EMPTY, Cell, Workbook
from core.forms.document.rows import Document, DocumentRow, Value
from core.forms.model.form import Column, TableForm
from core.forms.model.issues import CellIssue
from core.forms.model.values import plain, read_number
from core.forms.table.answers import choice_of, listed
from core.forms.table.header import header_issues, headers, hidden_tables
from core.forms.table.heads.head import Header
from core.forms.table.issue_list import IssueList
from core.forms.table.keys import is_blank, shown, year_of
from core.forms.table.lines import range_of
from core.forms.table.moments import day_in, day_of
from core.scoring.base.states import State
from core.text import Text, say

PROVINCE: Final = "province"
YEAR: Final = "fiscal_year"
_OF_FIGURES: Final = ("W375", "W376")
"""Doubts whether figures are results, which those of a plan are not meant to be."""

Province = Callable[[str], str | None]
"""A province as typed -> its code; None when it names none."""


def read_document(
    form: TableForm, workbook: Workbook, province: Province
) -> tuple[Document, tuple[Header, ...], IssueList]:
    """Every row of a document with everything wrong by cell; never raises for its contents."""
    heads, issues = headers(form, workbook), IssueList()
    issues.extend(one for one in header_issues(form, heads) if one.code not in _OF_FIGURES)
    issues.extend(hidden_tables(form, workbook))
    rows = tuple(row for header in heads for row in _Rows(header, issues, province).read())
    area = next((text for row in rows if (text := row.text(PROVINCE))), None)
    year = next((number for row in rows if (number := row.number(YEAR))), None)
    known = area if area and province(area) == area else None
    return Document(form, rows, known, None if year is None else int(year)), heads, issues


class _Rows:
    """Reads the rows under one header."""

    def __init__(self, header: Header, issues: IssueList, province: Province) -> None:
        self._header, self._issues, self._province = header, issues, province
        self._columns = [c for c in header.table.columns if c.measure in header.columns]

    def read(self) -> Iterator[DocumentRow]:
        """Rows that say anything; those that are hidden are left out, and told once."""
        hidden = []
        for row in self._header.rows:
            if all(is_blank(self._cell(row, column)) for column in self._columns):
                continue
            if row in self._header.sheet.hidden_rows:
                hidden.append(row)
                continue
            yield self._row(row)
        if hidden:
            place = self._place(hidden[0], self._columns[0])
            self._issues.add(CellIssue("W356", self._header.sheet.name, place, str(len(hidden))))

    def _row(self, row: int) -> DocumentRow:
        values, cells = {}, {}
        for column in self._columns:
            cell = self._cell(row, column)
            if is_blank(cell):
                self._missing(row, column)
                continue
            cells[column.measure] = self._place(row, column)
            values[column.measure] = self._value(row, column, cell)
        first = next(iter(cells.values()))
        return DocumentRow(self._header.table.id, values, self._header.sheet.name, first, cells)

    def _cell(self, row: int, column: Column) -> Cell:
        """A cell as it stands: of merged ones the first alone, for it is typed once."""
        return self._header.sheet.rows.get(row, {}).get(self._header.columns[column.measure], EMPTY)

    def _place(self, row: int, column: Column) -> str:
        return self._header.spot(row, self._header.columns[column.measure]).place.name

    def _missing(self, row: int, column: Column) -> None:
        if column.required:
            self._tell("W450", row, column, "", "")

    def _value(self, row: int, column: Column, cell: Cell) -> Value:
        read = _READ.get(column.type)
        if read is not None:
            return read(self, row, column, cell)
        if cell.is_error:
            self._tell(read_number(cell).code or "W105", row, column, shown(cell))
        return _written(cell)

    def _number(self, row: int, column: Column, cell: Cell) -> Value:
        read, allowed = read_number(cell), range_of(column)
        if read.state != State.REPORTED:
            if read.code:
                self._tell(read.code, row, column, read.shown, allowed)
            return _written(cell)
        low, high = column.valid_range
        if (low is not None and read.number < low) or (high is not None and read.number > high):
            self._tell("W312", row, column, plain(read.number), allowed)
            return _written(cell)
        return float(read.number)

    def _year(self, row: int, column: Column, cell: Cell) -> Value:
        key = year_of(cell)
        if key.value is None:
            self._tell(key.code, row, column, shown(cell), key.expected)
            return _written(cell)
        return float(key.value)

    def _choice(self, row: int, column: Column, cell: Cell) -> Value:
        key = choice_of(cell, column)
        return key.value or self._unread(row, column, cell, listed(column))

    def _day(self, row: int, column: Column, cell: Cell) -> date | str:
        typed = day_of(cell)
        day = day_in(f"{typed.day}/{typed.month}/{typed.year}") if typed else None
        day = day or day_in(_written(cell))
        return day or self._unread(row, column, cell, say("a day such as 15/12/2566"))

    def _outline(self, row: int, column: Column, cell: Cell) -> Value:
        if cell.is_date:
            return self._unread(row, column, cell, say("a number such as 1.1.2, kept as text"))
        return _written(cell).strip(". ")

    def _area(self, row: int, column: Column, cell: Cell) -> Value:
        code = self._province(_written(cell))
        return code or self._unread(row, column, cell, say("a province, such as P61 or its name"))

    def _unread(self, row: int, column: Column, cell: Cell, expected: Text) -> str:
        self._tell("W450", row, column, shown(cell), expected)
        return _written(cell)

    def _tell(
        self, code: str, row: int, column: Column, found: str, expected: str | Text = ""
    ) -> None:
        place, sheet = self._place(row, column), self._header.sheet.name
        self._issues.add(CellIssue(code, sheet, place, found, expected, {"title": column.name}))


_READ: Final = {
    "number": _Rows._number,
    "fiscal_year": _Rows._year,
    "choice": _Rows._choice,
    "day": _Rows._day,
    "outline": _Rows._outline,
    "province": _Rows._area,
}


def _written(cell: Cell) -> str:
    """What stands in a cell, whole, as a person typed it."""
    if isinstance(cell.value, str):
        return cell.value.strip()
    return shown(cell)
