"""Opening a template that a stranger made: small, whole, without macros, reaching for nothing."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.opc.part import Part
from docxtpl import DocxTemplate

from core.errors import ReportError

_LARGEST: Final = 10_000_000
_LARGEST_UNPACKED: Final = 60_000_000
_MOST_PARTS: Final = 1_000
_MACROS: Final = re.compile(r"vbaProject|activeX|\.bin$", re.IGNORECASE)
_REACHING: Final = re.compile(rb"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK)\b[ \"]")
"""Fields by which Word fetches other files or starts other programs."""
_FIELD: Final = re.compile(
    rb"<w:instrText[^>]*>([^<]*)</w:instrText>|w:instr=\"([^\"]*)\"", re.DOTALL
)
# What the libraries raise for files that are no Word documents, or damaged ones.
_UNREADABLE: Final = (
    OpcError, zipfile.BadZipFile, zlib.error, KeyError, ValueError, SyntaxError, RuntimeError,
    NotImplementedError, EOFError, AttributeError, TypeError, IndexError,
)  # fmt: skip


def open_template(path: Path) -> DocxTemplate:
    """The template; `ReportError` R002 where it is none, R006 where it reaches out of itself."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ReportError("R002", file=path.name, reason=error.strerror or "") from error
    reason = _unfit(content)
    if reason:
        raise ReportError("R002", file=path.name, reason=reason)
    template = DocxTemplate(io.BytesIO(content))
    try:
        template.init_docx()
        parts = list(template.docx.part.package.iter_parts())
    except _UNREADABLE as error:
        raise ReportError("R002", file=path.name, reason=type(error).__name__) from error
    for name in _reaching(parts):
        raise ReportError("R006", file=path.name, name=name)
    return template


def _unfit(content: bytes) -> str:
    """Why the bytes cannot be a template; empty where they may be one."""
    if len(content) > _LARGEST or not zipfile.is_zipfile(io.BytesIO(content)):
        return "too large" if len(content) > _LARGEST else "not a .docx"
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except _UNREADABLE:
        return "damaged"
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST_UNPACKED:
        return "too large"
    if any(_MACROS.search(part.filename) for part in parts):
        return "macros"
    return ""


def _reaching(parts: list[Part]) -> Iterator[str]:
    """What the parts refer to outside the file; a hyperlink only does when it is clicked."""
    for part in parts:
        for relation in part.rels.values():
            if relation.is_external and relation.reltype != RELATIONSHIP_TYPE.HYPERLINK:
                yield relation.target_ref
        if part.content_type.endswith("+xml"):
            for first, second in _FIELD.findall(part.blob):
                if match := _REACHING.search(first or second):
                    yield match[1].decode()
