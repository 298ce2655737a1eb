"""Packages whose XML is written in the Thai code page without, or with an unusual, declaration."""

import re
from dataclasses import replace
from typing import Final

from core.forms.cells.container import Package
from core.forms.cells.encoding import decoded

_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
_ODD: Final = re.compile(
    rb"<\?xml[^>]*encoding=.(?:windows-874|x-windows-874|ibm874)", re.IGNORECASE
)


def in_unicode(package: Package) -> Package | None:
    """The package with such parts in UTF-8; None when there are none, or they are too large."""
    parts = {
        name: _in_utf8(content) for name, content in package.unpacked.items() if _is_odd(content)
    }
    return replace(package, unpacked={**package.unpacked, **parts}) if parts else None


def _is_odd(content: bytes) -> bool:
    if not content.lstrip().startswith(b"<"):
        return False
    try:
        content.decode()
    except UnicodeDecodeError:
        return True
    return _ODD.match(content) is not None


def _in_utf8(content: bytes) -> bytes:
    return _DECLARATION.sub("", decoded(content).text).encode("utf-8", "replace")
