"""The cells of a workbook as they were typed: value, kind and format, nothing computed.

`Cell` attributes:
- `value`: text, number, truth value; None when empty. The number itself, never as it is shown:
  0.86 shown as 86 %, 1,500,000 shown as 1.5. Dates count days from 30 December 1899, also in
  workbooks that count from 1904.
- `is_error`: an error value such as "#DIV/0!", or content that is damaged (then `value` is what
  stands there, which never begins with "#").
- `is_percent`, `is_date`: how the section of the number format that applies to this value shows
  it; `is_date` is true of dates, times of day and durations.
- `is_formula`: a formula. With `value` None nobody calculated it; with "" it came to nothing.
- `is_filled`: a solid fill that is not white.
- `format`: all that is known of how it is shown (`NumberFormat`): `kind`, `scale` (1,000,000 for
  `#,##0.0,,`), `literal` (a unit written in the format), `is_buddhist`, `code`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Final, NamedTuple

from core.forms.cells.number_format import GENERAL, NumberFormat
from core.text import fold

TOP_ROWS: Final = 1000
"""Rows of a sheet in which titles are looked for."""

CellValue = float | str | bool | None
_LETTERS: Final = 26
# A merged range may name a million rows; no form merges more than a page.
_TALLEST, _WIDEST, _MOST_COVERED = 499, 99, 200_000


class Cell(NamedTuple):
    """One cell; what each attribute means stands at the top of this module."""

    value: CellValue
    is_error: bool = False
    is_percent: bool = False
    is_date: bool = False
    is_formula: bool = False
    is_filled: bool = False
    format: NumberFormat = GENERAL


class Loss(NamedTuple):
    """Something of a file that was left out: the code of its message, where it was, what it was."""

    code: str
    sheet: str = ""
    cell: str = ""
    found: str = ""


class Place(NamedTuple):
    """Row and column, both from 1."""

    row: int
    column: int

    @property
    def name(self) -> str:
        letters, rest = "", self.column
        while rest:
            rest, letter = divmod(rest - 1, _LETTERS)
            letters = chr(65 + letter) + letters
        return f"{letters}{self.row}"


def place_of(name: str) -> Place:
    """`E12` -> row 12, column 5; dollar signs are ignored. `ValueError` when it is no cell."""
    column, row = 0, 0
    for letter in name.replace("$", "").upper():
        if "A" <= letter <= "Z" and not row:
            column = column * _LETTERS + ord(letter) - 64
        elif "0" <= letter <= "9" and column:
            row = row * 10 + ord(letter) - 48
        else:
            raise ValueError(name)
    if not row:
        raise ValueError(name)
    return Place(row, column)


class Merge(NamedTuple):
    """A merged range, corners included."""

    first: Place
    last: Place


EMPTY: Final = Cell(None)


@dataclass
class Sheet:
    """A sheet: it holds only cells that say something, so a far-away cell costs nothing.

    `hidden_rows` and `hidden_columns` are numbers from 1; their cells are among `cells` as others.
    """

    name: str
    cells: dict[Place, Cell] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    is_hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    lengths: dict[int, int] = field(default_factory=dict)
    """Of a text file the fields of each row, empty ones too."""
    in_columns: bool = False
    """Whether it is a long text file, kept in columns."""

    @cached_property
    def _covered(self) -> Mapping[Place, Place]:
        """Cells inside a merged range -> its top left; of huge ranges the nearest."""
        covered: dict[Place, Place] = {}
        left = _MOST_COVERED
        for first, last in self.merges:
            rows = range(first.row, min(last.row, first.row + _TALLEST) + 1)
            columns = range(first.column, min(last.column, first.column + _WIDEST) + 1)
            left -= len(rows) * len(columns)
            if left < 0:
                break
            covered.update({Place(r, c): first for r in rows for c in columns})
        return covered

    def top_left(self, place: Place) -> Place:
        """The cell that speaks for a place: itself, or the top left of its merged range."""
        return self._covered.get(place, place)

    def at(self, place: Place) -> Cell:
        return self.cells.get(self.top_left(place), EMPTY)

    @property
    def is_blank(self) -> bool:
        """Whether no cell says anything; colours and formats do not."""
        return not any(cell.value is not None or cell.is_error for cell in self.cells.values())

    @cached_property
    def rows(self) -> Mapping[int, Mapping[int, Cell]]:
        """Non-empty cells by row, then column, both rising."""
        rows: dict[int, dict[int, Cell]] = {}
        for place in sorted(self.cells):
            cell = self.cells[place]
            if cell.value is not None or cell.is_error:
                rows.setdefault(place.row, {})[place.column] = cell
        return rows

    @cached_property
    def folded(self) -> Mapping[Place, str]:
        """Every text cell in comparing form."""
        return {
            place: fold(cell.value)
            for place, cell in self.cells.items()
            if isinstance(cell.value, str)
        }

    @cached_property
    def top_words(self) -> frozenset[str]:
        """Every different text of the first rows that say something: where titles stand."""
        top = islice(self.rows.values(), TOP_ROWS)
        return frozenset(
            c.value for cells in top for c in cells.values() if isinstance(c.value, str)
        )

    @property
    def last_row(self) -> int:
        return max(self.rows, default=0)


@dataclass
class Workbook:
    """All sheets, the names given to cells (name -> sheet, cell), and what was left out."""

    sheets: list[Sheet]
    names: dict[str, tuple[str, Place]] = field(default_factory=dict)
    losses: list[Loss] = field(default_factory=list)

    def sheet(self, name: str) -> Sheet | None:
        return self._by_name.get(name)

    @cached_property
    def _by_name(self) -> Mapping[str, Sheet]:
        """Of two sheets of one name the first."""
        return {sheet.name: sheet for sheet in reversed(self.sheets)}

    def at(self, sheet: str, place: Place) -> Cell:
        """A cell, of a merged range the top left; an empty one where there is no such sheet."""
        known = self._by_name.get(sheet)
        return known.cells.get(place, EMPTY) if known else EMPTY

    def visible(self) -> Iterator[Sheet]:
        return (sheet for sheet in self.sheets if not sheet.is_hidden)
