"""Uploads: files as they were sent, in versions, with what was done to them since."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Row, Select, case, func, select, update
from sqlalchemy.orm import Session

from core.errors import NotFoundError
from core.store.schema.bulk import next_id, table_of
from core.store.schema.tables import Submission, Upload, UploadChange, UploadContent
from core.store.uploads.observations import NewSubmission, enter_submissions
from core.store.uploads.submissions import Key, make_current, reinstate_earlier

UploadState = Literal["active", "superseded", "withdrawn"]
Action = Literal["stored", "withdrawn", "restored"]

_UPLOAD = table_of(Upload)
_CONTENT = table_of(UploadContent)
_CHANGE = table_of(UploadChange)
_SUBMISSION = table_of(Submission)


@dataclass(frozen=True, slots=True)
class NewUpload:
    """A checked file, ready to be stored.

    `subject` is a CUP, a facility, or the smallest area that contains all its rows.
    `filled` of `inputs` cells were filled in.
    """

    form: str
    form_version: str
    subject: str
    fiscal_year: int
    file_name: str
    content: bytes
    uploaded_by: str
    filled: int
    inputs: int
    uploaded_at: datetime | None = None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class UploadInfo:
    """An upload without its bytes.

    `state`: active while any of its `submissions` is current (`current` of them), superseded when
    later uploads replace all of them, withdrawn when it was taken back.
    """

    id: int
    form: str
    form_version: str
    subject: str
    fiscal_year: int
    version: int
    file_name: str
    sha256: str
    size: int
    uploaded_by: str
    uploaded_at: datetime
    state: UploadState
    filled: int
    inputs: int
    submissions: int
    current: int


@dataclass(frozen=True, slots=True)
class UploadChangeInfo:
    """Something that was done to an upload."""

    action: Action
    changed_by: str
    changed_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Stored:
    """What storing, withdrawing or restoring did.

    `changed` are the subjects and periods whose current figures changed, so that dependent results
    must be recomputed. Empty when there was nothing to do, as for bytes already stored.
    """

    upload: UploadInfo
    is_new: bool
    changed: tuple[Key, ...]


def store_upload(session: Session, new: NewUpload, submissions: Sequence[NewSubmission]) -> Stored:
    """Store a file whole, as the next version of its form, subject and fiscal year.

    Where it says that its figures are older than those that count, these go on counting.

    For bytes that are stored already nothing changes, also where their upload was withdrawn or
    superseded since (`restore_upload` makes it current again).
    """
    same = find_same(session, new)
    if same is not None:
        return Stored(same, is_new=False, changed=())
    number = _insert(session, new)
    enter_submissions(session, upload_id=number, form=new.form, new=submissions)
    changed = make_current(session, number)
    _note(session, number, "stored", new.uploaded_by, "", new.uploaded_at)
    return Stored(upload(session, number), is_new=True, changed=changed)


def not_stored(new: NewUpload, submissions: int) -> UploadInfo:
    """What an upload would be, under no number and as no version."""
    return UploadInfo(
        id=0, form=new.form, form_version=new.form_version, subject=new.subject,
        fiscal_year=new.fiscal_year, version=0, file_name=new.file_name, sha256=new.sha256,
        size=len(new.content), uploaded_by=new.uploaded_by,
        uploaded_at=new.uploaded_at or datetime.now(UTC), state="active",
        filled=new.filled, inputs=new.inputs, submissions=submissions, current=submissions,
    )  # fmt: skip


def find_same(session: Session, new: NewUpload) -> UploadInfo | None:
    """The upload of the same bytes for the same form, subject and fiscal year."""
    u = _UPLOAD.c
    query = _selected().where(
        u.form == new.form,
        u.subject == new.subject,
        u.fiscal_year == new.fiscal_year,
        u.sha256 == new.sha256,
    )
    row = session.execute(query).one_or_none()
    return _info(row) if row else None


def withdraw_upload(
    session: Session, upload_id: int, *, by: str, reason: str, at: datetime | None = None
) -> Stored:
    """Withdraw an upload: where it was current, the newest other one not withdrawn becomes so."""
    if upload(session, upload_id).state == "withdrawn":
        return Stored(upload(session, upload_id), is_new=False, changed=())
    _mark_withdrawn(session, upload_id, withdrawn=True)
    changed = reinstate_earlier(session, upload_id)
    _note(session, upload_id, "withdrawn", by, reason, at)
    return Stored(upload(session, upload_id), is_new=False, changed=changed)


def restore_upload(
    session: Session, upload_id: int, *, by: str, reason: str, at: datetime | None = None
) -> Stored:
    """Make an earlier or withdrawn upload current again, in place of what is current now."""
    before = upload(session, upload_id)
    if before.state == "active" and before.current == before.submissions:
        return Stored(before, is_new=False, changed=())
    _mark_withdrawn(session, upload_id, withdrawn=False)
    changed = make_current(session, upload_id, even_older=True)
    _note(session, upload_id, "restored", by, reason, at)
    return Stored(upload(session, upload_id), is_new=False, changed=changed)


def upload(session: Session, upload_id: int) -> UploadInfo:
    """One upload; `NotFoundError` S010 when there is none of that number."""
    row = session.execute(_selected().where(_UPLOAD.c.id == upload_id)).one_or_none()
    if row is None:
        raise NotFoundError("S010", upload=upload_id)
    return _info(row)


def uploads(
    session: Session,
    *,
    form: str | None = None,
    subject: str | None = None,
    fiscal_year: int | None = None,
    limit: int | None = None,
) -> tuple[UploadInfo, ...]:
    """Uploads, newest first; all of them unless a filter is given."""
    filters = {"form": form, "subject": subject, "fiscal_year": fiscal_year}
    query = _selected().order_by(_UPLOAD.c.id.desc()).limit(limit)
    for name, wanted in filters.items():
        if wanted is not None:
            query = query.where(_UPLOAD.c[name] == wanted)
    return tuple(_info(row) for row in session.execute(query))


def content(session: Session, upload_id: int) -> bytes:
    """The bytes as they were sent; `NotFoundError` S010 when there is no such upload."""
    query = select(_CONTENT.c.content).where(_CONTENT.c.upload_id == upload_id)
    stored = session.scalar(query)
    if stored is None:
        raise NotFoundError("S010", upload=upload_id)
    return bytes(stored)


def upload_changes(session: Session, upload_id: int) -> tuple[UploadChangeInfo, ...]:
    """What was done to an upload, oldest first."""
    c = _CHANGE.c
    query = select(c.action, c.changed_by, c.changed_at, c.reason).where(c.upload_id == upload_id)
    return tuple(UploadChangeInfo(*tuple(row)) for row in session.execute(query.order_by(c.id)))


def _insert(session: Session, new: NewUpload) -> int:
    u, number = _UPLOAD.c, next_id(session, _UPLOAD)
    before = select(func.max(u.version)).where(
        u.form == new.form, u.subject == new.subject, u.fiscal_year == new.fiscal_year
    )
    insert_uploads(session, [(number, (session.scalar(before) or 0) + 1, new)])
    return number


def insert_uploads(session: Session, uploads: Sequence[tuple[int, int, NewUpload]]) -> None:
    """Insert files with their bytes, each under its number and as its version."""
    names = ("form", "form_version", "subject", "fiscal_year", "file_name", "sha256")
    rows = [
        {name: getattr(new, name) for name in (*names, "uploaded_by", "filled", "inputs")}
        | {"id": number, "version": version, "withdrawn": False}
        | {"size": len(new.content), "uploaded_at": new.uploaded_at or datetime.now(UTC)}
        for number, version, new in uploads
    ]
    session.execute(_UPLOAD.insert(), rows)
    contents = [{"upload_id": number, "content": new.content} for number, _, new in uploads]
    session.execute(_CONTENT.insert(), contents)


def _mark_withdrawn(session: Session, upload_id: int, *, withdrawn: bool) -> None:
    session.execute(update(_UPLOAD).where(_UPLOAD.c.id == upload_id).values(withdrawn=withdrawn))


def _note(
    session: Session, upload_id: int, action: Action, by: str, reason: str, at: datetime | None
) -> None:
    session.execute(
        _CHANGE.insert(),
        {"id": next_id(session, _CHANGE), "upload_id": upload_id, "action": action}
        | {"changed_by": by, "changed_at": at or datetime.now(UTC), "reason": reason},
    )


def _selected() -> Select[Any]:
    u, s = _UPLOAD.c, _SUBMISSION.c
    held = func.count(case((s.current, 1)))
    state = case((u.withdrawn, "withdrawn"), (held > 0, "active"), else_="superseded")
    return (
        select(
            u.id, u.form, u.form_version, u.subject, u.fiscal_year, u.version, u.file_name,
            u.sha256, u.size, u.uploaded_by, u.uploaded_at, state, u.filled, u.inputs,
            func.count(s.id), held,
        )
        .outerjoin(_SUBMISSION, s.upload_id == u.id)
        .group_by(u.id)
    )  # fmt: skip


def _info(row: Row[Any]) -> UploadInfo:
    return UploadInfo(*tuple(row))
