"""When the figures of subjects and periods were first sent."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.periods import Period
from core.store.schema.bulk import table_of
from core.store.schema.keys import period_key, period_of
from core.store.schema.tables import Submission, Upload
from core.store.uploads.submissions import Key

_SUBMISSION = table_of(Submission)
_UPLOAD = table_of(Upload)


def first_sent(
    session: Session, forms: Collection[str], periods: Collection[Period]
) -> dict[Key, datetime]:
    """The moment of the first file not taken back that tells of a subject and period, by both."""
    s, u = _SUBMISSION.c, _UPLOAD.c
    query = (
        select(s.subject, s.period_id, func.min(u.uploaded_at))
        .join(_UPLOAD, u.id == s.upload_id)
        .where(s.form.in_(forms), s.period_id.in_([period_key(one) for one in periods]))
        .where(~u.withdrawn)
        .group_by(s.subject, s.period_id)
    )
    rows = session.execute(query)
    return {(subject, period_of(key)): at for subject, key, at in rows if at is not None}
