"""What the cells of figures of a row say, in the unit of their measure."""

import math
import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple

from core.criteria.load import DATA_FOLDER, read_model
from core.forms.cells.workbook import Cell, Place
from core.forms.model.form import Column
from core.forms.model.issues import CellIssue
from core.forms.model.values import NumberReading, Words, plain, read_number
from core.forms.table.answers import answer_of
from core.forms.table.heads.head import Header
from core.forms.table.heads.qualifiers import Unit
from core.forms.table.heads.units import unit_in, unit_of_format
from core.forms.table.issue_list import IssueList
from core.forms.table.keys import shown
from core.forms.table.number_text import has_decimals, is_dotted, without_unit
from core.forms.table.words import folded_words
from core.scoring.base.states import State
from core.text import fold, say

_PLAIN: Final = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,10})?")
_SEVERAL: Final = re.compile(r"\d[^\S\d]+[\d.,(+-]|\d\s*[\r\n]\s*\S")
_SHORTENED: Final = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?[eE][+-]?[0-9]+")
_PERCENT: Final = "percent"
_NO_NUMBER: Final = "W103"
_DECIMALS: Final = 6
"""Decimals that a figure keeps when it is turned into baht: more are noise of its binary form."""


class Amount(NamedTuple):
    """What a cell of figures says: its column of the sheet, its column of the table."""

    read: NumberReading
    place: int
    column: Column


