"""The blank of a table form: what stands in it, and that it reads back."""

import io
from typing import Any

import openpyxl
import pytest

from core.forms.blank_table.cells import columns_of
from core.forms.blank_table.write import write_table_template
from core.forms.cells.open import read_workbook
from core.forms.model.form import TableForm, form
from core.forms.model.identity import IDENTITY_SHEET, read_identity
from core.forms.model.sheet_style import YELLOW
from core.forms.table.read import read_table
from core.text import Language

FINANCE = form("finance")
assert isinstance(FINANCE, TableForm)
HEADER_ROW = 4


@pytest.fixture(scope="module", params=["th", "en"])
def language(request: pytest.FixtureRequest) -> Language:
    chosen: Language = request.param
    return chosen


@pytest.fixture(scope="module")
def blank(language: Language) -> bytes:
    return write_table_template(FINANCE, cup="1001", fiscal_year=2567, language=language)


@pytest.fixture(scope="module")
def book(blank: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(blank))


def test_every_column_is_recognised_again(blank: bytes) -> None:
    reading = read_table(FINANCE, read_workbook(blank)[0])
    assert set(reading.headers[0].columns) == {c.measure for c in columns_of(FINANCE.tables[0])}
    assert [issue.code for issue in reading.issues] == ["W321"]  # nothing filled in yet


def test_a_filled_blank_reads_without_a_message(book: Any, language: Language) -> None:
    sheet = book.worksheets[0]
    month = {"th": "มิถุนายน", "en": "June"}[language]
    for column, value in enumerate(["01122", 2567, month, 1e6, 2e6, None, 5e5, 1e6, 9], 1):
        sheet.cell(HEADER_ROW + 1, column).value = value
    file = io.BytesIO()
    book.save(file)
    for column in range(1, 10):
        sheet.cell(HEADER_ROW + 1, column).value = None
    reading = read_table(FINANCE, read_workbook(file.getvalue())[0])
    assert reading.issues == ()
    assert (reading.lines[0].hcode, str(reading.lines[0].period)) == ("01122", "2567-M09")


def test_it_says_which_form_it_is(blank: bytes) -> None:
    workbook = read_workbook(blank)[0]
    identity = read_identity(workbook)
    assert identity is not None
    assert (identity.form, identity.version, identity.cup, identity.fiscal_year) == (
        "finance", 1, "1001", 2567,
    )  # fmt: skip
    hidden = workbook.sheet(IDENTITY_SHEET)
    assert hidden is not None
    assert hidden.is_hidden


def test_cells_to_fill_in_are_yellow_and_open_all_else_is_locked(book: Any) -> None:
    sheet = book.worksheets[0]
    assert sheet.protection.sheet
    for row in (HEADER_ROW + 1, HEADER_ROW + FINANCE.tables[0].rows):
        for column in range(1, len(columns_of(FINANCE.tables[0])) + 1):
            cell = sheet.cell(row, column)
            assert cell.fill.fgColor.rgb.endswith(YELLOW)
            assert not cell.protection.locked
    assert sheet.cell(HEADER_ROW, 1).protection.locked
    assert all(not sheet.column_dimensions[letter].protection.locked for letter in "ADH")


def test_codes_are_kept_as_text_and_the_header_stays_in_sight(book: Any) -> None:
    sheet = book.worksheets[0]
    assert sheet.cell(HEADER_ROW + 1, 1).number_format == "@"
    assert sheet.column_dimensions["A"].number_format == "@"
    assert sheet.freeze_panes == "D5"


def test_every_title_carries_its_code_and_unit(book: Any, language: Language) -> None:
    sheet = book.worksheets[0]
    for number, column in enumerate(columns_of(FINANCE.tables[0]), 1):
        title = sheet.cell(HEADER_ROW, number)
        assert title.value.removesuffix(" (*)").removesuffix(" *") == column.name.in_(language)
        assert column.measure in title.comment.text
    unit = {"th": "บาท", "en": "baht"}[language]
    assert unit in sheet.cell(HEADER_ROW, 4).comment.text


def test_required_columns_are_marked_by_more_than_colour(book: Any) -> None:
    titles = [cell.value for cell in book.worksheets[0][HEADER_ROW]]
    marks = ["*" if t.endswith(" *") else "(*)" if t.endswith(" (*)") else "" for t in titles]
    # Of columns in brackets one of several is enough: quick assets or inventories, income or both.
    keys, balances, income = ["*", "(*)", "*"], ["*", "*", "(*)", "(*)", "*"], ["(*)"] * 3
    assert marks[:12] == [*keys, *balances, *income, ""]


def test_what_cannot_be_is_asked_about_but_may_be_kept(book: Any) -> None:
    rules = {
        str(rule.sqref).split(":")[0]: rule
        for rule in book.worksheets[0].data_validations.dataValidation
    }
    assert {rule.errorStyle for rule in rules.values()} == {"warning"}
    assert (rules["D5"].type, rules["D5"].operator, rules["D5"].formula1) == (
        "decimal", "greaterThanOrEqual", "0",
    )  # fmt: skip
    assert rules["C5"].type == "list"
    assert rules["C5"].formula1.count(",") == 11
    assert all(len(rule.formula1) <= 255 for rule in rules.values())


def test_every_column_is_explained(book: Any) -> None:
    rows = {
        row[2].value: [cell.value for cell in row]
        for row in book.worksheets[1].iter_rows(min_row=5)
    }
    assert rows.keys() == {column.measure for column in FINANCE.columns}
    for column in FINANCE.columns:
        assert rows[column.measure][:2] == [column.name.th, column.name.en]


@pytest.mark.parametrize("form_id", ["planfin", "strategy-plan"])
def test_no_list_of_choices_is_longer_than_excel_opens(form_id: str) -> None:
    chosen = form(form_id)
    assert isinstance(chosen, TableForm)
    made = openpyxl.load_workbook(io.BytesIO(write_table_template(chosen)))
    lists = [
        len(rule.formula1)
        for sheet in made.worksheets
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
    ]
    assert lists
    assert max(lists) <= 255
