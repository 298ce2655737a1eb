"""A matrix as a real table: cells coloured by their tone, each with its mark and its words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from core.reports.deck.fitting import LEADING, Fitted, Frame, widest, wrapped
from core.reports.deck.look import ACCENT, ACROSS, MANNERS, PALE, SMALL, WHITE
from core.reports.deck.sheet import NAMESPACES, Sheet, emu, placed
from core.reports.deck.writing import Align, Look
from core.reports.slide import Cell, Matrix
from core.text import Text

MOST_ROWS: Final = 13
MOST_COLUMNS: Final = 12
_LEAST_COLUMNS: Final = 4
_INSET: Final = 5.0
_AIR: Final = 5.0
"""Points above and below the lines of a cell together."""
_SIZES: Final = (14.0, 13.0, 12.0, SMALL)
_TALLEST: Final = 34.0
_LEAST_NAMES: Final = 0.18
_MOST_NAMES: Final = 0.3
"""Parts of the width that names take."""
_FREE: Final = 1.08
"""Room beyond the measured width: a part of each line stays free."""
_FEW: Final = 3
_NAMES_OF_FEW: Final = 0.42
_WIDEST: Final = 190.0
"""Points of a column at most: a table of few columns is no banner."""
_TITLE: Final = 12.0
"""Size of the titles of columns, and their lines at most."""
_HEAD_LINES: Final = 3
_LONG_WORDS: Final = 90.0
"""Points of words in a cell that may stand in two lines."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """Widths of the columns, size of the text, heights of the head and of each row, in points.

    `fits` says whether every name and every cell has the lines it needs.
    """

    widths: tuple[float, ...]
    size: float
    head: float
    rows: tuple[float, ...]
    fits: bool


def put_matrix(sheet: Sheet, frame: Frame, matrix: Matrix) -> None:
    """Draw a table that fits its frame."""
    plans = [_plan(sheet, frame, matrix, size) for size in _SIZES]
    plan = next((one for one in plans if one.fits), plans[-1])
    rows = [_head(sheet, matrix, plan)]
    for at, ((name, cells), high) in enumerate(zip(matrix.rows, plan.rows, strict=True)):
        plain = Look(plan.size)
        first = _shown(sheet, sheet.read(name), plan.widths[0], plain, high)
        row = [_cell(sheet, first, plain, PALE if at % 2 else WHITE)]
        for cell, across in zip(cells, plan.widths[1:], strict=True):
            manner = MANNERS[cell.tone]
            look = Look(plan.size, bold=True, ink=manner.ink, align="ctr")
            text = _shown(sheet, cell_text(sheet, cell), across, look, high)
            row.append(_cell(sheet, text, look, manner.fill))
        rows.append(_row(high, row))
    _put(sheet, frame, matrix, plan, rows)


def cell_text(sheet: Sheet, cell: Cell) -> str:
    """A cell in one line: its mark, and its words where they say more."""
    mark, words = sheet.read(cell.mark), sheet.read(cell.shown)
    return words if not mark or mark == words else f"{mark} {words}"


def in_parts(sheet: Sheet, matrix: Matrix, first: float, others: float) -> list[Matrix]:
    """A matrix over as many slides as it takes, in the heights of the first and of the others.

    So many columns on each as have room for their words, in two lines where the rows have room.
    """
    words = {cell_text(sheet, cell) for _, cells in matrix.rows for cell in cells}
    need = widest(words, SMALL, bold=True) + 2 * _INSET
    ways = (1, 2) if need > _LONG_WORDS else (1,)
    return min((_parts(matrix, need, lines, first, others) for lines in ways), key=len)


def _parts(matrix: Matrix, need: float, lines: int, first: float, others: float) -> list[Matrix]:
    """A matrix in parts, its words in so many lines; `need` is their width in one."""
    parts: list[Matrix] = []
    most = int(ACROSS * (1 - _MOST_NAMES) / (need / lines * (1.2 if lines == 2 else 1)))
    most = min(max(most, _LEAST_COLUMNS), MOST_COLUMNS)
    for columns in _even(len(matrix.columns), most, most):
        rows = _capacity(others if parts else first, lines), _capacity(others, lines)
        for taken in _even(len(matrix.rows), *rows):
            chosen = tuple((name, cells[columns]) for name, cells in matrix.rows[taken])
            parts.append(Matrix(matrix.title, matrix.corner, matrix.columns[columns], chosen))
    return parts


def _capacity(height: float, lines: int) -> int:
    """Rows of so many lines that fit a height below a head of two, in the least size."""
    head = 2 * SMALL * LEADING + _AIR
    return max(min(int((height - head) / (lines * SMALL * LEADING + _AIR)), MOST_ROWS), 1)


def _even(count: int, first: int, others: int) -> list[slice]:
    """Slices of about the same size, none larger than allowed."""
    if count <= first:
        return [slice(0, count)]
    more = -(-(count - first) // others)
    begin = min(first, -(-count // (more + 1)))
    size = -(-(count - begin) // more)
    return [slice(0, begin), *(slice(at, at + size) for at in range(begin, count, size))]


def _plan(sheet: Sheet, frame: Frame, matrix: Matrix, size: float) -> _Plan:
    """How a table would be laid out at a size of its text."""
    names = [sheet.read(name) for name, _ in matrix.rows]
    widths = _widths(names, frame.width, _needs(sheet, matrix, size), size)
    title = min(size, _TITLE)
    heads = zip(map(sheet.read, matrix.columns), widths[1:], strict=True)
    lines = max((_count(text, across, title, bold=True) for text, across in heads), default=1)
    head = min(lines, _HEAD_LINES) * title * LEADING + _AIR
    needs = [_row_lines(sheet, row, widths, size) * size * LEADING + _AIR for row in matrix.rows]
    spare = frame.height - head - sum(needs)
    if spare < 0:
        each = min((frame.height - head) / len(names), _TALLEST)
        return _Plan(widths, size, head, (each,) * len(names), fits=False)
    rows = (max(need, min(need + spare / len(names), _TALLEST)) for need in needs)
    return _Plan(widths, size, head, tuple(rows), fits=True)


def _row_lines(
    sheet: Sheet, row: tuple[Text, Sequence[Cell]], widths: Sequence[float], size: float
) -> int:
    """The lines that the name of a row or one of its cells takes."""
    name, cells = row
    words = (
        _count(cell_text(sheet, cell), across, size, bold=True)
        for cell, across in zip(cells, widths[1:], strict=True)
    )
    return max((_count(sheet.read(name), widths[0], size), *words))


def _needs(sheet: Sheet, matrix: Matrix, size: float) -> list[float]:
    """The width each column takes for its words in one line, and for its title in two."""
    columns = zip(*(cells for _, cells in matrix.rows), strict=True)
    words = ([cell_text(sheet, cell) for cell in cells] for cells in columns)
    titles = (widest([sheet.read(one)], min(size, _TITLE), bold=True) for one in matrix.columns)
    return [
        max(widest(each, size, bold=True), title / 2) * _FREE + 2 * _INSET
        for each, title in zip(words, titles, strict=True)
    ]


def _widths(
    names: Sequence[str], across: float, needs: Sequence[float], size: float
) -> tuple[float, ...]:
    """The first column as wide as its longest name up to a part of all, the others alike.

    Where one of the others needs more, its neighbours give way as far as they can.
    """
    columns = len(needs)
    if not columns:
        return (across,)
    least, most = across * _LEAST_NAMES, across * (_MOST_NAMES if columns > _FEW else _NAMES_OF_FEW)
    first = max(min(widest(names, size) + 2 * _INSET, most), least)
    each = min((across - first) / columns, _WIDEST)
    free = across - first - sum(needs)
    if max(needs) > each and free >= 0:
        return (first, *(need + free / columns for need in needs))
    return (first, *(each for _ in range(columns)))


def _count(text: str, across: float, size: float, *, bold: bool = False) -> int:
    """The lines a text takes in a column."""
    return len(wrapped(text, across - 2 * _INSET, size, bold=bold))


def _head(sheet: Sheet, matrix: Matrix, plan: _Plan) -> str:
    cells = []
    for place, (text, across) in enumerate(
        zip((matrix.corner, *matrix.columns), plan.widths, strict=True)
    ):
        align: Align = "ctr" if place else "l"
        look = Look(min(plan.size, _TITLE), bold=True, ink=WHITE, align=align)
        shown = _shown(sheet, sheet.read(text), across, look, plan.head)
        cells.append(_cell(sheet, shown, look, ACCENT))
    return _row(plan.head, cells)


def _shown(sheet: Sheet, whole: str, across: float, look: Look, height: float) -> Fitted:
    """A text as it fits a cell: smaller before it is cut."""
    most = max(int((height - _AIR + 0.5) / (look.size * LEADING)), 1)
    sizes = (look.size, *(size for size in _SIZES if size < look.size))
    return sheet.fitted(whole, (across - 2 * _INSET, most), sizes, bold=look.bold)


def _cell(sheet: Sheet, text: Fitted, look: Look, fill: str) -> str:
    edges = "".join(
        f'<a:{side} w="9525"><a:solidFill><a:srgbClr val="{WHITE}"/></a:solidFill></a:{side}>'
        for side in ("lnL", "lnR", "lnT", "lnB")
    )
    inset = emu(_INSET)
    written = sheet.paragraph(text.broken, replace(look, size=text.size))
    return (
        f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{written}</a:txBody>"
        f'<a:tcPr marL="{inset}" marR="{inset}" marT="12700" marB="12700" anchor="ctr">{edges}'
        f'<a:solidFill><a:srgbClr val="{fill}"/></a:solidFill></a:tcPr></a:tc>'
    )


def _row(height: float, cells: Sequence[str]) -> str:
    return f'<a:tr h="{emu(height)}">{"".join(cells)}</a:tr>'


def _put(sheet: Sheet, frame: Frame, matrix: Matrix, plan: _Plan, rows: Sequence[str]) -> None:
    high = plan.head + sum(plan.rows)
    columns = "".join(f'<a:gridCol w="{emu(across)}"/>' for across in plan.widths)
    place = placed(Frame(frame.x, frame.y, frame.width, high)).replace("a:xfrm", "p:xfrm")
    title = sheet.read(matrix.title)
    sheet.add(
        f"<p:graphicFrame {NAMESPACES}>{sheet.head(title, title, tag='nvGraphicFramePr')}"
        f'<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/>'
        f"</p:nvGraphicFramePr>{place}<a:graphic><a:graphicData"
        ' uri="http://schemas.openxmlformats.org/drawingml/2006/table"><a:tbl>'
        f'<a:tblPr firstRow="1" firstCol="1"/><a:tblGrid>{columns}</a:tblGrid>{"".join(rows)}'
        "</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )
