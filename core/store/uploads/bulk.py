"""Storing many files at once, under numbers that are settled beforehand."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from core.store.schema.bulk import insert_rows, table_of
from core.store.schema.codes import enter_measures, enter_periods
from core.store.schema.keys import period_key
from core.store.schema.tables import Submission, UploadChange
from core.store.uploads.observations import NewSubmission, insert_observations
from core.store.uploads.repository import NewUpload, insert_uploads


class NumberedFile(NamedTuple):
    """A file whose numbers are settled before it is stored: its own and its first submission's."""

    number: int
    version: int
    first: int
    upload: NewUpload
    submissions: Sequence[NewSubmission]


_CHANGE = table_of(UploadChange)
_SUBMISSION = table_of(Submission)


def insert_numbered(session: Session, files: Sequence[NumberedFile]) -> None:
    """Insert files of which no two tell of the same subject and period; every one is current."""
    insert_uploads(session, [(one.number, one.version, one.upload) for one in files])
    _note_stored(session, [(one.number, one.upload) for one in files])
    values = [
        (number, file, submission)
        for file in files
        for number, submission in enumerate(file.submissions, start=file.first)
    ]
    enter_periods(session, {period_key(one.period) for _, _, one in values})
    new = [submission for _, _, submission in values]
    measures = enter_measures(session, (o.measure for one in new for o in one.observations))
    rows = [
        one.row(number, file.number, file.upload.form, current=True) for number, file, one in values
    ]
    insert_rows(session, _SUBMISSION, rows)
    for file in files:
        insert_observations(session, file.submissions, file.first, measures)


def _note_stored(session: Session, uploads: Sequence[tuple[int, NewUpload]]) -> None:
    rows = [
        {"id": number, "upload_id": number, "action": "stored", "reason": ""}
        | {"changed_by": upload.uploaded_by}
        | {"changed_at": upload.uploaded_at or datetime.now(UTC)}
        for number, upload in uploads
    ]
    session.execute(_CHANGE.insert(), rows)
