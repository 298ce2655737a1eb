"""One workbook in full, whatever form it is."""

import streamlit as st

from components.parts import anatomy
from components.reader.language import _, tr
from components.reader.links import link
from components.reader.markup import tag
from components.upload import (
    books,
    finance,
    items,
    problems,
    readings,
    scores,
    storing,
    takeaways,
    theme_rows,
)
from components.upload.dropped import Dropped
from core.services.claims.intake import is_claim_file
from core.services.intake.document_rows import document_counts, document_message
from core.services.intake.kinds import (
    DocumentIntake,
    FinanceIntake,
    Intake,
    Refused,
    RegisterIntake,
    TableIntake,
    ThemeIntake,
    TrialBalanceIntake,
    nothing_read,
)
from core.services.scored.examined import AssessmentIntake


def heading(intake: Intake) -> None:
    """Whose workbook it is, and its key message."""
    anatomy.headline(title(intake), anatomy.breadcrumb(*scores.subject(intake)))


def title(intake: Intake) -> str:
    """The key message of one workbook."""
    if isinstance(intake, TableIntake) and intake.is_empty:
        return tr(nothing_read(intake.form))
    errors = scores.errors(intake)
    match intake:
        case Refused():
            return _("{file} was not accepted", file=intake.file)
        case FinanceIntake():
            of_books = isinstance(intake, TrialBalanceIntake) and books.key_message(intake)
            message = of_books or finance.key_message(intake.table, errors)
            return finance.in_doubt(message, intake.doubts)
        case DocumentIntake():
            return tr(document_message(intake, errors))
        case ThemeIntake() | RegisterIntake():
            return theme_rows.key_message(intake, errors)
        case AssessmentIntake():
            return scores.key_message(intake)


def show(intake: Intake, file: Dropped) -> None:
    """Everything there is to know of a workbook."""
    if isinstance(intake, TableIntake) and intake.is_empty:
        _behind_empty(intake, file)
        return
    match intake:
        case Refused():
            _way_to_claims(file)
            problems.refusal(intake)
            takeaways.takeaways(intake, file)
        case TrialBalanceIntake():
            finance.tiles(intake.table, intake.mapped)
            books.reason(intake)
            finance.rows(intake.table, intake.doubts, "books")
            books.ratios(intake)
            _behind_table(intake, file)
        case FinanceIntake():
            finance.tiles(intake.table)
            finance.rows(intake.table, intake.doubts, "typed")
            _behind_table(intake, file)
        case DocumentIntake():
            _document(intake)
            _behind_table(intake, file)
        case ThemeIntake() | RegisterIntake():
            _rows(intake, file)
        case AssessmentIntake():
            _assessment(intake, file)


def _rows(intake: ThemeIntake | RegisterIntake, file: Dropped) -> None:
    """Rows and what is to be mended, which stands first where rows hold sentences and pages."""
    if intake.form.holds == "records":
        problems.problems(intake)
        theme_rows.show(intake)
        _behind_problems(intake, file)
    else:
        theme_rows.show(intake)
        _behind_table(intake, file)


def _document(intake: DocumentIntake) -> None:
    """How many rows each table of a document has."""
    anatomy.tiles(
        [
            anatomy.Tile(label=tr(name), value=f"{count:,}")
            for name, count in document_counts(intake)
        ]
    )


def _behind_empty(intake: Intake, file: Dropped) -> None:
    """A table without rows: nothing is scored or stored, so nothing offers it."""
    problems.problems(intake)
    takeaways.takeaways(intake, file)


def _behind_table(intake: Intake, file: Dropped) -> None:
    problems.problems(intake)
    _behind_problems(intake, file)


def _behind_problems(intake: Intake, file: Dropped) -> None:
    takeaways.takeaways(intake, file)
    storing.store_form(intake, file)
    readings.switches(intake)


def _assessment(intake: AssessmentIntake, file: Dropped) -> None:
    scores.tiles(intake)
    scores.origins(intake)
    scores.radars(intake)
    problems.problems(intake)
    takeaways.takeaways(intake, file)
    anatomy.section(_("Scores item by item"))
    items.items(intake, file.key)
    problems.reconciliation(intake)
    storing.store_form(intake, file)
    readings.switches(intake)
    year = _("Criteria of fiscal year {year}", year=intake.fiscal_year)
    anatomy.sources(tr(intake.form.name), year)


def _way_to_claims(file: Dropped) -> None:
    """Where a file of claims belongs."""
    if is_claim_file(file.data, file.name):
        way = link(_("This is a file of claims: drop it on their page"), "claims")
        st.html(tag("p", way))
