"""An examined file as rows of the store: submissions by subject and period, and their figures."""

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final

import numpy as np
from sqlalchemy.orm import Session

from core.areas import COUNTRY, Level, parse_area
from core.criteria.catalog import RuleSet
from core.errors import UsageError, WorkbookError
from core.forms.assessment.details import figures as typed_figures
from core.forms.assessment.plan import ratio_of
from core.forms.assessment.read import AssessmentReading
from core.forms.cells.workbook import Place
from core.forms.document.rows import Document, encoded
from core.forms.model.form import Form, TableForm
from core.forms.model.layout import Spot
from core.forms.table.lines import Figure, Line, figures
from core.forms.table.read import TableReading
from core.forms.trial_balance.header import ACCOUNT
from core.forms.trial_balance.lines import AccountLines
from core.forms.trial_balance.plan import FORM as PLAN
from core.periods import Period
from core.scoring.base.states import State
from core.services.books.plan_totals import with_totals
from core.services.intake.kinds import (
    Accepted,
    DocumentIntake,
    FinanceIntake,
    Intake,
    Refused,
    RegisterIntake,
    TableIntake,
    ThemeIntake,
    TrialBalanceIntake,
)
from core.services.intake.register_rows import RegisterTable
from core.services.recompute.star import SECTIONS
from core.services.scored.examined import AssessmentIntake
from core.store.register.repository import areas, facilities, has_areas, has_district
from core.store.uploads.accounts import Accounts
from core.store.uploads.document_lines import StoredLine
from core.store.uploads.observations import NewSubmission, Observed
from core.store.uploads.repository import NewUpload
from core.store.uploads.submissions import Key

_DISTRICT_DIGITS: Final = 4


def new_upload(
    session: Session, intake: Intake, data: bytes, *, by: str, subject: str | None = None
) -> tuple[NewUpload, tuple[NewSubmission, ...]]:
    """A file ready to be stored.

    `subject` is the district of an assessment that does not name its CUP, or names it wrongly.
    Raises `WorkbookError`: the reason of a refused file, F024 when it has no row, F013 when none
    of them can be stored, F014 when its district is not known, F015 when that district is not in
    the register.
    """
    if isinstance(intake, Refused):
        refused = intake.issues[0]
        raise WorkbookError(refused.code, **refused.params)
    form, submissions = intake.form, _submissions(session, intake, subject)
    if isinstance(intake, DocumentIntake) and not submissions:
        raise WorkbookError("F024" if intake.is_empty else "F026", form=form.name)
    if not submissions:
        is_empty = isinstance(intake, TableIntake) and intake.is_empty
        raise WorkbookError("F024", form=form.name) if is_empty else WorkbookError("F013")
    upload = NewUpload(
        form=form.id,
        form_version=str(form.version),
        subject=_about(session, form, [(one.subject, one.period) for one in submissions]),
        fiscal_year=max(one.period.fiscal_year for one in submissions),
        file_name=intake.file,
        content=data,
        uploaded_by=by,
        filled=_filled(intake, submissions),
        inputs=_inputs(intake, submissions),
    )
    return upload, submissions


def _submissions(
    session: Session, intake: Accepted, subject: str | None
) -> tuple[NewSubmission, ...]:
    match intake:
        case RegisterIntake():
            return tuple(_registered(intake.register, intake.form))
        case DocumentIntake():
            return tuple(_document(intake.document))
        case TrialBalanceIntake():
            return tuple(_balances(intake))
        case FinanceIntake() | ThemeIntake():
            rows = _rows(intake.reading)
            return tuple(map(with_totals, rows) if intake.form.id == PLAN else rows)
        case AssessmentIntake():
            cup = intake.identity.cup if intake.identity else None
            district = _district(session, subject or cup)
            figures = tuple(_assessment(intake.reading, intake.rules))
            return (NewSubmission(district, Period(intake.fiscal_year), figures),)


def _document(document: Document) -> Iterator[NewSubmission]:
    """The document of a province and year; none where it does not say whose it is."""
    if document.area is not None and document.fiscal_year is not None:
        lines = tuple(StoredLine(row.part, encoded(row)) for row in document.rows)
        yield NewSubmission(document.area, Period(document.fiscal_year), (), lines=lines)


def _filled(intake: Accepted, submissions: Sequence[NewSubmission]) -> int:
    """Inputs that were filled in; of a table its figures, of a document its cells."""
    if isinstance(intake, DocumentIntake):
        return sum(len(row.values) for row in intake.document.rows)
    if isinstance(intake, AssessmentIntake):
        return intake.reading.filled
    observed = (o for one in submissions for o in one.observations)
    return sum(o.state != State.NOT_REPORTED for o in observed)


def _inputs(intake: Accepted, submissions: Sequence[NewSubmission]) -> int:
    if isinstance(intake, DocumentIntake):
        return _filled(intake, submissions)
    if isinstance(intake, AssessmentIntake):
        return len(intake.reading.input_ids)
    return sum(len(one.observations) for one in submissions)


