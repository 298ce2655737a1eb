"""What formulas and dates of a workbook mean, once all of it is known."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from core.forms.cells.container import Package
from core.forms.cells.workbook import Cell, Place, Sheet

_PROPERTIES: Final = "docProps/app.xml"
_CHAIN: Final = "xl/calcChain.xml"
# Programs that calculate before they save. Excel is none of them: libraries borrow its name, but
# not the chain of calculation that it leaves in every workbook with formulas.
_CALCULATES: Final = re.compile(
    rb"<(?:\w+:)?Application>\s*(?:LibreOffice|OpenOffice|WPS|Kingsoft|Gnumeric|ONLYOFFICE|Numbers)"
)
_LARGEST: Final = 64 * 1024
_DAYS_OF_FOUR_YEARS: Final = 1462


def drop_uncalculated(sheets: Sequence[Sheet], package: Package, *, is_uncalculated: bool) -> None:
    """Take away the 0 that libraries save for formulas they do not calculate.

    A 0 is taken away when the workbook asks for calculation on opening (`is_uncalculated`), or when
    no formula of a workbook saved by a program not known to calculate came to anything else.
    """
    if is_uncalculated:
        _drop(place for place in _formulas(sheets) if _is_zero(place))
    elif not _is_by_calculator(package):
        formulas = list(_formulas(sheets))
        if all(map(_is_zero, formulas)):
            _drop(formulas)


_Formula = tuple[Sheet, Place, Cell]


def _formulas(sheets: Sequence[Sheet]) -> Iterator[_Formula]:
    for sheet in sheets:
        for place, cell in sheet.cells.items():
            if cell.is_formula and cell.value is not None:
                yield sheet, place, cell


def _is_zero(formula: _Formula) -> bool:
    return isinstance(formula[2].value, float) and formula[2].value == 0


def _drop(formulas: Iterator[_Formula] | list[_Formula]) -> None:
    for sheet, place, cell in list(formulas):
        sheet.cells[place] = cell._replace(value=None)


def _is_by_calculator(package: Package) -> bool:
    if _CHAIN in package:
        return True
    member = package.members.get(_PROPERTIES.casefold())
    if member is None or member.file_size > _LARGEST:
        return False
    return _CALCULATES.search(b"".join(package.chunks(_PROPERTIES))) is not None


def count_from_1900(sheets: Sequence[Sheet]) -> None:
    """Have dates count days as everywhere, of a workbook in which day 0 is 1 January 1904."""
    for sheet in sheets:
        for place, cell in sheet.cells.items():
            if cell.format.kind == "date" and isinstance(cell.value, float):
                sheet.cells[place] = cell._replace(value=cell.value + _DAYS_OF_FOUR_YEARS)
