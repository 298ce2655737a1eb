"""Recognises the header rows of a table form, wherever on a sheet they are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, zip_longest
from typing import Final, NamedTuple

from core.forms.cells.workbook import EMPTY, TOP_ROWS, Cell, Place, Sheet, Workbook
from core.forms.model.form import FIGURES, Column, ColumnType, Table, TableForm
from core.forms.model.issues import CellIssue
from core.forms.model.layout import Spot
from core.forms.table.keys import begins_total
from core.forms.table.titles import Titles, titles_of
from core.forms.table.turned_sheet import turned
from core.text import Text, fold

_TITLES_SIDE_BY_SIDE: Final = 3
_UNKNOWN_TOLD: Final = 50
_SHOWN: Final = 60
_REQUIRED_SHARE: Final = 0.5
_STAND_INS: Final[Sequence[tuple[ColumnType, ...]]] = (
    ("month", "fiscal_month"),
    ("hcode", "district"),
)
"""Keys of which one is enough."""
KEYS: Final = ("hcode", "district", "fiscal_year", "month", "fiscal_month", "round")
"""Types of columns that say whose and when a row is; every table has such."""


@dataclass(frozen=True)
class Header:
    """A header row: which column of the sheet holds which column of the table.

    `unknown` are titles of other columns, `repeated` columns whose measure another one holds. In a
    turned table rows and columns of `sheet` are exchanged. Rows of the table end before `end`.
    """

    table: Table
    sheet: Sheet
    row: int
    columns: Mapping[str, int]
    unknown: Mapping[int, str] = field(default_factory=dict)
    repeated: Mapping[int, str] = field(default_factory=dict)
    is_turned: bool = False
    end: int | None = None

    def spot(self, row: int, column: int) -> Spot:
        """Where on the sheet of the file a row and column of the table meet."""
        place = Place(column, row) if self.is_turned else Place(row, column)
        return Spot(self.sheet.name, place)

    def title(self, measure: str) -> Spot:
        """The title cell of a column that is there."""
        return self.spot(self.row, self.columns[measure])

    def cell(self, row: int, measure: str) -> Cell:
        """A row's cell of a column; merged cells speak for every row they span."""
        column = self.columns.get(measure)
        return EMPTY if column is None else self.sheet.at(Place(row, column))

    @property
    def first_column(self) -> int:
        return min(self.columns.values())

    @property
    def first_cell(self) -> Spot:
        return self.spot(self.row, self.first_column)

    @property
    def rows(self) -> Iterator[int]:
        """The rows below it that hold anything."""
        return (r for r in self.sheet.rows if r > self.row and (self.end is None or r < self.end))


@dataclass(frozen=True)
class Need:
    """Something a table must have: any one of `ways`, each a set of columns."""

    ways: tuple[tuple[Column, ...], ...]

    def is_met(self, present: Mapping[str, object]) -> bool:
        return any(all(column.measure in present for column in way) for way in self.ways)

    @property
    def columns(self) -> tuple[Column, ...]:
        return tuple(column for way in self.ways for column in way)


class Recognition(NamedTuple):
    """How many of the things a table must have a sheet shows, and of how many.

    `fits` when that is half of them or more, and not only keys, which all forms share.
    """

    found: int
    of: int
    fits: bool

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
    group = next((group for group in _STAND_INS if column.type in group), ())
    return tuple((c,) for c in table.columns if c.type in group) or ((column,),)


def headers(form: TableForm, workbook: Workbook) -> tuple[Header, ...]:
    """The header rows of the visible sheets, of every table of the form at most one a sheet."""
    found = []
    for sheet in workbook.visible():
        own = [header for table in form.tables if (header := _header(table, sheet))]
        found += _apart([header for header in own if recognition(header).fits])
    return tuple(found)


def _apart(found: Sequence[Header]) -> list[Header]:
    """Headers of one sheet from the top, each with the row at which the next one begins."""
    rows: dict[int, Header] = {}
    for header in sorted(found, key=lambda header: -recognition(header).share):
        rows.setdefault(header.row, header)
    ordered = [rows[row] for row in sorted(rows)]
    ends = [header.row for header in ordered[1:]]
    return [replace(header, end=end) for header, end in zip_longest(ordered, ends)]


def recognised(form: TableForm, workbook: Workbook) -> Recognition:
    """How well the best sheet of a workbook shows the best of the form's tables."""
    found = [
        recognition(header)
        for sheet in workbook.visible()
        for table in form.tables
        if (header := _header(table, sheet))
    ]
    nothing = Recognition(0, len(needs(form.tables[0])), fits=False)
    return max(found, key=lambda r: (r.fits, r.share, r.found), default=nothing)


