"""Examining a dropped workbook: from bytes to scores and every problem by cell. Stores nothing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Final

from core.collector import collector_at_rest
from core.criteria.catalog import RuleSet, catalog
from core.errors import TruatError, WorkbookError
from core.forms.assessment.plan import radar_of
from core.forms.assessment.read import ACCEPTED_SHARE, Recognition, read_assessment, recognise
from core.forms.assessment.reconcile import reconcile
from core.forms.cells.container import Package
from core.forms.cells.open import read_workbook
from core.forms.cells.personal import citizen_number
from core.forms.cells.workbook import Workbook
from core.forms.model.form import AssessmentForm, Form, TableForm, form, forms
from core.forms.model.identity import Identity, read_identity
from core.forms.model.issues import CellIssue, issue_of
from core.forms.table.checks.beside import months_to_come, other_file_name
from core.forms.table.header import recognised
from core.forms.trial_balance.accounts import chart
from core.forms.trial_balance.header import recognised as trial_balance_in
from core.periods import in_thailand
from core.services.intake.kinds import Intake, Refused
from core.services.intake.table_rows import table_intake
from core.services.rules.on_hand import NOTHING, OnHand
from core.services.scored.assessment import AssessmentResult
from core.services.scored.examined import AssessmentIntake
from core.services.scored.reading import form_items, score_reading
from core.text import Text, say, storable

_YEARS: Final = range(2500, 2701)


def examine(
    data: bytes,
    name: str = "",
    *,
    form_id: str | None = None,
    fiscal_year: int | None = None,
    readings: Mapping[str, str] | None = None,
    on_hand: OnHand = NOTHING,
) -> Intake:
    """Read, check, score and reconcile one file.

    `on_hand` is what a store knows: without it every facility code counts as typed, and groups of
    hospitals are those of the file. The fiscal year is `fiscal_year`, else the one the workbook
    names, else the form's own.

    Never raises for what a file contains: then it is `Refused`, with the reason among its issues.
    `UsageError` for an unknown form or reading.
    """
    candidates = [form(form_id)] if form_id else _by_cost()
    catalog().check_readings(readings or {})
    request = _Request(fiscal_year, readings or {}, on_hand)
    with collector_at_rest():
        return _examined(data, storable(name), candidates, request)


def _examined(data: bytes, name: str, candidates: Sequence[Form], request: "_Request") -> Intake:
    notes: tuple[CellIssue, ...] = ()
    try:
        workbook, package = read_workbook(
            data, name, accept=lambda glance: _nearest(glance, candidates, request)
        )
        if personal := citizen_number(workbook, _accounts):
            return Refused(file=name, issues=(CellIssue("F030", personal.sheet, personal.cell),))
        notes = tuple(_notes(workbook, package))
        request = replace(request, identity=read_identity(workbook))
        match = _nearest(workbook, candidates, request)
        if isinstance(match.form, TableForm):
            table = table_intake(
                match.form,
                workbook,
                identity=request.identity,
                readings=request.readings,
                on_hand=request.on_hand,
            )
            rows = table.reading.lines
            odd = (*other_file_name(name, rows), *months_to_come(rows, _today()))
            return replace(table, file=name, issues=(*table.issues, *odd, *notes))
        return _assessment(name, workbook, match, request, notes)
    except WorkbookError as error:
        # What was left out of a file may be why it is none that is known.
        losses = (note for note in notes if note.severity != "note")
        return Refused(file=name, issues=(issue_of(error), *losses))


def _today() -> date:
    return in_thailand(datetime.now(UTC)).date()


@dataclass(frozen=True)
class _Request:
    """How a workbook is to be read, and what its hidden sheet says of it."""

    fiscal_year: int | None
    readings: Mapping[str, str]
    on_hand: OnHand
    identity: Identity | None = None

    def year_of(self, form_: Form) -> int:
        """The fiscal year to score by; a year in which the form has no rules is nobody's."""
        in_workbook = (self.identity.fiscal_year if self.identity else None) or 0
        if self.fiscal_year or in_workbook not in _YEARS or not isinstance(form_, AssessmentForm):
            return self.fiscal_year or form_.fiscal_year
        has_rules = form_.total in catalog().ruleset(in_workbook).rules
        return in_workbook if has_rules else form_.fiscal_year

    def rules_of(self, form_: Form) -> RuleSet:
        """The rules of that year, under the readings chosen."""
        return catalog().ruleset(self.year_of(form_), self.readings)


