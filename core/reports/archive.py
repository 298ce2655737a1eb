"""Office files that are the same bytes whenever the same report is written."""

import io
import re
import zipfile
from datetime import datetime
from typing import Final

_MOMENT: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest a part of an archive can be of; libraries write the moment of writing."""


_CORE: Final = "docProps/core.xml"
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def steady(archive: bytes, moment: datetime | None = None) -> bytes:
    """The archive with its parts in their order, all of one time; last changed at a `moment`."""
    changed = b"" if moment is None else rf"\g<1>{moment:%Y-%m-%dT%H:%M:%S}Z".encode()
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as source,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            info = zipfile.ZipInfo(part.filename, _MOMENT)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            content = source.read(part)
            if changed and part.filename == _CORE:
                content = _MODIFIED.sub(changed, content)
            target.writestr(info, content)
    return written.getvalue()
