"""Reads the rows under a header one at a time; what says nothing of its own is left out."""

import math
import re
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from core.forms.cells.workbook import Cell, Place
from core.forms.model.form import FIGURES, Column, TableForm
from core.forms.model.issues import CellIssue
from core.forms.model.values import Said, plain, said
from core.forms.table.answers import answer_of, choice_of, flag_of, text_of
from core.forms.table.header import Header
from core.forms.table.issue_list import Telling
from core.forms.table.keys import begins_total, is_aside, is_blank, shown
from core.forms.table.lines import Figure, Line, figures, figures_of
from core.forms.table.row_keys import Register, RowKeys
from core.forms.table.titles import titles_of
from core.scoring.base.states import State
from core.text import Text, fold

_NO_NUMBERS: Final = ("W103", "W328")
_PLAIN: Final = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,10})?")
_SHOWN: Final = 60
_ENOUGH_WORDS: Final = 2
"""Cells of words from which a row of words without a code is one, and no remark."""


class Heard(NamedTuple):
    """What a cell of figures says: its column of the sheet, its column of the table."""

    said: Said
    place: int
    column: Column


@dataclass
class RowReader:
    """Reads rows under one header; problems are told to `told`."""

    form: TableForm
    header: Header
    told: Telling
    known: Register | None = None
    _unfilled: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        table, there = self.header.table, self.header.columns
        self._keys = RowKeys(self.header, self.told, self.known)
        self._titles = titles_of(table)
        self._width = len(figures(self.form))
        self._figures = figures_of(self.form, table)
        self._kinds = {kind: frozenset({(table.id, kind)}) for kind in table.kinds}
        own = [column for column in table.columns if column.measure in there]
        self._present = tuple((there[c.measure], c) for c in own if c.type in FIGURES)
        words = ("text", "flag", "choice")
        self._wordy = tuple(c for c in own if c.type in words and c.measure != table.pivot)
        self._has_words_only = self.form.holds == "register"

    def line(self, row: int) -> Line | None:
        """The row as a line; None for blank rows, totals, remarks and repeated headers."""
        filled = [heard for heard in self._heard(row) if heard.said.state != State.NOT_REPORTED]
        words = self._words_in(row) if self._has_words_only else 0
        if not filled and not words and not self._keys.has_subject(row):
            return None
        if not self._keys.names_subject(row) and self._is_no_row(row, filled, words):
            return None
        if not filled and not words:
            self._unfilled.append(row)
            return None
        kind = self._kind(row)
        return None if kind is None else self._read(row, filled, kind)

    def stop(self, row: int, read: int) -> None:
        """Tell that the table was read down to this row only."""
        self._keys.tell("W326", row, "hcode", str(read))

    def close(self) -> None:
        """Tell of rows that name a subject but hold no figure, once for all of them."""
        if self._unfilled:
            self._keys.tell("W317", self._unfilled[0], "hcode", str(len(self._unfilled)))

    def _heard(self, row: int) -> list[Heard]:
        """What the cells of figures say; a formula never calculated says that."""
        cells = self.header.sheet.cells
        return [
            Heard(_heard(cell, column), place, column)
            for place, column in self._present
            if (cell := cells.get(Place(row, place))) is not None
        ]

    def _words_in(self, row: int) -> int:
        return sum(not is_blank(self._keys.cell(row, column.measure)) for column in self._wordy)

    def _is_no_row(self, row: int, filled: list[Heard], words: int) -> bool:
        """Whether a row without a code is a total, a remark or a header printed again."""
        cells = self.header.sheet.rows[row].values()
        texts = [cell.value for cell in cells if isinstance(cell.value, str)]
        if self.header.is_turned and any(map(is_aside, texts)):
            return True
        if begins_total(map(fold, texts)):
            self._keys.tell("W316", row, "hcode", texts[0].strip()[:_SHOWN])
            return True
        if sum(self._titles.measure(text) is not None for text in texts) > 1:
            return True
        if words >= _ENOUGH_WORDS or any(h.said.code not in _NO_NUMBERS for h in filled):
            return False
        self._keys.tell("W322", row, "hcode", texts[0].strip()[:_SHOWN] if texts else "")
        return True

    def _kind(self, row: int) -> str | None:
        """Of what the row's figures are; None when it names nothing we know."""
        table = self.header.table
        column = table.column(table.pivot) if table.pivot else None
        if column is None:
            return table.kinds[0]
        cell = self._keys.cell(row, column.measure)
        found = choice_of(cell, column)
        if found.code:
            self._keys.tell(found.code, row, column.measure, shown(cell), found.expected)
        return found.value

    def _read(self, row: int, filled: list[Heard], kind: str) -> Line:
        values = [math.nan] * self._width
        states = [int(State.NOT_REPORTED)] * self._width
        known = self._figures[kind]
        for heard in filled:
            figure = known[heard.column.measure]
            read = self._figure(heard.said, row, heard.place, figure)
            values[figure.place], states[figure.place] = read
        subject = self._keys.subject(row)
        period, is_whole = self._keys.period(row)
        placed = subject is not None and is_whole
        line = Line(self.header, row, subject, period, placed, values, states, self._kinds[kind])
        if kind:
            at = {known[c.measure].measure: self.header.spot(row, p) for p, c in self._present}
            line.moved.update(at)
        self._words(line)
        return line

    def _figure(self, found: Said, row: int, place: int, figure: Figure) -> tuple[float, int]:
        if found.code:
            self._at(found.code, row, place, found.shown, figure.expected)
        if found.state != State.REPORTED:
            return math.nan, found.state
        number = found.number
        if not figure.lowest <= number <= figure.highest:  # NaN lies nowhere
            self._at("W312", row, place, plain(number), figure.expected)
            return math.nan, State.ERROR
        if figure.is_percent and 0 < number < 1:
            self._at("W109", row, place, plain(number), plain(round(number * 100, 8)))
        return number, State.REPORTED

    def _words(self, line: Line) -> None:
        for column in self._wordy:
            cell = self._keys.cell(line.row, column.measure)
            if column.type == "text":
                if text := text_of(cell):
                    line.texts[column.measure] = text
            elif not is_blank(cell):
                self._word(line, column, cell)

    def _word(self, line: Line, column: Column, cell: Cell) -> None:
        """A yes or no, or one of several things."""
        found = flag_of(cell) if column.type == "flag" else choice_of(cell, column)
        if found.code:
            self._keys.tell(found.code, line.row, column.measure, shown(cell), found.expected)
        elif isinstance(found.value, bool):
            line.flags[column.measure] = found.value
        elif found.value:
            line.texts[column.measure] = found.value

    def _at(self, code: str, row: int, column: int, found: str, expected: str | Text) -> None:
        spot = self.header.spot(row, column)
        self.told.add(CellIssue(code, spot.sheet, spot.place.name, found, expected))


def _heard(cell: Cell, column: Column) -> Said:
    """What a cell of figures says; plain ones, nearly all there are, are read without detours."""
    if column.type == "answer":
        return answer_of(cell)
    value = cell.value
    if not (cell.is_percent or cell.is_date or cell.is_error):
        if isinstance(value, float) and math.isfinite(value):
            return Said(value, State.REPORTED)
        if isinstance(value, str) and _PLAIN.fullmatch(value):
            return Said(float(value), State.REPORTED)
    return said(cell)
