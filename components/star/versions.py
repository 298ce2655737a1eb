"""Versions of an assessment: what was sent when, how two differ, taking back and restoring."""

from collections.abc import Callable, Sequence

import streamlit as st

from components.parts import anatomy
from components.parts.tables import Column, table
from components.people.who import who_field
from components.reader.language import _, tr
from components.reader.periods import moment_text
from components.upload.storing import attempt, differences
from core.services.importing.receipts import Receipt
from core.services.importing.sent_text import STATES
from core.services.importing.store_intake import compare, restore, withdraw
from core.services.stores import open_store
from core.store.uploads.repository import UploadInfo


def versions(sent: Sequence[UploadInfo]) -> None:
    """Everything a network sent, the newest first; nothing where nothing was sent."""
    if not sent:
        return
    anatomy.section(_("Versions"))
    columns = (
        Column(_("Version"), number=True),
        Column(_("File")),
        Column(_("Sent by")),
        Column(_("Sent at")),
        Column(_("Filled in"), number=True),
        Column(_("State")),
    )
    rows = [
        (
            str(one.version),
            one.file_name,
            one.uploaded_by,
            moment_text(one.uploaded_at),
            f"{one.filled}/{one.inputs}",
            tr(STATES[one.state]),
        )
        for one in sent
    ]
    table(_("What was sent"), columns, rows)
    if len(sent) > 1:
        _comparison(sent)
    _state_form(sent)


def _comparison(sent: Sequence[UploadInfo]) -> None:
    """Two versions side by side."""
    by_version = {one.version: one for one in reversed(sent)}
    left, right = st.columns(2)
    with left:
        first = st.selectbox(_("Compare version"), list(by_version), key="versions.before")
    with right:
        last = st.selectbox(
            _("with version"), list(by_version), index=len(by_version) - 1, key="versions.after"
        )
    compared = attempt(lambda: compare(open_store(), by_version[first].id, by_version[last].id))
    if compared is None:
        return
    if compared.differences:
        differences(compared.differences)
    else:
        st.write(_("These two say the same."))


def _state_form(sent: Sequence[UploadInfo]) -> None:
    """Take a version back, or have it count again: who and why is kept."""
    with st.expander(_("Take a version back or have it count again")):
        by_version = {one.version: one for one in sent}
        chosen = by_version[st.selectbox(_("Version"), list(by_version), key="versions.chosen")]
        by = who_field(_("Who changes it"), key="versions.by")
        reason = st.text_input(_("Reason"), key="versions.reason").strip()
        names = {True: _("Have it count again"), False: _("Take it back")}
        change: Callable[..., Receipt] = restore if chosen.state != "active" else withdraw
        label = names[change is restore]
        if st.button(label, key="versions.change", disabled=not (by and reason)):
            done = attempt(lambda: change(open_store(), chosen.id, by=by, reason=reason))
            if done is not None:
                st.rerun()
