"""The same report gives the same bytes: no clock is asked for what a file says of itself."""

import io
from datetime import UTC, datetime
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pptx.presentation import Presentation

from core.reports.glyphs import readable

_LONGEST: Final = 255
"""Letters of a property, as the format allows."""
_ALWAYS: Final = (1980, 1, 1, 0, 0, 0)
_OF_UNIX: Final = 3


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
    return _without_times(written)


def _without_times(file: io.BytesIO) -> bytes:
    """The same file with one time for all its parts, written as of one kind of machine."""
    made = io.BytesIO()
    with ZipFile(file) as before, ZipFile(made, "w", ZIP_DEFLATED) as after:
        for part in before.namelist():
            about = ZipInfo(part, _ALWAYS)
            about.compress_type = ZIP_DEFLATED
            about.create_system = _OF_UNIX
            after.writestr(about, before.read(part))
    return made.getvalue()
