"""The layout of the demonstration's tables: which cell holds which figure."""

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final, NamedTuple

from core.demo.files.tables import DemoTable
from core.errors import UsageError
from core.forms.cells.workbook import Place
from core.forms.model.form import FIGURES, Column, Table, TableForm, form
from core.forms.table.lines import figures

_WORDS: Final = ("text", "flag")
_KEYS: Final = {"M": "month", "R": "round"}


class FileRow(NamedTuple):
    """A subject's period, and the line of the table it first stands in, the titles' being 1."""

    subject: int
    period: int
    line: int


class Spot(NamedTuple):
    """A measure in the lines of a subject's period: how many below the first, in which column."""

    measure: str
    below: int
    column: int


@dataclass(frozen=True, eq=False)
class Sheet:
    """A table in the layout of its form; lines are its rows, or its columns where it is turned."""

    data: DemoTable

    @cached_property
    def table(self) -> Table:
        """The table of the form that has most of the measures."""
        return max(self._form.tables, key=lambda table: len(self._filled(table)))

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns that are filled in, in the order of the form."""
        data = self.data
        subject = "hcode" if data.subjects[0].code.isdigit() else "district"
        keys = {subject, "fiscal_year", _KEYS[data.periods[0].part], self.table.pivot}
        wanted = keys | self._filled(self.table)
        return tuple(column for column in self.table.columns if column.measure in wanted)

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """The place of each measure, in the order of a reader: figures, then texts."""
        by_measure = {
            self.table.measure(column, kind): Spot(measure, below, place)
            for below, kind in enumerate(self.table.kinds)
            for place, column in enumerate(self.columns, 1)
            for measure in [self.table.measure(column, kind)]
            if column.type in FIGURES
        }
        words = [
            Spot(column.measure, 0, place)
            for kind in _WORDS
            for place, column in enumerate(self.columns, 1)
            if column.type == kind
        ]
        in_reading_order = (by_measure.get(figure.measure) for figure in figures(self._form))
        return (*(spot for spot in in_reading_order if spot is not None), *words)

    def cells(self, row: FileRow) -> list[str]:
        """The cell of each of the spots in the lines of a subject's period."""
        if self.table.turned:
            return [f"{_letters(row.line + spot.below)}{spot.column}" for spot in self.spots]
        return [f"{_letters(spot.column)}{row.line + spot.below}" for spot in self.spots]

    @property
    def _form(self) -> TableForm:
        chosen = form(self.data.form)
        if not isinstance(chosen, TableForm):
            raise UsageError("U001", form=chosen.id, known="")
        return chosen

    def _filled(self, table: Table) -> set[str]:
        """The columns of a table that anything is reported for."""
        reported = {*self.data.columns, *self.data.words}
        return {
            column.measure
            for column in table.columns
            if any(table.measure(column, kind) in reported for kind in table.kinds)
        }


@cache
def _letters(column: int) -> str:
    return Place(1, column).name.removesuffix("1")
