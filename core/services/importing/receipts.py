"""Receipts of uploads: what storing, withdrawing or restoring one did."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sqlalchemy.orm import Session

from core.forms.model.form import form_that_holds, holds
from core.forms.model.issues import CellIssue
from core.services.assessments.resent import Resumed
from core.services.importing.register import RegisterChange
from core.services.recompute.books import renew_figures
from core.services.recompute.days import renew_days
from core.services.recompute.versions import Cause, Recomputed, recompute, recompute_all
from core.store.uploads.accounts import current_with
from core.store.uploads.changes import ResultChange, result_changes, uploads_sharing
from core.store.uploads.observations import Difference
from core.store.uploads.repository import (
    Stored,
    UploadChangeInfo,
    UploadInfo,
    upload,
    upload_changes,
)
from core.store.uploads.submissions import Key, keys_of
from core.text import Text

Action = Literal["stored", "same", "withdrawn", "restored", "unchanged"]


@dataclass(frozen=True)
class Receipt:
    """What storing, withdrawing or restoring an upload did.

    `action` is "same" when these bytes were stored before (`upload` says as which), "unchanged"
    when there was nothing to withdraw or restore. `keys` are the subject and period of its
    submissions; `new_keys` those without figures until now, `differences` the figures that change.
    `own` are changed results of the upload's own subjects, `others` those of other facilities (of
    their peer groups), `areas` those of areas. `earlier` and `later` are other uploads with a key
    in common that are not withdrawn. `register`: changes of the register.
    `issues` are rows that are odd beside the figures stored before. `resumed` are verifications
    that begin anew with other figures. `locked` says of a preview why it would not be stored.
    """

    action: Action
    upload: UploadInfo
    keys: tuple[Key, ...]
    earlier: tuple[UploadInfo, ...]
    later: tuple[UploadInfo, ...]
    history: tuple[UploadChangeInfo, ...]
    new_keys: tuple[Key, ...] = ()
    differences: tuple[Difference, ...] = ()
    own: tuple[ResultChange, ...] = ()
    others: tuple[ResultChange, ...] = ()
    areas: tuple[ResultChange, ...] = ()
    recomputed: Recomputed | None = None
    register: RegisterChange | None = None
    issues: tuple[CellIssue, ...] = ()
    resumed: tuple[Resumed, ...] = ()
    locked: Text | None = None

    @property
    def counts(self) -> bool:
        """Whether any submission of the upload counts now."""
        return self.upload.current > 0


def receipt(session: Session, action: Action, info: UploadInfo) -> Receipt:
    """The receipt of an upload as it stands now, without results."""
    sharing = [upload(session, number) for number in uploads_sharing(session, info.id)]
    valid = [other for other in sharing if other.state != "withdrawn"]
    return Receipt(
        action=action,
        upload=info,
        keys=keys_of(session, info.id),
        earlier=tuple(other for other in valid if other.id < info.id),
        later=tuple(other for other in valid if other.id > info.id),
        history=upload_changes(session, info.id),
    )


def settled(session: Session, action: Action, stored: Stored, cause: Cause) -> Receipt:
    """Recompute what depends on a change; its receipt with every result that changed.

    After a change of the register everything is recomputed.
    """
    form = stored.upload.form
    if holds(form, "register"):
        done = recompute_all(session, cause)
    else:
        form, keys = _renewed(session, form, {*stored.changed})
        changed = [(form, subject, period) for subject, period in sorted(keys)]
        done = recompute(session, changed, cause)
    changes = result_changes(session, done.version)
    return _with_changes(receipt(session, action, stored.upload), done, changes)


def settled_together(
    session: Session, several: Sequence[Stored], cause: Cause
) -> tuple[Receipt, ...]:
    """Recompute once what depends on several files; a receipt of each.

    `own` are results of the file's own subjects; those of others and of areas stand for all the
    files, on each receipt. A register, group values or added accounts are settled alone.
    """
    changed = {
        (form, subject, period)
        for one in several
        for form, keys in (_renewed(session, one.upload.form, {*one.changed}),)
        for subject, period in keys
    }
    done = recompute(session, sorted(changed), cause)
    changes = result_changes(session, done.version)
    current = (receipt(session, "stored", one.upload) for one in several)
    return tuple(_with_changes(one, done, changes) for one in current)


def _with_changes(current: Receipt, done: Recomputed, changes: Iterable[ResultChange]) -> Receipt:
    """A receipt with the results that changed, as its own, of others and of areas."""
    subjects = {subject for subject, _ in current.keys}
    by_kind: dict[str, list[ResultChange]] = {"own": [], "others": [], "areas": []}
    for change in changes:
        by_kind[_kind(change, subjects)].append(change)
    return replace(
        current,
        recomputed=done,
        own=tuple(by_kind["own"]),
        others=tuple(by_kind["others"]),
        areas=tuple(by_kind["areas"]),
    )


def _renewed(session: Session, form: str, changed: set[Key]) -> tuple[str, set[Key]]:
    """The form and keys whose results depend on a change, what the books come to computed anew."""
    if holds(form, "account_map"):
        books = renew_figures(session, current_with(session, (code for code, _ in changed)))
        return form_that_holds("accounts").id, books | renew_days(session, books)
    if not holds(form, "accounts"):
        return form, changed
    books = changed | renew_figures(session, changed)
    return form, books | renew_days(session, books)


def _kind(change: ResultChange, subjects: set[str]) -> str:
    if change.subject in subjects:
        return "own"
    return "others" if change.subject.isdigit() else "areas"
