"""The strategy plans a store holds: of which provinces and years, and each as a tree."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.access.roles import Action
from core.errors import UsageError
from core.forms.document.checks import plan_issues
from core.forms.document.plan import Plan
from core.forms.document.rows import Document, DocumentRow, decoded
from core.forms.document.tree import plan_of
from core.forms.model.form import TableForm, form
from core.forms.model.issues import CellIssue
from core.periods import Period
from core.services.guard.doors import ANYWHERE, door
from core.services.guard.lying import readable
from core.services.intake.document_rows import PLAN
from core.store.engine.unit_of_work import reading
from core.store.results.versions import stamp_now
from core.store.uploads.document_lines import lines_of
from core.store.uploads.submissions import SubmissionInfo, current_submissions, submissions

_CACHED: Final = 128
MADE_FROM: Final = "plan.made_from"
REASON: Final = "plan.reason"


@dataclass(frozen=True)
class Conflict:
    """Two files made from the same one: `later` counts, `earlier` does not and is kept."""

    earlier: SubmissionInfo
    later: SubmissionInfo


@dataclass(frozen=True)
class StoredPlan:
    """A plan as it counts now, with every problem of it, and all its versions, newest first."""

    plan: Plan
    info: SubmissionInfo
    issues: tuple[CellIssue, ...]
    versions: tuple[SubmissionInfo, ...]
    conflict: Conflict | None
    reasons: Mapping[int, str]
    """Why each version was made, by the number of its file; absent where it does not say."""

    @property
    def area(self) -> str:
        return self.info.subject

    @property
    def fiscal_year(self) -> int:
        return self.info.period.fiscal_year


def plan_form() -> TableForm:
    """The form of strategy plans."""
    chosen = form(PLAN)
    if not isinstance(chosen, TableForm):
        raise TypeError(PLAN)
    return chosen


@door(Action.READ, ANYWHERE)
def planned(engine: Engine) -> tuple[tuple[str, int], ...]:
    """Province and year of every plan that counts and may be read, the newest year first."""
    may = readable(engine)
    return tuple(one for one in _planned(engine, stamp_now(engine)) if may(one[0]))


@door(Action.READ, "area")
def stored_plan(engine: Engine, area: str, fiscal_year: int) -> StoredPlan:
    """The plan of a province and year; `UsageError` U050 where there is none."""
    plan = _stored(engine, stamp_now(engine), area, fiscal_year)
    if plan is None:
        raise UsageError("U050", area=area, year=fiscal_year)
    return plan


@lru_cache(maxsize=_CACHED)
def _planned(engine: Engine, stamp: str) -> tuple[tuple[str, int], ...]:  # noqa: ARG001
    with reading(engine) as session:
        known = {
            (one.subject, one.period.fiscal_year) for one in current_submissions(session, PLAN)
        }
    return tuple(sorted(known, key=lambda key: (key[0], -key[1])))


@lru_cache(maxsize=_CACHED)
def _stored(
    engine: Engine,
    stamp: str,  # noqa: ARG001
    area: str,
    fiscal_year: int,
) -> StoredPlan | None:
    with reading(engine) as session:
        period = Period(fiscal_year)
        versions = submissions(session, subject=area, form=PLAN, period=period)
        current = next((one for one in versions if one.current), None)
        if current is None:
            return None
        plan, issues = plan_of(_document(session, current))
        conflict = _conflict(session, plan, current, versions)
        heads = {one.upload_id: _head(session, one) for one in versions}
    reasons = {number: row.text(REASON) for number, row in heads.items() if row.text(REASON)}
    every = (*issues, *plan_issues(plan))
    return StoredPlan(plan, current, every, versions, conflict, reasons)


def _document(session: Session, info: SubmissionInfo) -> Document:
    chosen = plan_form()
    rows = (decoded(chosen, *line) for line in lines_of(session, info.id))
    return Document(chosen, tuple(rows), info.subject, info.period.fiscal_year)


def _conflict(
    session: Session, plan: Plan, current: SubmissionInfo, versions: tuple[SubmissionInfo, ...]
) -> Conflict | None:
    """The version that was stored between the one a plan was made from and the plan itself."""
    base = plan.head.number(MADE_FROM)
    if base is None:
        return None
    between = [one for one in versions if int(base) < one.upload_id < current.upload_id]
    others = [one for one in between if not one.withdrawn]
    made_from = [one for one in others if _base(session, one) == base]
    return Conflict(made_from[0], current) if made_from else None


def _base(session: Session, info: SubmissionInfo) -> float | None:
    return _head(session, info).number(MADE_FROM)


def _head(session: Session, info: SubmissionInfo) -> DocumentRow:
    """The head of a version; an empty row where it has none."""
    rows = _document(session, info).rows
    return next((row for row in rows if row.part == "head"), DocumentRow("head", {}))
