"""Files that were sent, in words: what each is about, what was done to it, what differs."""

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from core.periods import day_text, in_thailand
from core.quantities import MISSING
from core.services.importing.sent import SentFile
from core.services.results.figure_names import figure_name
from core.store.uploads.observations import Difference, Observed
from core.store.uploads.repository import UploadChangeInfo, UploadState
from core.text import Text, say

STATES: Final[Mapping[UploadState, Text]] = {
    "active": say("counts"),
    "superseded": say("replaced by a later one"),
    "withdrawn": say("withdrawn"),
}
"""What became of a file, in words."""
_DID: Final = {
    "stored": say("stored"),
    "withdrawn": say("withdrawn"),
    "restored": say("counts again"),
}


def about(one: SentFile) -> Text:
    """What was sent, about whom and which year, and how often so far."""
    about_ = {"form": one.form, "place": one.place, "year": one.upload.fiscal_year}
    if one.upload.version == 1:
        return say("{form} · {place} · FY {year}", **about_)
    return say(
        "{form} · {place} · FY {year}, file no. {number}", **about_, number=one.upload.version
    )


def sent_line(one: SentFile) -> Text:
    """A file in one line, its number first."""
    sent = one.upload
    return say(
        "{id}  {about} · “{file}” by {by}, {day} · {state}",
        id=sent.id,
        about=about(one),
        file=sent.file_name,
        by=sent.uploaded_by,
        day=day_text(in_thailand(sent.uploaded_at).date()),
        state=STATES[sent.state],
    )


def did(one: UploadChangeInfo) -> Text:
    """What was done to a file."""
    return _DID[one.action]


def history_lines(history: Iterable[UploadChangeInfo]) -> Iterator[Text]:
    """What was done to a file, oldest first."""
    for one in history:
        reason = Text(one.reason or MISSING, one.reason or MISSING)
        yield say(
            "  {day}: {did} by {by} ({reason})",
            day=day_text(in_thailand(one.changed_at).date()),
            did=did(one),
            by=one.changed_by,
            reason=reason,
        )


def difference_line(one: Difference) -> Text:
    """A figure that differs, before and after."""
    return say(
        "{subject} {period} {figure}: {before} → {after}",
        subject=one.subject,
        period=str(one.period),
        figure=figure_name(one.measure),
        before=_figure(one.before),
        after=_figure(one.after),
    )


def _figure(observed: Observed | None) -> str:
    if observed is None:
        return MISSING
    if observed.text is not None:
        return observed.text
    return MISSING if math.isnan(observed.value) else f"{observed.value:,.2f}"
