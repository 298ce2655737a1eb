"""Reads the cells of one sheet of an .xlsx package. Docs: ECMA-376 part 1, §18.3.

Most of a reader's time goes here, so there are two ways. Sheets as Excel, LibreOffice and openpyxl
write them are taken apart by one expression; any sheet in which it does not account for every
cell is read element by element.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from core.errors import WorkbookError
from core.forms.cells.workbook import Cell, CellValue, Merge, Place, Sheet, place_of
from core.forms.cells.xlsx.parts import (
    Attributes,
    Part,
    Style,
    UnusualError,
    parse,
    parser,
    plain_text,
    unescaped,
)

_CELL: Final = re.compile(
    rb'<c r="([A-Z]{1,3}[1-9][0-9]{0,6})"(?: s="([0-9]{1,6})")?'
    rb'(?: t="(n|s|b|e|str|inlineStr)")?(?: (?:cm|vm)="[0-9]+")*'
    rb"(?:/>| />|>(<f(?:[^>]*/>|[^>]*>[^<]*</f>))?"
    rb'(?:<v(?: xml:space="preserve")?>([^<]*)</v>|<v ?/>'
    rb'|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)?</c>)'
)
_MERGE: Final = re.compile(
    rb'<mergeCell ref="([A-Z]{1,3}[0-9]{1,7})(?::([A-Z]{1,3}[0-9]{1,7}))?" ?/>'
)
_PLAIN: Final = Style()
# A formula that came to an empty text was calculated; one without a value was not.
_EMPTY: Final[Mapping[bytes, CellValue]] = {b"str": ""}
_DAY_ZERO: Final = datetime(1899, 12, 30, tzinfo=UTC)
_MERGES: Final = 20_000
_PLACES_KEPT: Final = 50_000
_BUFFER: Final = 8 * 1024 * 1024


@dataclass(frozen=True)
class Source:
    """A sheet's part, and what its cells refer to; `most` bytes of it are read, None all."""

    chunks: Callable[[], Iterator[bytes]]
    texts: Sequence[str]
    styles: Sequence[Style]
    most: int | None = None

    def pieces(self) -> Iterator[bytes]:
        left = self.most
        for chunk in self.chunks():
            yield chunk if left is None else chunk[:left]
            if left is not None:
                left -= len(chunk)
                if left <= 0:
                    return


def read_sheet(source: Source, sheet: Sheet, limit: int) -> None:
    """Fill `sheet` with the cells of its part that say something, and its merged ranges.

    Raises what the parser raises for a damaged part, `WorkbookError` F010 above `limit` cells.
    """
    try:
        _read_quickly(source, sheet, limit)
    except UnusualError:
        sheet.cells.clear()
        sheet.merges.clear()
        parse(source.pieces(), _SheetPart(source, sheet, limit), whole=source.most is None)


class _Places(dict[bytes, Place]):
    """Cells by name, worked out once each: files of one form use the same ones."""

    def __init__(self) -> None:
        super().__init__()
        self._columns: dict[bytes, int] = {}
        self._row = b"1", 1

    def __missing__(self, name: bytes) -> Place:
        letters = name.rstrip(b"0123456789")
        column = self._columns.get(letters) or self._column(letters)
        digits, row = self._row
        if name[len(letters) :] != digits:
            digits = name[len(letters) :]
            row = int(digits)
            self._row = digits, row  # Cells of a row come together and share their number.
        place = Place(row, column)
        if len(self) < _PLACES_KEPT:
            self[name] = place
        return place

    def _column(self, letters: bytes) -> int:
        self._columns[letters] = place_of(letters.decode() + "1").column
        return self._columns[letters]


_places: Final = _Places()


def _readers(texts: Sequence[str]) -> dict[bytes, Callable[[bytes], CellValue]]:
    """How the content of each type of cell is read."""
    written: dict[bytes, Callable[[bytes], CellValue]] = dict.fromkeys(
        (b"str", b"e", b"inlineStr"), unescaped
    )
    return {
        **written,
        b"": float,
        b"n": float,
        b"s": lambda raw: texts[int(raw)] or None,
        b"b": lambda raw: raw == b"1",
    }