class Amounts:
    """Reads the cells of figures of rows under one header."""

    def __init__(self, header: Header, columns: Sequence[Column], issues: IssueList) -> None:
        self._header, self._issues = header, issues
        self.places = tuple((header.columns[column.measure], column) for column in columns)
        self._units = {column.measure: header.table.unit(column) for column in columns}
        self.unit_column = next(
            (c for c, text in header.unknown.items() if fold(text) in folded_words("unit_title")), 0
        )
        self._latest: tuple[int, list[Amount]] = (0, [])
        self._scaled: set[tuple[int, str]] = set()
        self._decimals: dict[str, bool] = {}

    def of(self, row: int) -> list[Amount]:
        """What the cells of a row say; a formula never calculated says that."""
        if self._latest[0] != row:
            self._latest = row, self._read(row)
        return self._latest[1]

    def _read(self, row: int) -> list[Amount]:
        cells = self._header.sheet.cells
        amounts = [
            Amount(self._amount(cell, column), place, column)
            for place, column in self.places
            if (cell := cells.get(Place(row, place))) is not None
        ]
        unit = self._unit_of_row(row) if amounts else None
        return [self._in_baht(amount, row, unit) for amount in amounts]

    def _amount(self, cell: Cell, column: Column) -> NumberReading:
        """What a cell says; plain ones, nearly all there are, are read without detours."""
        if column.type == "answer":
            return answer_of(cell)
        value = cell.value
        if not (cell.is_percent or cell.is_date or cell.is_error):
            if isinstance(value, float) and math.isfinite(value):
                return NumberReading(value, State.REPORTED)
            if isinstance(value, str) and value[-4:-3] != "." and _PLAIN.fullmatch(value):
                return NumberReading(float(value), State.REPORTED)
        if isinstance(value, str) and (code := self._fault_of(value, column)):
            return NumberReading(math.nan, State.ERROR, shown(cell), code)
        read = self._read_number(cell, column)
        is_percent = cell.is_percent or (isinstance(value, str) and _is_percent(value))
        if read.state == State.REPORTED and is_percent and not self._takes_percent(column):
            return NumberReading(math.nan, State.ERROR, _as_seen(cell), "W358")
        return read

    def _fault_of(self, value: str, column: Column) -> str:
        """The message of a text that looks like a number and cannot be relied on; "" for none."""
        text = value.strip()
        if self._is_dotted(text, column):
            return "W399"
        if _SEVERAL.search(text):
            return "W357"
        return "W370" if _SHORTENED.fullmatch(text) else ""

    def _read_number(self, cell: Cell, column: Column) -> NumberReading:
        """A number, also with the unit of its column before or behind it."""
        read = read_number(cell)
        if read.code != _NO_NUMBER or not isinstance(cell.value, str):
            return read
        bare = without_unit(cell.value, self._units[column.measure])
        if column.measure in self._header.scales or bare == fold(cell.value):
            return read  # of another unit than its title says: not to be guessed
        again = read_number(cell._replace(value=bare))
        return again if again.state == State.REPORTED else read

    def _is_dotted(self, text: str, column: Column) -> bool:
        """Whether nobody can tell if the dots of a number part its thousands or its decimals."""
        if column.is_ratio or not is_dotted(text, self._units[column.measure]):
            return False
        return not self._has_decimals(column.measure)

    def _has_decimals(self, measure: str) -> bool:
        """Whether other cells of a column show that its dots are decimal points."""
        if measure not in self._decimals:
            unit = self._units[measure]
            cells = (self._header.cell(row, measure).value for row in self._header.rows)
            texts = (value for value in cells if isinstance(value, str))
            self._decimals[measure] = any(has_decimals(text, unit) for text in texts)
        return self._decimals[measure]

    def _takes_percent(self, column: Column) -> bool:
        unit = self._units[column.measure]
        return unit == _PERCENT or (unit == "points" and column.valid_range[1] == 100)

    def _unit_of_row(self, row: int) -> tuple[Unit, int] | None:
        """The unit that a cell of the row itself gives for its amounts."""
        cells = self._header.sheet.rows.get(row, {})
        others = (c for c in cells if c in self._header.unknown or c > self._header.last_column)
        for column in others:
            value = cells[column].value
            if isinstance(value, str) and (unit := unit_in(value)):
                return unit, column
        return None

    def _in_baht(self, amount: Amount, row: int, of_row: tuple[Unit, int] | None) -> Amount:
        """A figure in the unit of its measure, where the sheet shows it in thousands or millions.

        The cell's own format outranks the row, the row the title, the title the line above.
        """
        measure = amount.column.measure
        if amount.read.state != State.REPORTED:
            return amount
        if self._units[measure] != "baht" and measure not in self._header.scales:
            return amount
        cell = self._header.sheet.cells[Place(row, amount.place)]
        own = unit_of_format(cell.format.literal) if cell.format.literal else None
        scale = self._header.scales.get(measure)
        if own:
            factor, words = own.factor, cell.format.literal
        elif of_row and self._units[measure] == "baht":
            factor, words = of_row[0].factor, str(self._header.sheet.rows[row][of_row[1]].value)
        elif scale:
            factor, words = scale.factor, scale.words
        else:
            return amount
        shown_in = Decimal(str(cell.format.scale)) if isinstance(cell.value, float) else 1
        number = Decimal(repr(amount.read.number)) / shown_in * factor
        if factor != shown_in:
            self._note(measure, factor, words, row, amount.place)
        return amount._replace(read=amount.read._replace(number=round(float(number), _DECIMALS)))

    def _note(self, measure: str, factor: int, words: str, row: int, place: int) -> None:
        """Say once of every unit that its figures were multiplied, and by what."""
        unit = self._units[measure]
        if (factor, unit) in self._scaled:
            return
        self._scaled.add((factor, unit))
        spot = self._header.spot(row, place)
        column = self._header.table.column(measure)
        name = say("baht") if unit == "baht" else say("people, cases or whatever it counts")
        params = {"title": column.name if column else measure, "unit": name}
        issue = CellIssue("W344", spot.sheet, spot.place.name, words.strip(), f"{factor:,}", params)
        self._issues.add(issue)


@cache
def _percent_words() -> tuple[str, ...]:
    words = read_model(DATA_FOLDER / "forms" / "_words.yaml", Words)
    return tuple(map(fold, words.percent))


def _is_percent(text: str) -> bool:
    """Whether a text says that it is a percentage."""
    folded = fold(text)
    return folded.startswith(_percent_words()) or folded.endswith(_percent_words())


def _as_seen(cell: Cell) -> str:
    """A percentage as its cell shows it."""
    if isinstance(cell.value, float):
        return f"{plain(round(cell.value * 100, 10))}%"
    return shown(cell)
