"""Storing all dropped files: what each would change, one confirmation, a receipt for each."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import streamlit as st

from components.parts import anatomy
from components.parts.status import mark
from components.parts.tables import Column, table
from components.people.who import who_field
from components.reader.language import _, tr
from components.reader.markup import Html
from components.reader.periods import moment_text
from components.reader.store import own_store_of_view, tell_where_stored
from components.starts.ahead import read_ahead_of
from components.upload.dropped import Dropped
from components.upload.storing import PREVIEWS, RECEIPTS, receipts_under
from core.errors import TruatError
from core.forms.model.form import holds
from core.forms.model.issues import issue_of
from core.quantities import MISSING
from core.services.bulk.clerk import get_ready, preview, store
from core.services.importing.receipts import Receipt
from core.services.intake.kinds import Intake, Refused
from core.services.stores import open_store

_FAILED: Final = "storing.failed"


@dataclass(frozen=True, slots=True)
class _File:
    """A file that was not refused; `form` is the id of its form."""

    file: Dropped
    intake: Intake
    form: str


def show(files: Sequence[Dropped], intakes: Sequence[Intake]) -> None:
    """Preview all, confirm once, receipts for all; nothing is stored before the second button."""
    accepted = _accepted(files, intakes)
    if not accepted:
        return
    anatomy.section(_("Store all files"))
    receipts = receipts_under(RECEIPTS)
    waiting = [one for one in accepted if one.file.key not in receipts]
    if waiting:
        get_ready()
        _ask(waiting)
    _failures(accepted)
    stored = [(one, receipts[one.file.key]) for one in accepted if one.file.key in receipts]
    if stored:
        _receipts(stored)


def _accepted(files: Sequence[Dropped], intakes: Sequence[Intake]) -> list[_File]:
    """Registers first: what follows is held against them."""
    known = [
        _File(file, intake, intake.form.id)
        for file, intake in zip(files, intakes, strict=True)
        if not isinstance(intake, Refused)
    ]
    return sorted(known, key=lambda one: not holds(one.form, "register"))


def _ask(waiting: Sequence[_File]) -> None:
    tell_where_stored()
    by = who_field(_("Who stores them"), key="storing.all.by")
    previews = receipts_under(PREVIEWS)
    if st.button(_("See what all of them would change"), key="storing.all.look"):
        _each(waiting, lambda one: _previewed(one, previews))
    seen = [one for one in waiting if _key(one) in previews]
    if not seen:
        return
    table(_("What would change"), _columns(), [_row(one, previews[_key(one)]) for one in seen])
    new = [one for one in seen if previews[_key(one)].action != "same"]
    if new and not by:
        st.write(_("Type who stores them; then they can be confirmed."))
    elif new and st.button(
        _("Confirm and store {count} files", count=len(new)), key="storing.all.confirm",
        type="primary",
    ):  # fmt: skip
        _each(new, lambda one: _stored(one, by))
        st.rerun()


def _key(one: _File) -> str:
    """As the form of a single file keeps its preview, which names no district here."""
    return f"{one.file.key} None"


def _previewed(one: _File, previews: dict[str, Receipt]) -> None:
    previews[_key(one)] = preview(open_store("own"), one.intake, one.file.data)


def _stored(one: _File, by: str) -> None:
    done = store(own_store_of_view(), one.intake, one.file.data, by=by)
    receipts_under(RECEIPTS)[one.file.key] = done
    read_ahead_of(open_store("own"), done)


def _each(files: Sequence[_File], work: Callable[[_File], None]) -> None:
    """Do something with every file; what goes wrong with one stops no other."""
    failed: dict[str, str] = st.session_state.setdefault(_FAILED, {})
    bar = st.empty()
    for done, one in enumerate(files):
        text = _("File {done} of {count}: {name}", done=done + 1, count=len(files),
                 name=one.file.name)  # fmt: skip
        bar.progress(done / len(files), text=text)
        failed.pop(one.file.key, None)
        try:
            work(one)
        except TruatError as error:
            failed[one.file.key] = tr(issue_of(error).text)
    bar.empty()


def _failures(accepted: Iterable[_File]) -> None:
    failed: dict[str, str] = st.session_state.get(_FAILED, {})
    rows = [
        (one.file.name, mark("fail", failed[one.file.key]))
        for one in accepted
        if one.file.key in failed
    ]
    if rows:
        columns = (Column(_("File")), Column(_("Why not")))
        table(_("Not stored, each to be looked at by itself above"), columns, rows)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("File")),
        Column(_("New"), number=True),
        Column(_("Figures that differ"), number=True),
        Column(_("Results that change"), number=True),
        Column(_("State")),
    )


def _row(one: _File, receipt: Receipt) -> tuple[str, ...]:
    changed = len(receipt.own) + len(receipt.others) + len(receipt.areas)
    # Not worked out while somebody else was storing.
    results = MISSING if receipt.recomputed is None else f"{changed:,}"
    figures = (f"{len(receipt.new_keys):,}", f"{len(receipt.differences):,}", results)
    return one.file.name, *figures, _state(one, receipt)


def _state(one: _File, receipt: Receipt) -> Html:
    if receipt.action == "same":
        return mark("none", _("stored already"))
    if one.intake.has_errors:
        return mark("watch", _("stored without the cells that have errors"))
    return mark("pass", _("No errors"))


def _receipts(stored: Sequence[tuple[_File, Receipt]]) -> None:
    """A receipt for each file in one table, to print or to take away."""
    titles = (_("File"), _("Number of the upload"), _("Sent by"),
              _("Sent at"), _("Subjects and periods"),
              _("Results that changed"), _("File mark (SHA-256)"))  # fmt: skip
    rows = [_receipt_text(*one) for one in stored]
    numbers = (1, 4, 5)
    columns = [Column(title, number=place in numbers) for place, title in enumerate(titles)]
    table(_("Receipts"), columns, rows)


def _receipt_text(one: _File, receipt: Receipt) -> tuple[str, ...]:
    sent = receipt.upload
    changed = len(receipt.own) + len(receipt.others) + len(receipt.areas)
    return (
        one.file.name, str(sent.id), sent.uploaded_by, moment_text(sent.uploaded_at),
        f"{sent.current:,}/{sent.submissions:,}", f"{changed:,}", sent.sha256,
    )  # fmt: skip
