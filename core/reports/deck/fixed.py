"""The same report gives the same bytes: no clock is asked for what a file says of itself."""

import io
from datetime import UTC, datetime
from typing import Final

from pptx.presentation import Presentation

from core.reports.archive import steady
from core.reports.glyphs import readable

_LONGEST: Final = 255
"""Letters of a property, as the format allows."""


def saved(deck: Presentation, title: str, at: datetime, language: str) -> bytes:
    """The file of a deck whose figures are of a moment."""
    about = deck.core_properties
    moment = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC).replace(tzinfo=None)
    about.title = readable(title).text[:_LONGEST]
    about.author = about.last_modified_by = "Truat"
    about.created = about.modified = moment
    about.language = language
    about.revision = 1
    written = io.BytesIO()
    deck.save(written)
    return steady(written.getvalue())
