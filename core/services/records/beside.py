"""A dropped file held against the store: against its other forms, and districts of the register."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from core.forms.model.form import TableForm, forms
from core.forms.model.issues import CellIssue
from core.forms.records.across import BOTH_WAYS, across
from core.forms.records.record import records_of
from core.forms.table.words import without_prefix
from core.services.intake.kinds import TableIntake
from core.services.records.stored import stored_records
from core.store.register.repository import areas, facilities
from core.store.register.row import AreaRow
from core.text import fold, say


def record_forms() -> tuple[str, ...]:
    """The forms that hold rows of documents."""
    return tuple(
        one.id for one in forms().values() if isinstance(one, TableForm) and one.holds == "records"
    )


def issues_beside(session: Session, intake: TableIntake) -> Iterator[CellIssue]:
    """What this file says otherwise than another form, each at its cell in this file."""
    if intake.form.holds != "records":
        return
    own = records_of(intake.reading, intake.file)
    years = {one.fiscal_year for one in own}
    others = tuple(one for one in record_forms() if one != intake.form.id)
    known = tuple(one for year in sorted(years) for one in stored_records(session, others, year))
    for issue in across((*own, *known)):
        places = (issue.here,) if issue.code in BOTH_WAYS else (issue.here, issue.there)
        at = next((a for a in places if a.record.form == intake.form.id), None)
        if at is not None:
            yield issue.issue(at)


def district_issues(session: Session, intake: TableIntake) -> Iterator[CellIssue]:
    """Units whose district is another than that of the register."""
    constant = [column for table in intake.form.tables for column in table.constant]
    if not constant:
        return
    known = areas(session)
    own = {one.hcode: known[one.district] for one in facilities(session) if one.district in known}
    for line in intake.reading.lines:
        place = own.get(line.subject or "")
        for measure in constant if place else ():
            text = line.texts.get(measure)
            if text and place and not _names(text, place):
                spot = line.spot(measure)
                params: dict[str, object] = {"subject": line.subject, "other": place.name_th}
                params["title"] = next(c.name for c in intake.form.columns if c.measure == measure)
                yield CellIssue(
                    "W475", spot.sheet, spot.place.name, text, say("the register"), params
                )


def _names(text: str, place: AreaRow) -> bool:
    """Whether words name an area by its code or name, with or without the word for a district."""
    bare = without_prefix(fold(text), "district")
    return bare in {
        fold(place.code),
        fold(place.code[1:]),
        fold(place.name_th),
        fold(place.name_en),
    }
