"""The problems of a workbook, the worst first, and where its own formulas differ."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from components.parts import anatomy
from components.parts.anatomy import disclosure
from components.reader.language import _
from core.forms.model.issues import CellIssue, Severity
from core.services.intake.kinds import Intake

_ORDER: Final[tuple[Severity, ...]] = ("error", "warning", "note")
_SHOWN: Final = 20
_RECONCILED: Final = "W2"


def problems(intake: Intake) -> None:
    """All messages but those of reconciliation."""
    issues = [issue for issue in intake.issues if not issue.code.startswith(_RECONCILED)]
    anatomy.section(_("What to mend"))
    if not issues:
        st.write(_("Nothing: every cell could be read and lies within its range."))
        return
    counts = {kind: sum(issue.severity == kind for issue in issues) for kind in _ORDER}
    st.write(
        _(
            "Errors: {errors} · to check: {warnings} · notes: {notes}",
            errors=counts["error"],
            warnings=counts["warning"],
            notes=counts["note"],
        )
    )
    list_issues(sorted(issues, key=lambda issue: _ORDER.index(issue.severity)))


def reconciliation(intake: Intake) -> None:
    """Where the workbook's own formulas give something else than the criteria."""
    issues = [issue for issue in intake.issues if issue.code.startswith(_RECONCILED)]
    anatomy.section(_("Compared with the workbook's own formulas"))
    if issues:
        list_issues(issues)
    else:
        st.write(_("Every result in the workbook agrees with the criteria."))


def refusal(intake: Intake) -> None:
    """Why a file was not accepted."""
    anatomy.messages(_message(issue) for issue in intake.issues)


def list_issues(issues: Sequence[CellIssue]) -> None:
    """Issues as messages; beyond a screenful they are folded away."""
    anatomy.messages(_message(issue) for issue in issues[:_SHOWN])
    rest = issues[_SHOWN:]
    if rest:
        more = anatomy.messages_html(_message(issue) for issue in rest)
        st.html(disclosure(_("Show {count} more", count=len(rest)), more))


def _message(issue: CellIssue) -> anatomy.Message:
    return anatomy.Message(
        kind=issue.severity,
        text=_("{text} (code {code})", text=issue.text, code=issue.code),
        where=_("Sheet “{sheet}”", sheet=issue.sheet) if issue.sheet else "",
    )
