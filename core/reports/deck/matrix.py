"""A matrix as a real table: cells coloured by their tone, each with its mark and its words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from core.reports.deck.fitting import LEADING, Fitted, Frame, cut, widest, wrapped
from core.reports.deck.look import ACCENT, INK, MANNERS, PALE, SMALL, WHITE
from core.reports.deck.sheet import NAMESPACES, Sheet, emu, placed
from core.reports.deck.writing import Look, body
from core.reports.slide import Cell, Matrix

MOST_ROWS: Final = 13
MOST_COLUMNS: Final = 12
_INSET: Final = 5.0
_AIR: Final = 6.0
"""Points above and below the lines of a cell together."""
_SIZES: Final = (14.0, 13.0, 12.0, SMALL)
_TALLEST: Final = 34.0
_NAMES: Final = 0.3
"""Part of the width that names take at most."""
LEAST_ROW: Final = SMALL * LEADING + _AIR


@dataclass(frozen=True, slots=True)
class _Layout:
    """Widths of the columns, size of the text, height of the head and of a row, in points."""

    widths: tuple[float, ...]
    size: float
    head: float
    row: float


def put_matrix(sheet: Sheet, frame: Frame, matrix: Matrix) -> None:
    """Draw a table that fits its frame."""
    plan = _layout(sheet, frame, matrix)
    head = (matrix.corner, *matrix.columns)
    look = Look(min(plan.size, 12.0), bold=True, ink=WHITE)
    rows = [
        _row(plan.head, [
            _cell(sheet, _shown(sheet, sheet.read(text), across, look, plan.head), look, ACCENT, place)
            for place, (text, across) in enumerate(zip(head, plan.widths, strict=True))
        ])
    ]  # fmt: skip
    for at, (name, cells) in enumerate(matrix.rows):
        ground = PALE if at % 2 else WHITE
        plain = Look(plan.size, ink=INK)
        first = _shown(sheet, sheet.read(name), plan.widths[0], plain, plan.row)
        told = [_cell(sheet, first, plain, ground, 0)]
        for place, cell in enumerate(cells, start=1):
            manner = MANNERS[cell.tone]
            written = Look(plan.size, bold=True, ink=manner.ink)
            text = _shown(sheet, said(sheet, cell), plan.widths[place], written, plan.row)
            told.append(_cell(sheet, text, written, manner.fill, place))
        rows.append(_row(plan.row, told))
    _put(sheet, frame, matrix, plan, rows)


def said(sheet: Sheet, cell: Cell) -> str:
    """A cell in one line: its mark, and its words where they say more."""
    mark, words = sheet.read(cell.mark), sheet.read(cell.shown)
    return words if not mark or mark == words else f"{mark} {words}"


def capacity(height: float) -> int:
    """Rows that fit a height below a head of two lines, in the least size."""
    head = 2 * 12 * LEADING + _AIR
    return max(min(int((height - head) / LEAST_ROW), MOST_ROWS), 1)


def in_parts(matrix: Matrix, first: int, others: int) -> list[Matrix]:
    """A matrix over as many slides as it takes: so many rows on the first and on each other."""
    parts = []
    for columns in _even(len(matrix.columns), MOST_COLUMNS, MOST_COLUMNS):
        for rows in _even(len(matrix.rows), first if not parts else others, others):
            kept = tuple((name, cells[columns]) for name, cells in matrix.rows[rows])
            parts.append(Matrix(matrix.title, matrix.corner, matrix.columns[columns], kept))
    return parts


def _even(count: int, first: int, others: int) -> list[slice]:
    """Slices of about the same size, none larger than allowed."""
    if count <= first:
        return [slice(0, count)]
    more = -(-(count - first) // others)
    begin = min(first, -(-count // (more + 1)))
    size = -(-(count - begin) // more)
    return [slice(0, begin), *(slice(at, at + size) for at in range(begin, count, size))]


def _layout(sheet: Sheet, frame: Frame, matrix: Matrix) -> _Layout:
    names = [sheet.read(name) for name, _ in matrix.rows]
    titles = [sheet.read(column) for column in matrix.columns]
    for size in _SIZES:
        widths = _widths(sheet, frame.width, matrix, size)
        most = max(
            (
                len(_lines(t, w, min(size, 12.0), True))
                for t, w in zip(titles, widths[1:], strict=True)
            ),
            default=1,
        )
        head = min(most, 3) * min(size, 12.0) * LEADING + _AIR
        row = min((frame.height - head) / max(len(names), 1), _TALLEST)
        need = max((len(_lines(n, widths[0], size, False)) for n in names), default=1)
        if row >= min(need, 2) * size * LEADING + _AIR:
            break
        if row >= size * LEADING + _AIR and need == 1:
            break
    return _Layout(widths, size, head, row)


def _widths(sheet: Sheet, across: float, matrix: Matrix, size: float) -> tuple[float, ...]:
    """The first column as wide as its longest name up to a part of all, the others alike."""
    longest = max((widest([sheet.read(name)], size) for name, _ in matrix.rows), default=80.0)
    first = max(min(longest + 2 * _INSET, across * _NAMES), across * 0.18)
    if not matrix.columns:
        return (across,)
    each = (across - first) / len(matrix.columns)
    return (first, *(each for _ in matrix.columns))


def _lines(text: str, across: float, size: float, bold: bool) -> Sequence[str]:
    return wrapped(text, across - 2 * _INSET, size, bold=bold)


def _shown(sheet: Sheet, whole: str, across: float, look: Look, height: float) -> Fitted:
    """A text as it fits a cell."""
    most = max(int((height - _AIR + 0.5) / (look.size * LEADING)), 1)
    for size in (look.size, *(s for s in _SIZES if s < look.size)):
        text = cut(whole, (across - 2 * _INSET, most), size, bold=look.bold)
        if not text.is_cut:
            return text
    sheet.cut[whole] = None
    return text


def _cell(sheet: Sheet, text: Fitted, look: Look, fill: str, place: int) -> str:
    look = Look(text.size, look.bold, look.ink, "ctr" if place else "l")
    edges = "".join(
        f'<a:{side} w="9525"><a:solidFill><a:srgbClr val="{WHITE}"/></a:solidFill></a:{side}>'
        for side in ("lnL", "lnR", "lnT", "lnB")
    )
    inset = emu(_INSET)
    frame = body([sheet.paragraph(text.text, look)])
    return (
        f"<a:tc><a:txBody>{frame}</a:txBody>"
        f'<a:tcPr marL="{inset}" marR="{inset}" marT="12700" marB="12700" anchor="ctr">{edges}'
        f'<a:solidFill><a:srgbClr val="{fill}"/></a:solidFill></a:tcPr></a:tc>'
    )


def _row(height: float, cells: Sequence[str]) -> str:
    return f'<a:tr h="{emu(height)}">{"".join(cells)}</a:tr>'


def _put(sheet: Sheet, frame: Frame, matrix: Matrix, plan: _Layout, rows: Sequence[str]) -> None:
    high = plan.head + plan.row * len(matrix.rows)
    columns = "".join(f'<a:gridCol w="{emu(across)}"/>' for across in plan.widths)
    place = placed(Frame(frame.x, frame.y, frame.width, high)).replace("a:xfrm", "p:xfrm")
    title = sheet.read(matrix.title)
    sheet.add(
        f"<p:graphicFrame {NAMESPACES}>{sheet.named(title, title, tag='nvGraphicFramePr')}"
        f'<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/>'
        f"</p:nvGraphicFramePr>{place}<a:graphic><a:graphicData"
        ' uri="http://schemas.openxmlformats.org/drawingml/2006/table"><a:tbl>'
        f'<a:tblPr firstRow="1" firstCol="1"/><a:tblGrid>{columns}</a:tblGrid>{"".join(rows)}'
        "</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )
