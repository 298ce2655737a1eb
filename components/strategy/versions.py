"""The versions a plan has had, each with who made it and why."""

from components.parts import anatomy
from components.parts.tables import Column
from components.parts.tables import table as plain_table
from components.reader.language import _
from components.reader.links import link
from components.reader.periods import moment_text
from core.services.strategy.stored import StoredPlan
from core.store.uploads.submissions import SubmissionInfo


def versions(stored: StoredPlan) -> None:
    """All versions, newest first; each leads to its file."""
    anatomy.section(_("Versions of the plan"))
    columns = [
        Column(_("File no.")),
        Column(_("File")),
        Column(_("Sent by")),
        Column(_("When")),
        Column(_("Why it is changed")),
        Column(_("How it stands")),
    ]
    rows = (
        (
            link(str(one.upload_id), "uploads", file=str(one.upload_id)),
            one.file_name,
            one.uploaded_by,
            moment_text(one.uploaded_at),
            stored.reasons.get(one.upload_id, ""),
            _counts(one),
        )
        for one in stored.versions
    )
    plain_table(_("Versions of the plan"), columns, rows)


def _counts(one: SubmissionInfo) -> str:
    if one.withdrawn:
        return _("withdrawn")
    return _("counts") if one.current else _("replaced by a later one")
