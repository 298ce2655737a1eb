"""The list of all problems, on a sheet in front of the returned copy."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from openpyxl.utils import quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from core.forms.cells.summary_sheet import SUMMARY_NAME, summary_title
from core.forms.marked.cells import COLOURS, severity_word, sorted_issues
from core.forms.model.issues import CellIssue
from core.forms.model.sheet_style import (
    HEADER,
    NOTE,
    STRONG,
    TEXT,
    TITLE,
    Look,
    fit_row,
    put,
    put_text,
    set_paper,
    set_widths,
)
from core.text import Language, Text, say

MOST_LISTED: Final = 5_000
_WIDTHS: Final = (14, 26, 10, 22, 22, 84)
_HEADER_ROW: Final = 4
_LINK: Final = replace(TEXT, ink="0B5394")
_FREE: Final = replace(NOTE, wrap=False, boxed=False)


def write_summary(
    book: Any,
    issues: Sequence[CellIssue],
    language: Language,
    *,
    note: Text | None,
    sheets: Mapping[str, Worksheet],
) -> None:
    """Put the list in front; `sheets` are those a cell can be jumped to, by their old names."""
    sheet = book.create_sheet(summary_title().in_(language), 0)
    set_widths(sheet, _WIDTHS)
    _head(sheet, issues, note, language)
    listed = sorted_issues(issues)
    for row, issue in enumerate(listed[:MOST_LISTED], _HEADER_ROW + 1):
        _line(sheet, row, issue, language)
        if issue.sheet in sheets and issue.cell:
            _link(sheet, row, sheets[issue.sheet].title, issue.cell)
        fit_row(sheet, row)
    if len(listed) > MOST_LISTED:
        more = say("{count} more are not listed here.", count=len(listed) - MOST_LISTED)
        put(sheet, _HEADER_ROW + 1 + MOST_LISTED, 1, more.in_(language), _FREE)
    reference = f"{quote_sheetname(sheet.title)}!$A$1"
    book.defined_names[SUMMARY_NAME] = DefinedName(SUMMARY_NAME, attr_text=reference)
    _show_first(book, sheet)


def _head(
    sheet: Worksheet, issues: Sequence[CellIssue], note: Text | None, language: Language
) -> None:
    put(sheet, 1, 1, summary_title().in_(language), TITLE)
    counts = Counter(issue.severity for issue in issues)
    counted = say(
        "Errors: {errors} · to check: {warnings} · notes: {notes}",
        errors=counts["error"],
        warnings=counts["warning"],
        notes=counts["note"],
    )
    put(sheet, 2, 1, counted.in_(language), replace(STRONG, wrap=False, boxed=False))
    if note is not None:
        put(sheet, 3, 1, note.in_(language), _FREE)
    titles = (
        say("Severity"), say("Sheet"), say("Cell"), say("Found"), say("Expected"),
        say("What is wrong and how to mend it"),
    )  # fmt: skip
    for column, title in enumerate(titles, 1):
        put(sheet, _HEADER_ROW, column, title.in_(language), HEADER)
    fit_row(sheet, 1)
    sheet.freeze_panes = sheet.cell(_HEADER_ROW + 1, 1)
    set_paper(sheet, _HEADER_ROW, summary_title().in_(language), "landscape")


def _line(sheet: Worksheet, row: int, issue: CellIssue, language: Language) -> None:
    expected = issue.expected
    wanted = expected.in_(language) if isinstance(expected, Text) else expected
    word = severity_word(issue.severity).in_(language)
    looks: tuple[tuple[str, Look], ...] = (
        (f"{word} {issue.code}", replace(TEXT, fill=COLOURS[issue.severity])),
        (issue.sheet, TEXT),
        (issue.cell, TEXT),
        (issue.found, TEXT),
        (wanted, TEXT),
        (issue.text.in_(language), TEXT),
    )
    for column, (text, look) in enumerate(looks, 1):
        put_text(sheet, row, column, text, look)


def _link(sheet: Worksheet, row: int, title: str, place: str) -> None:
    """Jump from the list to the cell; within the workbook, so that nothing is followed outside."""
    cell = sheet.cell(row, 3)
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"{quote_sheetname(title)}!{place}")
    put_text(sheet, row, 3, place, _LINK)


def _show_first(book: Any, first: Worksheet) -> None:
    """Open on the list, and on it alone: sheets chosen together are typed into together."""
    book.active = book.sheetnames.index(first.title)
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is first
