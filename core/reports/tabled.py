"""The figure of a slide as a table: its values in words, or as numbers for a spreadsheet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Final

from core.figures.printed.land import PrintedPlace, shown_on
from core.figures.printed.style import tone_of
from core.reports.breadths import breadths
from core.reports.headings import NOBODY
from core.reports.slide import (
    AreaMap,
    Bar,
    Bars,
    Figure,
    Limit,
    MapArea,
    Matrix,
    Radar,
    Series,
    Trend,
)
from core.text import Language, Text, on_one_line, say

_MOST_COLUMNS: Final = 7
"""Columns beside the names that stand side by side on A4."""
_FOLDED: Final = 12
"""Rows from which on a narrow table stands in two halves side by side."""
_PALE: Final = 0.24
_MARKS: Final = {"pass": "\u2713", "watch": "!", "fail": "\u2715", "none": "\u2013"}


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell: its words, its mark, its tone, empty where it is not judged, and a pale colour.

    `value` is its number for a spreadsheet, None where it has none.
    """

    text: str
    mark: str = ""
    tone: str = ""
    tint: str = "FFFFFF"
    value: float | None = None


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: what it is of, and its cells."""

    name: str
    cells: tuple[TableCell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A figure as a table; `corner` stands above the names.

    `repeats`: wanted also where the figure is drawn, which does not write every value.
    """

    title: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    repeats: bool = True
    folds: bool = True

    @property
    def breadths(self) -> tuple[float, ...]:
        """The share of each column in the breadth of the table, in percent."""
        head = (self.corner, *self.columns)
        rows = [(row.name, *(f"{one.mark} {one.text}" for one in row.cells)) for row in self.rows]
        return breadths([head, *rows])

    def on_paper(self) -> tuple["Table", ...]:
        """The table so that A4 has room for it: many columns below one another, few folded."""
        if len(self.columns) > _MOST_COLUMNS:
            parts = ceil(len(self.columns) / _MOST_COLUMNS)
            size = ceil(len(self.columns) / parts)
            begins = range(0, len(self.columns), size)
            return tuple(self._columns(begin, begin + size) for begin in begins)
        is_narrow = self.folds and 2 * len(self.columns) + 1 <= _MOST_COLUMNS
        return (self._folded(),) if is_narrow and len(self.rows) > _FOLDED else (self,)

    def _columns(self, begin: int, end: int) -> "Table":
        rows = tuple(TableRow(row.name, row.cells[begin:end]) for row in self.rows)
        return replace(self, columns=self.columns[begin:end], rows=rows)

    def _folded(self) -> "Table":
        half = ceil(len(self.rows) / 2)
        empty = TableRow("", tuple(TableCell("") for _ in self.columns))
        right = [*self.rows[half:], *[empty] * (2 * half - len(self.rows))]
        rows = tuple(
            TableRow(one.name, (*one.cells, TableCell(other.name), *other.cells))
            for one, other in zip(self.rows[:half], right, strict=True)
        )
        return replace(self, columns=(*self.columns, self.corner, *self.columns), rows=rows)


def mark_of(tone: str) -> str:
    """The sign of a tone; a crisis level's is its digit."""
    return _MARKS.get(tone, tone)


def tint_of(tone: str) -> str:
    """The colour of a tone as RRGGBB, so pale that black stands on it legibly."""
    fill = tone_of(tone).fill
    parts = (int(fill[at : at + 2], 16) for at in (1, 3, 5))
    return "".join(f"{round(255 - (255 - part) * _PALE):02X}" for part in parts)


def tone_text(tone: str) -> Text:
    """A tone in words."""
    words = {
        "pass": say("Pass"),
        "watch": say("Watch"),
        "fail": say("Fail"),
        "none": say("No data"),
    }
    return words.get(tone) or say("Level {level}", level=tone)


