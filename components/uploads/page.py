"""The page of files that were sent: the list, and one of them with what can be done with it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import streamlit as st
from sqlalchemy import Engine

from components.parts import anatomy, tables
from components.parts.downloads import download_button
from components.parts.ordered import Head, ListColumn, Worded, ordered_list
from components.parts.status import Status, mark
from components.parts.tables import Column
from components.people.who import who_field
from components.reader import filters
from components.reader.language import _, tr
from components.reader.links import address
from components.reader.markup import Html, joined, tag
from components.reader.periods import moment_text
from components.reader.store import store_of_view
from components.upload.storing import attempt, differences
from components.uploads import deadlines
from components.why.rules import quoted
from components.why.verified import linked_mark
from core.areas import COUNTRY
from core.errors import StoreError
from core.forms.model.form import forms
from core.services.assessments.listing import marks_of_file
from core.services.deadlines.places import area_meant, areas_to_read
from core.services.importing.receipts import Receipt
from core.services.importing.sent import SentFile, original, sent_file, sent_files
from core.services.importing.sent_text import STATES, about, did
from core.services.importing.store_intake import compare, restore, withdraw
from core.store.uploads.repository import UploadInfo, UploadState

PAGE: Final = "uploads"
FILE: Final = "upload"
_AT_ONCE: Final = 50
_MARKS: Final[dict[UploadState, Status]] = {
    "active": "pass",
    "superseded": "none",
    "withdrawn": "watch",
}
_ANY: Final = ""
_MARKS_SHOWN: Final = 12


def show(engine: Engine) -> None:
    """One file where the address names one, and every file that the filters leave."""
    top = st.container()
    number = st.query_params.get(FILE, "")
    chosen = _chosen(engine, number) if number else None
    area = area_meant(engine, st.query_params.get(filters.AREA, ""))
    files = _filtered(engine, area)
    is_about_lateness = deadlines.LATE in st.query_params
    if not is_about_lateness:
        _list(files)
    deadlines.show(engine, area)
    if is_about_lateness:
        _list(files)
    with top:
        anatomy.headline(_headline(engine, area, files))
        if chosen:
            _file(engine, *chosen)


def _headline(engine: Engine, area: str, files: Sequence[SentFile]) -> str:
    if not files:
        return _("No file that was sent fits what was asked for.")
    active = sum(one.upload.state == "active" for one in files)
    counts = _(
        "{count} files were sent, {active} of them count",
        count=f"{len(files):,}",
        active=f"{active:,}",
    )
    place = areas_to_read(engine, area).get(area)
    return counts if area == COUNTRY or place is None else f"{tr(place)}: {counts}"


def _chosen(engine: Engine, number: str) -> tuple[SentFile, Receipt] | None:
    try:
        return sent_file(engine, int(number))
    except (StoreError, ValueError):
        filters.tell_unmet(_("File"), number, _("all files that were sent"))
        return None


def _filtered(engine: Engine, area: str) -> tuple[SentFile, ...]:
    known = areas_to_read(engine, area)
    has_choice = len(known) > 1 and area in known
    wide, narrow, *rest = st.columns([2, 1, 1] if has_choice else [2, 1])
    with wide:
        words = filters.search("q", _("Part of a file, a sender, a place or a code"))
    with narrow:
        names = {_ANY: _("All forms")} | {key: tr(form.name) for key, form in forms().items()}
        form = filters.choice("form", _("Form"), list(names), label_of=lambda key: names[key])
    for last in rest:
        with last:
            filters.offer(filters.AREA, _("Area"), list(known), default=area,
                          label_of=lambda code: tr(known[code]))  # fmt: skip
    return sent_files(engine, area=area, form=form or None, words=words)


def _list(files: Sequence[SentFile]) -> None:
    if not files:
        return
    columns: Sequence[ListColumn[SentFile]] = (
        ListColumn(
            Head("name", _("File"), is_number=False),
            lambda one: one.upload.file_name,
            lambda one: _way(one.upload, one.upload.file_name),
        ),
        ListColumn(Head("about", _("About"), is_number=False), _about, _about),
        ListColumn(
            Head("by", _("Sent by"), is_number=False),
            lambda one: one.upload.uploaded_by,
            lambda one: quoted(one.upload.uploaded_by),
        ),
        ListColumn(
            Head("at", _("Sent at"), is_number=True),
            lambda one: Worded(one.upload.uploaded_at.timestamp(), _at(one)),
            _at,
        ),
        ListColumn(
            Head("filled", _("Filled in"), "t-number"),
            lambda one: float(one.upload.filled),
            lambda one: f"{one.upload.filled:,}/{one.upload.inputs:,}",
        ),
        ListColumn(
            Head("state", _("State"), is_number=False),
            lambda one: tr(STATES[one.upload.state]),
            lambda one: _state(one.upload),
        ),
    )
    ordered_list(PAGE, _("Files that were sent"), columns, files, _AT_ONCE)


def _way(sent: UploadInfo, text: str) -> Html:
    where = address(PAGE, upload=str(sent.id))
    return tag("a", text, href=where, target="_self", class_="t-link", translate="no")


def _about(one: SentFile) -> str:
    return tr(about(one))


def _at(one: SentFile) -> str:
    return moment_text(one.upload.uploaded_at)


def _state(sent: UploadInfo) -> Html:
    return mark(_MARKS[sent.state], tr(STATES[sent.state]))


def _file(engine: Engine, one: SentFile, receipt: Receipt) -> None:
    sent = one.upload
    title = joined((quoted(sent.file_name), " · ", tr(about(one))))
    st.html(tag("h2", title, class_="t-section"))
    st.html(joined(tag("p", line) for line in _facts(sent, receipt)))
    anatomy.sources(_("File mark (SHA-256): {mark}", mark=sent.sha256))
    download_button(
        "sent", _("Download the file as it was sent"), partial(original, engine, sent.id),
        sent.file_name, "application/octet-stream",
    )  # fmt: skip
    _history(receipt)
    _comparison(engine, one, receipt)
    _change(engine, sent)


def _facts(sent: UploadInfo, receipt: Receipt) -> Sequence[Html]:
    """Whether it counts, and other files about the same."""
    counting = _(
        "{current} of {all} subjects and periods count.",
        current=f"{sent.current:,}", all=f"{sent.submissions:,}",
    )  # fmt: skip
    earlier, later = (
        _("An earlier file of the same stays: "),
        _("A later file speaks of the same: "),
    )
    others = (
        *((later, one) for one in receipt.later),
        *((earlier, one) for one in receipt.earlier),
    )
    standing = joined((_state(sent), " ", counting))
    return [standing, *_verified(receipt), *(joined((text, _other(one))) for text, one in others)]


def _verified(receipt: Receipt) -> Sequence[Html]:
    """How far the self-assessments of a file are verified, each the way to it."""
    marks = marks_of_file(store_of_view(), receipt.upload.id)
    if not marks:
        return ()
    several = [linked_mark(key, mark_) for key, mark_ in marks[:_MARKS_SHOWN]]
    rest = len(marks) - len(several)
    more = (_("{count} more", count=rest),) if rest else ()
    return [joined((_("Self-assessed: "), joined((*several, *more), " ")))]


def _other(other: UploadInfo) -> Html:
    return _way(other, f"{other.file_name} · {moment_text(other.uploaded_at)}")


def _history(receipt: Receipt) -> None:
    columns = (Column(_("When")), Column(_("What")), Column(_("Who")), Column(_("Reason")))
    rows = [
        (moment_text(one.changed_at), tr(did(one)), quoted(one.changed_by), quoted(one.reason))
        for one in receipt.history
    ]
    tables.table(_("What was done to it"), columns, rows)


def _comparison(engine: Engine, one: SentFile, receipt: Receipt) -> None:
    """The figures in which it differs from another file about the same."""
    others = {other.id: other for other in (*reversed(receipt.earlier), *receipt.later)}
    if not others:
        return
    chosen = st.selectbox(
        _("Compare with"),
        list(others),
        format_func=lambda number: (
            f"{others[number].file_name} · {moment_text(others[number].uploaded_at)}"
        ),
        key=f"uploads.with.{one.upload.id}",
    )
    first, last = sorted((chosen, one.upload.id))
    compared = attempt(lambda: compare(engine, first, last))
    if compared is None:
        return
    if compared.differences:
        differences(compared.differences)
    else:
        st.write(_("These two say the same."))


def _change(engine: Engine, sent: UploadInfo) -> None:
    """Take it back, or have it count again: who and why is kept.

    Both of one that counts in part: newer files have its other months.
    """
    if sent.state == "active":
        _change_by(engine, sent, "withdraw", _("Take it back"), withdraw)
    if sent.state != "active" or sent.current < sent.submissions:
        _change_by(engine, sent, "restore", _("Have it count again"), restore)


def _change_by(
    engine: Engine, sent: UploadInfo, key: str, label: str, change: Callable[..., Receipt]
) -> None:
    key = f"{key}.{sent.id}"
    with st.expander(label), st.form(f"uploads.{key}", border=False):
        by = who_field(_("Who changes it"), key=f"uploads.by.{key}")
        reason = st.text_input(_("Reason"), key=f"uploads.reason.{key}").strip()
        if not st.form_submit_button(label):
            return
        if not (by and reason):
            st.error(_("Type who changes it and why; both are kept with the file."))
        elif attempt(lambda: change(engine, sent.id, by=by, reason=reason)) is not None:
            st.rerun()
