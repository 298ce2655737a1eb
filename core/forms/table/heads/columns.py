"""Which column of a sheet holds which column of a table, where several could, or none rightly."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, NamedTuple

from core.forms.cells.workbook import EMPTY, Cell, Place, Sheet
from core.forms.model.form import FIGURES, Column, Table
from core.forms.table.heads.claims import claim
from core.forms.table.heads.head import Header, HeadIssue, Scale
from core.forms.table.heads.qualifiers import Qualifier, Unit, qualifier
from core.forms.table.heads.stated import stated_keys
from core.forms.table.heads.surroundings import Surroundings
from core.forms.table.heads.titles import title_key, titles_of
from core.forms.table.heads.units import unit_in
from core.forms.table.keys import month_of, year_of
from core.forms.table.words import begins_total, folded_words
from core.text import Text, fold

_SHOWN: Final = 60
_COMPARED: Final = 2000
"""Rows that are looked at for the years of a table, or for two columns that are the same."""


class _Candidate(NamedTuple):
    """A column of the sheet whose title names a measure."""

    column: int
    text: str
    extra: Qualifier


def read_titles(
    table: Table, sheet: Sheet, row: int, cells: Mapping[int, Cell], *, is_turned: bool = False
) -> Header:
    """Read a row as the header of a table."""
    return _Reader(table, sheet, row, cells, is_turned=is_turned).header()


@dataclass
class _Choice:
    """What comes of the titles of a row, as far as it is read."""

    columns: dict[str, int] = field(default_factory=dict)
    unknown: dict[int, str] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    scales: dict[str, Scale] = field(default_factory=dict)
    issues: list[HeadIssue] = field(default_factory=list)
    counts_from: dict[str, str] = field(default_factory=dict)


class _Reader:
    def __init__(
        self, table: Table, sheet: Sheet, row: int, cells: Mapping[int, Cell], *, is_turned: bool
    ) -> None:
        self._table, self._sheet, self._row, self._cells = table, sheet, row, cells
        self._is_turned = is_turned
        self._titles = titles_of(table)
        self._by_id = {column.measure: column for column in table.columns}
        self._choice = _Choice()
        self._candidates: dict[str, list[_Candidate]] = {}
        self._unit: tuple[Unit, Place, str] | None = None

    def header(self) -> Header:
        titled = self._titled()
        around = Surroundings.of(self._sheet, self._row, self._keys(titled), self._is_turned)
        for column, (measure, text, extra) in titled.items():
            for place, more in around.spread(column):
                candidate = _Candidate(place, text, around.above(column).joined(extra).joined(more))
                self._candidates.setdefault(measure, []).append(candidate)
        for measure, candidates in self._candidates.items():
            self._choose(self._by_id[measure], candidates)
        self._scale_all(around)
        stated = {} if self._is_turned else self._stated(around)
        if not self._is_turned:
            self._compare_titles(around)
        chosen = self._choice
        return Header(
            self._table,
            self._sheet,
            self._row,
            chosen.columns,
            chosen.unknown,
            frozenset(chosen.refused),
            chosen.scales,
            tuple(chosen.issues),
            chosen.counts_from,
            stated,
            self._is_turned,
            around.last,
        )

    def _titled(self) -> dict[int, tuple[str, str, Qualifier]]:
        """Columns whose title names a measure; other titles are noted as unknown."""
        titled: dict[int, tuple[str, str, Qualifier]] = {}
        for column, cell in self._cells.items():
            if not isinstance(cell.value, str):
                continue
            text = cell.value.strip()
            title = self._titles.title(cell.value)
            if title is not None and column in self._sheet.hidden_columns:
                self._choice.refused.add(title.measure)
                self._choice.issues.append(HeadIssue("W365", column, text[:_SHOWN]))
            elif title is not None:
                titled[column] = title.measure, text[:_SHOWN], title.qualifier
            elif (unit := unit_in(text)) and qualifier(text):
                # A unit among the titles, with no column of its own.
                self._unit = unit, Place(self._row, column), text
            elif not self._is_known(text):
                self._choice.unknown[column] = text[:_SHOWN]
        return titled

    def _is_known(self, text: str) -> bool:
        """Whether a title is known and no column: ignored, or a heading of a turned table."""
        return self._titles.is_ignored(text) or (self._is_turned and self._is_heading(text))

    def _keys(self, titled: Mapping[int, tuple[str, str, Qualifier]]) -> frozenset[int]:
        """The columns that name rows."""
        return frozenset(
            column for column, (m, _, _) in titled.items() if self._by_id[m].type not in FIGURES
        )

    def _is_heading(self, text: str) -> bool:
        """Whether lines of a turned table are parted by it, or summed up."""
        return self._titles.is_heading(text) or begins_total([fold(text)])

    def _choose(self, column: Column, candidates: list[_Candidate]) -> None:
        """Take the one column that can be meant; where it is none or several, say so."""
        fitting = [c for c in candidates if self._fits(column, c.extra)]
        if not fitting:
            self._refuse(column, "W342", candidates)
            return
        first, *others = self._meant(column, fitting)
        if self._is_part(column, first):
            self._refuse(column, "W397", [first])
            return
        alike = all(self._are_same(first.column, other.column) for other in others)
        if not alike:
            self._refuse(column, "W343", [others[0]], self._place(first.column))
            return
        for other in others:
            self._tell("W304", other, self._place(first.column))
        for other in candidates:
            if other not in (first, *others):
                self._choice.unknown[other.column] = self._written(other)
        self._take(column, first)

    def _meant(self, column: Column, fitting: list[_Candidate]) -> list[_Candidate]:
        """The candidates whose titles are nearest to the form's own, several where equally near.

        A title that adds a word nobody knows gives way to one that adds none, and that is said.
        """
        titles = self._titles
        clear = [c for c in fitting if not titles.is_loose(c.text)] or fitting
        whole = [c for c in clear if not self._is_part(column, c)] or clear
        plain = [c for c in whole if "unknown" not in c.extra.kinds] or whole
        if column.type in FIGURES:
            for other in whole:
                if other not in plain:
                    self._tell("W398", plain[0], self._written(other))
        return plain

    def _is_part(self, column: Column, chosen: _Candidate) -> bool:
        """Whether a title names a part only, because another part has a column of its own."""
        if column.partial is None or not self._titles.is_partial(chosen.text, column):
            return False
        begin = tuple(map(title_key, column.partial.beside))
        texts = (c.value for n, c in self._cells.items() if n != chosen.column)
        return any(isinstance(t, str) and title_key(t).startswith(begin) for t in texts)

    def _take(self, column: Column, chosen: _Candidate) -> None:
        measure, extra = column.measure, chosen.extra
        self._choice.refused.discard(measure)
        self._choice.columns[measure] = chosen.column
        if column.type == "month":
            self._choice.counts_from[measure] = self._first_month(column, chosen)
        if column.type not in FIGURES:
            return
        if "unknown" in extra.kinds:
            self._tell("W346", chosen, column.name)
        if extra.unit and extra.unit.factor > 1:
            place = Place(self._row, chosen.column)
            self._choice.scales[measure] = Scale(extra.unit.factor, self._written(chosen), place)

    def _first_month(self, column: Column, chosen: _Candidate) -> str:
        """From which month the numbers of a column of months count."""
        text = fold(chosen.text)
        brackets = text.partition("(")[2]
        if any(word in brackets for word in folded_words("january")):
            return "january"
        is_unsure = any(text.startswith(fold(title)) for title in column.unsure)
        return "" if is_unsure or brackets else "january"

    def _fits(self, column: Column, extra: Qualifier) -> bool:
        """Whether what stands beside a name leaves it the figure that the form means."""
        if column.type not in FIGURES:
            return True
        kinds = extra.kinds
        if "other" in kinds and not _says(column, fold(extra.text)):
            return False
        if "scale" in kinds or ("cumulative" in kinds and not column.cumulative):
            return False
        if "monthly" in kinds and (column.cumulative or self._table.column("month") is None):
            return False
        if extra.year is not None and self._years() != {extra.year}:
            return False
        return extra.unit is None or self._is_unit_of(column, extra.unit)

    def _is_unit_of(self, column: Column, unit: Unit) -> bool:
        own = self._table.unit(column)
        if column.type == "answer" or not own:
            return unit.factor == 1
        if unit.of in ("", own):
            return unit.factor == 1 or own in ("baht", "count")
        return (
            unit.factor == 1
            and {unit.of, own} <= {"count", "points", "weight", "percent"}
            and (unit.of != "percent" or column.valid_range[1] == 100)
        )

    def _years(self) -> set[int]:
        """The fiscal years that rows below the titles name."""
        name = next((n for n in ("fiscal_year", "month") if n in self._candidates), None)
        if name is None:
            return set()
        place = self._candidates[name][0].column
        below = islice((r for r in self._sheet.rows if r > self._row), _COMPARED)
        cells = (self._sheet.at(Place(row, place)) for row in below)
        is_year = name == "fiscal_year"
        years = (year_of(c).value if is_year else month_of(c).fiscal_year for c in cells)
        return {year for year in years if year is not None}

    def _stated(self, around: Surroundings) -> Mapping[str, Cell]:
        """Keys that have no column, where the name of the sheet or a line above says them."""
        has_years = bool(self._years())
        says = stated_keys(self._table, self._candidates.keys(), has_years, around.lines_above())
        for measure, one in says.items():
            self._choice.issues.append(one.issue(self._by_id[measure].name))
        return {measure: one.cell for measure, one in says.items()}

    def _compare_titles(self, around: Surroundings) -> None:
        """Say where a line above the table, or the name of its sheet, says it is another one."""
        for place, text in around.titles():
            says = claim(text)
            years = self._years() if says.years else set()
            shown = text[:_SHOWN]
            if says.is_other and not self._is_own_name(text):
                issue = HeadIssue("W375", place.column, shown, row=place.row)
                self._choice.issues.append(issue)
            elif says.differs(years):
                rows = ", ".join(map(str, sorted(years)))
                issue = HeadIssue("W376", place.column, shown, rows, place.row)
                self._choice.issues.append(issue)

    def _is_own_name(self, text: str) -> bool:
        """Whether a line is the name of the form's own table, or begins with it."""
        names = (self._table.sheet.th, self._table.sheet.en)
        return any(fold(text).startswith(fold(name)) for name in names)

    def _are_same(self, one: int, other: int) -> bool:
        """Whether two columns hold the same in every row."""
        below = islice((cells for r, cells in self._sheet.rows.items() if r > self._row), _COMPARED)
        return all(
            cells.get(one, EMPTY).value == cells.get(other, EMPTY).value
            for cells in below
            if self._titles.title(str(cells.get(other, EMPTY).value)) is None
        )

    def _scale_all(self, around: Surroundings) -> None:
        """Amounts whose title names no unit are in that of the line above the table."""
        of_all = self._unit or around.unit
        if of_all is None:
            for place, text in around.unclear:
                issue = HeadIssue("W374", place.column, text[:_SHOWN], row=place.row)
                self._choice.issues.append(issue)
            return
        unit, spot, words = of_all
        own = {m for m, all_ in self._candidates.items() if any(c.extra.unit for c in all_)}
        amounts = {
            column.measure
            for column in self._table.columns
            if column.type in FIGURES and self._table.unit(column) == "baht"
        }
        if unit.factor > 1:
            for measure in (self._choice.columns.keys() & amounts) - own:
                self._choice.scales[measure] = Scale(unit.factor, words, spot)

    def _refuse(
        self, column: Column, code: str, candidates: list[_Candidate], expected: str = ""
    ) -> None:
        self._choice.refused.add(column.measure)
        for candidate in candidates:
            self._tell(code, candidate, expected or column.name)

    def _tell(self, code: str, candidate: _Candidate, expected: str | Text) -> None:
        written = self._written(candidate)
        self._choice.issues.append(HeadIssue(code, candidate.column, written, expected))

    def _written(self, candidate: _Candidate) -> str:
        """A title as it stands, with what the rows above or below it add."""
        added = candidate.extra.text
        if not added or fold(added.split()[-1]) in fold(candidate.text):
            return candidate.text
        return f"{candidate.text} {added}"[:_SHOWN]

    def _place(self, column: int) -> str:
        place = Place(column, self._row) if self._is_turned else Place(self._row, column)
        return place.name


def _says(column: Column, word: str) -> bool:
    """Whether a column is called so itself, as "plan" above a column of plans.

    In the middle of a name it means something else: what was spent of a plan is no plan.
    """
    names = (fold(column.name.th), fold(column.name.en))
    return any(name.startswith(word) or name.endswith(word) for name in names)