@dataclass(frozen=True)
class _Match:
    """How well a workbook shows a form: how many of its items, or columns, were recognised."""

    form: Form
    matched: int
    of: int
    fits: bool
    own: int = 0
    """What was found of it that other forms do not have as well."""
    recognition: Recognition | None = None

    @property
    def share(self) -> float:
        return self.matched / self.of if self.of else 0.0

    @property
    def rank(self) -> tuple[bool, float, int]:
        """How well it fits; of two forms recognised whole the one with more columns or items."""
        return self.fits, self.share, self.matched

    @property
    def nearness(self) -> tuple[int, float]:
        """How near it comes to a file that is none of the forms: by what only it has."""
        return self.own, self.share


def _by_cost() -> list[Form]:
    """Every form, those first that nothing else can be: of accounts, then of fixed layout."""
    return sorted(
        forms().values(), key=lambda one: (not _is_books(one), isinstance(one, TableForm))
    )


def _is_books(form_: Form) -> bool:
    return isinstance(form_, TableForm) and form_.holds == "accounts"


def _accounts() -> Collection[str]:
    """The accounts of the chart by their ten digits."""
    return chart().accounts


def _nearest(workbook: Workbook, candidates: Sequence[Form], request: _Request) -> _Match:
    """The form a workbook is: the one its hidden sheet names, else the one most of it fits.

    Raises `WorkbookError` F012 for an empty one, F011 naming the nearest form where any of it is.
    """
    if all(sheet.is_blank for sheet in workbook.sheets):
        raise WorkbookError("F012")
    identity = request.identity
    own = [candidate for candidate in candidates if identity and candidate.id == identity.form]
    best: _Match | None = None
    nearest: _Match | None = None
    for candidate in (*own, *(other for other in candidates if other not in own)):
        match = _match(candidate, workbook, request)
        if match.fits and (candidate in own or _is_whole(match, workbook)):
            return match
        best = match if best is None or match.rank > best.rank else best
        is_told = match.own or len(candidates) == 1
        if is_told and (nearest is None or match.nearness > nearest.nearness):
            nearest = match
    if best is None or not best.fits:
        raise WorkbookError("F011", **_nearness(nearest))
    return best


def _nearness(best: _Match | None) -> dict[str, object]:
    """How much of the nearest form was recognised; the sentence names it where any of it was."""
    matched, of = (best.matched, best.of) if best else (0, 0)
    nearest = best.form.name if best else Text("", "")
    counts: dict[str, object] = {"recognised_items": matched, "all_items": of, "nearest": nearest}
    sentence = say(
        ": only {recognised_items} of {all_items} items of the nearest, “{nearest}”, were found",
        **counts,
    )
    return {**counts, "nearness": sentence if matched else ""}


def _is_whole(match: _Match, workbook: Workbook) -> bool:
    """Whether no other form could fit better; tables of other forms may share its columns.

    A sheet of accounts with their balances is long, and no table of figures.
    """
    is_alone = _is_books(match.form) and len(workbook.sheets) == 1
    return match.share >= 1 and (is_alone or isinstance(match.form, AssessmentForm))


def _match(form_: Form, workbook: Workbook, request: _Request) -> _Match:
    if isinstance(form_, TableForm) and _is_books(form_):
        balance = trial_balance_in(workbook)
        return _Match(form_, balance.found, balance.of, balance.fits, balance.found)
    if isinstance(form_, TableForm):
        shown = recognised(form_, workbook)
        return _Match(form_, shown.found, shown.of, shown.fits, shown.own)
    items = form_items(form_.id, request.year_of(form_))
    recognition = recognise(form_, items, workbook)
    matched, of = recognition.recognised_items, recognition.all_items or len(items)
    fits = bool(of) and matched >= ACCEPTED_SHARE * of
    return _Match(form_, matched, of, fits, matched, recognition)


def _notes(workbook: Workbook, package: Package) -> list[CellIssue]:
    """What was left out of a file, and what of it was not followed."""
    notes = [CellIssue(*loss) for loss in workbook.losses]
    if package.has_macros:
        notes.append(CellIssue("W013"))
    if package.has_external_links:
        notes.append(CellIssue("W014"))
    return notes


def _assessment(
    name: str, workbook: Workbook, match: _Match, request: _Request, notes: tuple[CellIssue, ...]
) -> AssessmentIntake:
    if match.recognition is None:
        raise WorkbookError("F006")
    form_, rules = match.recognition.form, request.rules_of(match.form)
    reading = read_assessment(match.recognition, rules, workbook)
    scored = score_reading(reading, rules)
    own = reconcile(reading, scored, workbook, _result_names(form_, rules))
    return AssessmentIntake(
        file=name,
        form=form_,
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
