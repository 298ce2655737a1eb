"""An archive of more files than are shown one by one: checked, confirmed once, and stored."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

import streamlit as st

from components.parts import anatomy
from components.parts.downloads import table_buttons
from components.parts.status import Status, mark
from components.parts.tables import Column, table
from components.people.who import who_field
from components.reader.language import _, current_language, tr
from components.reader.markup import Html
from components.reader.store import own_store_of_view, tell_where_stored
from components.upload.dropped import Archive
from components.uploads.batch import Batch, begin, problems_first
from components.why.rules import quoted
from core.access.actors import current_actor
from core.forms.model.form import forms
from core.services.exports.workbook import Head

_BATCHES: Final = "uploads.batches"
_SHOWN: Final = 200
_LOOK_AGAIN: Final = timedelta(seconds=1)


def headline() -> str:
    """What the page is about where nothing but archives was dropped."""
    return _("An archive is checked as a whole, and stored once it is confirmed")


def show(archive: Archive) -> None:
    """Check all of its files, show a row for each, the problems first, and store what can be."""
    anatomy.section(_("{file}: {count} files", file=archive.name, count=f"{archive.count:,}"))
    if not current_actor().is_whole:
        st.write(_("So many at once are stored by an administrator of the country."))
        return
    batches: dict[str, Batch] = st.session_state.setdefault(_BATCHES, {})
    batch = batches.get(archive.key)
    if batch is None:
        _start(batches, archive)
    elif batch.is_running:
        st.fragment(_progress, run_every=_LOOK_AGAIN)(batch)
    else:
        _ended(batches, archive, batch)


def _start(batches: dict[str, Batch], archive: Archive, by: str | None = None) -> None:
    batch = begin(archive.path, archive.count, by)
    if batch is None:
        st.write(_("Another archive is being worked on; look again in a moment."))
        st.button(_("Look again"), key=f"archive.again.{archive.key}")
        return
    batches[archive.key] = batch
    st.rerun()


def _progress(batch: Batch) -> None:
    """How far it is, looked at again and again; the page is drawn anew when it has ended."""
    if not batch.is_running:
        st.rerun()
    done, count = len(batch.rows), batch.count
    values = {"done": f"{done:,}", "count": f"{count:,}"}
    checked = _("{done} of {count} files checked; nothing is stored yet", **values)
    text = checked if batch.by is None else _("{done} of {count} files gone through", **values)
    st.progress(min(1.0, done / count), text=text)
    st.button(_("Stop"), key="archive.stop", on_click=batch.stop)


def _ended(batches: dict[str, Batch], archive: Archive, batch: Batch) -> None:
    """What became of all files; then the one confirmation, or the receipts."""
    rows = problems_first(batch.rows)
    if batch.has_stopped:
        st.write(
            _(
                "It ended after {done} of {count} files. What was stored stays; go on, and it is"
                " left out.",
                done=f"{len(rows):,}", count=f"{batch.count:,}",
            )
        )  # fmt: skip
    st.write(_summary(rows))
    table(_("All files"), _columns(), [_row(one) for one in rows[:_SHOWN]])
    if len(rows) > _SHOWN:
        st.write(_("{count} more are in the file.", count=f"{len(rows) - _SHOWN:,}"))
    heads = [column.title for column in _columns()]
    cells = [heads, *map(_cells, rows)]
    table_buttons(f"archive.{archive.key}", lambda: cells, Head(archive.name), "files")
    waiting = sum(one["outcome"] == "ready" for one in rows)
    if batch.by is not None and not batch.has_stopped:
        return
    if not waiting and not batch.has_stopped:
        return
    tell_where_stored()
    # Whoever goes on has given their name already.
    st.session_state.setdefault(f"archive.by.{archive.key}", batch.by or "")
    by = who_field(_("Who stores them"), key=f"archive.by.{archive.key}")
    if not by:
        st.write(_("Type who stores them; then they can be confirmed."))
    elif st.button(
        _("Confirm and store {count} files", count=f"{waiting or batch.count:,}"),
        key=f"archive.confirm.{archive.key}", type="primary",
    ):  # fmt: skip
        own_store_of_view()
        _start(batches, archive, by)


def _summary(rows: Sequence[Mapping[str, Any]]) -> str:
    counts = Counter(one["outcome"] for one in rows)
    faulty = sum(one["outcome"] != "refused" and one["errors"] > 0 for one in rows)
    values = {name: f"{counts[name]:,}" for name in ("stored", "same", "refused", "ready")}
    values |= {"count": f"{len(rows):,}", "faulty": f"{faulty:,}"}
    if counts["stored"]:
        return _(
            "{count} files: {stored} stored, {faulty} of them with errors; {same} stored already;"
            " {refused} not stored",
            **values,
        )
    return _(
        "{count} files: {ready} can be stored, {faulty} of them with errors; {same} stored"
        " already; {refused} cannot be; nothing was stored",
        **values,
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("File")),
        Column(_("Form")),
        Column(_("Errors"), number=True),
        Column(_("To check"), number=True),
        Column(_("State")),
        Column(_("First problem")),
        Column(_("Number of the upload"), number=True),
    )


def _cells(one: Mapping[str, Any]) -> tuple[object, ...]:
    """A file as cells of a workbook."""
    form = forms().get(one["form"])
    reason = one["reason"]
    return (
        one["file"],
        tr(form.name) if form else "",
        one["errors"],
        one["warnings"],
        _state(one)[1],
        reason[current_language()] if reason else "",
        one["upload"],
    )


def _row(one: Mapping[str, Any]) -> tuple[str | Html, ...]:
    name, form, errors, warnings, _state_text, reason, number = _cells(one)
    return (
        quoted(str(name)), str(form), f"{errors:,}", f"{warnings:,}", mark(*_state(one)),
        quoted(str(reason)), str(number or ""),
    )  # fmt: skip


def _state(one: Mapping[str, Any]) -> tuple[Status, str]:
    match one["outcome"]:
        case "refused":
            return "fail", _("Not accepted")
        case "same":
            return "none", _("stored already")
        case "stored":
            return "pass", _("Stored")
    return ("watch", _("Can be stored, errors left out")) if one["errors"] else (
        "pass", _("Can be stored")
    )  # fmt: skip
