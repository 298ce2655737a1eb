"""Verification workbooks computed by LibreOffice, and held against what is stored."""

import io
import math
from collections.abc import Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
from openpyxl.utils import column_index_from_string

from core.reports.verification.model import Verification
from core.reports.verification.rows import CHECK, STATE, STORED, STORED_STATE
from core.reports.verification.workbook import sheets_of
from core.services.verification.draw import drawn
from core.text import Language
from tests.core.forms.office import converted

WORDS: Mapping[Language, tuple[str, str]] = {
    "en": ("Equal", "Differs"),
    "th": ("ตรงกัน", "ต่างกัน"),
}
NEAR = 1e-9


class Compared(NamedTuple):
    """What a workbook says of its rows after it was computed anew."""

    equal: int
    wrong: list[str]


def together(made: list[Verification]) -> Verification:
    """Several hospitals in one workbook, for opening one takes longer than computing it."""
    return replace(made[0], scopes=tuple(chain.from_iterable(one.scopes for one in made)))


def written(made: Verification, language: Language = "en") -> bytes:
    return drawn(sheets_of(made, language), "footer", *WORDS[language])


def compared(files: Mapping[str, bytes], folder: Path) -> dict[str, Compared]:
    """Every workbook computed by LibreOffice, its live cells held against the stored ones."""
    return {name: _compared(data) for name, data in converted(files, folder).items()}


def _compared(data: bytes) -> Compared:
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    wrong = [
        f"{sheet.title} {cell.coordinate}: {cell.value}"
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith(("#", "Err:"))
    ]
    scores, equal = book.worksheets[1], 0
    words = {word: word in {pair[0] for pair in WORDS.values()} for word in chain(*WORDS.values())}
    for row in scores.iter_rows():
        said = _at(row, CHECK)
        if said in words:
            differing = [pair for pair in _pairs(row) if not _same(*pair)]
            if differing or not words[said]:
                wrong.append(f"row {row[0].row} {row[0].value}: {said} {differing}")
            equal += words[said]
    return Compared(equal, wrong)


def _pairs(row: Any) -> list[tuple[Any, Any]]:
    pairs = [(_at(row, live), _at(row, kept)) for live, kept in STORED.items()]
    state = _at(row, STORED_STATE)
    return [*pairs, (_at(row, STATE), state)] if state is not None else pairs


def _at(row: Any, column: str) -> Any:
    value = row[column_index_from_string(column) - 1].value
    return None if value == "" else value


def _same(live: Any, kept: Any) -> bool:
    if isinstance(live, int | float) and isinstance(kept, int | float):
        return math.isclose(live, kept, rel_tol=NEAR, abs_tol=NEAR)
    return bool(live == kept)


def values_by_row(data: bytes, column: str) -> dict[str, Any]:
    """What stands in a column of the scores, by the name of the row; of several the last."""
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    rows = book.worksheets[1].iter_rows()
    return {row[0].value: _at(row, column) for row in rows if row[0].value}