def _district(session: Session, typed: str | None) -> str:
    """The district of a CUP's code, given with or without its D."""
    code = (typed or "").strip()
    if len(code) == _DISTRICT_DIGITS:
        code = f"D{code}"
    try:
        area = parse_area(code)
    except UsageError as error:
        raise WorkbookError("F014") from error
    if area.level != Level.DISTRICT:
        raise WorkbookError("F014")
    if has_areas(session) and not has_district(session, area.code):
        raise WorkbookError("F015", district=area.code)
    return area.code


def _about(session: Session, form: Form, keys: Sequence[Key]) -> str:
    """The subject of a file: its only one, else the smallest area that holds all of them."""
    subjects = {subject for subject, _ in keys}
    if len(subjects) == 1:
        return subjects.pop()
    if form.layout != "table":
        return COUNTRY
    places = {one.hcode: (one.district, one.province, one.region) for one in facilities(session)}
    known = areas(session)
    for code, area in known.items():
        if code[:1] == "D":
            places[code] = code, area.parent, known[area.parent].parent
    for level in range(3):
        codes = {places[one][level] if one in places else COUNTRY for one in subjects}
        if len(codes) == 1:
            return str(codes.pop())
    return COUNTRY


def _rows(reading: TableReading) -> Iterator[NewSubmission]:
    """Every row with a subject and a period; a cell in error is included without a value."""
    known = figures(reading.form)
    for line in reading.lines:
        if line.subject is not None and line.period is not None:
            yield NewSubmission(line.subject, line.period, tuple(_row(line, known)))


def _balances(intake: TrialBalanceIntake) -> Iterator[NewSubmission]:
    """Every hospital and month with what its accounts come to, and the accounts."""
    known = figures(intake.reading.form)
    rows = zip(intake.reading.lines, intake.accounts, intake.as_of, strict=True)
    for line, accounts, as_of in rows:
        if line.subject is not None and line.period is not None:
            observed, held = tuple(_row(line, known)), _accounts(accounts)
            yield NewSubmission(line.subject, line.period, observed, held, as_of=as_of)


def _accounts(lines: AccountLines) -> Accounts:
    """Accounts as they are stored: NaN for what their table has no column of."""
    codes, heads, rows = (one.tolist() for one in (lines.codes, lines.sheets, lines.rows))
    sheets = [header.sheet.name for header in lines.headers]
    letters = [_letters(header.columns[ACCOUNT]) for header in lines.headers]
    moved = lines.has("month_debit")
    return Accounts(
        codes=[lines.known.codes[code].full for code in codes],
        brought=np.where(lines.has("brought_debit"), lines.brought, np.nan),
        debit=np.where(moved, lines.amounts[:, 2], np.nan),
        credit=np.where(moved, lines.amounts[:, 3], np.nan),
        carried=lines.carried,
        sheets=[sheets[head] for head in heads],
        cells=[f"{letters[head]}{row}" for head, row in zip(heads, rows, strict=True)],
    )


@cache
def _letters(column: int) -> str:
    """A column as sheets name it; lines of a trial balance are rows."""
    return Place(1, column).name[:-1]


def _registered(table: RegisterTable, form: TableForm) -> Iterator[NewSubmission]:
    """Every facility that can be entered; without a start month it counts for the form's year."""
    always, known = Period(form.fiscal_year), figures(form)
    for row in table.rows:
        yield NewSubmission(row.hcode, row.since or always, tuple(_row(row.line, known)))


def _row(line: Line, known: Sequence[Figure]) -> Iterator[Observed]:
    for figure in known:
        state = State(line.states[figure.place])
        if state != State.NOT_REPORTED:
            measure = figure.measure
            yield _observed(measure, line.values[figure.place], state, line.spot(measure))
    for measure, text in line.texts.items():
        state = State.CONTRADICTORY if measure in line.contradicted else State.REPORTED
        yield _observed(measure, math.nan, state, line.spot(measure), text)
    for measure, flag in line.flags.items():
        yield _observed(measure, float(flag), State.REPORTED, line.spot(measure))


def _assessment(reading: AssessmentReading, rules: RuleSet) -> Iterator[Observed]:
    """The sections handed in, then every input and count, empty ones too."""
    sections = " ".join(section.id for section in reading.sections)
    yield Observed(SECTIONS, math.nan, State.REPORTED, text=sections)
    spots = _spots(reading, rules)
    numbers = typed_figures(rules, reading.cells, reading.pairs, reading.units)
    for measure, (value, state) in numbers.items():
        yield _observed(measure, value, state, spots.get(measure))


def _spots(reading: AssessmentReading, rules: RuleSet) -> Mapping[str, Spot]:
    """The cell each figure was typed in; a count made of several cells has none."""
    spots = {key: cell.spot for key, cell in reading.cells.items()}
    for key, pair in reading.pairs.items():
        ratio = ratio_of(rules, key)
        if ratio is not None:
            spots[ratio.numerator] = pair.numerator.spot
            spots[ratio.denominator] = pair.denominator.spot
    return spots


def _observed(
    measure: str, value: float, state: State, spot: Spot | None, text: str | None = None
) -> Observed:
    number = value if state == State.REPORTED else math.nan
    sheet, cell = ("", "") if spot is None else (spot.sheet, spot.place.name)
    return Observed(measure, number, state, sheet, cell, text)