def table_of(figure: Figure, language: Language) -> Table:
    """A figure as a table in a language, every value in words."""
    write = _Tables(language)
    match figure:
        case Bars():
            return write.bars(figure)
        case Trend():
            return write.series(figure.title, figure.unit, say("Month"), figure.periods, figure)
        case Radar():
            return write.series(figure.title, None, say("Aspect"), figure.spokes, figure)
        case Matrix():
            return write.matrix(figure)
        case AreaMap():
            return write.areas(figure)


@dataclass(frozen=True, slots=True)
class _Tables:
    """Tables in one language."""

    language: Language

    def text(self, text: Text) -> str:
        return on_one_line(text.in_(self.language))

    def titled(self, title: Text, unit: Text | None) -> str:
        name, measure = self.text(title), self.text(unit) if unit else ""
        return f"{name} ({measure})" if measure else name

    def cell(self, shown: Text, value: float | None = None) -> TableCell:
        return TableCell(self.text(shown), value=value)

    def judged(self, shown: Text, tone: str, mark: str = "") -> TableCell:
        sign = on_one_line(mark) or mark_of(tone)
        words = self.text(shown)
        # Words that say a level have its sign.
        return TableCell(words, "" if sign in words else sign, tone, tint_of(tone))

    def bars(self, figure: Bars) -> Table:
        rows = [self._bar(bar) for bar in figure.bars] + [self._limit(x) for x in figure.limits]
        columns = self.text(say("Figure")), self.text(say("Outcome"))
        title = self.titled(figure.title, figure.unit)
        return Table(title, self.text(say("Name")), columns, tuple(rows), False)

    def _bar(self, bar: Bar) -> TableRow:
        cells = self.cell(bar.shown, bar.value), self.judged(tone_text(bar.tone), bar.tone)
        return TableRow(self.text(bar.name), cells)

    def _limit(self, limit: Limit) -> TableRow:
        return TableRow(
            self.text(limit.name), (TableCell(f"{limit.value:,.6g}", value=limit.value),
                                    TableCell(NOBODY))
        )  # fmt: skip

    def series(
        self, title: Text, unit: Text | None, corner: Text, names: Sequence[Text],
        figure: Trend | Radar,
    ) -> Table:  # fmt: skip
        """Periods or spokes as rows, a column for each series."""
        columns = tuple(self.text(one.name) for one in figure.series)
        rows = tuple(
            TableRow(self.text(name), tuple(self._at(one, place) for one in figure.series))
            for place, name in enumerate(names)
        )
        return Table(self.titled(title, unit), self.text(corner), columns, rows)

    def _at(self, series: Series, place: int) -> TableCell:
        return self.cell(series.shown[place], series.values[place])

    def matrix(self, figure: Matrix) -> Table:
        rows = tuple(
            TableRow(
                self.text(name),
                tuple(self.judged(one.shown, one.tone, one.mark) for one in cells),
            )
            for name, cells in figure.rows
        )
        columns = tuple(map(self.text, figure.columns))
        return Table(self.text(figure.title), self.text(figure.corner), columns, rows, folds=False)

    def areas(self, figure: AreaMap) -> Table:
        places = printed_places(figure, self.language)
        on_map = shown_on(figure.focus, places)
        rows = tuple(
            TableRow(f"{at + 1}" if at in on_map else NOBODY, self._area(area))
            for at, area in enumerate(figure.areas)
        )
        columns = self.text(say("Name")), self.text(say("Outcome"))
        return Table(self.text(figure.title), self.text(say("No.")), columns, rows)

    def _area(self, area: MapArea) -> tuple[TableCell, ...]:
        return TableCell(self.text(area.name)), self.judged(area.shown, area.tone)


def printed_places(figure: AreaMap, language: Language) -> tuple[PrintedPlace, ...]:
    """The areas of a map as they are drawn."""
    return tuple(
        PrintedPlace(
            area.code, on_one_line(area.name.in_(language)), on_one_line(area.shown.in_(language)),
            area.tone, area.position,
        )
        for area in figure.areas
    )  # fmt: skip
