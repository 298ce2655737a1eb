"""What the demonstration's tables say, as the store keeps it: what reading the files would give.

Twenty thousand rows are not read back from the files they were just written into; a test holds
both ways together.
"""

import math
from collections.abc import Iterator
from functools import cached_property
from typing import Final

from core.forms.cells import Place
from core.forms.delimited import SHEET_NAME
from core.scoring.states import State
from core.services.demo.files import DemoFile, FileRow
from core.services.demo.reporting import DemoReports
from core.services.finance_table import GROUP, ISLAND
from core.store.observations import NewSubmission, Observed

_STATES: Final = tuple(State)

Figures = dict[str, tuple[list[list[float]], list[list[int]]]]


class Submissions:
    """Makes the submissions of files."""

    def __init__(self, reports: DemoReports) -> None:
        self._reports = reports

    def of(self, file: DemoFile) -> tuple[NewSubmission, ...]:
        """What a file says of each hospital and month in it."""
        letters = {
            measure: Place(1, column).name.removesuffix("1")
            for column, measure in enumerate(file.columns, 1)
        }
        return tuple(self._submission(row, letters) for row in file.rows)

    def _submission(self, row: FileRow, letters: dict[str, str]) -> NewSubmission:
        hospital = self._reports.finance.hospitals[row.hospital]
        period = self._reports.finance.months[row.month]
        words = (
            _at(row, letters, GROUP, math.nan, hospital.hgr_in(period.fiscal_year)),
            _at(row, letters, ISLAND, float(hospital.island), None),
        )
        return NewSubmission(hospital.hcode, period, (*self._told(row, letters), *words))

    def _told(self, row: FileRow, letters: dict[str, str]) -> Iterator[Observed]:
        hospital, month, line = row
        for measure, letter in letters.items():
            if measure in self._figures:
                values, states = self._figures[measure]
                state = _STATES[states[hospital][month]]
                if state is not State.NOT_REPORTED:
                    value = values[hospital][month]
                    yield Observed(measure, value, state, SHEET_NAME, f"{letter}{line}")

    @cached_property
    def _figures(self) -> Figures:
        return {
            measure: (column.values.tolist(), column.states.tolist())
            for measure, column in self._reports.columns.items()
        }


def _at(
    row: FileRow, letters: dict[str, str], measure: str, value: float, text: str | None
) -> Observed:
    cell = f"{letters[measure]}{row.line}"
    return Observed(measure, value, State.REPORTED, SHEET_NAME, cell, text)
