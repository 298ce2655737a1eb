"""A dropped workbook: from bytes to scores, radars and every problem by cell. Stores nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from core.criteria.catalog import RuleSet, catalog
from core.errors import TruatError, WorkbookError
from core.forms.assessment.plan import radar_of
from core.forms.assessment.read import ACCEPTED_SHARE, AssessmentReading, read_assessment
from core.forms.assessment.reconcile import reconcile
from core.forms.cells.container import Package
from core.forms.cells.open import collector_at_rest, read_workbook
from core.forms.cells.workbook import Workbook
from core.forms.model.form import AssessmentForm, Form, TableForm, form, forms
from core.forms.model.identity import Identity, read_identity
from core.forms.model.issues import CellIssue, issue_of
from core.forms.table.header import recognised
from core.forms.table.read import TableReading
from core.forms.table.row_keys import Register
from core.scoring.star.assessment import Assessment
from core.services.intake.table_rows import TableRows, table_rows
from core.services.scored.assessment import AssessmentResult
from core.services.scored.finance import FinanceTable, finance_table
from core.services.scored.reading import form_items, score_reading
from core.text import Text

FINANCE: Final = "finance"
_YEARS: Final = range(2500, 2701)


@dataclass(frozen=True)
class Intake:
    """One file, examined. `form` is None when it was refused; then `issues` say why.

    `table` is a finance table as scored, `rows` any other table form.
    """

    file: str
    form: Form | None
    fiscal_year: int | None
    issues: tuple[CellIssue, ...]
    identity: Identity | None = None
    rules: RuleSet | None = None
    reading: AssessmentReading | None = None
    scored: Assessment | None = None
    result: AssessmentResult | None = None
    table: FinanceTable | None = None
    rows: TableRows | None = None

    @property
    def table_reading(self) -> TableReading | None:
        """What was read of a table form, whichever it is."""
        found = self.table or self.rows
        return found.reading if found else None

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
    known: Register | None = None,
) -> Intake:
    """Read, check, score and reconcile one file.

    `known` looks facility codes up in the register; without it every code counts as typed. The
    fiscal year is the one asked for, else the one the workbook names, else the form's own.

    Never raises for what a file contains: a refused file comes back with `form` None and the
    reason among its issues. `UsageError` for an unknown form or reading.
    """
    wanted = [form(form_id)] if form_id else _by_cost()
    catalog().check_readings(readings or {})
    asked = _Asked(fiscal_year, readings or {}, known)
    with collector_at_rest():
        return _examined(data, name, wanted, asked)


def _examined(data: bytes, name: str, wanted: Sequence[Form], asked: "_Asked") -> Intake:
    try:
        workbook, package = read_workbook(
            data, name, accept=lambda glance: _nearest(glance, wanted, asked)
        )
        asked = replace(asked, identity=read_identity(workbook))
        draft = _nearest(workbook, wanted, asked)
        notes = tuple(_package_notes(package))
        if isinstance(draft.form, TableForm):
            return _table(name, draft.form, workbook, asked, notes)
        return _scored(name, workbook, draft, notes)
    except WorkbookError as error:
        return Intake(name, None, None, (issue_of(error),))


@dataclass(frozen=True)
class _Asked:
    """How a workbook is to be read, and what it says of itself."""

    fiscal_year: int | None
    readings: Mapping[str, str]
    known: Register | None
    identity: Identity | None = None

    def year_of(self, form_: Form) -> int:
        """The fiscal year to score by; a year in which the form has no rules is nobody's."""
        named = (self.identity.fiscal_year if self.identity else None) or 0
        if self.fiscal_year or named not in _YEARS or not isinstance(form_, AssessmentForm):
            return self.fiscal_year or form_.fiscal_year
        has_rules = form_.total in catalog().ruleset(named).rules
        return named if has_rules else form_.fiscal_year


