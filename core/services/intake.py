"""A dropped workbook: from bytes to scores, radars and every problem by cell. Stores nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from core.criteria.catalog import RuleSet, catalog
from core.errors import TruatError, WorkbookError
from core.forms.assessment import AssessmentReading, read_assessment
from core.forms.cells import Workbook
from core.forms.identity import Identity, read_identity
from core.forms.issues import CellIssue, issue_of
from core.forms.model import AssessmentForm, Form, form, forms
from core.forms.open import read_workbook
from core.forms.package import Package
from core.forms.plan import Item, group_of, items_of, radar_of, typed_rule
from core.forms.reconcile import reconcile
from core.scoring.assessment import Assessment, assess
from core.services.assessment_result import AssessmentResult, assessment_result
from core.text import Text


@dataclass(frozen=True)
class Intake:
    """One file, examined. `form` is None when it was refused; then `issues` say why."""

    file: str
    form: Form | None
    fiscal_year: int | None
    issues: tuple[CellIssue, ...]
    identity: Identity | None = None
    rules: RuleSet | None = None
    reading: AssessmentReading | None = None
    scored: Assessment | None = None
    result: AssessmentResult | None = None

    @property
    def has_errors(self) -> bool:
        return any(issue.severity == "error" for issue in self.issues)


def examine(
    data: bytes,
    name: str = "",
    *,
    form_id: str | None = None,
    fiscal_year: int | None = None,
    readings: Mapping[str, str] | None = None,
) -> Intake:
    """Read, check, score and reconcile one file.

    Never raises for what a file contains: a refused file comes back with `form` None and the
    reason among its issues. `UsageError` for an unknown form or reading.
    """
    wanted = form(form_id) if form_id else None
    catalog().check_readings(readings or {})
    try:
        workbook, package = read_workbook(data, name)
        chosen = wanted or _recognise(workbook, fiscal_year)
        notes = tuple(_package_notes(package))
        if isinstance(chosen, AssessmentForm):
            return _assessment(name, workbook, chosen, fiscal_year, readings or {}, notes)
        raise WorkbookError("F006")
    except WorkbookError as error:
        return Intake(name, None, None, (issue_of(error),))


def _package_notes(package: Package) -> list[CellIssue]:
    notes = []
    if package.has_macros:
        notes.append(CellIssue("W013"))
    if package.has_external_links:
        notes.append(CellIssue("W014"))
    return notes


@cache
def form_items(form_id: str, fiscal_year: int) -> tuple[Item, ...]:
    """The items of an assessment form; titles do not depend on readings."""
    chosen = form(form_id)
    if not isinstance(chosen, AssessmentForm):
        return ()
    numbers = {key: c.no for key, c in catalog().criteria.items() if c.no}
    return items_of(chosen, catalog().ruleset(fiscal_year), numbers)


def _recognise(workbook: Workbook, fiscal_year: int | None) -> Form:
    """The form a workbook is: by its hidden sheet, else by its titles.

    Raises `WorkbookError` F012 for an empty one, F011 naming the nearest form.
    """
    identity = read_identity(workbook)
    if identity and identity.form in forms():
        return forms()[identity.form]
    if not any(sheet.rows for sheet in workbook.sheets):
        raise WorkbookError("F012")
    shares: list[tuple[float, int, int, Form]] = []
    for candidate in forms().values():
        found, of = _recognised(workbook, candidate, fiscal_year)
        shares.append((found / of if of else 0.0, found, of, candidate))
    share, found, of, nearest = max(shares, key=lambda entry: entry[0])
    if share < 0.5:
        raise WorkbookError("F011", found_items=found, all_items=of, nearest=nearest.name)
    return nearest


def _recognised(workbook: Workbook, form_: Form, fiscal_year: int | None) -> tuple[int, int]:
    """How many items (or required columns) of a form a workbook shows, and of how many."""
    if not isinstance(form_, AssessmentForm):
        return 0, 1
    year = fiscal_year or form_.fiscal_year
    reading = read_assessment(form_, form_items(form_.id, year), catalog().ruleset(year), workbook)
    return reading.found_items, reading.all_items or len(reading.items)


def _assessment(
    name: str,
    workbook: Workbook,
    form_: AssessmentForm,
    fiscal_year: int | None,
    readings: Mapping[str, str],
    notes: tuple[CellIssue, ...],
) -> Intake:
    year = fiscal_year or form_.fiscal_year
    rules = catalog().ruleset(year, readings)
    reading = read_assessment(form_, form_items(form_.id, year), rules, workbook)
    if not reading.is_recognised:
        found, of = reading.found_items, reading.all_items or len(reading.items)
        raise WorkbookError("F011", found_items=found, all_items=of, nearest=form_.name)
    scored = score_reading(reading, rules)
    own = reconcile(reading, scored, workbook, _result_names(form_, rules))
    return Intake(
        file=name,
        form=form_,
        fiscal_year=year,
        issues=(*reading.issues, *own, *notes),
        identity=reading.identity,
        rules=rules,
        reading=reading,
        scored=scored,
        result=assessment_result(reading, scored, rules),
    )


def score_reading(reading: AssessmentReading, rules: RuleSet) -> Assessment:
    """Score what was read of the sections handed in."""
    present = {section.id for section in reading.sections}
    return assess(
        [typed_rule(rules, i.id) for i in reading.items if i.section.id in present],
        [group_of(section.group, rules) for section in reading.sections],
        group_of(reading.form.total, rules),
        [radar_of(radar, rules) for radar in reading.form.radars],
        reading.inputs,
    )


def _result_names(form_: AssessmentForm, rules: RuleSet) -> dict[str, Text]:
    names = {section.group: section.name for section in form_.sections}
    for radar in form_.radars:
        for spoke in radar_of(radar, rules).spokes:
            names[f"{radar}.{spoke.id}"] = spoke.name
    return names


def reason(error: TruatError) -> Text:
    """The sentence of an error, in both languages."""
    return issue_of(error).text
