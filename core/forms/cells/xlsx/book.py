"""Reads .xlsx and .xlsm workbooks: every cell that says something, and the names given to cells.

Values, error cells, number formats, formulas, fills and merged ranges together, sparse: a cell at
the far corner of a sheet costs one entry. Docs: ECMA-376 part 1, §18.
"""

import posixpath
from functools import partial
from typing import Final
from xml.parsers import expat

from core.errors import WorkbookError
from core.forms.cells.container import STANDARD, Limits, Package
from core.forms.cells.other_kinds import refuse_zip
from core.forms.cells.workbook import Loss, Sheet, Workbook
from core.forms.cells.xlsx.calculated import count_from_1900, drop_uncalculated
from core.forms.cells.xlsx.letters import in_unicode
from core.forms.cells.xlsx.markup import parse
from core.forms.cells.xlsx.parts import BookPart, RelationsPart, relations_of
from core.forms.cells.xlsx.sheet import read_sheet
from core.forms.cells.xlsx.sheet_elements import Source
from core.forms.cells.xlsx.strings import shared_texts
from core.forms.cells.xlsx.styles import Style, cell_styles

_USUAL: Final = "xl/workbook.xml"
_ERRORS: Final = (expat.ExpatError, LookupError, ValueError, OverflowError)


def read_xlsx(package: Package, limits: Limits = STANDARD) -> Workbook:
    """Every sheet's cells.

    `WorkbookError` F004 when a part is damaged or missing, F006 when there is no workbook, F009 for
    too many sheets, F010 for too many cells.
    """
    try:
        return _read(package, limits)
    except _ERRORS as error:
        if (other := in_unicode(package)) is None:
            raise WorkbookError("F004") from error
    try:
        return _read(other, limits)
    except _ERRORS as error:
        raise WorkbookError("F004") from error


def _read(package: Package, limits: Limits) -> Workbook:
    part = _workbook_part(package, limits)
    book, relations = BookPart(), RelationsPart(posixpath.dirname(part))
    parse((_small(package, part, limits),), book)
    if not book.is_workbook:
        raise refuse_zip(package.members)
    if len(book.sheets) > limits.sheets:
        raise WorkbookError("F009", limit=limits.sheets)
    parse((_small(package, relations_of(part), limits),), relations)
    sheets, losses = _sheets(package, book, relations, limits)
    if limits.sheet_bytes is None:
        drop_uncalculated(sheets, package, is_uncalculated=book.is_uncalculated)
        if book.counts_from_1904:
            count_from_1900(sheets)
    return Workbook(sheets, book.defined_cells(), losses)


def _workbook_part(package: Package, limits: Limits) -> str:
    """The part the package names as its workbook, else the one of the usual name."""
    relations = RelationsPart("")
    if (part := relations_of("")) in package:
        parse((_small(package, part, limits),), relations)
    for part in (relations.workbook, _USUAL):
        if part and part in package:
            return part
    raise refuse_zip(package.members)


def _sheets(
    package: Package, book: BookPart, relations: RelationsPart, limits: Limits
) -> tuple[list[Sheet], list[Loss]]:
    texts, styles = _texts_and_styles(package, relations, limits)
    sheets: list[Sheet] = []
    losses: list[Loss] = []
    read: set[str] = set()
    for name, relation, is_hidden in book.sheets:
        sheet = Sheet(name, is_hidden=is_hidden)
        sheets.append(sheet)
        target = relations.parts.get(relation, "")
        if target not in package:
            losses.append(Loss("W016", name, "", name))
        elif target in relations.worksheets:
            if target in read:  # One part offered as many sheets would be read as often.
                raise WorkbookError("F004")
            read.add(target)
            left = limits.cells - sum(len(other.cells) for other in sheets)
            source = Source(partial(package.chunks, target), texts, styles, limits.sheet_bytes)
            losses += read_sheet(source, sheet, left)
    if len(losses) and not read:
        raise WorkbookError("F004")
    return sheets, losses


def _texts_and_styles(
    package: Package, relations: RelationsPart, limits: Limits
) -> tuple[list[str], tuple[Style, ...]]:
    texts: list[str] = []
    styles: tuple[Style, ...] = ()
    if relations.strings in package:
        texts = shared_texts(lambda: package.chunks(relations.strings), limits.cells)
    if relations.styles in package:
        styles = cell_styles(_small(package, relations.styles, limits))
    return texts, styles


def _small(package: Package, name: str, limits: Limits) -> bytes:
    """A part that is small in any honest workbook."""
    if package.members[name.casefold()].file_size > limits.memory_bytes:
        raise WorkbookError("F003", limit=limits.memory_bytes)
    return b"".join(package.chunks(name))
