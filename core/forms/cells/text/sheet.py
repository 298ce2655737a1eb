"""A sheet of a text file: its fields stay as they were read and become cells when asked for.

Long tables are mostly numbers that a reader takes by whole columns; a cell for each field costs
more than all that is done with it.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import Final

from core.forms.cells.text.table import TextTable
from core.forms.cells.workbook import EMPTY, Cell, Place, Sheet

_KEPT_AS_TEXT: Final = re.compile(r'="(.*)"', re.DOTALL)
"""How a code is written so that Excel keeps its zeros."""


class TextSheet(Sheet):
    """The fields of `table`; `first` is the number of its first row, blank fields are no cells."""

    def __init__(self, name: str, table: TextTable, first: int = 1) -> None:
        self.name, self.table, self.first = name, table, first
        self.merges, self.is_hidden = [], False
        self.hidden_rows, self.hidden_columns = set(), set()
        self.in_columns = table.in_columns
        self._known: dict[str, Cell] = {}

    @cached_property
    def lengths(self) -> dict[int, int]:  # type: ignore[override]  # made when first asked for
        """The fields of each row, empty ones too."""
        return dict(enumerate(self.table.lengths, self.first))

    @cached_property
    def cells(self) -> dict[Place, Cell]:  # type: ignore[override]  # made when first asked for
        """Every cell, row by row."""
        return {
            Place(row, column): cell
            for row, cells in self.rows.items()
            for column, cell in cells.items()
        }

    @cached_property
    def rows(self) -> Mapping[int, Mapping[int, Cell]]:
        """Non-empty cells by row, then column, both rising; a row is made when asked for."""
        return _Rows(self)

    def at(self, place: Place) -> Cell:
        number = place.row - self.first
        if not 0 <= number < len(self.table):
            return EMPTY
        fields = self.table.row(number)
        if not 0 < place.column <= len(fields):
            return EMPTY
        return self.cell(fields[place.column - 1]) or EMPTY

    @property
    def is_blank(self) -> bool:
        return not self.rows

    def cell(self, field: str) -> Cell | None:
        """The cell of a field, one for all fields that say the same; None for a blank one."""
        if not field or field.isspace():
            return None
        cell = self._known.get(field)
        if cell is None:
            cell = self._known[field] = Cell(plain_text(field))
        return cell


class _Rows(Mapping[int, Mapping[int, Cell]]):
    """The rows of a sheet that say something."""

    def __init__(self, sheet: TextSheet) -> None:
        self._sheet = sheet
        self._made: dict[int, dict[int, Cell]] = {}
        filled = sheet.table.filled_rows
        self._numbers: Collection[int] = range(sheet.first, sheet.first + len(filled))
        if filled and filled[-1] != len(filled) - 1:
            self._numbers = dict.fromkeys([number + sheet.first for number in filled])

    def __getitem__(self, row: int) -> Mapping[int, Cell]:
        made = self._made.get(row)
        if made is None:
            if row not in self._numbers:
                raise KeyError(row)
            cells = map(self._sheet.cell, self._sheet.table.row(row - self._sheet.first))
            made = self._made[row] = {n: cell for n, cell in enumerate(cells, 1) if cell}
        return made

    def __contains__(self, row: object) -> bool:
        return row in self._numbers

    def __iter__(self) -> Iterator[int]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


def plain_text(field: str) -> str:
    """A field without what only keeps its zeros."""
    if field[:1] != "=" or not (match := _KEPT_AS_TEXT.fullmatch(field.strip())):
        return field
    return match[1].replace('""', '"')
