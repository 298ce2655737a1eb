"""One workbook in full, whatever form it is."""

from components.parts import anatomy
from components.reader.language import _, tr
from components.upload import (
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
from core.forms.model.form import AssessmentForm
from core.services.intake.examine import Intake


def heading(intake: Intake) -> None:
    """Whose workbook it is, and its key message."""
    anatomy.breadcrumb(*scores.subject(intake))
    anatomy.headline(title(intake))


def title(intake: Intake) -> str:
    """The key message of one workbook."""
    if intake.form is None:
        return _("{file} was not accepted", file=intake.file)
    if intake.table is not None:
        return finance.key_message(intake.table, scores.errors(intake))
    if intake.rows is not None:
        return theme_rows.key_message(intake.rows, scores.errors(intake))
    return scores.key_message(intake)


def show(intake: Intake, file: Dropped) -> None:
    """Everything there is to know of a workbook."""
    if intake.form is None:
        problems.refusal(intake)
        takeaways.takeaways(intake, file)
        return
    if intake.table is not None:
        finance.tiles(intake.table)
        finance.rows(intake.table)
        _behind_table(intake, file)
    elif intake.rows is not None:
        theme_rows.show(intake.rows)
        _behind_table(intake, file)
    else:
        _assessment(intake, file)


def _behind_table(intake: Intake, file: Dropped) -> None:
    problems.problems(intake)
    takeaways.takeaways(intake, file)
    storing.storing(intake, file)
    readings.switches(intake)


def _assessment(intake: Intake, file: Dropped) -> None:
    result, form = intake.result, intake.form
    if result is None or not isinstance(form, AssessmentForm):
        return
    scores.tiles(intake, result)
    scores.origins(intake, result, form)
    scores.radars(intake, result, form)
    problems.problems(intake)
    takeaways.takeaways(intake, file)
    anatomy.section(_("Scores item by item"))
    items.items(intake, file.key)
    problems.reconciliation(intake)
    storing.storing(intake, file)
    readings.switches(intake)
    anatomy.sources(tr(form.name), _("Criteria of fiscal year {year}", year=intake.fiscal_year))
