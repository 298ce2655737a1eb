"""Reads the rows under a header one at a time; what says nothing of its own is left out."""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from core.forms.cells import EMPTY, Cell, Place
from core.forms.issues import CellIssue
from core.forms.model import TableForm
from core.forms.table_header import Header, Titles
from core.forms.table_keys import (
    Key,
    Read,
    begins_total,
    code_of,
    fiscal_month_name,
    fiscal_month_of,
    flag_of,
    is_blank,
    month_of,
    shown,
    text_of,
    year_of,
)
from core.forms.table_lines import Figure, Line, figures
from core.forms.telling import Telling
from core.forms.values import Said, plain, said
from core.periods import Period
from core.scoring.states import State
from core.text import Text, fold

Register = Callable[[str], str | None]
"""Facility code as typed (5 or 9 digits) -> its 5-digit code; None when it is not known."""

Filled = list[tuple[Said, int, Figure]]
"""The cells of a row that say something: what, column of the sheet, column of the form."""

_NO_NUMBER: Final = "W103"
_PLAIN: Final = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,10})?")
_LONG_CODE: Final = 9
_SHOWN: Final = 60


@dataclass
class RowReader:
    """Reads rows under one header; problems are told to `told`."""

    form: TableForm
    header: Header
    told: Telling
    known: Register | None = None
    _unfilled: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._titles = Titles(self.form)
        self._columns = self.header.columns
        self._figures = figures(self.form)
        self._wordy = tuple(
            column
            for column in self.form.columns
            if column.type in ("text", "flag") and column.measure in self._columns
        )
        self._present = tuple(
            (self._columns[figure.column.measure], figure)
            for figure in self._figures
            if figure.column.measure in self._columns
        )

    def line(self, row: int) -> Line | None:
        """The row as a line; None for blank rows, totals, remarks and repeated headers."""
        filled = [entry for entry in self._heard(row) if entry[0].state != State.NOT_REPORTED]
        code = self._key("hcode", row)
        if not filled and is_blank(code):
            return None
        if code_of(code).value is None and self._is_no_row(row, filled):
            return None
        if not filled:
            self._unfilled.append(row)
            return None
        return self._read(row, filled)

    def stop(self, row: int, read: int) -> None:
        """Tell that the table was read down to this row only."""
        self._tell("W326", row, "hcode", str(read))

    def close(self) -> None:
        """Tell of rows that name a subject but hold no figure, once for all of them."""
        if self._unfilled:
            self._tell("W317", self._unfilled[0], "hcode", str(len(self._unfilled)))

    def _heard(self, row: int) -> Iterator[tuple[Said, int, Figure]]:
        """What the cells of figures say; a formula never calculated says that."""
        cells = self.header.sheet.cells
        for column, figure in self._present:
            cell = cells.get(Place(row, column))
            if cell is not None:
                yield _heard(cell), column, figure

    def _is_no_row(self, row: int, filled: Filled) -> bool:
        """Whether a row without a code is a total, a remark or a header printed again."""
        cells = self.header.sheet.rows[row].values()
        texts = [cell.value for cell in cells if isinstance(cell.value, str)]
        if begins_total(map(fold, texts)):
            self._tell("W316", row, "hcode", texts[0].strip()[:_SHOWN])
            return True
        if sum(self._titles.measure(text) is not None for text in texts) > 1:
            return True
        if any(found.code != _NO_NUMBER for found, _, _ in filled):
            return False
        self._tell("W322", row, "hcode", texts[0].strip()[:_SHOWN] if texts else "")
        return True

    def _read(self, row: int, filled: Filled) -> Line:
        width = len(self._figures)
        values, states = [math.nan] * width, [int(State.NOT_REPORTED)] * width
        for found, column, figure in filled:
            place = Place(row, column)
            values[figure.place], states[figure.place] = self._figure(found, place, figure)
        line = Line(self.header, row, self._code(row), self._period(row), values, states)
        self._words(line)
        return line

    def _figure(self, found: Said, place: Place, figure: Figure) -> tuple[float, int]:
        if found.code:
            self._at(found.code, place, found.shown, figure.expected)
        if found.state != State.REPORTED:
            return math.nan, found.state
        number = found.number
        if not figure.lowest <= number <= figure.highest:  # NaN lies nowhere
            self._at("W312", place, plain(number), figure.expected)
            return math.nan, State.ERROR
        if figure.is_percent and 0 < number < 1:
            self._at("W109", place, plain(number), plain(round(number * 100, 8)))
        return number, State.REPORTED

    def _code(self, row: int) -> str | None:
        code = self._told(code_of(self._key("hcode", row)), row, "hcode")
        if code is None:
            return None
        if self.known is None:
            if len(code) == _LONG_CODE:
                self._tell("W306", row, "hcode", code)
            return code
        found = self.known(code)
        if found is None:
            self._tell("W307", row, "hcode", code)
        return found or code

    def _period(self, row: int) -> Period | None:
        year = self._told(year_of(self._key("fiscal_year", row)), row, "fiscal_year")
        month = self._month(row)
        return None if year is None or month is None else Period(year, "M", month)

    def _month(self, row: int) -> int | None:
        """The fiscal month; where two columns name one, both must name the same."""
        readers = {"month": month_of, "fiscal_month": fiscal_month_of}
        there = [name for name in readers if not is_blank(self._key(name, row))]
        # Without either, the column that is there gets the message.
        named = there or [name for name in readers if name in self._columns][:1]
        found = [self._told(readers[name](self._key(name, row)), row, name) for name in named]
        if len(found) == 2 and None not in found and found[0] != found[1]:
            other = fiscal_month_name(found[0] or 0)
            self._tell("W311", row, named[1], shown(self._key(named[1], row)), other)
            return None
        return found[0] if found else None

    def _told(self, key: Key[Read], row: int, measure: str) -> Read | None:
        if key.code and measure in self._columns:
            self._tell(key.code, row, measure, shown(self._key(measure, row)), key.expected)
        return key.value

    def _words(self, line: Line) -> None:
        for column in self._wordy:
            cell = self._key(column.measure, line.row)
            if column.type == "text" and (text := text_of(cell)):
                line.texts[column.measure] = text
            elif column.type == "flag":
                flag = self._told(flag_of(cell), line.row, column.measure)
                if flag is not None and not is_blank(cell):
                    line.flags[column.measure] = flag

    def _key(self, measure: str, row: int) -> Cell:
        """A cell that names the row; merged cells speak for every row they span."""
        column = self._columns.get(measure)
        return EMPTY if column is None else self.header.sheet.at(Place(row, column))

    def _tell(
        self, code: str, row: int, measure: str, found: str = "", expected: str | Text = ""
    ) -> None:
        column = self._columns.get(measure, self.header.first_cell.column)
        self._at(code, Place(row, column), found, expected)

    def _at(self, code: str, place: Place, found: str, expected: str | Text) -> None:
        sheet = self.header.sheet.name
        self.told.add(CellIssue(code, sheet, place.name, found, expected))


def _heard(cell: Cell) -> Said:
    """What a cell of figures says; plain ones, nearly all there are, are read without detours."""
    value = cell.value
    if not (cell.is_percent or cell.is_date or cell.is_error):
        if isinstance(value, float) and math.isfinite(value):
            return Said(value, State.REPORTED)
        if isinstance(value, str) and _PLAIN.fullmatch(value):
            return Said(float(value), State.REPORTED)
    return said(cell)
