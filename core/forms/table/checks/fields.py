"""Rows of a text file with more or fewer fields than titles: their cells may have slipped."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Final

from core.forms.cells.text.delimited import SHEET_NAME
from core.forms.cells.workbook import Cell
from core.forms.model.issues import CellIssue
from core.forms.table.heads.head import Header
from core.forms.table.keys import shown

_HEAD: Final = re.compile(r"-?[0-9]{1,3}")
_GROUP: Final = re.compile(r"[0-9]{3}(?:\.[0-9]+)?")


class Fields:
    """The fields of rows under a header of a text file, held against its titles."""

    def __init__(self, header: Header) -> None:
        self._header, self._lengths = header, header.sheet.lengths
        self._short: list[int] = []
        self._titles = self._lengths.get(header.row, header.last_column)

    @property
    def is_text_file(self) -> bool:
        return bool(self._lengths) or self._header.sheet.name == SHEET_NAME

    def beyond(self, row: int) -> list[int]:
        """The columns without a title that hold figures in a row."""
        cells = self._cells(row)
        return [c for c in cells if c > self._header.last_column and _is_number(cells[c])]

    def slipped(self, row: int, is_misfit: Callable[[int], bool]) -> CellIssue | None:
        """The message of a row that cannot be read because its cells have slipped.

        `is_misfit` tells whether they fit their columns; it is asked only of a row of other width.
        """
        cells = self._cells(row)
        beyond = self.beyond(row)
        is_longer = self._lengths.get(row, 0) > self._titles
        is_wider = is_longer and max(cells) > self._header.last_column
        if beyond or (is_longer and _has_parted_number(cells)):
            column = beyond[0] if beyond else max(cells)
            return self._at("W359", row, column, shown(cells[column]), str(self._titles))
        if (self._is_short(row) or is_wider) and is_misfit(row):
            counts = str(self._lengths[row]), str(self._titles)
            return self._at("W402", row, self._header.first_column, *counts)
        if self._is_short(row):
            self._short.append(row)
        return None

    def issues(self) -> Iterator[CellIssue]:
        """Once how many rows were shorter than the titles and read all the same."""
        if self._short:
            first = self._header.first_column
            yield self._at("W401", self._short[0], first, str(len(self._short)), str(self._titles))

    def _is_short(self, row: int) -> bool:
        """Whether a row ends before the last column that the form reads, or before the others."""
        length = self._lengths.get(row, 0)
        last = max(self._header.columns.values(), default=0)
        return 0 < length < max(last, min(self._titles, self._usual))

    @cached_property
    def _usual(self) -> int:
        """The length that most rows have."""
        lengths = Counter(self._lengths.get(row, 0) for row in self._header.rows)
        return lengths.most_common(1)[0][0] if lengths else 0

    def _cells(self, row: int) -> Mapping[int, Cell]:
        return self._header.sheet.rows[row]

    def _at(self, code: str, row: int, column: int, found: str, expected: str) -> CellIssue:
        spot = self._header.spot(row, column)
        return CellIssue(code, spot.sheet, spot.place.name, found, expected)


def _is_number(cell: Cell) -> bool:
    if isinstance(cell.value, str):
        return any(map(str.isdigit, cell.value))
    return isinstance(cell.value, float)


def _has_parted_number(cells: Mapping[int, Cell]) -> bool:
    """Whether two fields side by side are what a comma makes of a number: `3` and `200,000`."""
    texts = {column: str(cell.value).strip() for column, cell in cells.items()}
    return any(
        _HEAD.fullmatch(text) and _GROUP.fullmatch(texts.get(column + 1, ""))
        for column, text in texts.items()
    )
