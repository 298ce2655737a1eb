"""A document as rows: what each cell says, where it stands, and how rows are stored."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from core.forms.cells.workbook import place_of
from core.forms.model.form import TableForm
from core.forms.model.issues import CellIssue
from core.forms.model.layout import Spot
from core.text import Text

Value = str | float | date
"""A cell of a document. Where a number or day cannot be read, the text that was typed."""


@dataclass(frozen=True)
class DocumentRow:
    """One row of a table of a document; `part` is the table's id.

    `values` and `cells` are by column; empty cells are absent. `cell` is the row's first.
    """

    part: str
    values: Mapping[str, Value]
    sheet: str = ""
    cell: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)

    def text(self, measure: str) -> str:
        """The words of a column; empty where there are none."""
        value = self.values.get(measure, "")
        return value if isinstance(value, str) else ""

    def number(self, measure: str) -> float | None:
        """The number of a column; None where there is none that could be read."""
        value = self.values.get(measure)
        return value if isinstance(value, float) else None

    def day(self, measure: str) -> date | None:
        """The day of a column; None where there is none that could be read."""
        value = self.values.get(measure)
        return value if isinstance(value, date) else None

    def place(self, measure: str = "") -> str:
        """The cell of a column; the row's first where it has none."""
        return self.cells.get(measure, self.cell)

    def issue(
        self, code: str, measure: str, found: str = "", expected: str | Text = "", **params: object
    ) -> CellIssue:
        """A problem of a column in this row."""
        return CellIssue(code, self.sheet, self.place(measure), found, expected, params)

    def spot(self, measure: str = "") -> Spot | None:
        """Where a column stands on its sheet; None for a row that was typed on no sheet."""
        cell = self.place(measure)
        return Spot(self.sheet, place_of(cell)) if cell else None


@dataclass(frozen=True)
class Document:
    """The rows of one file; `area` and `fiscal_year` are None where it does not say them."""

    form: TableForm
    rows: tuple[DocumentRow, ...]
    area: str | None
    fiscal_year: int | None

    def part(self, part: str) -> tuple[DocumentRow, ...]:
        """The rows of one of its tables, in their order."""
        return tuple(row for row in self.rows if row.part == part)


_CELLS: Final = "cells"


def encoded(row: DocumentRow) -> str:
    """A row as JSON, for the store."""
    values = {
        measure: value.isoformat() if isinstance(value, date) else value
        for measure, value in row.values.items()
    }
    content = {"values": values, "sheet": row.sheet, "cell": row.cell, _CELLS: dict(row.cells)}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def decoded(form: TableForm, part: str, content: str) -> DocumentRow:
    """A row that was stored."""
    values_ = json.loads(content)
    types = {column.measure: column.type for column in form.columns}
    values = {
        measure: _value(types.get(measure, ""), value)
        for measure, value in values_["values"].items()
    }
    return DocumentRow(part, values, values_["sheet"], values_["cell"], values_[_CELLS])


def _value(kind: str, value: Any) -> Value:
    if kind == "day":
        try:
            return date.fromisoformat(value)
        except ValueError:
            return str(value)
    return value if isinstance(value, str) else float(value)
