"""The rows of a sheet as texts: each folded for comparison, and the labels a form repeats."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import Final

from core.forms.cells.workbook import Cell, Place, Sheet
from core.forms.model.form import AssessmentForm
from core.forms.model.titles import bare, stripped
from core.forms.model.values import read_number
from core.text import fold

_ROWS: Final = 2_000
"""Rows read at most: a printed form has some hundred."""
_LONGEST: Final = 400
_LONGEST_LABEL: Final = 40


class SheetRows:
    """Texts and labels of one sheet, without rows of an overview (target beside result)."""

    def __init__(self, form: AssessmentForm, sheet: Sheet) -> None:
        self.form = form
        self.sheet = sheet
        self.cells = dict(islice(sheet.rows.items(), _ROWS))
        self.last_row = max(self.cells, default=0)
        self.lines = sorted({place.row for place in sheet.cells})[:_ROWS]
        """Rows with anything in them, even a coloured cell only."""
        self.texts: dict[int, dict[int, str]] = {
            row: {
                column: fold(cell.value[:_LONGEST])
                for column, cell in cells.items()
                if isinstance(cell.value, str)
            }
            for row, cells in self.cells.items()
        }
        self.percent_rows = self._labelled(form.percent_row)
        self.sum_rows = self._labelled(form.sum_row)
        for row in self._overview():
            del self.texts[row]

    def _labelled(self, words: Iterable[str]) -> dict[int, int]:
        """Row -> column of a cell that has one of the labels."""
        labels = tuple(map(fold, words))
        shown = re.compile("|".join(map(re.escape, labels)))
        return {
            row: column
            for row, texts in self.texts.items()
            for column, text in texts.items()
            if shown.search(text) and any(_is_label(text, label) for label in labels)
        }

    def _overview(self) -> Iterator[int]:
        """Rows of the tables behind the form's radars, which repeat titles of items."""
        target, assessed = fold(self.form.target_column.th), fold(self.form.assessed_column.th)
        column = 0
        for row, texts in list(self.texts.items()):
            if target in texts.values() and assessed in texts.values():
                column = next(c for c, text in texts.items() if text == target)
            elif column and number(self.at(row, column)) is None:
                column = 0
            if column:
                yield row

    @cached_property
    def titles(self) -> dict[str, list[Place]]:
        """Text without its number, and also without its vowels -> its places."""
        places: dict[str, list[Place]] = {}
        for row, texts in self.texts.items():
            for column, text in texts.items():
                title = stripped(text)
                for key in {title, bare(title)}:
                    places.setdefault(key, []).append(Place(row, column))
        return places

    def words(self, row: int, title_column: int, *without: int) -> tuple[str, ...]:
        """A row's texts without their numbers, the one in the title's column first."""
        texts = self.texts.get(row, {})
        if len(texts) == 1:
            return tuple(stripped(text) for column, text in texts.items() if column not in without)
        order = sorted(texts, key=lambda column: (column != title_column, column))
        return tuple(stripped(texts[column]) for column in order if column not in without)

    def at(self, row: int, column: int) -> Cell:
        return self.sheet.at(Place(row, column))

    def top_left(self, row: int, column: int) -> Place:
        return self.sheet.top_left(Place(row, column))


def _is_label(text: str, label: str) -> bool:
    return label in text and (len(text) < _LONGEST_LABEL or text.endswith(label))


def number(cell: Cell) -> float | None:
    """The number in a cell, typed as a number or as text; None for anything else."""
    if cell.is_error or cell.value is None or isinstance(cell.value, bool):
        return None
    if isinstance(cell.value, float):
        return cell.value
    if len(cell.value) > _LONGEST_LABEL:
        return None
    read = read_number(cell).number
    return None if read != read else read  # noqa: PLR0124 (NaN alone differs from itself)


def item_number(cell: Cell) -> str:
    """The number of an item as printed, `1`; empty when there is none."""
    if isinstance(cell.value, float):
        return str(int(cell.value)) if cell.value.is_integer() else str(cell.value)
    return fold(cell.value[:_LONGEST_LABEL]).strip(".()") if isinstance(cell.value, str) else ""
