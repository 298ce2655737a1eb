"""Reads .xlsx and .xlsm workbooks: every cell that says something, and the names given to cells.

Values, error cells, percent and date formats, formulas, fills and merged ranges together, sparse:
a cell at the far corner of a sheet costs one entry. Docs: ECMA-376 part 1, §18.
"""

from functools import partial
from xml.parsers import expat

from core.errors import WorkbookError
from core.forms.cells.container import STANDARD, Limits, Package
from core.forms.cells.workbook import Sheet, Workbook
from core.forms.cells.xlsx.parts import BookPart, RelationsPart, Style, cell_styles, parse
from core.forms.cells.xlsx.sheet import Source, read_sheet
from core.forms.cells.xlsx.strings import shared_texts


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
    parse((_small(package, "xl/workbook.xml", limits),), book)
    if len(book.sheets) > limits.sheets:
        raise WorkbookError("F009", limit=limits.sheets)
    parse((_small(package, "xl/_rels/workbook.xml.rels", limits),), relations)
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
            source = Source(partial(package.chunks, target), texts, styles, limits.sheet_bytes)
            read_sheet(source, sheet, left)
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
        styles = cell_styles(_small(package, relations.styles, limits))
    return texts, styles


def _small(package: Package, name: str, limits: Limits) -> bytes:
    """A part that is small in any honest workbook."""
    if package.members[name.casefold()].file_size > limits.kept_bytes:
        raise WorkbookError("F003", limit=limits.kept_bytes)
    return b"".join(package.chunks(name))
