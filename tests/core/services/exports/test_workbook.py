"""A table taken away as a workbook: numbers are numbers, texts are never run."""

import io

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from core.services.exports.workbook import Head, Rows, workbook

HEAD = Head("Level: [all]/hospitals", ("Invented", "Thailand › Region 3", "Sep 2023"))


def sheet_of(rows: Rows) -> Worksheet:
    return load_workbook(io.BytesIO(workbook(HEAD, rows))).worksheets[0]


def test_what_it_is_stands_above_the_table() -> None:
    sheet = sheet_of([["Name", "Value"], ["One", 1]])
    column = [row[0].value for row in sheet.iter_rows()]
    assert column == [HEAD.title, *HEAD.lines, None, "Name", "One"]
    assert sheet.freeze_panes == "B7"
    assert sheet.auto_filter.ref == "A6:B7"
    assert sheet.title == "Level all hospitals".replace(" all ", " all")


def test_numbers_are_numbers_unrounded_and_none_is_no_cell() -> None:
    sheet = sheet_of([["Whole", "Broken", "Missing", "Zero"], [12345, 0.123456789, None, 0.0]])
    whole, broken, missing, zero = next(sheet.iter_rows(min_row=7))
    assert (whole.value, whole.number_format) == (12345, "#,##0")
    assert (broken.value, broken.number_format) == (0.123456789, "#,##0.00")
    assert missing.value is None
    assert zero.value == 0


def test_a_text_like_a_formula_stays_a_text() -> None:
    sheet = sheet_of([["Name"], ["=1+1"], ["@SUM(A1)"], ["-5"]])
    cells = [row[0] for row in sheet.iter_rows(min_row=7)]
    assert [(cell.value, cell.data_type) for cell in cells] == [
        ("=1+1", "s"),
        ("@SUM(A1)", "s"),
        ("-5", "s"),
    ]
    assert all(cell.quotePrefix for cell in cells)
