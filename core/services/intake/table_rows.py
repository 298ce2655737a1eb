"""Table forms: read, checked, and handed to what scores or enters their rows."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

from core.forms.cells.workbook import Workbook
from core.forms.model.form import TableForm
from core.forms.model.identity import Identity
from core.forms.model.issues import CellIssue
from core.forms.records.checks import record_issues
from core.forms.records.record import records_of
from core.forms.table.lines import Line, figures
from core.forms.table.read import TableReading, read_table
from core.forms.table.row_keys import Register
from core.forms.trial_balance.ratios import RatioValue
from core.forms.trial_balance.read import read_trial_balances
from core.services.books.plan_notes import plan_notes
from core.services.exports import documents
from core.services.intake.additions import addition_issues
from core.services.intake.document_rows import document_intake, document_json
from core.services.intake.group_values import group_notes
from core.services.intake.kinds import (
    DocumentIntake,
    FinanceIntake,
    RegisterIntake,
    TableIntake,
    ThemeIntake,
    TrialBalanceIntake,
)
from core.services.intake.register_rows import register_rows
from core.services.intake.splits import split_notes
from core.services.rules.on_hand import NOTHING, OnHand
from core.services.scored.basis import way_of
from core.services.scored.finance import finance_table, score_table
from core.services.scored.theme import score_theme_table


def table_intake(
    form: TableForm,
    workbook: Workbook,
    *,
    identity: Identity | None = None,
    readings: Mapping[str, str] | None = None,
    on_hand: OnHand = NOTHING,
) -> FinanceIntake | ThemeIntake | RegisterIntake | DocumentIntake:
    """Read, check and score a table form whose file is named later; never raises for its contents.

    `readings` choose among readings of the criteria, `on_hand` is what a store knows.
    """
    known = on_hand.known
    head: dict[str, Any] = {"file": "", "form": form, "identity": identity}
    match form.holds:
        case "hospital_months":
            table = finance_table(form, workbook, readings=readings, on_hand=on_hand)
            return FinanceIntake(**head, issues=table.issues, reading=table.reading, table=table)
        case "register":
            reading = read_table(form, workbook, known=_news(known))
            register = register_rows(reading)
            issues = (*reading.issues, *register.issues)
            return RegisterIntake(**head, issues=issues, reading=reading, register=register)
        case "accounts":
            balances = read_trial_balances(workbook, known=known, additions=on_hand.additions)
            table = score_table(balances.reading, readings, on_hand.published)
            head |= {"reading": balances.reading, "mapped": balances.mapped}
            head |= {"accounts": balances.accounts, "ratios": balances.ratios}
            head |= {"as_of": balances.as_of}
            return TrialBalanceIntake(**head, issues=table.issues, table=table)
        case "document":
            return document_intake(form, workbook, identity)
        case "figures" | "official_results" | "peer_values" | "account_map" | "records":
            reading = read_table(form, workbook, known=known)
            scored = score_theme_table(reading, readings, on_hand)
            own = (*_official_note(reading), *group_notes(reading, readings), *split_notes(scored))
            notes = (*addition_issues(reading), *plan_notes(reading), *_of_records(reading))
            issues = (*reading.issues, *own, *notes)
            return ThemeIntake(**head, issues=issues, reading=reading, scored=scored)


def _official_note(reading: TableReading) -> Iterator[CellIssue]:
    """That results are the ministry's own, and nothing was computed of them."""
    if reading.form.holds == "official_results" and reading.lines:
        spot = reading.headers[0].first_cell
        yield CellIssue("W394", spot.sheet, spot.place.name, str(len(reading.lines)))


def _of_records(reading: TableReading) -> Iterator[CellIssue]:
    """What does not go together within a printed document."""
    if reading.form.holds == "records":
        yield from record_issues(reading.form, records_of(reading))


def _news(known: Register | None) -> Register:
    """A look-up for tables of the register: codes it does not know yet are no problem."""

    def code_or_itself(code: str) -> str:
        return (known(code) if known else None) or code

    return code_or_itself


def row_json(line: Line, results: Mapping[str, Any]) -> documents.TableRow:
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


def rows_json(intake: TableIntake) -> list[documents.TableRow]:
    """The rows of a table; numbers unrounded, what is missing or unbounded is None."""
    if isinstance(intake, DocumentIntake):
        return [document_json(row, intake.document) for row in intake.document.rows]
    if isinstance(intake, FinanceIntake):
        rows: list[documents.TableRow] = intake.table.as_dict()["rows"]
        for row, codes in zip(rows, intake.doubts, strict=True):
            row |= {"way": way_of(intake.form.id), "in_doubt": list(codes)}
    else:
        results = intake.scored.results if isinstance(intake, ThemeIntake) else lambda _line: {}
        rows = [row_json(line, results(n)) for n, line in enumerate(intake.reading.lines)]
    for row, line in zip(rows, intake.reading.lines, strict=True):
        row["measures"] = measures_json(intake.reading.form, line)
    if isinstance(intake, TrialBalanceIntake):
        parts = zip(rows, intake.mapped, intake.ratios, intake.as_of, strict=True)
        for row, mapped, ratios, as_of in parts:
            row["as_of"] = as_of
            row["ratios"] = list(map(ratio_json, ratios))
            row["mapped"] = {
                "lines": mapped.lines,
                "unmapped": mapped.unmapped,
                "share_of_money": mapped.share_of_money,
            }
    return rows


def ratio_json(value: RatioValue) -> dict[str, Any]:
    """A ratio of the ministry's, above and below its line; unrounded, None where not known."""
    ratio = value.ratio
    numbers = {"x": value.x, "y": value.y, "value": value.value}
    return {
        "id": ratio.id,
        "name": documents.both(ratio.name),
        "unit": ratio.unit,
        **{name: number if math.isfinite(number) else None for name, number in numbers.items()},
    }


def measures_json(form: TableForm, line: Line) -> dict[str, float | None]:
    """The figures of a row as they were scored, by measure and in its unit; None for no figure."""
    values = ((figure.measure, line.values[figure.place]) for figure in figures(form))
    return {measure: value if math.isfinite(value) else None for measure, value in values}
