"""Storing a checked workbook: first what it would change, then, once confirmed, the receipt."""

import math
from collections.abc import Callable, Sequence
from functools import cache
from typing import Final, TypeVar

import streamlit as st

from components.parts import anatomy, tables
from components.people.who import who_field
from components.reader.language import _, current_language, tr
from components.reader.markup import Html
from components.reader.periods import moment_text
from components.reader.store import own_store_of_view, tell_where_stored
from components.starts.ahead import read_ahead_of
from components.upload import readings
from components.upload.dropped import Dropped
from components.why.rules import quoted
from core.access.roles import Action
from core.errors import TruatError, WorkbookError
from core.forms.model.issues import issue_of
from core.services.bulk.clerk import get_ready, preview, store
from core.services.geography.reference import all_areas
from core.services.guard.lying import places_for
from core.services.importing.receipt_text import receipt_lines, resumed_line
from core.services.importing.receipts import Receipt
from core.services.intake.kinds import DocumentIntake, Intake, TableIntake
from core.services.results.figure_names import figure_name
from core.services.scored.examined import AssessmentIntake
from core.services.stores import open_store
from core.store.register.row import AreaRow
from core.store.uploads.observations import Difference, Observed
from core.text import Language

Done = TypeVar("Done")
RECEIPTS: Final = "storing.receipts"
PREVIEWS: Final = "storing.previews"
_SHOWN: Final = 50


def store_form(intake: Intake, file: Dropped) -> None:
    """Preview, confirm, receipt. Nothing is stored before the second button."""
    anatomy.section(_("Store in the system"))
    receipts = receipts_under(RECEIPTS)
    if file.key in receipts:
        _receipt(receipts[file.key])
        return
    if isinstance(intake, TableIntake) and not intake.is_storable:
        is_document = isinstance(intake, DocumentIntake)
        code = "F026" if is_document else "F013"
        st.write(tr(issue_of(WorkbookError(code, form=intake.form.name)).text))
        return
    get_ready()
    tell_where_stored()
    subject = _district(intake, file.key)
    by = who_field(_("Who stores it"), key=f"storing.by.{file.key}")
    previews, key = receipts_under(PREVIEWS), f"{file.key} {subject}"
    if st.button(_("See what would change"), key=f"storing.look.{file.key}"):
        receipt = attempt(lambda: preview(open_store("own"), intake, file.data, subject=subject))
        previews.pop(key, None)
        if receipt is not None:
            previews[key] = receipt
    if key in previews:
        _changes(previews[key])
        readings.note_stored_readings(open_store("own"), intake)
        _confirm(intake, file, previews[key], by, subject)


def _confirm(intake: Intake, file: Dropped, receipt: Receipt, by: str, subject: str | None) -> None:
    """The button that stores; it needs a name first."""
    if receipt.action == "same" or receipt.locked is not None:
        return
    if not by:
        st.write(_("Type who stores it; then it can be confirmed."))
    elif st.button(_("Confirm and store"), key=f"storing.confirm.{file.key}", type="primary"):
        done = attempt(
            lambda: store(own_store_of_view(), intake, file.data, by=by, subject=subject)
        )
        if done is not None:
            receipts_under(RECEIPTS)[file.key] = done
            read_ahead_of(open_store("own"), done)
            st.rerun()


def receipts_under(name: str) -> dict[str, Receipt]:
    """The receipts of this visit by the key of their file: `RECEIPTS`, or `PREVIEWS`."""
    receipts: dict[str, Receipt] = st.session_state.setdefault(name, {})
    return receipts


def attempt(work: Callable[[], Done]) -> Done | None:
    """The result of some work, or None with its error on the screen."""
    try:
        return work()
    except TruatError as error:
        st.error(tr(issue_of(error).text))
        return None


def _district(intake: Intake, key: str) -> str | None:
    """The district of an assessment that does not name its own."""
    if not isinstance(intake, AssessmentIntake):
        return None
    if intake.identity and intake.identity.cup:
        return intake.identity.cup
    every = district_names(current_language())
    lying = {area.code: area.parent for area in all_areas()}
    districts = {code: every[code] for code in places_for(Action.UPLOAD, every, lying)}
    return st.selectbox(
        _("District of the health network"),
        list(districts),
        index=None,
        format_func=lambda code: districts[code],
        placeholder=_("Choose a district"),
        key=f"storing.district.{key}",
    )


@cache
def district_names(language: Language) -> dict[str, str]:
    """District code -> its name and province, by province and name."""
    areas = {area.code: area for area in all_areas()}

    def name_of(area: AreaRow) -> str:
        return area.name_th if language == "th" else area.name_en

    return {
        code: f"{name_of(area)} · {name_of(areas[area.parent])}"
        for code, area in areas.items()
        if code.startswith("D")
    }


def _verification(receipt: Receipt) -> None:
    """That a lock keeps the file from being stored, or a verification would begin anew."""
    if receipt.locked is not None:
        st.error(tr(receipt.locked))
    for one in receipt.resumed:
        st.warning(tr(resumed_line(one)).strip())


def _changes(receipt: Receipt) -> None:
    """What storing would change, figure by figure."""
    _verification(receipt)
    if receipt.action == "same":
        st.write(_("These very figures are stored already; nothing would change."))
        return
    count = len(receipt.differences)
    st.write(
        _(
            "New: {new} of {all} subjects and periods. Figures that differ: {count}.",
            new=len(receipt.new_keys),
            all=len(receipt.keys),
            count=count,
        )
    )
    if receipt.recomputed is None:
        st.write(
            _("Somebody else is storing now: which results change is told when this is stored.")
        )
    else:
        st.write(
            _(
                "Results that change: {own} of its own, {others} of others, {areas} of areas.",
                own=len(receipt.own),
                others=len(receipt.others),
                areas=len(receipt.areas),
            )
        )
    if count:
        differences(receipt.differences)


def differences(shown: Sequence[Difference]) -> None:
    """A table of the figures that differ between two files."""
    columns = [
        tables.Column(_("Subject")),
        tables.Column(_("Period")),
        tables.Column(_("Figure")),
        tables.Column(_("Before"), number=True),
        tables.Column(_("Now"), number=True),
    ]
    rows = [
        (d.subject, str(d.period), _name(d.measure), _figure(d.before), _figure(d.after))
        for d in shown[:_SHOWN]
    ]
    tables.table(_("Figures that differ"), columns, rows)
    if len(shown) > _SHOWN:
        st.write(_("{count} more differ.", count=len(shown) - _SHOWN))


def _name(code: str) -> Html:
    return quoted(tr(figure_name(code)))


def _figure(observed: Observed | None) -> str:
    if observed is None or math.isnan(observed.value):
        return "\u2013"
    return f"{observed.value:,.2f}"


def _receipt(done: Receipt) -> None:
    """The receipt: number, version, by whom, when, and the SHA-256 of the file."""
    for line in receipt_lines(done):
        st.write(tr(line).strip())
    upload = done.upload
    anatomy.sources(
        _("Stored {when} by {by}", when=moment_text(upload.uploaded_at), by=upload.uploaded_by),
        _("File mark (SHA-256): {mark}", mark=upload.sha256),
    )
