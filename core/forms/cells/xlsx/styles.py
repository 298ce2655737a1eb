"""Cell styles of an .xlsx package: number formats and fills. Docs: ECMA-376 part 1, §18.8."""

from functools import lru_cache
from typing import Final, NamedTuple

from core.errors import WorkbookError
from core.forms.cells.number_format import GENERAL, Formats, built_in, formats_of
from core.forms.cells.xlsx.markup import Attributes, Part, parse, whole_number

_WHITE: Final = frozenset({"FFFFFFFF", "00FFFFFF"})
_SHARED: Final = 256 * 1024
"""Bytes of the largest part of styles that is cached."""
_MOST_CODES: Final = 5_000


class Style(NamedTuple):
    """What of a cell's style says something about its value."""

    formats: Formats = Formats(GENERAL)
    is_filled: bool = False


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
            self._codes[whole_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
            if len(self._codes) > _MOST_CODES:
                raise WorkbookError("F003")
        elif tag == "xf" and self._inside == "cellXfs":
            style = attributes.get("numFmtId"), attributes.get("fillId")
            self._cells.append((whole_number(style[0]), whole_number(style[1])))
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
            Style(self._formats(number), self._is_filled(fill)) for number, fill in self._cells
        )

    def _formats(self, number: int) -> Formats:
        code = self._codes.get(number)
        return built_in(number) if code is None else formats_of(code)

    def _is_filled(self, fill: int) -> bool:
        return 0 <= fill < len(self._fills) and self._fills[fill]


@lru_cache(maxsize=16)
def _cached(content: bytes) -> tuple[Style, ...]:
    return _styles(content)


def cell_styles(content: bytes) -> tuple[Style, ...]:
    """Cell styles in order. A province's files come from one blank form and share them."""
    return _cached(content) if len(content) < _SHARED else _styles(content)


def _styles(content: bytes) -> tuple[Style, ...]:
    part = _StylesPart()
    parse((content,), part)
    return part.styles()
