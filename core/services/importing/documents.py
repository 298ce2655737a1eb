"""A document beside the one that is stored: whether somebody else changed it meanwhile."""

from collections.abc import Iterator
from typing import Final

from sqlalchemy.orm import Session

from core.forms.model.issues import CellIssue
from core.periods import Period, moment_text
from core.services.intake.kinds import DocumentIntake
from core.store.uploads.submissions import submissions

MADE_FROM: Final = "plan.made_from"


def changed_meanwhile(session: Session, intake: DocumentIntake) -> Iterator[CellIssue]:
    """That another file counts than the one a document was made from; both stay (S050)."""
    document = intake.document
    head = next((row for row in document.rows if row.number(MADE_FROM) is not None), None)
    if head is None or document.area is None or document.fiscal_year is None:
        return
    base = int(head.number(MADE_FROM) or 0)
    period = Period(document.fiscal_year)
    known = submissions(session, subject=document.area, form=intake.form.id, period=period)
    current = next((one for one in known if one.current), None)
    if current is not None and current.upload_id != base:
        yield head.issue(
            "S050",
            MADE_FROM,
            base=base,
            other=current.upload_id,
            by=current.uploaded_by,
            at=moment_text(current.uploaded_at),
        )
