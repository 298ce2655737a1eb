"""Reads .xlsx and .xlsm cells in one pass over their XML.

Values, error cells, percent and date formats, formulas, fills and merged ranges together, sparse:
a cell at the far corner of a sheet costs one entry. Docs: ECMA-376 part 1, §18.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Callable
from typing import Final
from xml.parsers import expat

from core.errors import WorkbookError
from core.forms.cells import Cell, Merge, Place, Sheet, Workbook, place_of
from core.forms.package import STANDARD, Limits, Package

Attributes = dict[str, str]
_CHUNK: Final = 256 * 1024
_PERCENT_IDS: Final = frozenset({9, 10})
_DATE_IDS: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_QUOTED: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_NAME: Final = re.compile(r"^'?(?P<sheet>.+?)'?!\$?(?P<column>[A-Z]+)\$?(?P<row>\d+)$")
_WHITE: Final = frozenset({"FFFFFFFF", "00FFFFFF"})


def read_xlsx(package: Package, limits: Limits = STANDARD) -> Workbook:
    """Every sheet's cells. `WorkbookError` F004 when a part is damaged, F009 for too many sheets."""
    try:
        with zipfile.ZipFile(io.BytesIO(package.data)) as archive:
            return _read(archive, package.names, limits)
    except (zipfile.BadZipFile, expat.ExpatError, KeyError, ValueError, EOFError) as error:
        raise WorkbookError("F004") from error


def _read(archive: zipfile.ZipFile, names: frozenset[str], limits: Limits) -> Workbook:
    book = _BookPart()
    _parse(archive, "xl/workbook.xml", book)
    if len(book.sheets) > limits.sheets:
        raise WorkbookError("F009", limit=limits.sheets)
    relations = _RelationsPart()
    _parse(archive, "xl/_rels/workbook.xml.rels", relations)
    strings, styles = _StringsPart(), _StylesPart()
    for target, part in ((relations.strings, strings), (relations.styles, styles)):
        if target in names:
            _parse(archive, target, part)
    formats = styles.formats()
    sheets = []
    for name, relation, is_hidden in book.sheets:
        sheet = Sheet(name, is_hidden=is_hidden)
        target = relations.targets.get(relation, "")
        if target in names and "worksheets" in target:
            _read_sheet(archive, target, sheet, strings.texts, formats)
        sheets.append(sheet)
    return Workbook(sheets, book.named_cells())


class _Part:
    """Receives the events of one XML part; tag names come without their prefix."""

    def start(self, tag: str, attributes: Attributes) -> None:
        raise NotImplementedError

    def end(self, tag: str, text: str) -> None:
        """Called with the text since the last start or end."""


def _parse(archive: zipfile.ZipFile, name: str, part: _Part) -> None:
    pieces: list[str] = []

    def on_start(tag: str, attributes: Attributes) -> None:
        pieces.clear()
        part.start(tag.rpartition(":")[2], attributes)

    def on_end(tag: str) -> None:
        part.end(tag.rpartition(":")[2], "".join(pieces))
        pieces.clear()

    _feed(archive, name, on_start, on_end, pieces.append)


def _feed(
    archive: zipfile.ZipFile,
    name: str,
    on_start: Callable[[str, Attributes], None],
    on_end: Callable[[str], None],
    on_text: Callable[[str], None],
) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = on_start
    parser.EndElementHandler = on_end
    parser.CharacterDataHandler = on_text
    with archive.open(name) as file:
        while chunk := file.read(_CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)


class _BookPart(_Part):
    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, bool]] = []
        self.names: list[tuple[str, str]] = []
        self._name = ""

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "sheet":
            relation = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((attributes.get("name", ""), relation, hidden))
        elif tag == "definedName":
            self._name = attributes.get("name", "")

    def end(self, tag: str, text: str) -> None:
        if tag == "definedName":
            self.names.append((self._name, text))

    def named_cells(self) -> dict[str, tuple[str, Place]]:
        found = {}
        for name, reference in self.names:
            if match := _NAME.match(reference):
                place = place_of(match["column"] + match["row"])
                found[name] = match["sheet"].replace("''", "'"), place
        return found


