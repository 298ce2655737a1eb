"""Reads a sheet of an .xlsx package element by element, however it is written.

What one cell, row or range has wrong costs that one. Docs: ECMA-376 part 1, §18.3.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final, NamedTuple

from core.errors import WorkbookError
from core.forms.cells.number_format import Kind, NumberFormat
from core.forms.cells.workbook import Cell, CellValue, Loss, Merge, Place, Sheet, place_of
from core.forms.cells.xlsx.markup import Attributes, Part, plain_text, whole_number
from core.forms.cells.xlsx.styles import Style

PLAIN: Final = Style()
MOST_MERGES: Final = 20_000
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_NUMBER: Final = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?|NaN|[+-]?INF")
_RANGE: Final = re.compile(r"\$?([A-Z]{0,3})\$?([0-9]{0,7}):\$?([A-Z]{0,3})\$?([0-9]{0,7})")
_LITERAL: Final = re.compile(r'"([^"]+)"')
_TRUTH: Final = {"1": True, "true": True, "0": False, "false": False}
_YES: Final = frozenset({"1", "true"})
_DAY_ZERO: Final = datetime(1899, 12, 30, tzinfo=UTC)
_SHOWN: Final = 60
_MOST_LOSSES: Final = 20


@dataclass(frozen=True)
class Source:
    """A sheet's part, and what its cells refer to; `most` bytes of it are read, None all."""

    chunks: Callable[[], Iterator[bytes]]
    texts: Sequence[str]
    styles: Sequence[Style]
    most: int | None = None

    def pieces(self) -> Iterator[bytes]:
        """The bytes to be read."""
        left = self.most
        for chunk in self.chunks():
            yield chunk if left is None else chunk[:left]
            if left is not None:
                left -= len(chunk)
                if left <= 0:
                    return


class Content(NamedTuple):
    """What a cell's element holds. `shows` replaces the number format of its style."""

    value: CellValue
    is_error: bool = False
    shows: NumberFormat | None = None


class SheetPart(Part):
    """Any sheet, element by element."""

    def __init__(self, source: Source, sheet: Sheet, limit: int) -> None:
        self.losses: list[Loss] = []
        self._sheet, self._limit = sheet, limit
        self._texts, self._styles = source.texts, source.styles
        self._row = self._column = 0
        self._attributes: Attributes = {}
        self._raw: str | None = None
        self._runs: list[str] = []
        self._is_formula, self._formula = False, ""
        self._aside = False

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "c":
            self._attributes, self._raw, self._runs = attributes, None, []
            self._is_formula, self._formula = False, ""
        elif tag == "row":
            self._start_row(attributes)
        elif tag == "f":
            self._is_formula = True
        elif tag == "rPh":
            self._aside = True
        elif tag == "col" and attributes.get("hidden") in _YES:
            first, last = (whole_number(attributes.get(end)) for end in ("min", "max"))
            hide_columns(self._sheet, first, last)
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _start_row(self, attributes: Attributes) -> None:
        self._row = whole_number(attributes.get("r")) or self._row + 1
        self._column = 0
        if attributes.get("hidden") in _YES:
            self._sheet.hidden_rows.add(self._row)

    def _merge(self, name: str) -> None:
        try:
            if len(self._sheet.merges) < MOST_MERGES:
                self._sheet.merges.append(merge_of(name))
        except ValueError:
            self._lose(name, "")

    def end(self, tag: str, text: str) -> None:
        if tag == "v":
            self._raw = text
        elif tag == "f":
            self._formula = text
        elif tag == "t" and not self._aside:
            self._runs.append(text)
        elif tag == "rPh":
            self._aside = False
        elif tag == "c":
            self._take()

    def _take(self) -> None:
        name, kind = self._attributes.get("r"), self._attributes.get("t", "n")
        raw = "".join(self._runs) if kind == "inlineStr" else self._raw
        if not raw and (literal := _LITERAL.fullmatch(self._formula.strip())):
            # `="01122"` keeps a code a text; what it comes to is seen without calculating.
            kind, raw = "str", literal[1]
        try:
            place = place_of(name) if name else Place(self._row, self._column + 1)
        except ValueError:
            self._lose(name or "", raw or "")
            return
        self._row, self._column = place
        content = content_of(kind, raw, self._texts, is_formula=self._is_formula)
        self._put(place, content)

    def _put(self, place: Place, content: Content) -> None:
        number = whole_number(self._attributes.get("s"))
        formats, filled = self._styles[number] if 0 <= number < len(self._styles) else PLAIN
        value = content.value
        shows = formats.of(value) if isinstance(value, float) else formats.first
        if content.shows and not shows.is_date:
            shows = content.shows
        if value is not None or self._is_formula or filled or content.is_error:
            percent, days = shows.kind == "percent", shows.is_date
            self._sheet.cells[place] = Cell(
                value, content.is_error, percent, days, self._is_formula, filled, shows
            )
            if len(self._sheet.cells) > self._limit:
                raise WorkbookError("F010", limit=self._limit)

    def _lose(self, name: str, raw: str) -> None:
        if len(self.losses) < _MOST_LOSSES:
            loss = Loss("W017", self._sheet.name, "", " ".join((name, raw)).strip()[:_SHOWN])
            self.losses.append(loss)


def hide_columns(sheet: Sheet, first: int, last: int) -> None:
    """Note that columns are hidden; beyond the last there is none."""
    sheet.hidden_columns.update(range(max(first, 1), min(last, _LAST_COLUMN) + 1))


def merge_of(name: str) -> Merge:
    """`A1:B3`, a single cell, whole columns `A:C` or rows `1:3`; `ValueError` for anything else."""
    if ":" not in name:
        return Merge(place_of(name), place_of(name))
    match = _RANGE.fullmatch(name.upper())
    if match is None or not any(match.groups()):
        raise ValueError(name)
    left, top, right, bottom = match.groups()
    first = place_of(f"{left or 'A'}{top or 1}")
    last_row = int(bottom or _LAST_ROW)
    last_column = place_of(f"{right}1").column if right else _LAST_COLUMN
    return Merge(first, Place(last_row, last_column))


def content_of(kind: str, raw: str | None, texts: Sequence[str], *, is_formula: bool) -> Content:
    """What a cell of a type holds; content that does not fit its type is an error with its text.

    A formula that came to an empty text was calculated; one without a value was not.
    """
    if not raw:
        return Content("" if kind == "str" and raw is not None and is_formula else None)
    if kind == "n":
        text = raw.strip()
        return Content(float(text)) if _NUMBER.fullmatch(text) else _damaged(raw)
    if kind == "s":
        number = int(raw) if raw.strip().isdecimal() else len(texts)
        return Content(texts[number] or None) if number < len(texts) else _damaged(raw)
    if kind == "b":
        truth = _TRUTH.get(raw.strip().casefold())
        return _damaged(raw) if truth is None else Content(truth)
    if kind == "d":
        return _days(raw)
    return Content(plain_text(raw), kind == "e")


def _damaged(raw: str) -> Content:
    return Content(plain_text(raw)[:_SHOWN].lstrip("#") or "?", is_error=True)


def _days(raw: str) -> Content:
    """A date, a time of day or both, as ISO 8601 writes them."""
    text = raw.strip()
    kind: Kind = "date"
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        try:
            moment = datetime.combine(date(1899, 12, 30), time.fromisoformat(text))
            kind = "time"
        except ValueError:
            return _damaged(raw)
    days = (moment.replace(tzinfo=UTC) - _DAY_ZERO).total_seconds() / 86_400
    return Content(days, shows=NumberFormat(kind))
