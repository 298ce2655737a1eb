"""Storing many files at once, in a store that holds none yet."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.store.schema.bulk import insert_rows, table_of
from core.store.schema.codes import enter_measures, enter_periods
from core.store.schema.keys import period_key
from core.store.schema.tables import Submission, Upload, UploadChange
from core.store.uploads.observations import NewSubmission, insert_observations
from core.store.uploads.repository import NewUpload, insert_uploads

File = tuple[NewUpload, Sequence[NewSubmission]]
Key = tuple[str, int, str]
"""A form, a period and a subject, of which one submission is current."""

_UPLOAD = table_of(Upload)
_CHANGE = table_of(UploadChange)
_SUBMISSION = table_of(Submission)


class BulkUploads:
    """Stores files in order, with the same result as `store_upload` for each of them.

    It never reads from the store, because it has written all that is there. `ValueError` for a
    store that holds uploads already.
    """

    def __init__(self, session: Session) -> None:
        if session.scalar(select(_UPLOAD.c.id).limit(1)) is not None:
            raise ValueError("the store holds uploads already")
        self._session = session
        self._uploads = self._submissions = 0
        self._versions: Counter[tuple[str, str, int]] = Counter()
        self._seen: set[tuple[str, str, int, str]] = set()
        self._current: dict[Key, int] = {}

    def add(self, files: Iterable[File]) -> None:
        """Store some files; larger batches are quicker."""
        new = [(upload, submissions) for upload, submissions in files if self._is_new(upload)]
        if not new:
            return
        first = self._uploads + 1
        self._uploads += len(new)
        uploads = [(n, self._version(upload), upload) for n, (upload, _) in enumerate(new, first)]
        insert_uploads(self._session, uploads)
        self._note_stored([(number, upload) for number, _, upload in uploads])
        self._insert_submissions(
            [
                (n, upload.form, one)
                for n, (upload, submissions) in enumerate(new, first)
                for one in submissions
            ]
        )

    def _is_new(self, upload: NewUpload) -> bool:
        """Whether these bytes were not stored yet for the same form, subject and year."""
        key = (upload.form, upload.subject, upload.fiscal_year, upload.sha256)
        is_stored = key in self._seen
        self._seen.add(key)
        return not is_stored

    def _version(self, upload: NewUpload) -> int:
        key = (upload.form, upload.subject, upload.fiscal_year)
        self._versions[key] += 1
        return self._versions[key]

    def _note_stored(self, uploads: Sequence[tuple[int, NewUpload]]) -> None:
        rows = [
            {"id": number, "upload_id": number, "action": "stored", "reason": ""}
            | {"changed_by": upload.uploaded_by}
            | {"changed_at": upload.uploaded_at or datetime.now(UTC)}
            for number, upload in uploads
        ]
        self._session.execute(_CHANGE.insert(), rows)

    def _insert_submissions(self, submissions: Sequence[tuple[int, str, NewSubmission]]) -> None:
        """Insert submissions, each with its upload and form; the last of a key becomes current."""
        new = [submission for _, _, submission in submissions]
        keys = [(form, period_key(one.period), one.subject) for _, form, one in submissions]
        enter_periods(self._session, {period for _, period, _ in keys})
        measures = enter_measures(self._session, (o.measure for s in new for o in s.observations))
        first = self._submissions + 1
        self._submissions += len(submissions)
        latest = {key: number for number, key in enumerate(keys, first)}
        self._supersede([self._current[key] for key in latest if key in self._current])
        self._current |= latest
        rows = [
            (n, upload, form, key[2], key[1], latest[key] == n)
            for n, ((upload, form, _), key) in enumerate(zip(submissions, keys, strict=True), first)
        ]
        insert_rows(self._session, _SUBMISSION, rows)
        insert_observations(self._session, new, first, measures)

    def _supersede(self, numbers: Sequence[int]) -> None:
        for number in numbers:
            counted = update(_SUBMISSION).where(_SUBMISSION.c.id == number)
            self._session.execute(counted.values(current=False))
