"""What the demonstration's tables say, as the store keeps it: what reading the files would give.

Tens of thousands of rows are not read back from the files they were just written into; a test
holds both ways together.
"""

import math
from functools import cached_property
from typing import Final, NamedTuple

from core.demo.files.csv_files import DemoFile
from core.demo.files.sheets import FileRow, Sheet
from core.demo.files.writing import yes_or_no
from core.forms.cells.delimited import SHEET_NAME
from core.scoring.base.states import State
from core.store.uploads.observations import NewSubmission, Observed

_STATES: Final = tuple(State)
_NOTHING: Final = int(State.NOT_REPORTED)


class _Said(NamedTuple):
    """A measure of every subject's period, in turn, as it is read: values, states, texts."""

    measure: str
    values: list[float]
    states: list[int]
    texts: list[str | None]


class Submissions:
    """Makes the submissions of the files of one sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def of(self, file: DemoFile) -> tuple[NewSubmission, ...]:
        """What a file says of each subject and period in it."""
        return tuple(self._submission(row) for row in file.rows)

    def _submission(self, row: FileRow) -> NewSubmission:
        told = self._sheet.told
        place = row.subject * len(told.periods) + row.period
        observed = [
            Observed(
                said.measure, said.values[place], _STATES[said.states[place]], SHEET_NAME, cell,
                said.texts[place] if said.texts else None,
            )
            for said, cell in zip(self._said, self._sheet.cells(row), strict=True)
            if said.states[place] != _NOTHING
        ]  # fmt: skip
        return NewSubmission(told.subjects[row.subject].code, told.periods[row.period], observed)

    @cached_property
    def _said(self) -> tuple[_Said, ...]:
        """All that is told, in the order of the sheet's spots."""
        types = {column.measure: column.type for column in self._sheet.columns}
        return tuple(
            self._words(spot.measure, is_flag=types[spot.measure] == "flag")
            if spot.measure in self._sheet.told.words
            else self._figures(spot.measure)
            for spot in self._sheet.spots
        )

    def _figures(self, measure: str) -> _Said:
        column = self._sheet.told.columns[measure]
        return _Said(measure, column.values.ravel().tolist(), column.states.ravel().tolist(), [])

    def _words(self, measure: str, *, is_flag: bool) -> _Said:
        texts = [text for row in self._sheet.told.words[measure] for text in row]
        states = [int(State.REPORTED) if text else _NOTHING for text in texts]
        if is_flag:
            return _Said(
                measure, [float(text == yes_or_no(yes=True)) for text in texts], states, []
            )
        return _Said(measure, [math.nan] * len(texts), states, list(texts))