@dataclass(frozen=True)
class _Draft:
    """A workbook taken for one form: how many of the form's items (or columns) were recognised."""

    form: Form
    found: int
    of: int
    fits: bool
    rules: RuleSet | None = None
    reading: AssessmentReading | None = None

    @property
    def share(self) -> float:
        return self.found / self.of if self.of else 0.0

    @property
    def rank(self) -> tuple[bool, float, int]:
        """How well it fits; of two forms found whole the one that asks for more."""
        return self.fits, self.share, self.found


def _by_cost() -> list[Form]:
    """Every form, those first whose layout is remembered from file to file."""
    return sorted(forms().values(), key=lambda known: isinstance(known, TableForm))


def _nearest(workbook: Workbook, wanted: Sequence[Form], asked: _Asked) -> _Draft:
    """The form a workbook is: the one its hidden sheet names, else the one most of it fits.

    Raises `WorkbookError` F012 for an empty one, F011 naming the nearest form.
    """
    if all(sheet.is_blank for sheet in workbook.sheets):
        raise WorkbookError("F012")
    identity = asked.identity
    named = [candidate for candidate in wanted if identity and candidate.id == identity.form]
    best: _Draft | None = None
    for candidate in (*named, *(f for f in wanted if f not in named)):
        draft = _drafted(candidate, workbook, asked)
        if draft.fits and (candidate in named or _is_whole(draft)):
            return draft
        best = draft if best is None or draft.rank > best.rank else best
    if best is None or not best.fits:
        nearest = best.form.name if best else ""
        found, of = (best.found, best.of) if best else (0, 0)
        raise WorkbookError("F011", found_items=found, all_items=of, nearest=nearest)
    return best


def _is_whole(draft: _Draft) -> bool:
    """Whether no other form could fit better; tables of other forms may share its columns."""
    return isinstance(draft.form, AssessmentForm) and draft.share >= 1


def _drafted(form_: Form, workbook: Workbook, asked: _Asked) -> _Draft:
    if isinstance(form_, TableForm):
        return _Draft(form_, *recognised(form_, workbook))
    year = asked.year_of(form_)
    rules = catalog().ruleset(year, asked.readings)
    reading = read_assessment(form_, form_items(form_.id, year), rules, workbook)
    of = reading.all_items or len(reading.items)
    fits = bool(of) and reading.found_items >= ACCEPTED_SHARE * of
    return _Draft(form_, reading.found_items, of, fits, rules, reading)


def _package_notes(package: Package) -> list[CellIssue]:
    notes = []
    if package.has_macros:
        notes.append(CellIssue("W013"))
    if package.has_external_links:
        notes.append(CellIssue("W014"))
    return notes


def _table(
    name: str, form_: TableForm, workbook: Workbook, asked: _Asked, notes: tuple[CellIssue, ...]
) -> Intake:
    readings, known, identity = asked.readings, asked.known, asked.identity
    if form_.id == FINANCE:
        table = finance_table(form_, workbook, readings=readings, known=known)
        return Intake(name, form_, None, (*table.issues, *notes), identity, table=table)
    rows = table_rows(form_, workbook, readings=readings, known=known)
    return Intake(name, form_, None, (*rows.issues, *notes), identity, rows=rows)


def _scored(name: str, workbook: Workbook, draft: _Draft, notes: tuple[CellIssue, ...]) -> Intake:
    form_, rules, reading = draft.form, draft.rules, draft.reading
    if rules is None or reading is None or not isinstance(form_, AssessmentForm):
        raise WorkbookError("F006")
    scored = score_reading(reading, rules)
    own = reconcile(reading, scored, workbook, _result_names(form_, rules))
    return Intake(
        file=name,
        form=form_,
        fiscal_year=rules.fiscal_year,
        issues=(*reading.issues, *own, *notes),
        identity=reading.identity,
        rules=rules,
        reading=reading,
        scored=scored,
        result=AssessmentResult(reading, scored, rules),
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
