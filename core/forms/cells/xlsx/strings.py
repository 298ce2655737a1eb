"""The shared texts of an .xlsx package. Docs: ECMA-376 part 1, §18.4.

As with sheets there are two ways: one expression for what Excel, LibreOffice and openpyxl write,
element by element for anything else.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from core.errors import WorkbookError
from core.forms.cells.xlsx.markup import (
    HEAD,
    Attributes,
    Part,
    UnusualError,
    is_utf8,
    parse,
    parser,
    plain_text,
    unescaped,
)

Chunks = Callable[[], Iterator[bytes]]
_TEXT: Final = re.compile(
    rb'<si>(?:<t(?: xml:space="preserve")?>([^<]*)</t></si>|(.*?)</si>)', re.DOTALL
)
_ROOT: Final = b"<sst"
_RUN: Final = re.compile(rb"<t(?: [^>]*)?>([^<]*)</t>")
_ASIDE: Final = re.compile(rb"<rPh[ >].*?</rPh>", re.DOTALL)
_END: Final = b"</si>"
_LONGEST: Final = 1024 * 1024
"""Bytes between two ends of texts; a cell holds some thirty thousand letters."""


def shared_texts(chunks: Chunks, limit: int) -> list[str]:
    """All shared texts in order; rich text is joined, reading aids (`rPh`) are left out.

    Raises what the parser raises for a damaged part; `WorkbookError` F004 for a text no cell can
    hold, F010 for more texts than any sheet could show.
    """
    try:
        return _read_quickly(chunks(), limit)
    except (UnusualError, UnicodeDecodeError):
        part = _StringsPart(limit)
        parse(_bounded(chunks(), lambda _: part.has_grown()), part)
        return part.texts


def _read_quickly(chunks: Iterator[bytes], limit: int) -> list[str]:
    texts: list[str] = []
    for piece in _whole_texts(chunks):
        matches = _TEXT.findall(piece)
        if len(matches) != piece.count(b"<si") or b"<!" in piece or b"<?" in piece[5:]:
            raise UnusualError
        texts.extend(unescaped(plain) if plain else _joined(rich) for plain, rich in matches)
        if len(texts) > limit:
            raise WorkbookError("F010", limit=limit)
    return texts


def _whole_texts(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Bytes cut at the ends of texts; everything passes the parser on its way."""
    reader, rest, is_first = parser(), b"", True
    for chunk in _bounded(chunks, lambda chunk: _END in chunk):
        if is_first and not (_ROOT in chunk[:HEAD] and is_utf8(chunk)):
            raise UnusualError
        is_first = False
        reader.Parse(chunk, False)
        rest += chunk
        if cut := rest.rfind(_END) + 1:
            yield rest[: cut + len(_END) - 1]
            rest = rest[cut + len(_END) - 1 :]
    reader.Parse(b"", True)
    if b"<si" in rest or b":si>" in rest:
        raise UnusualError


def _bounded(chunks: Iterator[bytes], has_end: Callable[[bytes], bool]) -> Iterator[bytes]:
    """The same bytes; `WorkbookError` F004 when a text does not end.

    `has_end` is asked of each piece once it was taken.
    """
    since = 0
    for chunk in chunks:
        yield chunk
        since = 0 if has_end(chunk) else since + len(chunk)
        if since > 2 * _LONGEST:
            raise WorkbookError("F004")


def _joined(rich: bytes) -> str:
    runs = _RUN.findall(_ASIDE.sub(b"", rich) if b"<rPh" in rich else rich)
    return "".join(map(unescaped, runs))


class _StringsPart(Part):
    """Shared texts; rich text is joined, reading aids (`rPh`) are left out."""

    def __init__(self, limit: int) -> None:
        self.texts: list[str] = []
        self._known = 0
        self._limit = limit
        self._runs: list[str] = []
        self._aside = False

    def has_grown(self) -> bool:
        """Whether there are more texts than at the last call."""
        before, self._known = self._known, len(self.texts)
        return self._known > before

    def start(self, tag: str, attributes: Attributes) -> None:  # noqa: ARG002
        if tag == "si":
            self._runs = []
        elif tag == "rPh":
            self._aside = True

    def end(self, tag: str, text: str) -> None:
        if tag == "t" and not self._aside:
            self._runs.append(text)
        elif tag == "rPh":
            self._aside = False
        elif tag == "si":
            self.texts.append(plain_text("".join(self._runs)))
            if len(self.texts) > self._limit:
                raise WorkbookError("F010", limit=self._limit)
