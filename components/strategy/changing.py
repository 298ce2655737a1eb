"""Changing an item of a plan, and the versions there are."""

import streamlit as st
from sqlalchemy import Engine

from components.parts import anatomy
from components.parts.anatomy import Message
from components.parts.tables import Column
from components.parts.tables import table as plain_table
from components.people.who import who_field
from components.reader.language import _, tr
from components.reader.links import link
from components.reader.periods import moment_text
from components.upload.storing import attempt
from core.forms.document.filled import written
from core.forms.document.plan import Item
from core.services.strategy.editing import EDITABLE, Changed, store_changes
from core.services.strategy.stored import StoredPlan
from core.services.strategy.view import PlanView
from core.services.strategy.wording import item_name
from core.store.uploads.submissions import SubmissionInfo

_DONE = "strategy.changed"


def form(engine: Engine, shown: PlanView) -> None:
    """One item at a time: what is typed becomes a new version of the plan."""
    stored = shown.stored
    with st.expander(_("Change an item of the plan")):
        _told()
        items = {one.id: one for one in shown.plan.items if one.level in ("activity", "step")}
        names = {key: _named(shown, one) for key, one in items.items()}
        if not items:
            return
        chosen = st.selectbox(
            _("Item"),
            list(items),
            key="strategy.item",
            filter_mode=None,
            format_func=lambda key: names[key],
        )
        item = items[chosen]
        # The version that was on the screen is the one that is changed, whatever counts by then.
        with st.form(f"strategy.form.{stored.info.upload_id}.{chosen}"):
            typed = _fields(stored, item)
            by = who_field(_("Who changes it (role)"))
            is_sent = st.form_submit_button(_("Store as a new version"), type="primary")
        if is_sent and not by:
            st.write(_("Type who changes it; then it can be stored."))
        elif is_sent:
            _store(engine, stored, {chosen: typed}, by)


def _named(shown: PlanView, item: Item) -> str:
    above = shown.plan.by_id.get(item.parent or "")
    number = f"{above.number} · " if item.level == "step" and above else ""
    return f"{number}{tr(item_name(item))}"


def _fields(stored: StoredPlan, item: Item) -> dict[str, str]:
    columns = {column.measure: column for column in stored.plan.document.form.columns}
    typed = {}
    for measure in EDITABLE:
        column, value = columns[measure], item.row.values.get(measure)
        before = "" if value is None else written(column, value, "th")
        hint = tr(column.hint) if column.hint else None
        typed[measure] = st.text_input(tr(column.name), value=before, placeholder=hint)
    return typed


def _store(engine: Engine, stored: StoredPlan, changes: dict[str, dict[str, str]], by: str) -> None:
    done = attempt(lambda: store_changes(engine, stored, changes, by=by))
    if done is not None:
        st.session_state[_DONE] = done
        st.rerun()


def _told() -> None:
    """What the last change did, and what is wrong with it."""
    done: Changed | None = st.session_state.pop(_DONE, None)
    if done is None:
        return
    told = _("Stored as file no. {number}; it counts now.", number=done.receipt.upload.id)
    fresh = [
        issue for issue in done.intake.issues if issue.severity == "error" or issue.code[0] == "S"
    ]
    anatomy.messages(
        [
            Message(kind="note", text=told),
            *(
                Message(kind=issue.severity, text=tr(issue.text), where=issue.sheet)
                for issue in fresh
            ),
        ]
    )


def versions(stored: StoredPlan) -> None:
    """All versions, newest first; each leads to its file."""
    anatomy.section(_("Versions of the plan"))
    columns = [
        Column(_("File no.")),
        Column(_("File")),
        Column(_("Sent by")),
        Column(_("When")),
        Column(_("How it stands")),
    ]
    rows = (
        (
            link(str(one.upload_id), "uploads", file=str(one.upload_id)),
            one.file_name,
            one.uploaded_by,
            moment_text(one.uploaded_at),
            _counts(one),
        )
        for one in stored.versions
    )
    plain_table(_("Versions of the plan"), columns, rows)


def _counts(one: SubmissionInfo) -> str:
    if one.withdrawn:
        return _("withdrawn")
    return _("counts") if one.current else _("replaced by a later one")
