"""Importing: an examined file is stored whole or not at all, and what depends on it recomputed.

A preview is the same import, rolled back, so that it shows exactly what storing gives.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.access.roles import Action
from core.areas import COUNTRY
from core.errors import StoreError, UsageError, WorkbookError
from core.forms.model.form import holds
from core.forms.model.issues import CellIssue
from core.services.assessments.resent import Resumed, lock_text, lock_words, locks_on, resume
from core.services.audit.leaving import leave
from core.services.guard.doors import ANYWHERE, door
from core.services.guard.lying import ask
from core.services.guard.whose import subjects_of_both, subjects_of_upload
from core.services.importing.beside_store import (
    Figures,
    counting_figures,
    figure_differences,
    stored_issues,
)
from core.services.importing.books import (
    brought_otherwise,
    counted,
    older_issues,
    older_months,
    restated,
    standing_accounts,
    typed_otherwise,
    with_doubts,
)
from core.services.importing.receipts import Receipt, receipt, settled
from core.services.importing.register import RegisterChange, enter_register
from core.services.importing.rows import new_upload
from core.services.intake.kinds import Intake, RegisterIntake, TableIntake
from core.services.recompute.versions import Cause
from core.store.engine.unit_of_work import reading, unit_of_work
from core.store.uploads.accounts import Account
from core.store.uploads.changes import find_bytes
from core.store.uploads.observations import Difference, NewSubmission
from core.store.uploads.observations import compare as compare_uploads
from core.store.uploads.repository import (
    NewUpload,
    Stored,
    UploadInfo,
    not_stored,
    restore_upload,
    store_upload,
    upload,
    uploads,
    withdraw_upload,
)
from core.store.uploads.submissions import Key
from core.text import Text

_IN_DEED: Final = ("form", "fiscal_year", "version", "file_name", "sha256", "size")
_NOT_NOW: Final = ("S002", "S003")
"""Somebody else is storing, or nobody can: figures can be compared all the same."""


@dataclass(frozen=True)
class Preview:
    """What storing a file would do; the ids of its upload and results are not final."""

    intake: Intake
    receipt: Receipt

    @property
    def same(self) -> UploadInfo | None:
        """The upload that has the same bytes already; None: no such."""
        return self.receipt.upload if self.receipt.action == "same" else None


@dataclass(frozen=True)
class Comparison:
    """Two uploads and every figure that differs between them."""

    before: UploadInfo
    after: UploadInfo
    differences: tuple[Difference, ...]


@door(Action.UPLOAD, ANYWHERE)
def preview(
    engine: Engine, intake: Intake, data: bytes, *, by: str = "", subject: str | None = None
) -> Preview:
    """What storing an examined file would do; stores nothing. Raises as `store` does.

    Nobody waits for it: while somebody else is storing it tells the figures alone, and its receipt
    has no `recomputed`.
    """
    try:
        with unit_of_work(engine, seconds=0) as session:
            done = _store(session, intake, data, by=by, subject=subject, may_be_locked=True)
    except StoreError as error:
        if error.code not in _NOT_NOW:
            raise
        with reading(engine) as session:
            done = _glance(session, intake, data, by=by, subject=subject)
    return Preview(informed(intake, done), done)


def _glance(
    session: Session, intake: Intake, data: bytes, *, by: str, subject: str | None
) -> Receipt:
    """What a file would change of the figures, without storing it for a moment."""
    new, submissions = permitted(session, intake, data, by=by, subject=subject)
    same = _same(session, intake, new)
    if same is not None:
        return receipt(session, "same", same)
    before = counting_figures(session, new.form, submissions)
    older = older_months(session, new.form, submissions)
    keys = tuple((one.subject, one.period) for one in submissions)
    locks = locks_on(session, new.form, keys)
    return Receipt(
        "stored", not_stored(new, len(keys)), keys, earlier=(), later=(), history=(),
        new_keys=tuple(key for key in keys if key not in before),
        differences=tuple(figure_differences(before, counted(submissions, older))),
        issues=(
            *stored_issues(session, intake),
            *typed_otherwise(session, intake),
            *brought_otherwise(session, new.form, submissions),
            *older_issues(submissions, older),
        ),
        locked=lock_text(session, locks),
    )  # fmt: skip


@door(Action.UPLOAD, ANYWHERE)
def store(
    engine: Engine, intake: Intake, data: bytes, *, by: str, subject: str | None = None
) -> Receipt:
    """Store an examined file whole, in one transaction, and recompute what depends on it.

    `data` are the bytes that were examined. `subject` is the district of an assessment that names
    no CUP. Errors stop only the cells concerned: they are stored as errors, without a value.

    Raises `WorkbookError` for a file that was refused, holds nothing to store (F013), does not say
    whose it is (F014), names an unknown district (F015) or holds a self-assessment that is locked
    (F059), and `StoreError` when the store fails.
    Then nothing is stored.
    """
    with unit_of_work(engine) as session:
        done = _store(session, intake, data, by=by, subject=subject)
        session.commit()
        return done


def informed(intake: Intake, done: Receipt) -> Intake:
    """A file with the problems that the register and the stored figures brought up."""
    issues = done.register.issues if done.register else ()
    return replace(intake, issues=(*intake.issues, *issues, *done.issues))


@door(Action.UPLOAD, subjects_of_upload)
def withdraw(engine: Engine, upload_id: int, *, by: str, reason: str) -> Receipt:
    """Withdraw an upload: earlier figures count again.

    `UsageError` U007 without a reason, U009 for a table of the register, which keeps its history,
    S124 where that would change a locked self-assessment; `StoreError` S010 when there is no such
    upload.
    """
    change = withdraw_upload
    return _change(engine, "withdrawn", upload_id, change, by=by, reason=reason.strip())


@door(Action.UPLOAD, subjects_of_upload)
def restore(engine: Engine, upload_id: int, *, by: str, reason: str) -> Receipt:
    """Make an earlier or withdrawn upload count again; raises as `withdraw` does."""
    change = restore_upload
    return _change(engine, "restored", upload_id, change, by=by, reason=reason.strip())


@door(Action.READ, subjects_of_both)
def compare(engine: Engine, before: int, after: int) -> Comparison:
    """Two uploads side by side; `StoreError` S010 when there is no such upload."""
    with reading(engine) as session:
        pair = upload(session, before), upload(session, after)
        return Comparison(*pair, compare_uploads(session, before, after))


@door(Action.READ, subjects_of_upload)
def receipt_of(engine: Engine, upload_id: int) -> Receipt:
    """The receipt of an upload as it stands now; `StoreError` S010 when there is none."""
    with reading(engine) as session:
        return receipt(session, "stored", upload(session, upload_id))


@door(Action.READ, "subject")
def versions(
    engine: Engine, *, form: str, subject: str, fiscal_year: int | None = None
) -> tuple[UploadInfo, ...]:
    """Every upload about a subject, newest first."""
    with reading(engine) as session:
        return uploads(session, form=form, subject=subject, fiscal_year=fiscal_year)


@dataclass(frozen=True)
class Entered:
    """A file in the store whose results are not recomputed yet.

    `submissions` are those that count from now on. `before` are the figures that counted until now
    for its subjects and periods, `books` their accounts; `issues` are rows that are odd beside
    them.
    """

    stored: Stored
    submissions: tuple[NewSubmission, ...]
    before: Mapping[Key, Figures]
    books: Mapping[Key, Sequence[Account]]
    register: RegisterChange | None
    issues: tuple[CellIssue, ...]
    resumed: tuple[Resumed, ...] = ()
    locked: Text | None = None

    def with_changes(self, done: Receipt) -> Receipt:
        """The receipt of the recomputed results, with what the file itself changed."""
        return replace(
            done,
            new_keys=tuple(key for key in done.keys if key not in self.before),
            differences=tuple(figure_differences(self.before, self.submissions)),
            register=self.register,
            issues=(*self.issues, *restated(self.books, self.submissions, done.own)),
            resumed=self.resumed,
            locked=self.locked,
        )


def enter(
    session: Session,
    intake: Intake,
    data: bytes,
    *,
    by: str,
    subject: str | None = None,
    may_be_locked: bool = False,
) -> Entered | Receipt:
    """Store an examined file without recomputing or committing; raises as `store` does.

    A receipt for bytes that were stored before. `may_be_locked`: nothing will be committed, and
    a lock is only spoken of.
    """
    register = _register(session, intake)
    new, submissions = permitted(session, intake, data, by=by, subject=subject)
    same = _same(session, intake, new)
    if same is not None:
        return _sent_again(session, same, register, by)
    locks = locks_on(session, new.form, [(one.subject, one.period) for one in submissions])
    if locks and not may_be_locked:
        raise WorkbookError("F059", **lock_words(session, locks))
    before = counting_figures(session, new.form, submissions)
    books = standing_accounts(session, new.form, before)
    older = older_months(session, new.form, submissions)
    issues = (
        *stored_issues(session, intake),
        *typed_otherwise(session, intake),
        *brought_otherwise(session, new.form, submissions),
    )
    submissions = with_doubts(intake, issues, submissions)
    issues = (*issues, *older_issues(submissions, older))
    stored = store_upload(session, new, submissions)
    _leave(session, "upload_stored", stored.upload, by=by)
    resumed = resume(session, new.form, stored.changed, by=by, why=new.file_name)
    locked, counting = lock_text(session, locks), counted(submissions, older)
    return Entered(stored, counting, before, books, register, issues, resumed, locked)


def permitted(
    session: Session, intake: Intake, data: bytes, *, by: str, subject: str | None
) -> tuple[NewUpload, tuple[NewSubmission, ...]]:
    """A file as it is stored; `AccessError` A002 where it is about anybody one may not send for.

    The register, which everybody shares, and what is about nobody are the country's.
    """
    new, submissions = new_upload(session, intake, data, by=by, subject=subject)
    about = set() if isinstance(intake, RegisterIntake) else {one.subject for one in submissions}
    ask(session, Action.UPLOAD, about or {COUNTRY})
    return new, submissions


def _store(
    session: Session,
    intake: Intake,
    data: bytes,
    *,
    by: str,
    subject: str | None,
    may_be_locked: bool = False,
) -> Receipt:
    entered = enter(session, intake, data, by=by, subject=subject, may_be_locked=may_be_locked)
    if isinstance(entered, Receipt):
        return entered
    cause = Cause("import", by, entered.stored.upload.id)
    return entered.with_changes(settled(session, "stored", entered.stored, cause))


def _register(session: Session, intake: Intake) -> RegisterChange | None:
    """Enter a table of the register; None for a form of figures."""
    if not isinstance(intake, RegisterIntake):
        return None
    return enter_register(session, intake.form, intake.register)


def _sent_again(
    session: Session, same: UploadInfo, register: RegisterChange | None, by: str
) -> Receipt:
    """The receipt of bytes stored before: no change, unless the register has changed since."""
    if register is None or not register.is_any:
        return replace(receipt(session, "same", same), register=register)
    stored = restore_upload(session, same.id, by=by, reason="")
    _leave(session, "upload_restored", stored.upload, was=same, by=by)
    done = settled(session, "restored", stored, Cause("import", by, same.id))
    return replace(done, register=register)


def _same(session: Session, intake: Intake, new: NewUpload) -> UploadInfo | None:
    """The upload of the same bytes; one assessment may be sent for several CUPs or years."""
    for number in find_bytes(session, new.form, new.sha256):
        candidate = upload(session, number)
        alike = (candidate.subject, candidate.fiscal_year) == (new.subject, new.fiscal_year)
        if alike or isinstance(intake, TableIntake):
            return candidate
    return None


def _change(
    engine: Engine,
    action: Literal["withdrawn", "restored"],
    upload_id: int,
    change: Callable[..., Stored],
    *,
    by: str,
    reason: str,
) -> Receipt:
    if not reason:
        raise UsageError("U007")
    with unit_of_work(engine) as session:
        info = upload(session, upload_id)
        if holds(info.form, "register"):
            raise UsageError("U009")
        before = info.state
        done = change(session, upload_id, by=by, reason=reason)
        if locks := locks_on(session, info.form, done.changed):
            raise UsageError("S124", **lock_words(session, locks))
        resumed = resume(session, info.form, done.changed, by=by, why=reason)
        _leave(session, f"upload_{action}", done.upload, was=info, by=by, reason=reason)
        if done.changed:
            changed_receipt = settled(session, action, done, Cause(action, by, upload_id))
        else:
            # No figure changes, for a later upload has them all.
            is_same = done.upload.state == before
            changed_receipt = receipt(session, "unchanged" if is_same else action, done.upload)
        session.commit()
        return replace(changed_receipt, resumed=resumed)


def _leave(
    session: Session,
    action: str,
    now: UploadInfo,
    *,
    by: str,
    was: UploadInfo | None = None,
    reason: str = "",
) -> None:
    """Leave the deed of an upload; the results recomputed after it are of the same cause."""
    after = {name: getattr(now, name) for name in _IN_DEED}
    before = {"state": was.state} if was else None
    leave(
        session, action, f"upload:{now.id}", by=by, area=now.subject, before=before,
        after={**after, "state": now.state}, reason=reason,
    )  # fmt: skip
