"""New files of claims: dropped, checked, shown with every problem, and stored once confirmed."""

from collections.abc import Mapping

import streamlit as st

from components.parts import anatomy
from components.parts.tables import Column, table
from components.reader.language import _, tr
from components.reader.markup import tag
from components.reader.store import own_store_of_view
from components.why.rules import quoted
from core.claims.columns import rules
from core.errors import TruatError
from core.forms.model.issues import issue_of
from core.services.claims.intake import ClaimIntake
from core.services.claims.listing import received_lines
from core.services.claims.storing import (
    Received,
    claim_uploads,
    examine_for,
    store_claims,
    today,
)
from core.services.stores import open_store

_DONE = "claims.done"
_MOST = 50


def drop_zone() -> None:
    """The zone for files of claims, and what became of each of them."""
    anatomy.section(_("New files of claims"))
    files = st.file_uploader(
        _("Drop claims, visit files (.zip), replies (REP) or statements (STM) here"),
        accept_multiple_files=True,
        key="claims.files",
    )
    by = st.text_input(_("Who stores it"), key="claims.by").strip() if files else ""
    for file in files or ():
        _one({file.name: file.getvalue()}, file.file_id, by)


def _one(content: Mapping[str, bytes], key: str, by: str) -> None:
    done: dict[str, Received] = st.session_state.setdefault(_DONE, {})
    if key in done:
        st.html("".join(tag("p", tr(line)) for line in received_lines(done[key])))
        return
    try:
        intake = examine_for(open_store("own"), content, today=today())
    except TruatError as error:
        st.error(tr(issue_of(error).text))
        return
    _checked(intake)
    if not intake.is_storable:
        return
    if not by:
        st.write(_("Type who stores it; then it can be confirmed."))
    elif st.button(_("Confirm and store"), key=f"claims.confirm.{key}", type="primary"):
        try:
            done[key] = store_claims(own_store_of_view(), intake, by=by)
        except TruatError as error:
            st.error(tr(issue_of(error).text))
            return
        st.rerun()


def _checked(intake: ClaimIntake) -> None:
    """What was read of a file, and every problem with its cell."""
    kind = tr(rules().kinds[intake.kind].name) if intake.kind else _("Not stored")
    st.html(
        tag(
            "p",
            tag("strong", quoted(intake.file)),
            " · ",
            kind,
            " · ",
            _(
                "{count} rows can be stored, {left} are left out",
                count=f"{intake.rows.num_rows:,}",
                left=f"{intake.left_out:,}",
            ),
        )
    )
    anatomy.messages(
        anatomy.Message(kind=issue.severity, text=tr(issue.text), where=issue.sheet)
        for issue in intake.issues[:_MOST]
    )


def listed() -> None:
    """Files of claims that were sent."""
    uploads = claim_uploads(open_store())
    if not uploads:
        return
    anatomy.section(_("Files of claims that were sent"))
    columns = [
        Column(_("No.")),
        Column(_("Kind")),
        Column(_("File")),
        Column(_("Rows"), number=True),
        Column(_("By")),
        Column(_("State")),
    ]
    rows = (
        (
            str(one.id),
            tr(rules().kinds[one.kind].name),
            quoted(one.file_name),
            f"{one.rows:,}",
            quoted(one.by),
            _("counts") if one.state == "stored" else _("withdrawn"),
        )
        for one in uploads[:_MOST]
    )
    table(_("Files of claims that were sent"), columns, rows)
