"""Colours and comments on problem cells, and how to take them off again.

What a cell looked like before is saved on a hidden sheet, so that a copy which is mended and sent
in again loses the marks of what was put right.
"""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from typing import Any, Final

from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Border, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from core.forms.cells.summary_sheet import SUMMARY_NAME
from core.forms.cells.workbook import place_of
from core.forms.model.issues import CellIssue, Severity
from core.forms.model.sheet_style import note_on
from core.text import Language, Text, say

MARKS_SHEET: Final = "_truat_marks"
MOST_MARKS: Final = 2_000
"""Cells that are marked; further problems stand in the list only."""
COLOURS: Final[Mapping[Severity, str]] = {"error": "F4B0AE", "warning": "FFD27F", "note": "BDD7EE"}
_LINES: Final[Mapping[Severity, str]] = {
    "error": "medium", "warning": "mediumDashed", "note": "dotted",
}  # fmt: skip
_INK: Final = "7F1D1D"
_ORDER: Final[Sequence[Severity]] = ("error", "warning", "note")
_WHITE: Final = frozenset({"FFFFFFFF", "00FFFFFF"})
_BETWEEN: Final = "\n———\n"
_LONGEST_COMMENT: Final = 2_000


def severity_word(severity: Severity) -> Text:
    """The severity in one word."""
    words = {"error": say("Error"), "warning": say("Warning"), "note": say("Note")}
    return words[severity]


def sorted_issues(issues: Iterable[CellIssue]) -> list[CellIssue]:
    """Problems of the whole file first, then the worst, else as they were found."""
    return sorted(issues, key=lambda issue: (bool(issue.cell), _ORDER.index(issue.severity)))


def mark_cells(
    book: Any, sheets: Mapping[str, Worksheet], issues: Iterable[CellIssue], language: Language
) -> None:
    """Colour and comment every cell with a problem; a merged range is marked at its top left."""
    by_cell: dict[tuple[str, str], list[CellIssue]] = {}
    for issue in sorted_issues(issues):
        if issue.sheet in sheets and issue.cell:
            cell = _speaking_cell(sheets[issue.sheet], issue.cell)
            by_cell.setdefault((issue.sheet, cell.coordinate), []).append(issue)
    if not by_cell:
        return
    originals = book.create_sheet(MARKS_SHEET)
    originals.sheet_state = "veryHidden"
    for row, ((name, place), own) in enumerate(list(by_cell.items())[:MOST_MARKS], 1):
        cell = sheets[name][place]
        _save_look(originals, row, cell)
        _colour(cell, own[0].severity)
        _comment(cell, own, language)


def _speaking_cell(sheet: Worksheet, place: str) -> Cell:
    row, column = place_of(place)
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        merged = next(m for m in sheet.merged_cells.ranges if place in m)
        cell = sheet.cell(merged.min_row, merged.min_col)
    return cell


def _save_look(originals: Worksheet, row: int, cell: Cell) -> None:
    """Save what a cell looks like on `originals`: its sheet, place, style and comment."""
    for column, text in ((1, cell.parent.title), (2, cell.coordinate)):
        _write(originals, row, column, text)
    originals.cell(row, 3)._style = copy(cell._style)
    if cell.comment is not None:
        _write(originals, row, 4, cell.comment.text)
        _write(originals, row, 5, cell.comment.author or "")


def _write(sheet: Worksheet, row: int, column: int, text: str) -> None:
    cell = sheet.cell(row, column, text)
    cell.data_type = "s"


def _colour(cell: Cell, severity: Severity) -> None:
    colour = COLOURS[severity]
    # To the reader a solid fill is what an input looks like: a mark must not make one.
    kind = "solid" if _is_filled(cell) else "gray0625"
    cell.fill = PatternFill(kind, fgColor=colour, bgColor=colour)
    side = Side(style=_LINES[severity], color=_INK)
    cell.border = Border(left=side, right=side, top=side, bottom=side)


def _is_filled(cell: Cell) -> bool:
    if getattr(cell.fill, "patternType", None) != "solid":
        return False
    colour = cell.fill.fgColor
    return colour.type != "rgb" or colour.rgb not in _WHITE


def _comment(cell: Cell, issues: Sequence[CellIssue], language: Language) -> None:
    lines = [
        f"{severity_word(issue.severity).in_(language)}: {issue.text.in_(language)}"
        for issue in issues
    ]
    before = [cell.comment.text] if cell.comment is not None else []
    note_on(cell, _BETWEEN.join([*before, "\n".join(lines)])[:_LONGEST_COMMENT])


def unmark(book: Any) -> None:
    """Take off the marks and the list of an earlier copy."""
    if MARKS_SHEET in book.sheetnames:
        for row in book[MARKS_SHEET].iter_rows(min_col=1, max_col=5):
            _restore(book, row)
        book.remove(book[MARKS_SHEET])
    if SUMMARY_NAME in book.defined_names:
        for title, _ in book.defined_names[SUMMARY_NAME].destinations:
            if title in book.sheetnames:
                book.remove(book[title])
        del book.defined_names[SUMMARY_NAME]


def _restore(book: Any, row: Sequence[Cell]) -> None:
    title, place, style, text, author = row
    if title.value not in book.sheetnames:
        return
    cell = _speaking_cell(book[title.value], str(place.value))
    # Rows may have moved since: only a cell that still carries a mark is put back.
    if getattr(cell.fill.fgColor, "rgb", "")[2:] in COLOURS.values():
        cell._style = copy(style._style)
        cell.comment = Comment(str(text.value), str(author.value or "")) if text.value else None
