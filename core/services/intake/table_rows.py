"""Table forms other than finance: their rows as read and checked, and what comes of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.forms.cells.workbook import Workbook
from core.forms.model.form import TableForm
from core.forms.model.issues import CellIssue
from core.forms.table.lines import Line
from core.forms.table.read import TableReading, read_table
from core.forms.table.row_keys import Register
from core.services.intake.register_rows import RegisterTable, register_rows
from core.services.scored.theme import ThemeTable, score_theme_table


@dataclass(frozen=True)
class TableRows:
    """A table as read and checked, and what the themes' criteria say of its rows.

    `register` holds the facilities of a table of the register, which nothing scores.
    """

    reading: TableReading
    issues: tuple[CellIssue, ...]
    scored: ThemeTable
    register: RegisterTable | None = None

    def as_dict(self) -> dict[str, Any]:
        """The rows for JSON."""
        lines = self.reading.lines
        return {"rows": [row_json(line, self.scored.results(n)) for n, line in enumerate(lines)]}


def table_rows(
    form: TableForm,
    workbook: Workbook,
    *,
    readings: Mapping[str, str],
    known: Register | None = None,
) -> TableRows:
    """Read and check a table form; never raises for what the table contains.

    `readings` choose among readings of the criteria. `known` looks facility codes up.
    """
    if form.holds == "register":
        return _register(form, workbook, known)
    reading = read_table(form, workbook, known=known)
    return TableRows(reading, reading.issues, score_theme_table(reading, readings))


def _register(form: TableForm, workbook: Workbook, known: Register | None) -> TableRows:
    """A table of the register: codes it does not know yet are news, not a problem."""

    def looked_up(code: str) -> str:
        return (known(code) if known else None) or code

    reading = read_table(form, workbook, known=looked_up)
    checked = register_rows(reading)
    issues = (*reading.issues, *checked.issues)
    return TableRows(reading, issues, ThemeTable(reading, ()), checked)


def row_json(line: Line, results: Mapping[str, Any]) -> dict[str, Any]:
    """One row: where it stands, whose and when it is; `subject` may be a district."""
    spot = line.key_spot
    return {
        "row": spot.place.row,
        "sheet": spot.sheet,
        "cell": spot.place.name,
        "other_rows": [other.place.row for other in line.others],
        "subject": line.subject,
        "hcode": line.hcode,
        "period": None if line.period is None else str(line.period),
        "results": dict(results),
    }
