"""Office files that are the same bytes whenever the same report is written."""

import io
import zipfile
from typing import Final

_MOMENT: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest a part of an archive can be of; libraries write the moment of writing."""


def steady(archive: bytes) -> bytes:
    """The archive with its parts in their order, all of one moment."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as source,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            info = zipfile.ZipInfo(part.filename, _MOMENT)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            target.writestr(info, source.read(part))
    return written.getvalue()
