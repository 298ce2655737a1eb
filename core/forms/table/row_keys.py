"""Whose and when a row of a table is: facility, district or group; month, quarter, round, year."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, NamedTuple

from core.forms.cells.workbook import Cell
from core.forms.model.issues import CellIssue
from core.forms.table.heads.head import Header
from core.forms.table.issue_list import IssueList
from core.forms.table.keys import (
    Key,
    Value,
    When,
    account_of,
    code_of,
    district_of,
    fiscal_month_name,
    fiscal_month_of,
    group_of,
    invisible_signs,
    is_blank,
    may_be_district,
    month_of,
    names_district,
    quarter_of,
    round_of,
    short_form,
    shown,
    time_id_of,
    year_of,
)
from core.forms.table.labels import TOTAL, label_of, subject_of
from core.forms.table.words import is_total
from core.periods import Part, Period
from core.scoring.base.peers import group_key
from core.text import Text, say

Register = Callable[[str], str | None]
"""Facility code as typed (5 digits or a long one) -> its 5-digit code; None when not known."""

_CODE: Final = 5
_LONG_CODE: Final = 9
_MOMENTS: Final = ("fiscal_year", "month", "fiscal_month", "time_id")
_MONTHS: Final = _MOMENTS[1:]
_PARTS: Final = (*_MONTHS, "quarter", "round")
_SUBJECTS: Final = ("hcode", "district", "group", "account")


class _Labelled(NamedTuple):
    """What a cell of a row says of when it is."""

    column: str
    when: When


@dataclass(frozen=True)
class RowKeys:
    """Reads the keys of rows under one header; problems go to `issues`."""

    header: Header
    issues: IssueList
    known: Register | None = None

    def cell(self, row: int, measure: str) -> Cell:
        """A cell that names the row."""
        return self.header.cell(row, measure)

    def has_subject(self, row: int) -> bool:
        """Whether a row says anything of whose it is, right or wrong."""
        if self._is_of_one:
            return self._names_period(row)
        return not all(is_blank(self.cell(row, name)) for name in (*_SUBJECTS, *self._labels))

    @property
    def is_in_words(self) -> bool:
        """Whether rows are named in words, as titles are, and not by codes."""
        return "group" in self._types or bool(self._labels)

    def names_subject(self, row: int) -> bool:
        """Whether a row has the code of a facility or district, or names a group.

        Where one is said for the whole table, its rows are those that say when they are, or
        those of figures.
        """
        if self._is_of_one:
            return self._names_period(row)
        return self._key(row)[1].value is not None

    @property
    def _is_of_one(self) -> bool:
        """Whether all rows are of the hospital that a line above the table names."""
        return "hcode" in self.header.stated

    def _names_period(self, row: int) -> bool:
        own = [name for name in _PARTS if name in self.header.columns]
        if own:
            return any(self._says_when(row, name) for name in own)
        cells = self.header.sheet.rows.get(row, {})
        return any(c in cells and _is_number(cells[c]) for c in self.header.columns.values())

    def _says_when(self, row: int, name: str) -> bool:
        if name == "round":
            return round_of(self.cell(row, name)).value is not None
        return self._read(row, name).month is not None

    def subject(self, row: int) -> str | None:
        """The hcode of a facility, the code of a district or account, a group as first spelled."""
        measure, key = self._key(row)
        code = self._noted(key, row, measure)
        if code is None:
            return None
        if measure == "group":
            return self._groups.setdefault(group_key(code), code)
        if measure == "account" or measure in self._labels:
            return code
        cell = self.cell(row, measure)
        if signs := invisible_signs(cell):
            self.tell("W361", row, measure, signs, code)
        if measure == "district" or names_district(cell):
            return code
        if may_be_district(cell) and not self._is_facility(code):
            self.tell("W360", row, measure, shown(cell), code)
            return None
        return self._facility(code, row, measure)

    def _facility(self, code: str, row: int, measure: str) -> str:
        """The hcode of a code as typed; one that nobody knows counts as typed."""
        registered = self.known(code) if self.known else None
        if registered is None and (short := short_form(code)):
            self.tell("W362", row, measure, code, short)
            return (self.known(short) if self.known else None) or short
        if self.known is None and len(code) == _LONG_CODE:
            self.tell("W306", row, measure, code)
        elif self.known is not None and registered is None:
            self.tell("W307", row, measure, code)
        return registered or code

    def _is_facility(self, code: str) -> bool:
        """Whether a code is known as that of a facility, or written with its zero elsewhere."""
        return bool(self.known and self.known(code)) or code in self._whole_codes

    @cached_property
    def _whole_codes(self) -> frozenset[str]:
        """The codes of this table that are written with all five digits."""
        cells = (self.cell(row, "hcode") for row in self.header.rows)
        texts = (cell.value.strip() for cell in cells if isinstance(cell.value, str))
        return frozenset(text for text in texts if len(text) == _CODE)

    def _key(self, row: int) -> tuple[str, Key[str]]:
        """The column that says whose a row is, and what it says; the latest is asked for often."""
        if self._latest.get("row") != row:
            self._latest.update(row=row, key=self._read_key(row))
        key: tuple[str, Key[str]] = self._latest["key"]
        return key

    @cached_property
    def _groups(self) -> dict[str, str]:
        """The groups of the table as they were first spelled."""
        return {}

    @cached_property
    def _latest(self) -> dict[str, Any]:
        return {}

    @cached_property
    def _types(self) -> frozenset[str]:
        """The types of the columns of the table."""
        return frozenset(column.type for column in self.header.table.columns)

    def _read_key(self, row: int) -> tuple[str, Key[str]]:
        code = self.cell(row, "hcode")
        if "district" in self._types:
            if names_district(code):
                return "hcode", district_of(code)
            district = self.cell(row, "district")
            if is_blank(code) and not is_blank(district):
                return "district", district_of(district)
        if self._labels:
            return self._labelled(row)
        for name, read in (("group", group_of), ("account", account_of)):
            if name in self._types:
                return name, read(self.cell(row, name))
        if "hcode" not in self._types:
            return "district", district_of(self.cell(row, "district"))
        return "hcode", code_of(code)

    @cached_property
    def _labels(self) -> tuple[str, ...]:
        """The columns that together name a row of a document."""
        return self.header.table.labels

    def _labelled(self, row: int) -> tuple[str, Key[str]]:
        """The labels of a row as one name; a row of a sum needs no number of its own."""
        table = self.header.table
        labels = {name: label_of(self.cell(row, name)) for name in self._labels}
        last = self._labels[-1]
        if not labels[last] and any(map(is_total, self._words(row))):
            labels[last] = TOTAL
        for name in self._labels:
            column = table.column(name)
            if column and column.required and not labels[name]:
                return name, Key(None, "W460", column.name)
        return last, Key(subject_of(table.id, tuple(labels.values())))

    def _words(self, row: int) -> list[str]:
        cells = self.header.sheet.rows[row].values()
        return [cell.value for cell in cells if isinstance(cell.value, str)]

    def period(self, row: int) -> tuple[Period | None, bool]:
        """When a row is of, and whether it says so as it should.

        A table whose rows need not say when may leave it empty.
        """
        if not self.header.table.is_dated and self._is_undated(row):
            return None, True
        given = [self._when(row, name) for name in self._there(row)]
        year = self._agreed(row, given, "fiscal_year")
        part, number = self._part(row, given)
        if year is None or number is None or any(one.when.code for one in given):
            return None, False
        return Period(year, part, number), True

    def is_dated(self, row: int) -> bool:
        """Whether every cell that says when a row is says something; nothing is noted."""
        given = (name for name in (*_MOMENTS, "round") if name in self.header.columns)
        filled = [name for name in given if not is_blank(self.cell(row, name))]
        return all(self._is_read(row, name) for name in filled)

    def _is_read(self, row: int, name: str) -> bool:
        if name == "round":
            return round_of(self.cell(row, name)).value is not None
        return not self._read(row, name).code

    def _there(self, row: int) -> list[str]:
        """The columns that say when a row is; where none does, those that should."""
        names = self._types
        wanted = ("fiscal_year",) if "round" in names else (*_MOMENTS, "quarter")
        there = [name for name in wanted if not is_blank(self.cell(row, name))]
        has_code = "time_id" in there
        if not (has_code or "fiscal_year" in there or self._has_dated_month(row, there)):
            there.insert(0, "fiscal_year")
        parts = (*_MONTHS, "quarter")
        if not {"month", "quarter"}.isdisjoint(names) and not set(there) & set(parts):
            # Without either, the column that is there gets the message.
            there += [name for name in parts if name in self.header.columns][:1]
        return there

    def _has_dated_month(self, row: int, there: list[str]) -> bool:
        """Whether a month or quarter comes with its year, in a table without a column of years."""
        if "fiscal_year" in self.header.measures:
            return False
        return any(self._read(row, name).fiscal_year for name in there if name != "fiscal_year")

    def _when(self, row: int, name: str) -> _Labelled:
        when = self._read(row, name)
        if when.code:
            self._noted(Key(None, when.code, when.expected), row, name)
        return _Labelled(name, when)

    def _read(self, row: int, name: str) -> When:
        cell = self.cell(row, name)
        if name == "fiscal_year":
            key = year_of(cell)
            return When(key.value, None, key.code, key.expected)
        if name == "month":
            return month_of(cell, self.header.counts_from.get(name, "january"))
        return _READ[name](cell)

    def _part(self, row: int, given: list[_Labelled]) -> tuple[Part, int | None]:
        """The part of the year, as the columns of the table tell it; its number, None if wrong."""
        names = self._types
        if "round" in names:
            return "R", self._noted(round_of(self.cell(row, "round")), row, "round")
        if "quarter" in names:
            return "Q", self._agreed(row, given, "quarter")
        return ("M", self._agreed(row, given, "month")) if "month" in names else ("", 0)

    def _agreed(self, row: int, given: list[_Labelled], part: str) -> int | None:
        """The year, month or quarter that all cells name which name one; None where they differ."""
        says: list[tuple[str, int]] = [
            (one.column, number) for one in given if (number := getattr(one.when, part))
        ]
        if not says:
            return None
        first = says[0][1]
        for column, number in says[1:]:
            if number != first:
                is_year = part == "fiscal_year"
                expected = str(first) if is_year else fiscal_month_name(first)
                other = say("fiscal year {year}", year=number) if is_year else ""
                self._differ(row, column, expected, other)
                return None
        return first

    def _differ(self, row: int, column: str, expected: str | Text, other: str | Text) -> None:
        code = "W348" if other else "W311"
        spot = self.header.spot(row, self.header.columns.get(column, self.header.first_column))
        text = shown(self.cell(row, column))
        params = {"means": other} if other else {}
        self.issues.add(CellIssue(code, spot.sheet, spot.place.name, text, expected, params))

    def _is_undated(self, row: int) -> bool:
        return all(is_blank(self.cell(row, name)) for name in ("fiscal_year", *_PARTS))

    def _noted(self, key: Key[Value], row: int, measure: str) -> Value | None:
        """The value of a key; where it has none, its message."""
        if key.code and measure in self.header.columns:
            self.tell(key.code, row, measure, shown(self.cell(row, measure)), key.expected)
        return key.value

    def tell(
        self, code: str, row: int, measure: str, found: str = "", expected: str | Text = ""
    ) -> None:
        """Note a problem of a row's cell of a column; of its first cell where there is none."""
        column = self.header.columns.get(measure, self.header.first_column)
        spot = self.header.spot(row, column)
        self.issues.add(CellIssue(code, spot.sheet, spot.place.name, found, expected))


def _is_number(cell: Cell) -> bool:
    if isinstance(cell.value, str):
        return any(map(str.isdigit, cell.value))
    return isinstance(cell.value, float)


_READ: Final[Mapping[str, Callable[[Cell], When]]] = {
    "fiscal_month": fiscal_month_of,
    "time_id": time_id_of,
    "quarter": quarter_of,
}
