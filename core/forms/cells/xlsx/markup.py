"""XML parts of a package: events, texts, and no document type whatever.

Docs: ECMA-376 part 1, §22.9.2.19 (escaped characters).
"""

import re
import sys
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NoReturn
from xml.parsers import expat

from core.errors import WorkbookError

Attributes = dict[str, str]
_TITLE: Final = 2_600
"""Bytes of the longest text that is cached: titles of the printed form have up to 360 letters,
each of seven bytes where a library writes them as references."""
_ESCAPED: Final = re.compile(r"(?:_x[0-9A-Fa-f]{4}_)+")
_UNIT: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LOST: Final = "\ufffd"
_CONTROLS: Final = {code: _LOST for code in range(32) if chr(code) not in "\t\n\r"}
# A sign that begins no reference of XML matches as well, and has no group.
_REFERENCE: Final = re.compile(r"&(?:#x([0-9A-Fa-f]{1,6});|#([0-9]{1,7});|(amp|lt|gt|quot|apos);)?")
_ENTITIES: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_NO_CHARACTER: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

HEAD: Final = 1024
"""Bytes in which a part declares its encoding and its first element begins."""


class UnusualError(Exception):
    """A part that has to be read element by element."""


class Part:
    """Receives the events of one XML part; tag names come without their prefix."""

    def start(self, tag: str, attributes: Attributes) -> None:
        """Called at the start of an element."""

    def end(self, tag: str, text: str) -> None:
        """Called with the text since the last start or end."""


def _refuse_doctype(*_: object) -> NoReturn:
    raise WorkbookError("F007")


def parser() -> expat.XMLParserType:
    """A parser that accepts no document type, whatever encoding it hides in."""
    made = expat.ParserCreate()
    made.buffer_text = True
    made.StartDoctypeDeclHandler = _refuse_doctype
    return made


def parse(chunks: Iterable[bytes], part: Part, whole: bool = True) -> None:
    """Feed a part's bytes to its receiver; `ExpatError` when they are no well-formed XML.

    `whole` tells whether they are all there are.
    """
    pieces: list[str] = []

    def on_start(tag: str, attributes: Attributes) -> None:
        pieces.clear()
        part.start(tag.rpartition(":")[2], attributes)

    def on_end(tag: str) -> None:
        part.end(tag.rpartition(":")[2], "".join(pieces))
        pieces.clear()

    reader = parser()
    reader.StartElementHandler = on_start
    reader.EndElementHandler = on_end
    reader.CharacterDataHandler = pieces.append
    for chunk in chunks:
        reader.Parse(chunk, False)
    if whole:
        reader.Parse(b"", True)


def is_utf8(first: bytes) -> bool:
    """Whether a part says it is UTF-8, or says nothing; `first` are its first bytes."""
    head = first[:HEAD].lower()
    return b"encoding=" not in head or b"utf-8" in head or b"us-ascii" in head


def plain_text(text: str) -> str:
    """A text as it is shown: characters XML cannot hold stand in Excel's own escapes.

    Two halves of one character are joined; a half alone and control characters, which no store and
    no other file takes, become U+FFFD.
    """
    return _ESCAPED.sub(_characters, text)


def _characters(match: re.Match[str]) -> str:
    units = b"".join(int(unit, 16).to_bytes(2, "little") for unit in _UNIT.findall(match[0]))
    return units.decode("utf-16-le", "replace").translate(_CONTROLS)


def unescaped(raw: bytes) -> str:
    """The text of a piece of XML without elements; `UnusualError` where it is not well-formed."""
    return _short(raw) if len(raw) < _TITLE else _text(raw)


@lru_cache(maxsize=4096)  # Files of one form say the same words.
def _short(raw: bytes) -> str:
    return _text(raw)


def _text(raw: bytes) -> str:
    text = _REFERENCE.sub(_referred, raw.decode()) if b"&" in raw else raw.decode()
    return plain_text(text) if "_x" in text else text


def _referred(match: re.Match[str]) -> str:
    """The character a reference stands for: XML's own, of which HTML's reading loses some."""
    hexadecimal, decimal, name = match.groups()
    if name:
        return _ENTITIES[name]
    code = int(hexadecimal, 16) if hexadecimal else int(decimal or -1)
    if not 0 <= code <= sys.maxunicode or _NO_CHARACTER.match(character := chr(code)):
        raise UnusualError
    return character


def whole_number(text: str | None) -> int:
    """The number an attribute holds; 0 where there is none, as for an empty style."""
    try:
        return int(text or 0)
    except ValueError:
        return 0