def _read_quickly(source: Source, sheet: Sheet, limit: int) -> None:
    readers, cells, styles = _readers(source.texts), sheet.cells, source.styles
    flags = {str(number).encode(): style for number, style in enumerate(styles)}
    flags[b""] = styles[0] if styles else _PLAIN
    new = tuple.__new__  # A named tuple's own constructor takes twice the time.
    for rows in _whole_rows(source, sheet):
        found = _CELL.findall(rows)
        if len(found) != rows.count(b"<c") or _has_asides(rows):
            raise UnusualError
        for name, style, kind, formula, raw, inline in found:
            content = raw or inline
            value = readers[kind](content) if content else _EMPTY.get(kind)
            percent, date, filled = flags.get(style, _PLAIN)
            if value is not None or formula or filled or kind == b"e":
                is_error, is_formula = kind == b"e", formula != b""
                said = (value, is_error, percent, date, is_formula, filled)
                cells[_places[name]] = new(Cell, said)
        if len(cells) > limit:
            raise WorkbookError("F010", limit=limit)


def _has_asides(rows: bytes) -> bool:
    """Whether there are comments, unparsed text or instructions, in which a cell is no cell.

    The rare character first: it is looked for at a hundred times the speed of the pair.
    """
    return (b"!" in rows and b"<!" in rows) or (b"?" in rows and b"<?" in rows)


def _whole_rows(source: Source, sheet: Sheet) -> Iterator[bytes]:
    """Bytes of the sheet's table cut at the ends of rows, then the merged ranges after it.

    Everything passes the parser on its way: what is no well-formed XML never counts.
    """
    reader, rest, is_inside = parser(), b"", False
    for chunk in source.pieces():
        reader.Parse(chunk, False)
        rest += chunk
        begin = 0 if is_inside else rest.find(b"<sheetData")
        cut = rest.rfind(b"</row>") + 1
        if begin >= 0 and cut:
            is_inside = True
            yield rest[begin:cut]
            rest = rest[cut:]
        elif len(rest) > _BUFFER:
            raise UnusualError
    if source.most is None:
        reader.Parse(b"", True)
    if not is_inside:
        raise UnusualError
    _take_merges(rest, sheet)


def _take_merges(after: bytes, sheet: Sheet) -> None:
    if b"mergeCell" not in after:
        return
    found = _MERGE.findall(after)
    if len(found) != after.count(b"<mergeCell ") or len(found) > _MERGES:
        raise UnusualError
    for first, last in found:
        sheet.merges.append(_merge(first.decode(), last.decode()))


def _merge(first: str, last: str) -> Merge:
    return Merge(place_of(first), place_of(last or first))


class _SheetPart(Part):
    """Any sheet, element by element."""

    def __init__(self, source: Source, sheet: Sheet, limit: int) -> None:
        self._sheet, self._limit = sheet, limit
        self._texts, self._styles = source.texts, source.styles
        self._row = self._column = 0
        self._attributes: Attributes = {}
        self._raw = ""
        self._runs: list[str] = []
        self._is_formula = False
        self._aside = False

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "c":
            self._attributes, self._raw, self._runs = attributes, "", []
            self._is_formula = False
        elif tag == "row":
            self._row, self._column = int(attributes.get("r", self._row + 1)), 0
        elif tag == "f":
            self._is_formula = True
        elif tag == "rPh":
            self._aside = True
        elif tag == "mergeCell" and len(self._sheet.merges) < _MERGES:
            first, _, last = attributes.get("ref", "").partition(":")
            self._sheet.merges.append(_merge(first, last))

    def end(self, tag: str, text: str) -> None:
        if tag == "v":
            self._raw = text
        elif tag == "t" and not self._aside:
            self._runs.append(text)
        elif tag == "rPh":
            self._aside = False
        elif tag == "c":
            self._take()

    def _take(self) -> None:
        name, kind = self._attributes.get("r"), self._attributes.get("t", "n")
        place = place_of(name) if name else Place(self._row, self._column + 1)
        self._row, self._column = place
        style = int(self._attributes.get("s", 0))
        percent, date, filled = self._styles[style] if 0 <= style < len(self._styles) else _PLAIN
        value = self._value(kind, "".join(self._runs) if kind == "inlineStr" else self._raw)
        is_error, is_date = kind == "e", date or kind == "d"
        if value is not None or self._is_formula or filled or is_error:
            cell = Cell(value, is_error, percent, is_date, self._is_formula, filled)
            self._sheet.cells[place] = cell
            if len(self._sheet.cells) > self._limit:
                raise WorkbookError("F010", limit=self._limit)

    def _value(self, kind: str, raw: str) -> CellValue:
        if not raw:
            return _EMPTY.get(kind.encode())
        if kind == "n":
            return float(raw)
        if kind == "s":
            return self._texts[int(raw)] or None
        if kind == "d":
            moment = datetime.fromisoformat(raw).replace(tzinfo=UTC)
            return (moment - _DAY_ZERO).total_seconds() / 86_400
        return raw == "1" if kind == "b" else plain_text(raw)