def recognition(header: Header) -> Recognition:
    """How well a header row shows its table."""
    wanted = needs(header.table)
    met = [need for need in wanted if need.is_met(header.columns)]
    by_id = {column.measure: column for column in header.table.columns}
    own = any(by_id[measure].type not in KEYS for measure in header.columns)
    return Recognition(len(met), len(wanted), own and len(met) >= _REQUIRED_SHARE * len(wanted))


def _header(table: Table, sheet: Sheet) -> Header | None:
    """Where a sheet shows most columns of a table, the first of equals; None without any.

    A turned table may also stand upright, as one of many subjects.
    """
    upright = _best_row(table, sheet)
    if not table.turned:
        return upright
    aside = _best_row(table, turned(sheet), is_turned=True)
    both = [header for header in (aside, upright) if header and not _explains(header)]
    return max(both, key=lambda header: len(header.columns), default=None)


def _explains(header: Header) -> bool:
    """Whether it only lists the columns of the form, as our blank's last sheet does.

    Beside their titles in one language stand those in another, and their codes.
    """
    titles, rows = titles_of(header.table), header.sheet.rows
    again = (
        sum(
            isinstance(cell.value, str) and titles.measure(cell.value) == measure
            for measure, column in header.columns.items()
            if (cell := rows[row].get(column)) is not None
        )
        for row in islice(rows, _TITLES_SIDE_BY_SIDE)
    )
    same = sum(count >= _REQUIRED_SHARE * len(header.columns) for count in again)
    return header.is_turned and same >= _TITLES_SIDE_BY_SIDE


def _best_row(table: Table, sheet: Sheet, *, is_turned: bool = False) -> Header | None:
    best: Header | None = None
    titles = titles_of(table)
    known = {text: measure for text in sheet.top_words if (measure := titles.measure(text))}
    # Most sheets are no form at all, and long: no word is looked at more than once.
    top = islice(sheet.rows.items(), TOP_ROWS) if known else ()
    for row, cells in top:
        found = {known[cell.value] for cell in cells.values() if cell.value in known}
        if found and (best is None or len(found) > len(best.columns)):
            best = _read_titles(table, sheet, row, cells, is_turned=is_turned)
    return best


def _read_titles(
    table: Table, sheet: Sheet, row: int, cells: Mapping[int, Cell], *, is_turned: bool
) -> Header:
    titles = titles_of(table)
    columns: dict[str, int] = {}
    unknown: dict[int, str] = {}
    repeated: dict[int, str] = {}
    for column, cell in cells.items():
        if isinstance(cell.value, str):
            measure = titles.measure(cell.value)
            if measure is None:
                if not (is_turned and _is_heading(titles, cell.value)):
                    unknown[column] = cell.value.strip()[:_SHOWN]
            elif measure in columns:
                repeated[column] = measure
            else:
                columns[measure] = column
    return Header(table, sheet, row, columns, unknown, repeated, is_turned)


def _is_heading(titles: Titles, text: str) -> bool:
    """Whether lines of a turned table are parted by it, or summed up."""
    return titles.is_heading(text) or begins_total([fold(text)])


def header_issues(form: TableForm, found: Sequence[Header]) -> Iterator[CellIssue]:
    """Tables that are absent; columns that are missing, there twice, or none of ours."""
    for table in form.tables if found else ():
        if all(header.table is not table for header in found):
            yield CellIssue("W331", expected=table.sheet)
    for header in found:
        yield from _missing(header, found)
        for column, measure in header.repeated.items():
            spot = header.spot(header.row, column)
            used = header.title(measure).place.name
            yield CellIssue("W304", spot.sheet, spot.place.name, _title(header, column), used)
        for column, title in islice(header.unknown.items(), _UNKNOWN_TOLD):
            spot = header.spot(header.row, column)
            like = titles_of(header.table).nearest(title)
            if like is None:
                yield CellIssue("W302", spot.sheet, spot.place.name, title)
            else:
                yield CellIssue("W303", spot.sheet, spot.place.name, title, like)


def _missing(header: Header, found: Sequence[Header]) -> Iterator[CellIssue]:
    spot = header.first_cell
    for need in needs(header.table):
        if not need.is_met(header.columns) and not _elsewhere(need, header, found):
            yield CellIssue("W301", spot.sheet, spot.place.name, expected=_wording(need))


def _elsewhere(need: Need, header: Header, found: Sequence[Header]) -> bool:
    """Figures may stand on another sheet of the same rows; what names a row may not."""
    if any(column.type not in FIGURES for column in need.columns):
        return False
    others = (o for o in found if o is not header and o.table is header.table)
    return any(need.is_met(other.columns) for other in others)


def _wording(need: Need) -> Text:
    def joined(language: str, both: str, other: str) -> str:
        ways = (both.join(getattr(c.name, language) for c in way) for way in need.ways)
        return other.join(ways)

    return Text(joined("th", " + ", " / "), joined("en", " + ", " / "))


def _title(header: Header, column: int) -> str:
    return str(header.sheet.at(Place(header.row, column)).value).strip()[:_SHOWN]
