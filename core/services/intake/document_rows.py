"""Documents of a province and year: read, their tree built, and everything checked."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from core.forms.cells.workbook import Workbook
from core.forms.document.checks import plan_issues
from core.forms.document.read import read_document
from core.forms.document.rows import Document, DocumentRow
from core.forms.document.tree import plan_of
from core.forms.model.form import TableForm
from core.forms.model.identity import Identity
from core.forms.table.read import TableReading
from core.periods import Period
from core.quantities import MISSING
from core.services.exports import documents
from core.services.geography.districts import Districts
from core.services.intake.kinds import DocumentIntake
from core.text import Text, say

PLAN: Final = "strategy-plan"
_FIRST_COUNTED: Final = 3
"""Levels of a plan of which there is one each are not counted."""


def document_intake(
    form: TableForm, workbook: Workbook, identity: Identity | None
) -> DocumentIntake:
    """Read and check a document whose file is named later; never raises for its contents."""
    document, heads, issues = read_document(form, workbook, province)
    plan = None
    if form.id == PLAN:
        plan, own = plan_of(document)
        issues.extend((*own, *plan_issues(plan)))
    reading = TableReading(form, heads, (), {}, ())
    return DocumentIntake(
        file="",
        form=form,
        identity=identity,
        issues=issues.issues,
        reading=reading,
        document=document,
        plan=plan,
    )


def document_counts(intake: DocumentIntake) -> Iterator[tuple[Text, int]]:
    """What a document is made of, and how many there are: of a plan its levels, else its tables."""
    if intake.plan is None:
        for table in intake.form.tables:
            yield table.sheet, len(intake.document.part(table.id))
        return
    levels = next(column for column in intake.form.columns if column.measure == "plan.level")
    for choice in levels.choices[_FIRST_COUNTED:]:
        yield choice.name, sum(item.level == choice.id for item in intake.plan.items)
    yield say("KPIs"), len(intake.plan.kpis)


def document_message(intake: DocumentIntake, errors: str) -> Text:
    """Which document of which province and year it is, and how many errors it has, in words."""
    area, year = intake.document.area, intake.document.fiscal_year
    place = Districts.of_the_country().areas.get(area or "")
    return say(
        "{form}: {place}, fiscal year {year}, {errors}",
        form=intake.form.name,
        place=Text(place.name_th, place.name_en) if place else MISSING,
        year=year or MISSING,
        errors=errors,
    )


def province(text: str) -> str | None:
    """The code of the province a text names; None when it names none."""
    match = Districts.of_the_country().province(text)
    return match.code if match else None


def document_json(row: DocumentRow, document: Document) -> documents.TableRow:
    """One row: where it stands, whose document it is, and its cells by column."""
    spot = row.spot()
    year = document.fiscal_year
    return {
        "row": spot.place.row if spot else 0,
        "sheet": row.sheet,
        "cell": row.cell,
        "other_rows": [],
        "subject": document.area,
        "hcode": None,
        "period": None if year is None else str(Period(year)),
        "results": {},
        "measures": {},
        "part": row.part,
        "values": {measure: _plain(value) for measure, value in row.values.items()},
    }


def _plain(value: Any) -> str | float:
    return value.isoformat() if isinstance(value, date) else value
