"""The submissions of the demonstration's tables: what reading the files would give.

Tens of thousands of rows are not read back from the files they were just written into; a test
holds both ways together.
"""

import math
from functools import cached_property
from typing import Final, NamedTuple

from core.demo.files.csv_files import DemoFile
from core.demo.files.sheets import FileRow, Sheet
from core.demo.files.writing import yes_or_no
from core.forms.cells.text.delimited import SHEET_NAME
from core.scoring.base.states import State
from core.store.uploads.observations import NewSubmission, Observed

_STATES: Final = tuple(State)
_NOTHING: Final = int(State.NOT_REPORTED)


class _Reading(NamedTuple):
    """A measure as it is read, for every subject and period in turn: values, states, texts."""

    measure: str
    values: list[float]
    states: list[int]
    texts: list[str | None]


class Submissions:
    """Makes the submissions of the files of one sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def of(self, file: DemoFile) -> tuple[NewSubmission, ...]:
        """The submission of each subject and period in a file."""
        return tuple(self._submission(row) for row in file.rows)

    def _submission(self, row: FileRow) -> NewSubmission:
        data = self._sheet.data
        place = row.subject * len(data.periods) + row.period
        observed = [
            Observed(
                read.measure, read.values[place], _STATES[read.states[place]], SHEET_NAME, cell,
                read.texts[place] if read.texts else None,
            )
            for read, cell in zip(self._readings, self._sheet.cells(row), strict=True)
            if read.states[place] != _NOTHING
        ]  # fmt: skip
        return NewSubmission(data.subjects[row.subject].code, data.periods[row.period], observed)

    @cached_property
    def _readings(self) -> tuple[_Reading, ...]:
        """Everything that is reported, in the order of the sheet's spots."""
        types = {column.measure: column.type for column in self._sheet.columns}
        return tuple(
            self._words(spot.measure, is_flag=types[spot.measure] == "flag")
            if spot.measure in self._sheet.data.words
            else self._figures(spot.measure)
            for spot in self._sheet.spots
        )

    def _figures(self, measure: str) -> _Reading:
        column = self._sheet.data.columns[measure]
        return _Reading(measure, column.values.ravel().tolist(), column.states.ravel().tolist(), [])

    def _words(self, measure: str, *, is_flag: bool) -> _Reading:
        texts = [text for row in self._sheet.data.words[measure] for text in row]
        states = [int(State.REPORTED) if text else _NOTHING for text in texts]
        if is_flag:
            return _Reading(
                measure, [float(text == yes_or_no(yes=True)) for text in texts], states, []
            )
        return _Reading(measure, [math.nan] * len(texts), states, list(texts))
