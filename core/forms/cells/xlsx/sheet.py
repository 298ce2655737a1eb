"""Reads the cells of one sheet of an .xlsx package. Docs: ECMA-376 part 1, §18.3.

Most of a reader's time goes here, so there are two ways. Sheets as Excel, LibreOffice and openpyxl
write them are taken apart by one expression; any sheet in which it does not account for every
cell is read element by element.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from core.errors import WorkbookError
from core.forms.cells.number_format import NumberFormat
from core.forms.cells.workbook import Cell, CellValue, Loss, Place, Sheet, place_of
from core.forms.cells.xlsx.markup import UnusualError, is_utf8, parse, parser, unescaped
from core.forms.cells.xlsx.sheet_elements import (
    MOST_MERGES,
    PLAIN,
    SheetPart,
    Source,
    hide_columns,
    merge_of,
)
from core.forms.cells.xlsx.styles import Style

_CELL: Final = re.compile(
    rb'<c r="([A-Z]{1,3}[1-9][0-9]{0,6})"(?: s="([0-9]{1,6})")?'
    rb'(?: t="(n|s|b|e|str|inlineStr)")?(?: (?:cm|vm)="[0-9]+")*'
    rb"(?:/>| />|>(<f(?:[^>]*/>|[^>]*>[^<]*</f>))?"
    rb'(?:<v(?: xml:space="preserve")?>([^<]*)</v>|<v ?/>'
    rb'|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)?</c>)'
)
_MERGE: Final = re.compile(
    rb'<mergeCell ref="([A-Z]{1,3}[0-9]{1,7}(?::[A-Z]{1,3}[0-9]{1,7})?)" ?/>'
)
_HIDDEN_ROW: Final = re.compile(rb'<row [^>]*\bhidden="(?:1|true)"[^>]*>')
_ROW_NUMBER: Final = re.compile(rb' r="([0-9]{1,7})"')
_HIDDEN_COLUMNS: Final = re.compile(rb'<col [^>]*\bhidden="(?:1|true)"[^>]*>')
_FIRST_LAST: Final = (re.compile(rb' min="([0-9]{1,5})"'), re.compile(rb' max="([0-9]{1,5})"'))
_UNDERSCORE: Final = re.compile(rb"<v>[^<_]*_")
_VALUELESS: Final = re.compile(rb't="str"[^>]*><f(?:[^>]*/>|[^>]*>[^<]*</f>)</c>')
_QUOTE: Final = rb"(?:\"|&(?:quot|#34|#[xX]22);)"
_TYPED_TEXT: Final = re.compile(
    rb"<f[^>]*>\s*" + _QUOTE + rb"(?:(?!" + _QUOTE + rb")[^<])*" + _QUOTE + rb"\s*</f>"
)
"""A text typed as a formula, as `="01122"`; our own forms have longer ones that begin with one."""
# A formula that came to an empty text was calculated; one without a value was not.
_EMPTY: Final[Mapping[bytes, CellValue]] = {b"str": ""}
_TRUTH: Final = {b"1": True, b"0": False}
_NUMERIC: Final = frozenset({b"", b"n", b"s"})
_PLACES_KEPT: Final = 50_000
_BUFFER: Final = 8 * 1024 * 1024


def read_sheet(source: Source, sheet: Sheet, limit: int) -> list[Loss]:
    """Fill `sheet` with the cells of its part that say something, and its merged ranges.

    Gives what had to be left out. Raises what the parser raises for a damaged part, `WorkbookError`
    F010 above `limit` cells.
    """
    try:
        _read_quickly(source, sheet, limit)
        return []
    except (UnusualError, LookupError, ValueError):
        for part in (sheet.cells, sheet.merges, sheet.hidden_rows, sheet.hidden_columns):
            part.clear()
        reader = SheetPart(source, sheet, limit)
        parse(source.pieces(), reader, whole=source.most is None)
        return reader.losses


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
    """How the content of each type of cell is read; `LookupError`, `ValueError` when it is odd."""
    written: dict[bytes, Callable[[bytes], CellValue]] = dict.fromkeys(
        (b"str", b"e", b"inlineStr"), unescaped
    )

    def shared(raw: bytes) -> CellValue:
        if (number := int(raw)) < 0:
            raise IndexError(number)
        return texts[number] or None

    return {**written, b"": float, b"n": float, b"s": shared, b"b": _TRUTH.__getitem__}


_Look = tuple[bool, bool, bool, NumberFormat, Callable[[float], NumberFormat] | None]


def _look(style: Style) -> _Look:
    """Percent, date, filled, format; how the format follows from a number where it depends."""
    first, sections = style.formats
    by_value = style.formats.of if sections else None
    return first.kind == "percent", first.is_date, style.is_filled, first, by_value


def _read_quickly(source: Source, sheet: Sheet, limit: int) -> None:
    readers, cells, styles = _readers(source.texts), sheet.cells, source.styles
    looks = {str(number).encode(): _look(style) for number, style in enumerate(styles)}
    plain = _look(PLAIN)
    looks[b""] = _look(styles[0]) if styles else plain
    new = tuple.__new__  # A named tuple's own constructor takes twice the time.
    for rows in _whole_rows(source, sheet):
        for name, style, kind, formula, raw, inline in _cells_of(rows):
            content = raw or inline
            value = readers[kind](content) if content else _EMPTY.get(kind) if formula else None
            percent, date, filled, shows, by_value = looks.get(style, plain)
            is_error, is_formula = kind == b"e", formula != b""
            if value is not None or is_formula or filled or is_error:
                if by_value and isinstance(value, float):
                    shows = by_value(value)
                    percent, date = shows.kind == "percent", shows.is_date
                parts = (value, is_error, percent, date, is_formula, filled, shows)
                cells[_places[name]] = new(Cell, parts)
        _hide_rows(rows, sheet)
        if len(cells) > limit:
            raise WorkbookError("F010", limit=limit)


def _cells_of(rows: bytes) -> list[tuple[bytes, ...]]:
    """The parts of each cell; `UnusualError` unless the expression accounts for every one."""
    matches = _CELL.findall(rows)
    if len(matches) != rows.count(b"<c") or _has_asides(rows):
        raise UnusualError
    # What Python takes for a number or for an empty text, and Excel does not.
    if _UNDERSCORE.search(rows) and any(b"_" in m[4] and m[2] in _NUMERIC for m in matches):
        raise UnusualError
    if b't="str"' in rows and _VALUELESS.search(rows):
        raise UnusualError
    if _TYPED_TEXT.search(rows):
        raise UnusualError
    return matches


def _has_asides(rows: bytes) -> bool:
    """Whether there are comments, unparsed text or instructions, in which a cell is no cell.

    The rare character first: it is looked for at a hundred times the speed of the pair.
    """
    return (b"!" in rows and b"<!" in rows) or (b"?" in rows and b"<?" in rows)


def _hide_rows(rows: bytes, sheet: Sheet) -> None:
    if b'hidden="' in rows:
        for row in _HIDDEN_ROW.findall(rows):
            if not (number := _ROW_NUMBER.search(row)):
                raise UnusualError
            sheet.hidden_rows.add(int(number[1]))


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
            if not is_inside:
                _take_head(rest[:begin], sheet)
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


def _take_head(before: bytes, sheet: Sheet) -> None:
    if not is_utf8(before):
        raise UnusualError
    if b'hidden="' not in before:
        return
    for column in _HIDDEN_COLUMNS.findall(before):
        first, last = (expression.search(column) for expression in _FIRST_LAST)
        if not (first and last):
            raise UnusualError
        hide_columns(sheet, int(first[1]), int(last[1]))


def _take_merges(after: bytes, sheet: Sheet) -> None:
    if b"mergeCell" not in after:
        return
    ranges = _MERGE.findall(after)
    if len(ranges) != after.count(b"<mergeCell ") or len(ranges) > MOST_MERGES:
        raise UnusualError
    sheet.merges.extend(merge_of(name.decode()) for name in ranges)
