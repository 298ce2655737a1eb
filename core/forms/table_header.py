"""Recognises the header row of a table form, wherever on a sheet it is."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from rapidfuzz import fuzz, process

from core.criteria.catalog import measures
from core.forms.cells import Cell, Place, Sheet, Workbook
from core.forms.issues import CellIssue
from core.forms.model import Column, TableForm
from core.text import Text, fold

_UNSAID: Final = re.compile(r"[_*:'\"\u2018\u2019\u201c\u201d]")
# Vowels above and below the line; the fold has taken tone marks already.
_LOST_VOWELS: Final = re.compile("[\u0e31\u0e34-\u0e39]")
_BRACKETS: Final = re.compile(r"\([^()]*\)$")
_ROWS_LOOKED_AT: Final = 1000
_UNKNOWN_TOLD: Final = 50
_SHOWN: Final = 60
_NEAR: Final = 80
"""Likeness of titles, in percent, from which one is asked about as a slip of the other."""
_REQUIRED_SHARE: Final = 0.5
_MONTHS: Final = ("month", "fiscal_month")


@dataclass(frozen=True)
class Header:
    """A header row: which column of the sheet holds which column of the form.

    `unknown` are titles of other columns, `repeated` columns whose measure another one holds.
    """

    sheet: Sheet
    row: int
    columns: Mapping[str, int]
    unknown: Mapping[int, str] = field(default_factory=dict)
    repeated: Mapping[int, str] = field(default_factory=dict)

    def place(self, measure: str) -> Place:
        """The title cell of a column that is there."""
        return Place(self.row, self.columns[measure])

    @property
    def first_cell(self) -> Place:
        return Place(self.row, min(self.columns.values()))


@dataclass(frozen=True)
class Need:
    """Something a table must have: any one of `ways`, each a set of columns."""

    ways: tuple[tuple[Column, ...], ...]

    def is_met(self, present: Mapping[str, object]) -> bool:
        return any(all(column.measure in present for column in way) for way in self.ways)

    @property
    def columns(self) -> tuple[Column, ...]:
        return tuple(column for way in self.ways for column in way)


def needs(form: TableForm) -> tuple[Need, ...]:
    """What a table of this form must have; a fiscal month stands in for a month."""
    by_id = {column.measure: column for column in form.columns}
    months = tuple((column,) for column in form.columns if column.type in _MONTHS)
    required = tuple(
        Need(months if column.type in _MONTHS else ((column,),))
        for column in form.columns
        if column.required
    )
    either = tuple(tuple(by_id[measure] for measure in way) for way in form.either)
    return (*required, Need(either)) if either else required


def headers(form: TableForm, workbook: Workbook) -> tuple[Header, ...]:
    """The header rows of the visible sheets that hold the form, at most one a sheet."""
    titles = Titles(form)
    found = (_header(titles, sheet) for sheet in workbook.visible())
    return tuple(header for header in found if header and _is_form(form, header))


def recognised(form: TableForm, workbook: Workbook) -> tuple[int, int]:
    """How many of the things a table must have the best sheet shows, and of how many."""
    wanted, titles = needs(form), Titles(form)
    best = (_header(titles, sheet) for sheet in workbook.visible())
    met = (sum(need.is_met(header.columns) for need in wanted) for header in best if header)
    return max(met, default=0), len(wanted)


def _is_form(form: TableForm, header: Header) -> bool:
    wanted = needs(form)
    met = sum(need.is_met(header.columns) for need in wanted)
    return met >= _REQUIRED_SHARE * len(wanted)


class Titles:
    """Everything a column of a form may be called."""

    def __init__(self, form: TableForm) -> None:
        self.names = {column.measure: column.name for column in form.columns}
        self._known: dict[str, str] = {}
        for column in form.columns:
            for title in _wordings(form, column):
                self._known.setdefault(title_key(title), column.measure)
        for key, measure in list(self._known.items()):
            self._known.setdefault(_BRACKETS.sub("", key), measure)
        self._bare = self._without_vowels()

    def _without_vowels(self) -> Mapping[str, str]:
        """Titles stripped of the vowels that PDF tools lose, where they still name one column."""
        bare: dict[str, set[str]] = {}
        for key, measure in self._known.items():
            bare.setdefault(_LOST_VOWELS.sub("", key), set()).add(measure)
        return {key: names.pop() for key, names in bare.items() if len(names) == 1}

    def measure(self, title: str) -> str | None:
        """The measure (or key of the row) a title names; a unit in brackets may follow it."""
        whole = title_key(title)
        for key in (whole, _BRACKETS.sub("", whole)):
            found = self._known.get(key) or self._bare.get(_LOST_VOWELS.sub("", key))
            if found:
                return found
        return None

    def nearest(self, title: str) -> Text | None:
        """The column a title comes near to; None when it is like none."""
        match = process.extractOne(
            title_key(title), self._known.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR
        )
        return self.names[self._known[match[0]]] if match else None


def _wordings(form: TableForm, column: Column) -> Iterator[str]:
    yield from (column.measure, column.name.th, column.name.en, *column.aliases)
    yield column.measure.removeprefix(f"{form.id}.")
    if column.measure in measures():
        yield from measures()[column.measure].aliases


def title_key(text: str) -> str:
    """A title in comparing form: spaces, underscores, case, tone marks and quotes do not count."""
    return _UNSAID.sub("", fold(text))


def _header(titles: Titles, sheet: Sheet) -> Header | None:
    """The row that shows most columns of the form, the upper one of equals; None without any."""
    best: Header | None = None
    for row, cells in islice(sheet.rows.items(), _ROWS_LOOKED_AT):
        found = _read_titles(titles, sheet, row, cells)
        if found.columns and (best is None or len(found.columns) > len(best.columns)):
            best = found
    return best


def _read_titles(titles: Titles, sheet: Sheet, row: int, cells: Mapping[int, Cell]) -> Header:
    columns: dict[str, int] = {}
    unknown: dict[int, str] = {}
    repeated: dict[int, str] = {}
    for column, cell in cells.items():
        if isinstance(cell.value, str):
            measure = titles.measure(cell.value)
            if measure is None:
                unknown[column] = cell.value.strip()[:_SHOWN]
            elif measure in columns:
                repeated[column] = measure
            else:
                columns[measure] = column
    return Header(sheet, row, columns, unknown, repeated)


def header_issues(form: TableForm, found: Sequence[Header]) -> Iterator[CellIssue]:
    """Columns that are missing, there twice, or none of ours."""
    titles = Titles(form)
    for header in found:
        place, sheet = header.first_cell, header.sheet.name
        for need in needs(form):
            if not need.is_met(header.columns) and not _elsewhere(need, header, found):
                yield CellIssue("W301", sheet, place.name, expected=_ways(need))
        for column, measure in header.repeated.items():
            used = header.place(measure).name
            spot = Place(header.row, column).name
            yield CellIssue("W304", sheet, spot, _title(header, column), used)
        for column, title in islice(header.unknown.items(), _UNKNOWN_TOLD):
            spot = Place(header.row, column).name
            like = titles.nearest(title)
            if like is None:
                yield CellIssue("W302", sheet, spot, title)
            else:
                yield CellIssue("W303", sheet, spot, title, like)


def _elsewhere(need: Need, header: Header, found: Sequence[Header]) -> bool:
    """Figures may stand on another sheet of the same rows; what names a row may not."""
    if any(column.type != "number" for column in need.columns):
        return False
    return any(other is not header and need.is_met(other.columns) for other in found)


def _ways(need: Need) -> Text:
    def joined(language: str, both: str, other: str) -> str:
        ways = (both.join(getattr(c.name, language) for c in way) for way in need.ways)
        return other.join(ways)

    return Text(joined("th", " + ", " / "), joined("en", " + ", " / "))


def _title(header: Header, column: int) -> str:
    return str(header.sheet.at(Place(header.row, column)).value).strip()[:_SHOWN]
