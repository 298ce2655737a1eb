"""What stands around a header row and says more of its columns: above, below, in lines of words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import Final

from core.forms.cells.workbook import Cell, Place, Sheet
from core.forms.table.heads.qualifiers import NONE, Qualifier, Unit, qualifier
from core.forms.table.heads.units import is_unclear_unit, unit_of_line
from core.forms.table.moments import moment_in

_ABOVE: Final = 3
"""Rows above the titles in which a group of columns may have its own."""
_BELOW: Final = 2
"""Rows below the titles that may divide them further."""
_LINES: Final = 30
"""Rows above the titles, and remarks below the table, in which a unit for all is looked for."""
_LINE_CELLS: Final = 3
"""Cells with which a row above the titles is still a line of words."""
LINE_CELLS: Final = 4
"""Cells with which a row may say something of all rows, two names each with what it is."""
_NUMBER: Final = re.compile(r"[(\[]?([0-9]{1,2})[.)\]]?(?:\s*=.*)?$")
_LETTER: Final = re.compile(r"[(\[]?([A-Za-z\u0e01-\u0e2e])[.)\]]?$")
_FEWEST_NUMBERED: Final = 3
_REMARK_CELLS: Final = 2
"""Cells with which a row is still a remark."""


@dataclass
class Surroundings:
    """What is said around a header row.

    `last` is the last row that belongs to the titles; `unit` that of all amounts, the cell that
    says so and its words; `unclear` are lines that may name a unit, which was not understood.
    """

    sheet: Sheet
    row: int
    last: int = 0
    unit: tuple[Unit, Place, str] | None = None
    unclear: list[tuple[Place, str]] = field(default_factory=list)
    _above: list[Mapping[int, Qualifier]] = field(default_factory=list)
    _below: list[Mapping[int, Qualifier]] = field(default_factory=list)

    @classmethod
    def of(cls, sheet: Sheet, row: int, keys: frozenset[int], is_turned: bool) -> "Surroundings":
        """What stands around a row; `keys` are the columns that name rows. Turned: nothing."""
        around = cls(sheet, row, row)
        if not is_turned:
            around._read_below(keys)
            around._read_above(keys)
            around.unit = around._unit_of_all()
        return around

    def above(self, column: int) -> Qualifier:
        """What the cells above a title say of it."""
        extra = NONE
        for row in self._above:
            extra = extra.joined(_reaching(row, column))
        return extra

    def spread(self, column: int) -> Iterator[tuple[int, Qualifier]]:
        """The columns that a title stands over, each with what is said of it below the title."""
        span = range(column, self._end_of(column) + 1)
        divided = [place for place in span if any(place in row for row in self._below)]
        if len(span) == 1 or not divided:
            yield column, self._below_of(column)
            yield from ((place, NONE) for place in span[1:] if self._has_numbers(place))
            return
        yield from ((place, self._below_of(place)) for place in dict.fromkeys((column, *divided)))

    def _below_of(self, column: int) -> Qualifier:
        extra = NONE
        for row in self._below:
            extra = extra.joined(row.get(column, NONE))
        return extra

    def _end_of(self, column: int) -> int:
        """The last column a title stands over: of its merged cells, or up to the next title."""
        place = Place(self.row, column)
        merged = [m for m in self.sheet.merges if m.first == place]
        if merged:
            return merged[0].last.column
        titles = self.sheet.rows[self.row]
        behind = [c for c in titles if c > column]
        below = {place for row in self._below for place in row}
        end = column
        while end + 1 in below and end + 1 not in titles and (not behind or end + 1 < behind[0]):
            end += 1
        return end

    def _has_numbers(self, column: int) -> bool:
        below = islice((cells for r, cells in self.sheet.rows.items() if r > self.row), _LINES)
        return any(isinstance(c[column].value, float) for c in below if column in c)

    def _read_below(self, keys: frozenset[int]) -> None:
        """Rows right below the titles that hold nothing but qualifiers."""
        for row in range(self.row + 1, self.row + 1 + _BELOW):
            cells = self.sheet.rows.get(row)
            if cells is None:
                continue
            if is_numbering(cells):
                self.last = row
                continue
            extras = _extras(cells)
            if extras is None or keys & extras.keys():
                return
            self._below.append(extras)
            self.last = row

    def _read_above(self, keys: frozenset[int]) -> None:
        """Rows above the titles, the nearest last."""
        first = next((c for c in self.sheet.rows.get(self.row, {}) if c not in keys), 0)
        above = [r for r in self.sheet.rows if r < self.row]
        for row in above[-_ABOVE:]:
            extras = self._groups(row, first)
            years = {q.year for q in extras.values() if q.year}
            units = {q.unit for q in extras.values() if q.unit}
            for column, extra in extras.items():
                # One year or unit in a row is that of the whole sheet.
                if (len(years) == 1 and extra.year) or (len(units) == 1 and extra.unit):
                    extras[column] = Qualifier(extra.kinds, text=extra.text)
            self._above.append(extras)

    def _groups(self, row: int, first: int) -> dict[int, Qualifier]:
        """What the cells of a row above say, each column it reaches; other words end its reach.

        A month by itself, or before the first column of figures, is that of the table.
        """
        extras: dict[int, Qualifier] = {}
        for column, cell in self.sheet.rows[row].items():
            text = cell.value if isinstance(cell.value, str) else ""
            is_line = column < first or len(self.sheet.rows[row]) == 1
            is_of_all = is_line and moment_in(text) is not None
            extra = (qualifier(text) if text and not is_of_all else None) or NONE
            extras[column] = extra
            end = max(
                (m.last.column for m in self.sheet.merges if m.first == (row, column)), default=0
            )
            if end:
                extras.setdefault(end + 1, NONE)
        return extras

    def _unit_of_all(self) -> tuple[Unit, Place, str] | None:
        """The unit that a line above the table, or a remark below it, gives for all amounts."""
        for place, text in self._lines():
            unit = unit_of_line(text)
            if unit and self._is_between(place.row):
                # It is of the rows below it, or of a table there; those above it are in doubt.
                self.unclear += [(place, text)] * (unit.factor != 1)
            elif unit:
                return unit, place, text
            elif is_unclear_unit(text):
                self.unclear.append((place, text))
        return None

    def _is_between(self, row: int) -> bool:
        """Whether a remark stands among the rows, or right above the titles of another table."""
        if row <= self.last:
            return False
        below = (r for r, cells in self.sheet.rows.items() if r > row and not _is_remark(cells))
        following = next(below, None)
        if following is None:
            return False
        cells = self.sheet.rows[following].values()
        has_figures = sum(isinstance(cell.value, float) for cell in cells) >= _REMARK_CELLS
        return has_figures or following == row + 1

    def titles(self) -> Iterator[tuple[Place, str]]:
        """Lines of words right above the titles, the nearest first, and the name of the sheet.

        Rows of figures end them: what stands higher belongs to another table.
        """
        yield Place(self.row, 1), self.sheet.name
        for row in reversed([r for r in self.sheet.rows if r < self.row][-_LINES:]):
            cells = self.sheet.rows[row]
            if len(cells) <= _REMARK_CELLS:
                texts = [_shown(cell) for cell in cells.values()]
                yield Place(row, min(cells)), " ".join(texts).strip()
            elif any(isinstance(cell.value, float) for cell in cells.values()):
                return

    def lines_above(self) -> Iterator[tuple[Place, str]]:
        """The name of the sheet, and each row of words above the titles as one line."""
        yield Place(self.row, 1), self.sheet.name
        for row in reversed([r for r in self.sheet.rows if r < self.row][-_LINES:]):
            cells = self.sheet.rows[row]
            if len(cells) <= LINE_CELLS:
                yield Place(row, min(cells)), " ".join(map(_shown, cells.values())).strip()

    def _lines(self) -> Iterator[tuple[Place, str]]:
        """Texts above the table, the nearest first, remarks below it, the name of the sheet."""
        above = [r for r in self.sheet.rows if r < self.row and not self._is_table(r)][-_LINES:]
        after = (r for r, cells in self.sheet.rows.items() if r > self.last and _is_remark(cells))
        for row in (*reversed(above), *islice(after, _LINES)):
            for column, cell in self.sheet.rows[row].items():
                if isinstance(cell.value, str):
                    yield Place(row, column), cell.value.strip()
        yield Place(self.row, 1), self.sheet.name

    def _is_table(self, row: int) -> bool:
        """Whether a row is as full as the titles: then it belongs to a table above this one."""
        return len(self.sheet.rows[row]) > max(_LINE_CELLS, len(self.sheet.rows[self.row]) / 2)


def _extras(cells: Mapping[int, Cell]) -> dict[int, Qualifier] | None:
    """The qualifiers of a row that holds nothing else; None when it does."""
    extras: dict[int, Qualifier] = {}
    for column, cell in cells.items():
        extra = qualifier(cell.value) if isinstance(cell.value, str) else None
        if extra is None:
            return None
        extras[column] = extra
    return extras


def is_numbering(cells: Mapping[int, Cell]) -> bool:
    """Whether a row only numbers the columns, (1) (2) (3), or says how one follows from others."""
    texts = [_shown(cell) for cell in cells.values()]
    letters = [mark[1] for text in texts if (mark := _LETTER.match(text))]
    numbers = [int(mark[1]) for text in texts if (mark := _NUMBER.match(text))]
    rising = all(first < second for first, second in pairwise(numbers))
    is_all = len(texts) in (len(numbers), len({*letters}))
    return len(texts) >= _FEWEST_NUMBERED and is_all and rising


def _reaching(row: Mapping[int, Qualifier], column: int) -> Qualifier:
    """What the nearest cell to the left in a row says."""
    before = [place for place in row if place <= column]
    return row[max(before)] if before else NONE


def _shown(cell: Cell) -> str:
    return f"{cell.value:g}" if isinstance(cell.value, float) else str(cell.value)


def _is_remark(cells: Mapping[int, Cell]) -> bool:
    return len(cells) <= _REMARK_CELLS and all(isinstance(c.value, str) for c in cells.values())
