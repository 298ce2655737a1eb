"""The store that a view reads: with the results of now, or as a meeting froze them."""

from typing import Final

from sqlalchemy import Engine

from components.reader.filters import tell_unmet
from components.reader.language import _
from components.reader.query import query
from core.errors import StoreError
from core.services.meeting.meetings import about, frozen
from core.services.stores import open_store
from core.store.meetings.repository import StoredMeeting

MEETING: Final = "meeting"
"""The parameter that names a meeting: every page then shows the results of its moment."""


def shown_meeting() -> StoredMeeting | None:
    """The meeting whose moment this view shows; None where it shows the results of now."""
    named = query().get(MEETING, "")
    try:
        return about(open_store(), int(named)) if named else None
    except (StoreError, ValueError):
        return None


def store_of_view() -> Engine:
    """The store of this view; where its address names a meeting in vain, the one of now."""
    engine, named = open_store(), query().get(MEETING, "")
    if not named:
        return engine
    try:
        return frozen(engine, int(named))
    except (StoreError, ValueError):
        tell_unmet(_("Meeting"), named, _("the results of now"))
        return engine
