"""One workbook in full, whatever form it is."""

from components import anatomy, downloads, items, problems, readings, scores
from components.language import _, tr
from core.forms.model import AssessmentForm
from core.services.intake import Intake


def heading(intake: Intake) -> None:
    """Whose workbook it is, and its key message."""
    anatomy.breadcrumb(*scores.subject(intake))
    anatomy.headline(title(intake))


def title(intake: Intake) -> str:
    """The key message of one workbook."""
    if intake.form is None:
        return _("{file} was not accepted", file=intake.file)
    return scores.key_message(intake)


def show(intake: Intake, file_key: str) -> None:
    """Everything there is to know of a workbook."""
    if intake.form is None:
        problems.refusal(intake)
        return
    if intake.result is not None and isinstance(intake.form, AssessmentForm):
        _assessment(intake, file_key)


def _assessment(intake: Intake, file_key: str) -> None:
    result, form = intake.result, intake.form
    if result is None or not isinstance(form, AssessmentForm):
        return
    scores.tiles(intake, result)
    scores.origins(intake, result, form)
    scores.radars(intake, result, form)
    problems.problems(intake)
    anatomy.section(_("Scores item by item"))
    items.items(intake, file_key)
    problems.reconciliation(intake)
    readings.switches(intake)
    downloads.takeaways(intake)
    anatomy.sources(tr(form.name), _("Criteria of fiscal year {year}", year=intake.fiscal_year))
