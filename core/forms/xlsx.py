"""Reads .xlsx and .xlsm workbooks: every cell that says something, and the names given to cells.

Values, error cells, percent and date formats, formulas, fills and merged ranges together, sparse:
a cell at the far corner of a sheet costs one entry. Docs: ECMA-376 part 1, §18.
"""

from functools import partial
from xml.parsers import expat

from core.errors import WorkbookError
from core.forms.cells import Sheet, Workbook
from core.forms.package import STANDARD, Limits, Package
from core.forms.xlsx_parts import (
    BookPart,
    RelationsPart,
    Style,
    cell_styles,
    parse,
    shared_texts,
)
from core.forms.xlsx_sheet import read_sheet


def read_xlsx(package: Package, limits: Limits = STANDARD) -> Workbook:
    """Every sheet's cells.

    `WorkbookError` F004 when a part is damaged or missing, F009 for too many sheets, F010 for too
    many cells.
    """
    try:
        return _read(package, limits)
    except (expat.ExpatError, LookupError, ValueError, OverflowError) as error:
        raise WorkbookError("F004") from error


def _read(package: Package, limits: Limits) -> Workbook:
    book, relations = BookPart(), RelationsPart()
    parse(package.chunks("xl/workbook.xml"), book)
    if len(book.sheets) > limits.sheets:
        raise WorkbookError("F009", limit=limits.sheets)
    parse(package.chunks("xl/_rels/workbook.xml.rels"), relations)
    texts, styles = _texts_and_styles(package, relations, limits)
    sheets: list[Sheet] = []
    read: set[str] = set()
    for name, relation, is_hidden in book.sheets:
        sheet = Sheet(name, is_hidden=is_hidden)
        if target := relations.sheets.get(relation):
            if target in read:  # One part offered as many sheets would be read as often.
                raise WorkbookError("F004")
            read.add(target)
            left = limits.cells - sum(len(other.cells) for other in sheets)
            read_sheet(partial(package.chunks, target), sheet, texts, styles, left)
        sheets.append(sheet)
    return Workbook(sheets, book.named_cells())


def _texts_and_styles(
    package: Package, relations: RelationsPart, limits: Limits
) -> tuple[list[str], tuple[Style, ...]]:
    texts: list[str] = []
    styles: tuple[Style, ...] = ()
    if relations.strings in package:
        texts = shared_texts(lambda: package.chunks(relations.strings), limits.cells)
    if relations.styles in package:
        styles = cell_styles(b"".join(package.chunks(relations.styles)))
    return texts, styles
