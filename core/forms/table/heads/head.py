"""A header row as read, and what a table must have."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple

from core.forms.cells.workbook import EMPTY, Cell, Place, Sheet
from core.forms.model.form import Column, ColumnType, Table
from core.forms.model.layout import Spot
from core.text import Text

REQUIRED_SHARE: Final = 0.5
_STAND_INS: Final[tuple[tuple[ColumnType, ...], ...]] = (
    ("month", "fiscal_month", "time_id"),
    ("fiscal_year", "time_id"),
    ("hcode", "district"),
)
"""Keys of which one is enough."""
KEYS: Final = (
    "hcode", "district", "group", "account", "label", "fiscal_year", "month", "fiscal_month",
    "time_id", "quarter", "round", "province",
)  # fmt: skip
"""Types of columns that say whose and when a row is; every table has such."""


@dataclass(frozen=True)
class HeadIssue:
    """A problem of a title: the message, the column of the sheet, what was found and expected.

    `row` is that of a line beside the table; None for the titles themselves.
    """

    code: str
    column: int
    found: str
    expected: str | Text = ""
    row: int | None = None


@dataclass(frozen=True)
class Scale:
    """By what the figures of a column were multiplied, and the words that said so."""

    factor: int
    words: str
    spot: Place


@dataclass(frozen=True)
class Header:
    """A header row: which column of the sheet holds which column of the table.

    `unknown` are titles of other columns by column of the sheet; `refused` measures that have a
    column which cannot be used as it is; `scales` columns of amounts that are not in baht. In a
    turned table rows and columns of `sheet` are exchanged. Rows of the table begin after `last`
    (titles may be two rows high) and stop before `end`. `counts_from` says from which month the
    numbers of a column of months count: `january`, `october`, or nothing that can be relied on.
    `stated` holds keys that have no column and are said once for all rows, beside the table.
    """

    table: Table
    sheet: Sheet
    row: int
    columns: Mapping[str, int]
    unknown: Mapping[int, str] = field(default_factory=dict)
    refused: frozenset[str] = frozenset()
    scales: Mapping[str, Scale] = field(default_factory=dict)
    issues: tuple[HeadIssue, ...] = ()
    counts_from: Mapping[str, str] = field(default_factory=dict)
    stated: Mapping[str, Cell] = field(default_factory=dict)
    is_turned: bool = False
    last: int = 0
    end: int | None = None

    def spot(self, row: int, column: int) -> Spot:
        """Where on the sheet of the file a row and column of the table meet.

        A title merged over two rows stands in the upper one.
        """
        place = Place(column, row) if self.is_turned else Place(row, column)
        if row == self.row and not self.is_turned:
            first = self.sheet.top_left(place)
            place = first if first.column == column else place
        return Spot(self.sheet.name, place)

    def title(self, measure: str) -> Spot:
        """The title cell of a column that is there."""
        return self.spot(self.row, self.columns[measure])

    def cell(self, row: int, measure: str) -> Cell:
        """A row's cell of a column; merged cells speak for every row they span."""
        column = self.columns.get(measure)
        if column is None:
            return self.stated.get(measure, EMPTY)
        return self.sheet.at(Place(row, column))

    @cached_property
    def measures(self) -> frozenset[str]:
        """Everything there is a title for, used or not."""
        return frozenset(self.columns) | self.refused | self.stated.keys()

    @property
    def first_column(self) -> int:
        return min(self.columns.values(), default=1)

    @cached_property
    def last_column(self) -> int:
        """The last column with a title."""
        titles = range(self.row, max(self.row, self.last) + 1)
        columns = (column for row in titles for column in self.sheet.rows.get(row, {}))
        return max((*columns, *self.columns.values()), default=1)

    @property
    def first_cell(self) -> Spot:
        return self.spot(self.row, self.first_column)

    @property
    def rows(self) -> Iterator[int]:
        """The rows below it that hold anything."""
        after = max(self.row, self.last)
        return (r for r in self.sheet.rows if r > after and (self.end is None or r < self.end))


@dataclass(frozen=True)
class Need:
    """Something a table must have: any one of `ways`, each a set of columns."""

    ways: tuple[tuple[Column, ...], ...]

    def is_met(self, present: Mapping[str, object] | frozenset[str]) -> bool:
        return any(all(column.measure in present for column in way) for way in self.ways)

    @property
    def columns(self) -> tuple[Column, ...]:
        return tuple(column for way in self.ways for column in way)


class Recognition(NamedTuple):
    """How many of the things a table must have a sheet shows, and of how many.

    `fits` when that is half of them or more, and not only keys and names, which all forms share;
    `own` counts the columns that are none of those.
    """

    found: int
    of: int
    fits: bool
    own: int = 0

    @property
    def share(self) -> float:
        return self.found / self.of if self.of else 0.0


def needs(table: Table) -> tuple[Need, ...]:
    """What a table must have; a fiscal month stands in for a month, a district for a facility."""
    by_id = {column.measure: column for column in table.columns}
    required = tuple(Need(_ways(table, c)) for c in table.columns if table.requires(c))
    either = tuple(tuple(by_id[measure] for measure in way) for way in table.either)
    return (*required, Need(either)) if either else required


def _ways(table: Table, column: Column) -> tuple[tuple[Column, ...], ...]:
    group = next((group for group in _STAND_INS if group[0] == column.type), ())
    others = tuple((c,) for c in table.columns if c.measure == column.instead)
    return tuple((c,) for c in table.columns if c.type in group) or ((column,), *others)


def recognition(header: Header) -> Recognition:
    """How well a header row shows its table; columns that are refused are titles all the same."""
    wanted = needs(header.table)
    met = [need for need in wanted if need.is_met(header.measures)]
    by_id = {column.measure: column for column in header.table.columns}
    present = [by_id[measure] for measure in header.measures]
    own = sum(c.type not in KEYS and not c.is_common for c in present)
    is_known = all(not header.measures.isdisjoint(any_) for any_ in header.table.known_by)
    is_enough = len(met) >= REQUIRED_SHARE * len(wanted)
    return Recognition(len(met), len(wanted), own > 0 and is_known and is_enough, own)
