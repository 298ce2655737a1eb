"""Whose and when a row of a table is: a facility or district, and a month, round or year."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from core.forms.cells.workbook import Cell
from core.forms.model.issues import CellIssue
from core.forms.table.header import Header
from core.forms.table.issue_list import Telling
from core.forms.table.keys import (
    Key,
    Read,
    code_of,
    district_of,
    fiscal_month_name,
    fiscal_month_of,
    is_blank,
    month_of,
    names_district,
    round_of,
    shown,
    year_of,
)
from core.periods import Part, Period
from core.text import Text

Register = Callable[[str], str | None]
"""Facility code as typed (5 or 9 digits) -> its 5-digit code; None when it is not known."""

_LONG_CODE: Final = 9
_MONTHS: Final[Mapping[str, Callable[[Cell], Key[int]]]] = {
    "month": month_of,
    "fiscal_month": fiscal_month_of,
}
_PARTS: Final = (*_MONTHS, "round")


@dataclass(frozen=True)
class RowKeys:
    """Reads the keys of rows under one header; problems are told to `told`."""

    header: Header
    told: Telling
    known: Register | None = None

    def cell(self, row: int, measure: str) -> Cell:
        """A cell that names the row."""
        return self.header.cell(row, measure)

    def has_subject(self, row: int) -> bool:
        """Whether a row says anything of whose it is, right or wrong."""
        return not (is_blank(self.cell(row, "hcode")) and is_blank(self.cell(row, "district")))

    def names_subject(self, row: int) -> bool:
        """Whether a row has the code of a facility or district."""
        return self._key(row)[1].value is not None

    def subject(self, row: int) -> str | None:
        """The hcode of a facility, or the code of a district."""
        measure, key = self._key(row)
        code = self._told(key, row, measure)
        if code is None or not code.isdigit():
            return code
        if self.known is None:
            if len(code) == _LONG_CODE:
                self.tell("W306", row, measure, code)
            return code
        found = self.known(code)
        if found is None:
            self.tell("W307", row, measure, code)
        return found or code

    def _key(self, row: int) -> tuple[str, Key[str]]:
        """The column that says whose a row is, and what it says."""
        code = self.cell(row, "hcode")
        if self.header.table.column("district") is not None:
            if names_district(code):
                return "hcode", district_of(code)
            district = self.cell(row, "district")
            if is_blank(code) and not is_blank(district):
                return "district", district_of(district)
        if self.header.table.column("hcode") is None:
            return "district", district_of(self.cell(row, "district"))
        return "hcode", code_of(code)

    def period(self, row: int) -> tuple[Period | None, bool]:
        """When a row is of, and whether it says so as it should.

        A table whose rows need not say when may leave it empty.
        """
        if not self.header.table.is_dated and self._is_undated(row):
            return None, True
        year = self._told(year_of(self.cell(row, "fiscal_year")), row, "fiscal_year")
        part, number = self._part(row)
        if year is None or number is None:
            return None, False
        return Period(year, part, number), True

    def _part(self, row: int) -> tuple[Part, int | None]:
        """The part of the year, as the columns of the table tell it; its number, None if wrong."""
        names = {column.type for column in self.header.table.columns}
        if "round" in names:
            return "R", self._told(round_of(self.cell(row, "round")), row, "round")
        return ("M", self._month(row)) if names & _MONTHS.keys() else ("", 0)

    def _is_undated(self, row: int) -> bool:
        return all(is_blank(self.cell(row, name)) for name in ("fiscal_year", *_PARTS))

    def _month(self, row: int) -> int | None:
        """The fiscal month; where two columns name one, both must name the same."""
        there = [name for name in _MONTHS if not is_blank(self.cell(row, name))]
        # Without either, the column that is there gets the message.
        named = there or [name for name in _MONTHS if name in self.header.columns][:1]
        found = [self._told(_MONTHS[name](self.cell(row, name)), row, name) for name in named]
        if len(found) == 2 and None not in found and found[0] != found[1]:
            other = fiscal_month_name(found[0] or 0)
            self.tell("W311", row, named[1], shown(self.cell(row, named[1])), other)
            return None
        return found[0] if found else None

    def _told(self, key: Key[Read], row: int, measure: str) -> Read | None:
        if key.code and measure in self.header.columns:
            self.tell(key.code, row, measure, shown(self.cell(row, measure)), key.expected)
        return key.value

    def tell(
        self, code: str, row: int, measure: str, found: str = "", expected: str | Text = ""
    ) -> None:
        """Tell something of a row's cell of a column; of its first cell where there is none."""
        column = self.header.columns.get(measure, self.header.first_column)
        spot = self.header.spot(row, column)
        self.told.add(CellIssue(code, spot.sheet, spot.place.name, found, expected))
