"""The parts of an .xlsx package around its sheets: workbook, relations, styles.

Docs: ECMA-376 part 1, §18.2 (workbook), §18.8 (styles).
"""

import html
import posixpath
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple, NoReturn
from xml.parsers import expat

from core.errors import WorkbookError
from core.forms.cells.workbook import Place, place_of

Attributes = dict[str, str]
_PERCENT_IDS: Final = frozenset({9, 10})
_DATE_IDS: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_QUOTED: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_NAME: Final = re.compile(
    r"^'?(?P<sheet>[^!]{1,200}?)'?!\$?(?P<column>[A-Z]{1,3})\$?(?P<row>[0-9]{1,7})$"
)
_WHITE: Final = frozenset({"FFFFFFFF", "00FFFFFF"})
_SHARED: Final = 256 * 1024
"""Bytes of the largest part of styles that is remembered."""
_TITLE: Final = 600
"""Bytes of the longest text that is remembered: titles of the printed form have up to 360."""
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


class UnusualError(Exception):
    """A part that has to be read element by element."""


class Style(NamedTuple):
    """What of a cell's style says something about its value."""

    is_percent: bool = False
    is_date: bool = False
    is_filled: bool = False


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


def plain_text(text: str) -> str:
    """A text as it is shown: characters XML cannot hold stand in Excel's own escapes."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def unescaped(raw: bytes) -> str:
    """The text of a piece of XML without elements."""
    return _short(raw) if len(raw) < _TITLE else _text(raw)


@lru_cache(maxsize=4096)  # Files of one form say the same words.
def _short(raw: bytes) -> str:
    return _text(raw)


def _text(raw: bytes) -> str:
    text = html.unescape(raw.decode()) if b"&" in raw else raw.decode()
    return plain_text(text) if "_x" in text else text


class BookPart(Part):
    """Sheets in order (name, relation, hidden) and the names given to cells."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, bool]] = []
        self._names: list[tuple[str, str]] = []
        self._name: str | None = None

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "sheet":
            relation = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((attributes.get("name", ""), relation, hidden))
        elif tag == "definedName":
            # A copied sheet brings the workbook's names along as its own.
            self._name = None if "localSheetId" in attributes else attributes.get("name")

    def end(self, tag: str, text: str) -> None:
        if tag == "definedName" and self._name is not None:
            self._names.append((self._name, text))

    def named_cells(self) -> dict[str, tuple[str, Place]]:
        """Name -> sheet and cell; names of ranges, formulas and lost cells are left out."""
        found = {}
        for name, reference in self._names:
            if match := _NAME.match(reference):
                place = place_of(match["column"] + match["row"])
                found[name] = match["sheet"].replace("''", "'"), place
        return found


class RelationsPart(Part):
    """The parts the workbook names: sheets by relation, shared texts, styles."""

    def __init__(self) -> None:
        self.sheets: dict[str, str] = {}
        self.strings = self.styles = ""

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", "")))[1:]
        kind = attributes.get("Type", "")
        if kind.endswith("/worksheet"):
            self.sheets[attributes.get("Id", "")] = target.casefold()
        elif kind.endswith("/sharedStrings"):
            self.strings = target
        elif kind.endswith("/styles"):
            self.styles = target


class _StylesPart(Part):
    def __init__(self) -> None:
        self._codes: dict[int, str] = {}
        self._fills: list[bool] = []
        self._cells: list[tuple[int, int]] = []
        self._inside = ""
        self._solid = False

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag in {"cellXfs", "cellStyleXfs", "fills", "dxfs"}:
            self._inside = tag
        elif tag == "numFmt" and self._inside != "dxfs":
            self._codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif tag == "xf" and self._inside == "cellXfs":
            style = int(attributes.get("numFmtId", 0)), int(attributes.get("fillId", 0))
            self._cells.append(style)
        elif self._inside == "fills":
            self._start_fill(tag, attributes)

    def _start_fill(self, tag: str, attributes: Attributes) -> None:
        if tag == "fill":
            self._fills.append(False)
        elif tag == "patternFill":
            self._solid = attributes.get("patternType") == "solid"
        elif tag == "fgColor" and self._fills:
            self._fills[-1] = self._solid and attributes.get("rgb", "") not in _WHITE

    def styles(self) -> tuple[Style, ...]:
        return tuple(
            Style(self._is_percent(number), self._is_date(number), self._is_filled(fill))
            for number, fill in self._cells
        )

    def _is_percent(self, number: int) -> bool:
        return number in _PERCENT_IDS or "%" in _QUOTED.sub("", self._codes.get(number, ""))

    def _is_date(self, number: int) -> bool:
        code = _QUOTED.sub("", self._codes.get(number, "")).casefold()
        return number in _DATE_IDS or ("%" not in code and any(c in code for c in "ymdhs"))

    def _is_filled(self, fill: int) -> bool:
        return 0 <= fill < len(self._fills) and self._fills[fill]


@lru_cache(maxsize=16)
def _remembered(content: bytes) -> tuple[Style, ...]:
    return _styles(content)


def cell_styles(content: bytes) -> tuple[Style, ...]:
    """Cell styles in order. A province's files come from one blank form and share them."""
    return _remembered(content) if len(content) < _SHARED else _styles(content)


def _styles(content: bytes) -> tuple[Style, ...]:
    part = _StylesPart()
    parse((content,), part)
    return part.styles()