class _RelationsPart(_Part):
    def __init__(self) -> None:
        self.targets: dict[str, str] = {}
        self.strings = self.styles = ""

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", "")))[1:]
        self.targets[attributes.get("Id", "")] = target
        kind = attributes.get("Type", "")
        if kind.endswith("/sharedStrings"):
            self.strings = target
        elif kind.endswith("/styles"):
            self.styles = target


class _StringsPart(_Part):
    """Shared texts; rich text is joined, reading aids (`rPh`) are left out."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._runs: list[str] = []
        self._aside = False

    def start(self, tag: str, attributes: Attributes) -> None:
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
            self.texts.append("".join(self._runs))


class _StylesPart(_Part):
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

    def formats(self) -> list[tuple[bool, bool, bool]]:
        """Per cell style: percent, date, filled."""
        return [
            (self._is_percent(number), self._is_date(number), self._is_filled(fill))
            for number, fill in self._cells
        ]

    def _is_percent(self, number: int) -> bool:
        return number in _PERCENT_IDS or "%" in _QUOTED.sub("", self._codes.get(number, ""))

    def _is_date(self, number: int) -> bool:
        code = _QUOTED.sub("", self._codes.get(number, "")).casefold()
        return number in _DATE_IDS or ("%" not in code and any(c in code for c in "ymdhs"))

    def _is_filled(self, fill: int) -> bool:
        return fill < len(self._fills) and self._fills[fill]


_PLAIN: Final = (False, False, False)
_DIGITS: Final = "0123456789"


def _read_sheet(
    archive: zipfile.ZipFile,
    name: str,
    sheet: Sheet,
    texts: list[str],
    formats: list[tuple[bool, bool, bool]],
) -> None:
    """Fill `sheet` with the cells of one part.

    Most of a reader's time goes here, so the handlers are plain functions over local names.
    """
    columns: dict[str, int] = {}
    pieces: list[str] = []
    attributes: Attributes = {}
    row = column = 0
    raw, inline, is_formula = "", False, False

    def on_start(tag: str, given: Attributes) -> None:
        nonlocal attributes, row, column, raw, inline, is_formula
        kind = tag.rpartition(":")[2]
        if kind == "c":
            attributes, raw, inline, is_formula = given, "", False, False
            pieces.clear()
        elif kind == "row":
            row, column = int(given.get("r", row + 1)), 0
        elif kind == "f":
            is_formula = True
        elif kind == "is":
            inline = True
        elif kind == "mergeCell":
            first, _, last = given["ref"].partition(":")
            sheet.merges.append(Merge(place_of(first), place_of(last or first)))

    def on_end(tag: str) -> None:
        nonlocal column, raw
        kind = tag.rpartition(":")[2]
        if kind == "v":
            raw = "".join(pieces)
        elif kind == "f":
            pieces.clear()
        elif kind == "c":
            letters = attributes.get("r", "").rstrip(_DIGITS)
            if letters not in columns:
                columns[letters] = place_of(letters + "1").column if letters else 0
            column = columns[letters] or column + 1
            style = int(attributes.get("s", 0))
            percent, date, filled = formats[style] if style < len(formats) else _PLAIN
            kind = attributes.get("t", "n")
            value = _value(kind, "".join(pieces) if inline else raw, texts)
            if value is not None or filled or is_formula or kind == "e":
                cell = Cell(value, kind == "e", percent, date, is_formula, filled)
                sheet.cells[Place(row, column)] = cell

    _feed(archive, name, on_start, on_end, pieces.append)


def _value(kind: str, raw: str, texts: list[str]) -> float | str | bool | None:
    if not raw:
        return None
    if kind == "n":
        return float(raw)
    if kind == "s":
        return texts[int(raw)] or None
    return raw == "1" if kind == "b" else raw
